"""What falls due because of who holds a seat: a deputy named, an appointment renewed, a vacant seat filled.

Each is brought in line with the seat whenever somebody of it comes or goes, or it is left vacant on purpose. It may be
asked at any time: it looks at the seat as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from membership.followers import Follower, enter
from membership.models import Appointment, AppointmentKind, Handover, LeftVacant, Seat
from membership.seat_duty_causes import APPOINTMENT_CAUSE, DEPUTY, ENDING, SEAT_CAUSE, VACANCY
from partnership import clock
from partnership.models import Board, Constitution, Obligation, User
from partnership.obligations.causes import key_of
from partnership.obligations.features import register
from partnership.obligations.kept_rules import falls_due, rules_on
from partnership.obligations.operations import (
    asked_on,
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
)
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.plain_dates import plain_date

NOT_ASKED = "The terms of today do not ask for it."


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked of a board's seats today, and who is in them: read at once, however many seats.

    `rules` are those that fall due on the board, by duty; `asked` what is neither met nor cancelled; `left` the seats
    that are vacant on purpose; `held` every appointment of a seat, the first first.
    """

    rules: Mapping[str, tuple[Deadline, Constitution]]
    asked: Mapping[tuple[str, int, str], list[Obligation]]
    left: frozenset[int]
    held: Mapping[int, list[Appointment]]

    def asked_of(self, cause: Seat | Appointment, duty: str) -> Obligation | None:
        """What was asked first of it, where anything is."""
        return next(iter(self.asked.get((*key_of(cause), duty), ())), None)


def known_of(*, board: Board, seats: Sequence[Seat]) -> Known:
    """Five queries."""
    duties = (DEPUTY, VACANCY, ENDING)
    held: dict[int, list[Appointment]] = {}
    rows = Appointment.objects.filter(seat__in=seats).select_related("person").order_by("starts_on")
    for one in rows:
        held.setdefault(one.seat_id, []).append(one)
    return Known(
        rules=rules_on(board=board, duties=duties, on=clock.today()),
        asked=asked_on(board=board, duties=duties),
        left=frozenset(LeftVacant.objects.filter(seat__in=seats, until=None).values_list("seat", flat=True)),
        held=held,
    )


def seat_changed(seat: Seat, by: User) -> None:
    """Bring what falls due because of the seat in line with who is in it, and who will be."""
    _bring_in_line(seat, known_of(board=seat.board, seats=[seat]), by)


def plan_board(board: Board, by: User) -> None:
    """The same of every seat of the board. Six queries where nothing changes."""
    seats = list(Seat.objects.filter(board=board, until=None))
    for seat in seats:
        seat.board = board
    known = known_of(board=board, seats=seats)
    for seat in seats:
        _bring_in_line(seat, known, by)


def _bring_in_line(seat: Seat, known: Known, by: User) -> None:
    held = known.held.get(seat.pk, [])
    for one in held:
        one.seat = seat
    holders = [one for one in held if one.kind == AppointmentKind.REPRESENTATIVE]
    deputies = [one for one in held if one.kind == AppointmentKind.DEPUTY]
    _deputy(seat, holders, deputies, known, by)
    _vacancy(seat, holders, known, by)
    _endings(seat, holders, known, by)


def _deputy(
    seat: Seat, holders: Sequence[Appointment], deputies: Sequence[Appointment], known: Known, by: User
) -> None:
    """An agency's seat that somebody holds has a deputy; counted from the day on which it began to have none."""
    today = clock.today()
    holder = next((one for one in holders if one.until is None or one.until > today), None)
    deputy = next((one for one in deputies if one.until is None or one.until > today), None)
    if deputy is not None:
        _meet(known.asked_of(seat, DEPUTY), seat, f"A deputy named from {plain_date(deputy.starts_on)}", by)
    elif holder is None or seat.agency_id is None or seat.until is not None:
        _cancel(DEPUTY, seat, known, "Nobody holds the seat.", by)
    else:
        left = max((one.until for one in deputies if one.until is not None), default=holder.starts_on)
        _ask(DEPUTY, seat, known, max(holder.starts_on, left), by)


