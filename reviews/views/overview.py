"""The overview of a board's year, as a page and as files for a spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from meetings.queries import agenda_of
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board, User
from partnership.navigation import on_board, own_boards_of
from partnership.views.finding import board_at
from reviews.presenters.overview import FIGURES, OverviewPage, YearFigures, figures_file, overview_file, overview_page
from reviews.queries import registers_until
from reviews.queries.actions import actions_by_age, overdue_actions, own_actions
from reviews.queries.late import escalated_to_chair
from reviews.queries.own import meeting_with_papers, reply_asked_of
from reviews.queries.signatures import told_to_the_chair
from reviews.queries.year import decisions_taken, duties_of_year, held_registers
from reviews.quorum_year import meeting_quorums


def overview(request: HttpRequest, partnership_slug: str, board_slug: str, year: int | None = None) -> HttpResponse:
    """The findings of a year, this one unless the address names another, then what needs the reader, then charts."""
    board = _board(request, partnership_slug, board_slug)
    return shown(request, board, year)


def overview_download(
    request: HttpRequest, partnership_slug: str, board_slug: str, year: int, figures: str = ""
) -> HttpResponse:
    """All figures of a year, or those of one chart, comma-separated."""
    board = _board(request, partnership_slug, board_slug)
    if figures and figures not in FIGURES:
        raise Http404
    page = _page(request, board, year)
    response = HttpResponse(
        figures_file(page, figures) if figures else overview_file(page), content_type="text/csv; charset=utf-8"
    )
    name = f"{board.slug}-{figures or 'overview'}-{year}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def shown(request: HttpRequest, board: Board, year: int | None = None) -> HttpResponse:
    """The page of a board that is the reader's to oversee."""
    page = _page(request, board, year)
    return render(request, "reviews/overview.html", {"page": page, **on_board(board, page="overview")})


def _board(request: HttpRequest, partnership_slug: str, board_slug: str) -> Board:
    """Raises Http404 where the attendance with names may not be known, PermissionDenied where it may only be read."""
    board = board_at(request, partnership_slug, board_slug)
    # Chair, vice-chair, scrutineer and the team may take attendance with names away; members read it and no more.
    access.require(request.user, Action.DOWNLOAD, board, Kind.ATTENDANCE, clock.today())
    return board


def _page(request: HttpRequest, board: Board, year: int | None) -> OverviewPage:
    """Raises Http404 for a year that no calendar has."""
    now = clock.now()
    today = now.date()
    which = today.year if year is None else year
    if not MINYEAR < which < MAXYEAR:
        raise Http404
    user = request.user
    figures = YearFigures(
        year=which,
        registers=registers_until(board=board, until=date(which + 1, 1, 1), today=today),
        quorums=meeting_quorums(held_registers(board=board, user=user, year=which, today=today)),
        decisions=decisions_taken(board=board, user=user, year=which, today=today),
        duties=duties_of_year(board=board, year=which),
    )
    if which == today.year:
        figures = replace(
            figures,
            bands=actions_by_age(board=board, user=user, today=today),
            overdue=overdue_actions(boards=[board], user=user, today=today),
            escalated=escalated_to_chair(board=board, user=user, today=today),
            unsigned=told_to_the_chair(board=board, on=today),
        )
        figures = _with_own(figures, user, today)
    return overview_page(board=board, figures=figures, now=now, other_boards=own_boards_of(request))


def _with_own(figures: YearFigures, user: access.Asker, today: date) -> YearFigures:
    """With what is asked of the reader, on any board of theirs; who writes an agenda is not asked to read it."""
    if not isinstance(user, User):
        return figures
    with_papers = meeting_with_papers(person=user, today=today)
    if with_papers and access.may(user, Action.WRITE, with_papers, Kind.AGENDA_DRAFT, today):
        with_papers = None
    return replace(
        figures,
        asked=reply_asked_of(person=user, today=today),
        agenda=agenda_of(meeting=with_papers, user=user, today=today) if with_papers else None,
        own_actions=own_actions(person=user, today=today),
    )
