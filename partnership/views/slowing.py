"""The answer to somebody who takes very many files within an hour, of which the manager is told."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partnership.bulk_reading import tell_of_bulk_reading
from partnership.models import Board, User
from partnership.readings import has_read_too_much


def slowed_down(request: HttpRequest, *, board: Board | None, is_restricted: bool) -> HttpResponse | None:
    """The answer to somebody who has taken very many files within the hour; None for everybody else.

    `board` is the group whose file it is; None for one of the case tier, of which nobody is told.
    """
    if not isinstance(request.user, User) or not has_read_too_much(person=request.user, is_restricted=is_restricted):
        return None
    if board is not None:
        tell_of_bulk_reading(person=request.user, board=board, is_restricted=is_restricted)
    return render(request, "429.html", {}, status=HTTPStatus.TOO_MANY_REQUESTS)
