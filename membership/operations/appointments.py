"""Who takes a seat, who deputises, who leaves. The standing that gives access is written in the same transaction."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Q

from membership.models import Appointment, AppointmentKind, Grade, Seat
from membership.operations.standings import drop_standings, keep_standings
from partnership.authorship import deleted, saved
from partnership.models import User
from partnership.operations import day_after_last


class SeatTaken(Exception):
    """Somebody represents the seat, or deputises in that place, on a day of the period."""


class OutsideTheSeat(Exception):
    """The period leaves that of the seat itself."""


class AlreadyEnded(Exception):
    """The appointment ends earlier than the day now given."""


@transaction.atomic
def appoint(
    *,
    seat: Seat,
    person: User,
    starts_on: date,
    by: User,
    ends_on: date | None = None,
    grade: Grade | None = None,
) -> Appointment:
    """Put a person in a seat as its representative; `ends_on` is the last day.

    Raises SeatTaken when another represents it on a day of that period, OutsideTheSeat, EndsBeforeItStarts.
    """
    return _enter(
        Appointment(
            seat=_held(seat), person=person, kind=AppointmentKind.REPRESENTATIVE, starts_on=starts_on, grade=grade
        ),
        ends_on=ends_on,
        by=by,
        reason="Appointed as representative",
    )


@transaction.atomic
def name_deputy(
    *,
    seat: Seat,
    person: User,
    starts_on: date,
    by: User,
    ends_on: date | None = None,
    grade: Grade | None = None,
    has_same_authority: bool | None = None,
) -> Appointment:
    """Name a designated deputy, after those the seat has. `has_same_authority` None: nobody has said yet.

    Raises SeatTaken when the person already deputises in the seat, OutsideTheSeat, EndsBeforeItStarts.
    """
    held = _held(seat)
    until = None if ends_on is None else day_after_last(starts_on=starts_on, ends_on=ends_on)
    deputies = Appointment.objects.filter(seat=held).deputies().overlapping(starts_on, until)
    if deputies.filter(person=person).exists():
        raise SeatTaken(f"{person} is already a deputy in the seat {seat.name}.")
    last_place: int | None = deputies.aggregate(last=Max("order"))["last"]
    deputy = Appointment(
        seat=held,
        person=person,
        kind=AppointmentKind.DEPUTY,
        order=(last_place or 0) + 1,
        starts_on=starts_on,
        grade=grade,
        has_same_authority=has_same_authority,
        declared_on=None if has_same_authority is None else starts_on,
    )
    return _enter(deputy, ends_on=ends_on, by=by, reason="Named as deputy")


@transaction.atomic
def declare_authority(*, appointment: Appointment, has_same_authority: bool, on: date, by: User) -> Appointment:
    """Record what was declared of a deputy's decision-making authority, and when."""
    appointment.has_same_authority, appointment.declared_on = has_same_authority, on
    return saved(appointment, by=by, reason="Authority declared", fields=["has_same_authority", "declared_on"])


@transaction.atomic
def end_appointment(*, appointment: Appointment, ends_on: date, reason: str, by: User) -> Appointment:
    """End an appointment with that last day. When a representative leaves, the seat's deputies end with them.

    Raises AlreadyEnded when it ends before that day anyway, EndsBeforeItStarts.
    """
    seat = _held(appointment.seat)
    appointment = Appointment.objects.select_related("seat__board", "person").get(pk=appointment.pk)
    appointment = _ended(appointment, ends_on=ends_on, reason=reason, by=by)
    if appointment.kind == AppointmentKind.REPRESENTATIVE:
        for deputy in Appointment.objects.filter(seat=seat).deputies().overlapping(ends_on + timedelta(days=1), None):
            if deputy.starts_on > ends_on:
                _withdrawn(deputy, reason=reason, by=by)
            else:
                _ended(deputy, ends_on=ends_on, reason=reason, by=by)
    return appointment


@transaction.atomic
def hand_over(*, seat: Seat, to: User, on: date, reason: str, by: User, grade: Grade | None = None) -> Appointment:
    """Let another person represent the seat from a date; the predecessor's last day is the day before.

    The seat's deputies stay; one who takes the seat deputises in it no longer. A vacant seat is simply taken. Raises as
    `appoint` and `end_appointment`.
    """
    held = _held(seat)
    for deputy in Appointment.objects.filter(seat=held, person=to).deputies().overlapping(on, None):
        if deputy.starts_on >= on:
            _withdrawn(deputy, reason=reason, by=by)
        else:
            _ended(deputy, ends_on=on - timedelta(days=1), reason=reason, by=by)
    predecessor = Appointment.objects.filter(seat=held).representatives().in_force(on).first()
    if predecessor is not None:
        _ended(predecessor, ends_on=on - timedelta(days=1), reason=reason, by=by)
    return appoint(seat=held, person=to, starts_on=on, by=by, grade=grade)


def _held(seat: Seat) -> Seat:
    """The seat, locked until the transaction ends, so that two hands cannot fill it at once."""
    return Seat.objects.select_for_update(of=("self",)).select_related("board").get(pk=seat.pk)


def _enter(appointment: Appointment, *, ends_on: date | None, by: User, reason: str) -> Appointment:
    """Save a further appointment of a held seat, after the checks the database cannot make, with its standing."""
    if ends_on is not None:
        appointment.until = day_after_last(starts_on=appointment.starts_on, ends_on=ends_on)
    seat = appointment.seat
    is_after_the_seat = seat.until is not None and (appointment.until is None or appointment.until > seat.until)
    if appointment.starts_on < seat.starts_on or is_after_the_seat:
        raise OutsideTheSeat(f"The seat {seat.name} does not exist on every day of that period.")
    same_place_or_person = Q(order=appointment.order) | Q(person=appointment.person)
    others = Appointment.objects.filter(same_place_or_person, seat=seat).select_related("person")
    other = others.overlapping(appointment.starts_on, appointment.until).order_by("order", "starts_on").first()
    if other is not None:
        raise SeatTaken(f"{other.person} is already {other.get_kind_display().lower()} in the seat {seat.name}.")
    saved(appointment, by=by, reason=reason)
    keep_standings(appointment=appointment, by=by, reason=reason)
    return appointment


def _ended(appointment: Appointment, *, ends_on: date, reason: str, by: User) -> Appointment:
    until = day_after_last(starts_on=appointment.starts_on, ends_on=ends_on)
    if appointment.until is not None and appointment.until < until:
        raise AlreadyEnded(f"This appointment already ends on {appointment.until - timedelta(days=1):%-d %B %Y}.")
    appointment.until = until
    saved(appointment, by=by, reason=reason, fields=["until"])
    keep_standings(appointment=appointment, by=by, reason=reason)
    return appointment


def _withdrawn(appointment: Appointment, *, reason: str, by: User) -> None:
    """Take away an appointment that has not begun, with its standing."""
    drop_standings(appointment=appointment, by=by, reason=reason)
    deleted(appointment, by=by, reason=reason)
