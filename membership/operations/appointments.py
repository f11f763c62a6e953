"""Who takes a seat, who deputises, who leaves. The standing that gives access is written in the same transaction."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Q

from membership.followers import handed_over, seat_changed
from membership.models import Appointment, AppointmentKind, Grade, Handover, LeftVacant, Seat
from membership.operations.contacts import keep_details_check
from membership.operations.inductions import begin_first_induction, stop_induction_of
from membership.operations.standings import drop_standings, keep_standings
from membership.queries.offices import independent_office
from partnership import clock
from partnership.authorship import deleted, saved
from partnership.models import User
from partnership.obligations.operations import cancel_obligations
from partnership.operations import day_after_last


class SeatTaken(Exception):
    """Somebody represents the seat, or deputises in that place, on a day of the period."""


class OutsideTheSeat(Exception):
    """The period leaves that of the seat itself."""


class AlreadyEnded(Exception):
    """The appointment ends earlier than the day now given."""


class NotIndependent(Exception):
    """The terms want an office held by somebody who holds no agency's seat."""


class ReasonMissing(Exception):
    """An act that changes the record says why."""


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
    """Put a person in a seat as its representative; `ends_on` is the last day. A seat left vacant is so no longer.

    Raises SeatTaken when another represents it on a day of that period, OutsideTheSeat, EndsBeforeItStarts.
    """
    for left in LeftVacant.objects.filter(seat=seat, until=None):
        left.until = max(left.starts_on, starts_on)
        saved(left, by=by, reason="Somebody takes the seat", fields=["until"])
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
    declared_by: str = "",
    deputy_reason: str = "",
) -> Appointment:
    """Name a designated deputy, after those the seat has. `has_same_authority` None: nobody has said yet.

    `deputy_reason` is why one is named whom the terms would not choose.

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
        declared_by=declared_by,
        deputy_reason=deputy_reason,
    )
    return _enter(deputy, ends_on=ends_on, by=by, reason="Named as deputy")


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
    seat_changed(seat, by=by)
    return appointment


@transaction.atomic
def hand_over(*, seat: Seat, to: User, on: date, reason: str, by: User, grade: Grade | None = None) -> Appointment:
    """Let another person represent the seat from a date; the predecessor's last day is the day before.

    The seat's deputies stay; one who takes the seat deputises in it no longer. What follows the seat does so on that
    day (`follow_handovers`), at once where it has come. A vacant seat is simply taken. Raises as `appoint` and
    `end_appointment`.
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
    successor = appoint(seat=held, person=to, starts_on=on, by=by, grade=grade)
    if predecessor is not None:
        saved(Handover(before=predecessor, after=successor), by=by, reason=reason)
        follow_handovers(on=clock.today(), by=by)
    return successor


@transaction.atomic
def follow_handovers(*, on: date, by: User, after: Appointment | None = None) -> int:
    """Let what belongs to a seat follow its handovers whose day has come; how many. Harmless when asked again.

    With `after`, only the one to that appointment.
    """
    due = Handover.objects.filter(followed_at=None, after__starts_on__lte=on)
    if after is not None:
        due = due.filter(after=after)
    followed = list(
        due.select_for_update(of=("self",)).select_related("before__person", "after__person", "after__seat__board")
    )
    for handover in followed:
        handed_over(handover, by=by)
        handover.followed_at = clock.now()
        saved(handover, by=by, reason="What belongs to the seat followed it", fields=["followed_at"])
    return len(followed)


