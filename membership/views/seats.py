"""One seat: who held it, who deputised, when nobody did, and what the team may do with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from membership.presenters.seats import seat_page
from membership.queries import agency_names
from membership.queries.seat_history import seat_over_time
from membership.views.seat_places import seat_place
from partnership.navigation import on_board


def seat(request: HttpRequest, partnership_slug: str, board_slug: str, seat_key: str) -> HttpResponse:
    """The seat's page."""
    place = seat_place(request, partnership_slug, board_slug, seat_key)
    agency = place.seat.agency_id
    names = agency_names(agencies=[agency] if agency else [], partnership_id=place.board.partnership_id, on=place.today)
    page = seat_page(
        seat_over_time(seat=place.seat),
        agency=names.get(agency or 0, ""),
        today=place.today,
        is_team=place.is_team,
        reads_grades=place.reads_grades,
    )
    context = {"page": page, "place": place, **on_board(place.board, page="members")}
    return render(request, "membership/seat.html", context)
