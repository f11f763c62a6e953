"""The attendance of a board over a year, as a page and as a file for a spreadsheet."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board
from partnership.navigation import on_board
from partnership.views.finding import board_at
from reviews.presenters.attendance import KEY, AttendancePage, attendance_page
from reviews.presenters.attendance_file import attendance_file
from reviews.queries import registers_until

ASKED = ((Kind.ATTENDANCE, Action.READ), (Kind.ATTENDANCE, Action.DOWNLOAD))


def attendance(request: HttpRequest, partnership_slug: str, board_slug: str, year: int | None = None) -> HttpResponse:
    """The findings of a year, this one unless the address names another, then the grid and how it is counted."""
    board = board_at(request, partnership_slug, board_slug)
    rights = access.rights_on(request.user, board, ASKED, clock.today())
    if (Kind.ATTENDANCE, Action.READ) not in rights:
        access.conceal(board)
    page = _page(board, year, may_download=(Kind.ATTENDANCE, Action.DOWNLOAD) in rights)
    context = {"page": page, "key": KEY, **on_board(board, page="attendance")}
    return render(request, "reviews/attendance.html", context)


def attendance_download(request: HttpRequest, partnership_slug: str, board_slug: str, year: int) -> HttpResponse:
    """The same figures, comma-separated, for those who may take them away."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.DOWNLOAD, board, Kind.ATTENDANCE, clock.today())
    page = _page(board, year, may_download=True)
    response = HttpResponse(attendance_file(page), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{board.slug}-attendance-{year}.csv"'
    return response


def _page(board: Board, year: int | None, *, may_download: bool) -> AttendancePage:
    """Raises Http404 for a year that no calendar has."""
    today = clock.today()
    shown = today.year if year is None else year
    if not MINYEAR < shown < MAXYEAR:
        raise Http404
    registers = registers_until(board=board, until=date(shown + 1, 1, 1), today=today)
    return attendance_page(board=board, registers=registers, year=shown, today=today, may_download=may_download)
