"""The order of a seat's deputies, and what was declared of one."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from membership.models import Appointment, Seat
from partnership import clock
from partnership.authorship import saved
from partnership.models import User


@transaction.atomic
def declare_authority(
    *, appointment: Appointment, has_same_authority: bool, on: date, by: User, declared_by: str = ""
) -> Appointment:
    """Record what was declared of a deputy's decision-making authority, by whom, and when."""
    appointment.has_same_authority, appointment.declared_on = has_same_authority, on
    appointment.declared_by = declared_by
    fields = ["has_same_authority", "declared_on", "declared_by"]
    return saved(appointment, by=by, reason="Authority declared", fields=fields)


@transaction.atomic
def move_deputy(*, appointment: Appointment, up: bool, by: User) -> None:
    """Change places with the deputy before, or after; at either end nothing happens.

    Places only grow: nobody is ever put into one that another had on a day of theirs, which the database would refuse.
    """
    seat = Seat.objects.select_for_update(of=("self",)).get(pk=appointment.seat_id)
    deputies = Appointment.objects.filter(seat=seat).deputies()
    order = list(deputies.overlapping(clock.today(), None).order_by("order", "starts_on"))
    here = next((number for number, one in enumerate(order) if one.pk == appointment.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(order):
        return
    first, second = sorted((here, there))
    order[first], order[second] = order[second], order[first]
    for before, after in zip(order[first:], order[first + 1 :], strict=False):
        if after.order <= before.order:
            after.order = _free_place(after, above=before.order)
            saved(after, by=by, reason="Order of deputies changed", fields=["order"])


def _free_place(appointment: Appointment, *, above: int) -> int:
    """The first place above that one in which nobody else deputises on a day of this appointment."""
    others = Appointment.objects.filter(seat=appointment.seat_id).deputies().exclude(pk=appointment.pk)
    taken = set(others.overlapping(appointment.starts_on, appointment.until).values_list("order", flat=True))
    place = above + 1
    while place in taken:
        place += 1
    return place
