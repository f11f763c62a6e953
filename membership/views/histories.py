"""The History page of a seat: sentences, the latest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from membership.models import Seat
from membership.presenters.history_words import WORDS
from membership.queries.histories import history_of_seat
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.navigation import address_of, on_board
from partnership.presenters.history import history_page
from partnership.views.finding import board_at


def seat(request: HttpRequest, partnership_slug: str, board_slug: str, seat_key: str) -> HttpResponse:
    """Who held a seat, and what else happened to it."""
    today, board = clock.today(), board_at(request, partnership_slug, board_slug)
    found = access.get_visible_or_404(Seat.objects.filter(board=board), request.user, today, key=seat_key)
    access.require(request.user, Action.READ, found, Kind.HISTORY, today)
    page = history_page(
        history_of_seat(seat=found, user=request.user, on=today),
        of_what=f"Seat: {found.name}",
        back_href=reverse("seat", args=(*address_of(board), found.key)),
        back_words="Back to the seat",
        words=WORDS,
        asked=request.GET.get("page", ""),
    )
    return render(request, "partnership/history.html", {"page": page, **on_board(board, page="members")})
