"""The members of a board by seat."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from membership.presenters import seat_groups
from membership.queries import agency_names, seats_on, team_of
from partnership import access, clock
from partnership.access import Action, Kind
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
