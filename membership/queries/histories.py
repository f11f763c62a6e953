"""What happened to a seat and those in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from membership.models import Appointment, Seat
from partnership import access
from partnership.change_history import ASKED, Entry, entries_of, kept_back
from partnership.models import User


def history_of_seat(*, seat: Seat, user: access.Asker, on: date) -> list[Entry]:
    """Every change of a seat and of its appointments, the latest first; grades for whoever may read grades."""
    rights = access.rights_on(user, seat, ASKED, on)
    held = access.visible_history(Appointment, to=user, on=on).filter(seat_id=seat.pk)
    people = dict(User.objects.filter(pk__in=held.values("person_id")).values_list("pk", "name"))
    about: dict[Any, str] = {(Appointment, row.id): people[row.person_id] for row in held}
    seats = access.visible_history(Seat, to=user, on=on).filter(id=seat.pk)
    return entries_of(seats, held, about=about, without=kept_back(rights) | {"membership.seat.position"})
