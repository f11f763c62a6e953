"""The members of a board by seat, and the register of agencies of a partnership."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from membership.presenters import agency_rows, seat_groups
from membership.queries import agencies_of, agency_names, relevant_agencies_of, seats_on, team_of
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Partnership
from partnership.navigation import on_board
from partnership.queries import constitution_in_force, terms_of
from partnership.views.finding import board_at


def members(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Seats in the constitution's order, who holds each, who deputises; vacancies and missing deputies said."""
    board = board_at(request, partnership_slug, board_slug)
    today = clock.today()
    access.require(request.user, Action.READ, board, Kind.SEATS, today)
    version = constitution_in_force(board=board, on=today)
    seats = seats_on(board=board, on=today)
    agencies = {held.seat.agency_id for held in seats if held.seat.agency_id}
    names = agency_names(agencies=agencies, partnership_id=board.partnership_id, on=today)
    groups = seat_groups(seats, names, terms_of(constitution=version) if version else None)
    context = {"groups": groups, "team": team_of(board=board, on=today), **on_board(board, page="members")}
    return render(request, "membership/members.html", context)


def agencies(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Every agency of the partnership: its names, its seats, and whether it is on the list of relevant agencies."""
    today = clock.today()
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, today, slug=partnership_slug)
    rows = agency_rows(
        agencies_of(partnership=here, user=request.user, on=today),
        relevant_agencies_of(partnership=here, user=request.user, on=today),
    )
    return render(request, "membership/agencies.html", {"partnership": here, "rows": rows})
