"""Seats follow the constitution."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from membership.models import Agency, Appointment, Seat
from membership.operations.contacts import keep_details_check
from membership.operations.named_agencies import keep_asking
from membership.operations.standings import keep_standings
from membership.roles import seat_keys
from partnership.authorship import saved
from partnership.models import Board, Constitution, User
from partnership.operations import adopt_constitution
from partnership.queries import terms_of


class SeatStillHeld(Exception):
    """Somebody sits in the seat beyond the day on which it would be abolished."""


@transaction.atomic
def bring_into_force(
    *,
    board: Board,
    text: str,
    by: User,
    in_force_from: date | None = None,
    agencies: Mapping[str, Agency] | None = None,
    reason: str = "Terms of reference adopted",
) -> Constitution:
    """Adopt a further version of the terms of reference and arrange the seats by it, in one transaction.

    Raises as `adopt_constitution` and `arrange_seats`.
    """
    constitution = adopt_constitution(board=board, text=text, by=by, in_force_from=in_force_from, reason=reason)
    arrange_seats(constitution=constitution, by=by, agencies=agencies)
    keep_asking(board=board, by=by)
    return constitution


@transaction.atomic
def arrange_seats(*, constitution: Constitution, by: User, agencies: Mapping[str, Agency] | None = None) -> list[Seat]:
    """Make the board's seats those of an adopted constitution, from the day it is in force, and return them in order.

    A seat is known by its permanent key: one that stays keeps its holders, a further one begins, one no longer listed
    ends that day. `agencies` maps the constitution's organisation ids to agencies. Standings follow in the same
    transaction, since a seat may have become another. Raises SeatStillHeld for a seat that would end under its holder.
    """
    board = Board.objects.select_for_update().get(pk=constitution.board_id)
    known = {seat.key: seat for seat in Seat.objects.filter(board=board)}
    places = [
        (key, seat)
        for seat in terms_of(constitution=constitution).quorum.seats
        for key in seat_keys(seat.id, seat.count)
    ]
    arranged: list[Seat] = []
    for position, (key, place) in enumerate(places, start=1):
        is_further = key not in known
        seat = known.pop(key, None) or Seat(board=board, key=key, starts_on=constitution.in_force_from)
        before = _arrangement(seat)
        seat.name, seat.office, seat.position, seat.until = place.name, ", ".join(place.offices), position, None
        seat.agency = (agencies or {}).get(place.organisation or "", seat.agency)
        if is_further or before != _arrangement(seat):
            saved(seat, by=by, reason=f"Seats of {constitution.title}, version {constitution.version}")
        arranged.append(seat)
    for seat in known.values():
        if seat.until is None:
            abolish_seat(seat=seat, from_on=constitution.in_force_from, by=by)
    for appointment in Appointment.objects.filter(seat__board=board).select_related("seat__board", "person"):
        keep_standings(appointment=appointment, by=by, reason="The board's seats were arranged")
        keep_details_check(person=appointment.person, board=board, by=by)
    return arranged


@transaction.atomic
def add_seat(
    *, board: Board, key: str, name: str, starts_on: date, by: User, agency: Agency | None = None, position: int = 0
) -> Seat:
    """Add a member's seat to a board whose terms leave its seats open."""
    seat = Seat(board=board, key=key, name=name, starts_on=starts_on, agency=agency, position=position)
    return saved(seat, by=by, reason="Seat added")


@transaction.atomic
def abolish_seat(*, seat: Seat, from_on: date, by: User) -> Seat:
    """End a seat: `from_on` is the first day without it. Raises SeatStillHeld."""
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    holder = Appointment.objects.filter(seat=seat).overlapping(from_on, None).select_related("person").first()
    if holder is not None:
        raise SeatStillHeld(f"{holder.person} holds the seat {seat.name}: end the appointment first.")
    seat.until = from_on
    return saved(seat, by=by, reason="Seat abolished", fields=["until"])


def _arrangement(seat: Seat) -> tuple[object, ...]:
    """What the constitution decides of a seat."""
    return seat.name, seat.office, seat.position, seat.until, seat.agency_id
