"""An act on a seat: tried out to show what it changes, and carried out on the seat as it was seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from membership.effects import Effect, compared, told_of
from membership.models import Appointment, Seat
from membership.operations.appointments import follow_handovers
from membership.queries.seat_history import times_changed
from partnership.models import User

Act = Callable[[], object]


class SeatClash(Exception):
    """Somebody else changed the seat since the form was drawn. Nothing was written."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this seat while you were writing. Nothing was saved.")


@transaction.atomic
def carry_out(*, seat: Seat, act: Act, seen: int) -> object:
    """Do the act on a seat that has been changed `seen` times, and give what it gives. Raises SeatClash, as the act."""
    _hold_as_seen(seat, seen)
    return act()


def tried_out(*, seat: Seat, act: Act, seen: int, on: date, by: User) -> list[Effect]:
    """What the act would change of the seat as it stands on that day. Nothing is kept. Raises as `carry_out`.

    What follows a handover only on its first day is shown as of that day.
    """
    with transaction.atomic():
        _hold_as_seen(seat, seen)
        before = told_of(seat, on)
        with transaction.atomic():
            made = act()
            if isinstance(made, Appointment):
                follow_handovers(on=on, by=by, after=made)
            after = told_of(seat, on)
            transaction.set_rollback(True)
    return compared(before, after)


def _hold_as_seen(seat: Seat, seen: int) -> None:
    Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if times_changed(seat=seat) != seen:
        raise SeatClash
