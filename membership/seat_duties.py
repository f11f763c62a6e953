"""What falls due because of who holds a seat: a deputy named, an appointment renewed, a vacant seat filled.

Each is brought in line with the seat whenever somebody of it comes or goes, or it is left vacant on purpose. It may be
asked at any time: it looks at the seat as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from membership.followers import Follower, enter
from membership.models import Appointment, AppointmentKind, Handover, LeftVacant, Seat
from membership.seat_duty_causes import APPOINTMENT_CAUSE, DEPUTY, ENDING, SEAT_CAUSE, VACANCY
from partnership import clock
from partnership.models import Board, Obligation, User
from partnership.obligations.features import register
from partnership.obligations.kept_rules import falls_due, rule_on
from partnership.obligations.operations import (
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
    open_obligation,
)
from partnership.rules.plain_dates import plain_date

NOT_ASKED = "The terms of today do not ask for it."


def seat_changed(seat: Seat, by: User) -> None:
    """Bring what falls due because of the seat in line with who is in it, and who will be."""
    held = list(Appointment.objects.filter(seat=seat).select_related("person", "seat__board").order_by("starts_on"))
    holders = [one for one in held if one.kind == AppointmentKind.REPRESENTATIVE]
    deputies = [one for one in held if one.kind == AppointmentKind.DEPUTY]
    _deputy(seat, holders, deputies, by)
    _vacancy(seat, holders, by)
    _endings(seat, holders, by)


def plan_board(board: Board, by: User) -> None:
    for seat in Seat.objects.filter(board=board, until=None).select_related("board__partnership"):
        seat_changed(seat, by)


def _deputy(seat: Seat, holders: Sequence[Appointment], deputies: Sequence[Appointment], by: User) -> None:
    """An agency's seat that somebody holds has a deputy; counted from the day on which it began to have none."""
    today = clock.today()
    holder = next((one for one in holders if one.until is None or one.until > today), None)
    deputy = next((one for one in deputies if one.until is None or one.until > today), None)
    asked = open_obligation(duty=DEPUTY, cause=seat)
    if deputy is not None:
        _meet(asked, seat, f"A deputy named from {plain_date(deputy.starts_on)}", by)
    elif holder is None or seat.agency_id is None or seat.until is not None:
        cancel_obligations(cause=seat, duty=DEPUTY, reason="Nobody holds the seat.", by=by)
    else:
        left = max((one.until for one in deputies if one.until is not None), default=holder.starts_on)
        _ask(DEPUTY, seat, asked, max(holder.starts_on, left), by)


def _vacancy(seat: Seat, holders: Sequence[Appointment], by: User) -> None:
    """A seat with nobody in it is filled; known ahead where its last holder leaves on a day to come."""
    from_on = _vacant_from(seat, holders)
    asked = open_obligation(duty=VACANCY, cause=seat)
    if seat.until is not None or LeftVacant.objects.filter(seat=seat, until=None).exists():
        cancel_obligations(cause=seat, duty=VACANCY, reason="The seat is left vacant on purpose, or gone.", by=by)
    elif from_on is not None:
        _ask(VACANCY, seat, asked, from_on, by)
    elif asked is not None and asked.occurrence > clock.today().isoformat():
        cancel_obligations(cause=seat, duty=VACANCY, reason="The seat does not fall vacant.", by=by)
    else:
        newest = holders[-1].starts_on if holders else clock.today()
        _meet(asked, seat, f"Somebody appointed from {plain_date(newest)}", by)


def _vacant_from(seat: Seat, holders: Sequence[Appointment]) -> date | None:
    """The first day, from now on, with nobody in the seat and nobody to come; None where that is not to be seen."""
    last = holders[-1] if holders else None
    if last is None:
        return seat.starts_on
    return last.until


def _endings(seat: Seat, holders: Sequence[Appointment], by: User) -> None:
    """What comes after an appointment that ends is recorded by its last day: renewal, successor, or vacant on purpose.

    One that ended before anybody was asked is left alone: the vacancy says the rest.
    """
    is_left = LeftVacant.objects.filter(seat=seat, until=None).exists()
    for place, one in enumerate(holders):
        asked = open_obligation(duty=ENDING, cause=one)
        has_successor = place + 1 < len(holders)
        if one.last_day is None or (asked is not None and asked.occurrence != one.last_day.isoformat()):
            _meet(asked, one, "Renewed", by)
        elif has_successor or is_left:
            _meet(asked, one, "A successor recorded" if has_successor else "Left vacant on purpose", by)
        if one.last_day is not None and one.last_day >= clock.today() and not (has_successor or is_left):
            _ask_by_last_day(one, one.last_day, by)


def _ask_by_last_day(appointment: Appointment, last_day: date, by: User) -> None:
    found = rule_on(board=appointment.seat.board, duty=ENDING, on=clock.today())
    if found is None:
        cancel_obligations(cause=appointment, duty=ENDING, reason=NOT_ASKED, by=by)
        return
    rule, constitution = found
    ensure_obligation(
        duty=ENDING,
        cause=appointment,
        occurrence=last_day.isoformat(),
        owner=rule.owner,
        due_on=falls_due(rule, board=appointment.seat.board, after=last_day),
        constitution=constitution,
        by=by,
    )


def _ask(duty: str, seat: Seat, asked: Obligation | None, after: date, by: User) -> None:
    """Let it fall due, counted from that day; what is asked already keeps its day while that has begun.

    What was so before anybody asked counts from today: nobody is late for what was not yet asked.
    """
    today = clock.today()
    found = rule_on(board=seat.board, duty=duty, on=today)
    if found is None:
        cancel_obligations(cause=seat, duty=duty, reason=NOT_ASKED, by=by)
        return
    if asked is not None and asked.occurrence <= today.isoformat() and after <= today:
        after = date.fromisoformat(asked.occurrence)
    elif asked is not None and asked.occurrence != after.isoformat():
        cancel_obligations(cause=seat, duty=duty, reason="The day has changed.", by=by)
    rule, constitution = found
    after = after if asked is not None else max(after, today)
    ensure_obligation(
        duty=duty,
        cause=seat,
        occurrence=after.isoformat(),
        owner=rule.owner,
        due_on=falls_due(rule, board=seat.board, after=after),
        constitution=constitution,
        by=by,
    )


def _meet(asked: Obligation | None, cause: Seat | Appointment, evidence: str, by: User) -> None:
    if asked is None:
        return
    meet_obligation(
        duty=asked.duty, cause=cause, occurrence=asked.occurrence, on=clock.today(), evidence=evidence, by=by
    )


def _handed_over(handover: Handover, by: User) -> None:
    """Nothing more: the appointments were looked at when they were made."""


def register_duties() -> None:
    """Make them known, and follow seats; once, when the app starts."""
    register(DEPUTY, VACANCY, cause=SEAT_CAUSE, plan=plan_board)
    register(ENDING, cause=APPOINTMENT_CAUSE, plan=plan_board)
    enter(Follower(name="seat duties", seat_changed=seat_changed, handed_over=_handed_over))
