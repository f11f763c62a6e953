"""Leave of a seat's holder, and a seat left vacant on purpose."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from membership.followers import seat_changed
from membership.models import Appointment, Leave, LeftVacant, Seat
from membership.operations.appointments import ReasonMissing
from membership.operations.standings import keep_standings
from partnership.authorship import deleted, saved
from partnership.models import User
from partnership.operations import day_after_last


class OutsideTheAppointment(Exception):
    """The leave leaves the days of the appointment."""


class LeaveTwice(Exception):
    """The person is on leave on a day of the period already."""


class SeatNotVacant(Exception):
    """Somebody represents the seat on that day, or from a later one."""


@transaction.atomic
def grant_leave(
    *, appointment: Appointment, starts_on: date, by: User, ends_on: date | None = None, reason: str = ""
) -> Leave:
    """Let somebody be away from their seat; `ends_on` is the last day, None while nobody knows. The deputy acts.

    Their own access to the board rests meanwhile. Raises OutsideTheAppointment, LeaveTwice, EndsBeforeItStarts.
    """
    _held(appointment)
    until = None if ends_on is None else day_after_last(starts_on=starts_on, ends_on=ends_on)
    ends = appointment.until
    if starts_on < appointment.starts_on or (ends is not None and (starts_on >= ends or (until and until > ends))):
        raise OutsideTheAppointment(f"{appointment.person} does not hold this seat on every day of that leave.")
    if Leave.objects.filter(appointment=appointment).overlapping(starts_on, until).exists():
        raise LeaveTwice(f"{appointment.person} is on leave on a day of that period already.")
    leave = Leave(appointment=appointment, starts_on=starts_on, until=until, reason=reason.strip())
    saved(leave, by=by, reason="Leave of absence")
    return _followed(leave, by=by, reason="Leave of absence")


@transaction.atomic
def end_leave(*, leave: Leave, ends_on: date, by: User) -> None:
    """Let somebody be back from the day after that one; a leave that has not begun is taken away."""
    appointment = leave.appointment
    _held(appointment)
    reason = "Back from leave"
    if ends_on < leave.starts_on:
        deleted(leave, by=by, reason=reason)
    else:
        leave.until = ends_on + timedelta(days=1)
        saved(leave, by=by, reason=reason, fields=["until"])
    keep_standings(appointment=appointment, by=by, reason=reason)
    seat_changed(appointment.seat, by=by)


@transaction.atomic
def leave_vacant(*, seat: Seat, starts_on: date, reason: str, by: User) -> LeftVacant:
    """Record that a seat is left vacant on purpose. Raises SeatNotVacant, ReasonMissing."""
    seat = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if not reason.strip():
        raise ReasonMissing("Say why the seat is left vacant.")
    holder = Appointment.objects.filter(seat=seat).representatives().overlapping(starts_on, None).first()
    if holder is not None:
        raise SeatNotVacant(f"{holder.person} represents this seat. End the appointment first.")
    left = LeftVacant.objects.filter(seat=seat, until=None).first() or LeftVacant(seat=seat)
    left.starts_on, left.reason = starts_on, reason.strip()
    saved(left, by=by, reason="Left vacant")
    seat_changed(seat, by=by)
    return left


def _held(appointment: Appointment) -> Seat:
    return Seat.objects.select_for_update(of=("self",)).get(pk=appointment.seat_id)


def _followed(leave: Leave, *, by: User, reason: str) -> Leave:
    keep_standings(appointment=leave.appointment, by=by, reason=reason)
    seat_changed(leave.appointment.seat, by=by)
    return leave
