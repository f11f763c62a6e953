"""What a page or file that shows restricted items leaves in the record, and the answer to who takes too many files."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings.queries import Agenda
from meetings.queries.protected_items import limited_among
from partnership.models import Protection, User
from partnership.readings import has_read_too_much, record_reading


def note_reading(request: HttpRequest, *, items: Iterable[int], how: str, papers: Iterable[int] = ()) -> None:
    """Record each limited protection before these items and papers as read by whoever asks. One query for none."""
    if isinstance(request.user, User):
        limited = limited_among(items=items, papers=papers)
        record_reading(person=request.user, protections=limited, how=how)


def note_agenda(request: HttpRequest, agenda: Agenda, *, how: str) -> None:
    """The same for an agenda as it was seen. No query where nothing of it is limited."""
    limited = [each.item.protection for each in agenda.items if _is_limited(each.item.protection)]
    limited += [paper.protection for each in agenda.items for paper in each.papers if _is_limited(paper.protection)]
    if isinstance(request.user, User):
        record_reading(person=request.user, protections=[one for one in limited if one is not None], how=how)


def _is_limited(protection: Protection | None) -> bool:
    return protection is not None and protection.is_limited


def slowed_down(request: HttpRequest, *, is_restricted: bool) -> HttpResponse | None:
    """The answer to somebody who has taken very many files within the hour; None for everybody else."""
    if not isinstance(request.user, User) or not has_read_too_much(person=request.user, is_restricted=is_restricted):
        return None
    return render(request, "429.html", {}, status=HTTPStatus.TOO_MANY_REQUESTS)