def _vacancy(seat: Seat, holders: Sequence[Appointment], known: Known, by: User) -> None:
    """A seat with nobody in it is filled; known ahead where its last holder leaves on a day to come."""
    from_on = _vacant_from(seat, holders)
    asked = known.asked_of(seat, VACANCY)
    if seat.until is not None or seat.pk in known.left:
        _cancel(VACANCY, seat, known, "The seat is left vacant on purpose, or gone.", by)
    elif from_on is not None:
        _ask(VACANCY, seat, known, from_on, by)
    elif asked is not None and asked.occurrence > clock.today().isoformat():
        _cancel(VACANCY, seat, known, "The seat does not fall vacant.", by)
    else:
        newest = holders[-1].starts_on if holders else clock.today()
        _meet(asked, seat, f"Somebody appointed from {plain_date(newest)}", by)


def _vacant_from(seat: Seat, holders: Sequence[Appointment]) -> date | None:
    """The first day, from now on, with nobody in the seat and nobody to come; None where that is not to be seen."""
    last = holders[-1] if holders else None
    if last is None:
        return seat.starts_on
    return last.until


def _endings(seat: Seat, holders: Sequence[Appointment], known: Known, by: User) -> None:
    """What comes after an appointment that ends is recorded by its last day: renewal, successor, or vacant on purpose.

    One that ended before anybody was asked is left alone: the vacancy says the rest.
    """
    is_left = seat.pk in known.left
    for place, one in enumerate(holders):
        asked = known.asked_of(one, ENDING)
        has_successor = place + 1 < len(holders)
        if one.last_day is None or (asked is not None and asked.occurrence != one.last_day.isoformat()):
            _meet(asked, one, "Renewed", by)
        elif has_successor or is_left:
            _meet(asked, one, "A successor recorded" if has_successor else "Left vacant on purpose", by)
        if one.last_day is not None and one.last_day >= clock.today() and not (has_successor or is_left):
            _ask_by_last_day(one, one.last_day, known, by)


def _ask_by_last_day(appointment: Appointment, last_day: date, known: Known, by: User) -> None:
    if ENDING not in known.rules:
        _cancel(ENDING, appointment, known, NOT_ASKED, by)
        return
    _ensure(ENDING, appointment, known, last_day, by)


def _ask(duty: str, seat: Seat, known: Known, after: date, by: User) -> None:
    """Let it fall due, counted from that day; what is asked already keeps its day while that has begun.

    What was so before anybody asked counts from today: nobody is late for what was not yet asked.
    """
    today = clock.today()
    if duty not in known.rules:
        _cancel(duty, seat, known, NOT_ASKED, by)
        return
    asked = known.asked_of(seat, duty)
    if asked is not None and asked.occurrence <= today.isoformat() and after <= today:
        after = date.fromisoformat(asked.occurrence)
    elif asked is not None and asked.occurrence != after.isoformat():
        _cancel(duty, seat, known, "The day has changed.", by)
    _ensure(duty, seat, known, after if asked is not None else max(after, today), by)


def _ensure(duty: str, cause: Seat | Appointment, known: Known, after: date, by: User) -> None:
    """Ask for it, counted from that day, unless just that is asked for already."""
    rule, constitution = known.rules[duty]
    board = cause.board if isinstance(cause, Seat) else cause.seat.board
    due, occurrence = falls_due(rule, board=board, after=after), after.isoformat()
    standing = known.asked.get((*key_of(cause), duty), ())
    if any(
        (each.occurrence, each.due_on, each.constitution_id) == (occurrence, due, constitution.pk) for each in standing
    ):
        return
    ensure_obligation(
        duty=duty,
        cause=cause,
        occurrence=occurrence,
        owner=rule.owner,
        due_on=due,
        constitution=constitution,
        by=by,
    )


def _cancel(duty: str, cause: Seat | Appointment, known: Known, reason: str, by: User) -> None:
    if known.asked_of(cause, duty) is not None:
        cancel_obligations(cause=cause, duty=duty, reason=reason, by=by)


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
