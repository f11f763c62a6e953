"""The constitution of a board: the version in force, past versions, and each as the file it came from."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from meetings.presenters.constitution import constitution_page
from meetings.queries import upcoming_meetings
from partnership import access, clock
from partnership.access import Action
from partnership.models import Board, Constitution
from partnership.navigation import on_board
from partnership.queries import terms_of
from partnership.rules.deadlines.calendars import Division
from partnership.views.finding import board_at
from partnership.working_days import working_days


def constitution(
    request: HttpRequest, partnership_slug: str, board_slug: str, version: int | None = None
) -> HttpResponse:
    """The version in force today, or the one that the address names."""
    board = board_at(request, partnership_slug, board_slug)
    today = clock.today()
    versions = list(Constitution.objects.visible_to(request.user, today).filter(board=board).order_by("-in_force_from"))
    for each in versions:
        each.board = board
    shown = _shown(versions, version)
    page = None
    if shown is not None:
        upcoming = upcoming_meetings(board=board, user=request.user, today=today)
        page = constitution_page(
            shown=shown,
            terms=terms_of(constitution=shown),
            versions=versions,
            upcoming=upcoming[0] if upcoming else None,
            calendar=working_days(Division(board.partnership.get_bank_holidays_display())),
            today=today,
        )
    return render(request, "meetings/constitution.html", {"page": page, **on_board(board, page="constitution")})


def _shown(versions: list[Constitution], version: int | None) -> Constitution | None:
    """The named version (Http404 when there is none), else the one in force, else the first still to come."""
    if version is not None:
        for each in versions:
            if each.version == version:
                return each
        raise Http404
    begun = [each for each in versions if each.in_force_from <= clock.today()]
    return begun[0] if begun else next(reversed(versions), None)


def constitution_file(request: HttpRequest, partnership_slug: str, board_slug: str, version: int) -> HttpResponse:
    """One version as the text file that was adopted, to the letter."""
    board: Board = board_at(request, partnership_slug, board_slug)
    adopted = access.get_visible_or_404(Constitution.objects.all(), request.user, board=board, version=version)
    access.require(request.user, Action.DOWNLOAD, adopted)
    response = HttpResponse(adopted.text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{board.slug}-version-{version}.yaml"'
    return response