@transaction.atomic
def correct_appointment(
    *,
    appointment: Appointment,
    starts_on: date,
    ends_on: date | None,
    grade: Grade | None,
    reason: str,
    by: User,
) -> Appointment:
    """Say what was meant: other days, another grade. Standings follow, whatever was seen meanwhile.

    Raises SeatTaken, OutsideTheSeat, EndsBeforeItStarts, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing("Say why you correct it.")
    held = _held(appointment.seat)
    appointment = Appointment.objects.select_related("seat__board", "person").get(pk=appointment.pk)
    appointment.starts_on, appointment.grade = starts_on, grade
    appointment.until = None if ends_on is None else day_after_last(starts_on=starts_on, ends_on=ends_on)
    _check_place(appointment)
    saved(appointment, by=by, reason=reason, fields=["starts_on", "until", "grade"])
    keep_standings(appointment=appointment, by=by, reason=reason)
    keep_details_check(person=appointment.person, board=held.board, by=by)
    stop_induction_of(person=appointment.person, board=held.board, by=by)
    seat_changed(held, by=by)
    return appointment


@transaction.atomic
def withdraw_appointment(*, appointment: Appointment, reason: str, by: User) -> None:
    """Take away an appointment that never begins, with its standing and whatever handed the seat to it."""
    for handover in Handover.objects.filter(after=appointment):
        deleted(handover, by=by, reason=reason)
    _withdrawn(appointment, reason=reason, by=by)
    seat_changed(_held(appointment.seat), by=by)


@transaction.atomic
def confirm_may_commit(*, appointment: Appointment, confirmed_by: str, on: date, by: User) -> Appointment:
    """Record who confirmed, and when, that the person may speak for, commit and hold to account their organisation."""
    appointment.may_commit_on, appointment.may_commit_by = on, confirmed_by.strip()
    fields = ["may_commit_on", "may_commit_by"]
    return saved(appointment, by=by, reason="Confirmed to speak for their organisation", fields=fields)


def _held(seat: Seat) -> Seat:
    """The seat, locked until the transaction ends, so that two hands cannot fill it at once."""
    return Seat.objects.select_for_update(of=("self",)).select_related("board").get(pk=seat.pk)


def _enter(appointment: Appointment, *, ends_on: date | None, by: User, reason: str) -> Appointment:
    """Save a further appointment of a held seat, after the checks the database cannot make, with its standing."""
    if ends_on is not None:
        appointment.until = day_after_last(starts_on=appointment.starts_on, ends_on=ends_on)
    _check_place(appointment)
    _check_independence(appointment)
    saved(appointment, by=by, reason=reason)
    keep_standings(appointment=appointment, by=by, reason=reason)
    keep_details_check(person=appointment.person, board=appointment.seat.board, by=by)
    begin_first_induction(appointment=appointment, by=by)
    seat_changed(appointment.seat, by=by)
    return appointment


def _check_place(appointment: Appointment) -> None:
    """What the database refuses too, in words. Raises OutsideTheSeat, SeatTaken."""
    seat = appointment.seat
    is_after_the_seat = seat.until is not None and (appointment.until is None or appointment.until > seat.until)
    if appointment.starts_on < seat.starts_on or is_after_the_seat:
        raise OutsideTheSeat(f"The seat {seat.name} does not exist on every day of that period.")
    same_place_or_person = Q(order=appointment.order) | Q(person=appointment.person)
    others = (
        Appointment.objects.filter(same_place_or_person, seat=seat).exclude(pk=appointment.pk).select_related("person")
    )
    other = others.overlapping(appointment.starts_on, appointment.until).order_by("order", "starts_on").first()
    if other is not None:
        raise SeatTaken(f"{other.person} is already {other.get_kind_display().lower()} in the seat {seat.name}.")


def _ended(appointment: Appointment, *, ends_on: date, reason: str, by: User) -> Appointment:
    until = day_after_last(starts_on=appointment.starts_on, ends_on=ends_on)
    if appointment.until is not None and appointment.until < until:
        raise AlreadyEnded(f"This appointment already ends on {appointment.until - timedelta(days=1):%-d %B %Y}.")
    appointment.until = until
    saved(appointment, by=by, reason=reason, fields=["until"])
    keep_standings(appointment=appointment, by=by, reason=reason)
    keep_details_check(person=appointment.person, board=appointment.seat.board, by=by)
    stop_induction_of(person=appointment.person, board=appointment.seat.board, by=by)
    return appointment


def _withdrawn(appointment: Appointment, *, reason: str, by: User) -> None:
    """Take away an appointment that has not begun, with its standing."""
    drop_standings(appointment=appointment, by=by, reason=reason)
    cancel_obligations(cause=appointment, reason=reason, by=by)
    deleted(appointment, by=by, reason=reason)
    keep_details_check(person=appointment.person, board=appointment.seat.board, by=by)
    stop_induction_of(person=appointment.person, board=appointment.seat.board, by=by)


def _check_independence(appointment: Appointment) -> None:
    """Nobody comes to hold an office that is to be independent and a seat of an agency. Raises NotIndependent."""
    seat = appointment.seat
    own = independent_office(seat=seat, on=appointment.starts_on) if appointment.order == 0 else None
    if own is None and seat.agency_id is None:
        return
    held = Appointment.objects.filter(person=appointment.person, seat__board__partnership=seat.board.partnership_id)
    for other in held.overlapping(appointment.starts_on, appointment.until).select_related("seat__board"):
        if own is not None and other.seat.agency_id is not None:
            raise NotIndependent(
                f"{appointment.person} holds an agency's seat, {other.seat.name}: {own.name} is independent of every "
                f"agency ({own.clause.citation})."
            )
        theirs = independent_office(seat=other.seat, on=appointment.starts_on) if other.order == 0 else None
        if own is None and theirs is not None:
            raise NotIndependent(
                f"{appointment.person} is {theirs.name} of {other.seat.board.short_name}, who holds no agency's seat "
                f"({theirs.clause.citation})."
            )
