"""What every page of one seat begins with: the seat its address names, and what the reader may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse

from membership.models import Appointment, Seat
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board, User
from partnership.navigation import address_of
from partnership.views.finding import board_at

ASKED = (
    (Kind.SEATS, Action.READ),
    (Kind.SEATS, Action.WRITE),
    (Kind.GRADES, Action.READ),
    (Kind.GRADES, Action.WRITE),
    (Kind.HISTORY, Action.READ),
)


@dataclass(frozen=True, slots=True)
class SeatPlace:
    """`is_team` where the reader keeps the board's seats; they alone read of leave. `reads_grades` the chair, too."""

    board: Board
    seat: Seat
    today: date
    is_team: bool
    reads_grades: bool
    looks_back: bool

    @property
    def history_href(self) -> str:
        """Empty for who may not look back."""
        return reverse("seat_history", args=[*address_of(self.board), self.seat.key]) if self.looks_back else ""

    @property
    def href(self) -> str:
        return reverse("seat", args=[*address_of(self.board), self.seat.key])

    def act(self, name: str, *, number: int | None = None) -> str:
        """The address of an act on the seat, or on one of its appointments."""
        further = [] if number is None else [number]
        return reverse(name, args=[*address_of(self.board), self.seat.key, *further])


def seat_place(request: HttpRequest, partnership_slug: str, board_slug: str, seat_key: str) -> SeatPlace:
    """Raises Http404 for a seat that is not there, or not the reader's to know of."""
    board = board_at(request, partnership_slug, board_slug)
    today = clock.today()
    rights = access.rights_on(request.user, board, ASKED, today)
    seat = Seat.objects.filter(board=board, key=seat_key).select_related("agency").first()
    if seat is None or (Kind.SEATS, Action.READ) not in rights:
        raise Http404
    seat.board = board
    return SeatPlace(
        board,
        seat,
        today,
        is_team=(Kind.SEATS, Action.WRITE) in rights,
        reads_grades=(Kind.GRADES, Action.READ) in rights,
        looks_back=(Kind.HISTORY, Action.READ) in rights,
    )


def holder_at(place: SeatPlace, number: int) -> Appointment:
    """One of the seat's appointments. Raises Http404."""
    held = Appointment.objects.filter(pk=number, seat=place.seat).select_related("person", "grade").first()
    if held is None:
        raise Http404
    held.seat = place.seat
    return held


def author(request: HttpRequest) -> User:
    """Who acts."""
    if not isinstance(request.user, User):
        raise TypeError("Only a signed-in person reaches a page that writes.")
    return request.user
