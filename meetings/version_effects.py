"""What a further version of the rules would change, before it is adopted: rules, seats, deadlines, past answers.

Nothing is written. Past meetings keep the answer of the version of their day; what another version makes of the same
registers is only shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from meetings.models import Meeting
from meetings.operations.constitutions import governed_by
from meetings.queries import Register, registers_of
from meetings.quoracy import facts_of
from membership.roles import seat_id_in_terms
from membership.seat_changes import SeatChanges, seat_changes
from partnership import access
from partnership.clock import LONDON
from partnership.constitutions.comparison import Comparison, compared
from partnership.models import Board, Constitution
from partnership.queries import body_names, terms_in, terms_of
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.deadlines.calendars import BeyondHorizon, Division
from partnership.rules.deadlines.deadlines import Anchor
from partnership.rules.deadlines.due_dates import due_on
from partnership.rules.meeting_kinds import MeetingKind
from partnership.rules.quorum.answers import Answer
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.base import SizeNotGiven
from partnership.working_days import working_days

PAST_MEETINGS = 8
A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class DueDate:
    """What a rule asks of one meeting; `on` is None where the working days of that time are not known yet."""

    duty: str
    on: date | None


@dataclass(frozen=True, slots=True)
class MovedDeadline:
    """A deadline of a planned meeting under both versions; None where a version has no such rule for it."""

    before: DueDate | None
    after: DueDate | None


@dataclass(frozen=True, slots=True)
class MeetingAhead:
    """A planned meeting that the version would govern, and its deadlines that move, come or go."""

    meeting: Meeting
    moved: tuple[MovedDeadline, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """A meeting held, answered from its register under the version before and the further one.

    None where a version's quorum hangs on a size that the register does not hold. `decided_by` is the number of the
    version in force on its day.
    """

    meeting: Meeting
    before: Answer | None
    after: Answer | None
    decided_by: int | None


@dataclass(frozen=True, slots=True)
class VersionEffects:
    """Everything a further version would change. `comparison` is None for a board's first version."""

    terms: Terms
    before: Terms | None
    follows: Constitution | None
    in_force_from: date
    comparison: Comparison | None
    seats: SeatChanges
    ahead: tuple[MeetingAhead, ...]
    past: tuple[PastMeeting, ...]


def effects_of(
    *, board: Board, text: str, in_force_from: date, follows: Constitution | None, user: access.Asker, today: date
) -> VersionEffects:
    """What the text would change of the version that it follows. Raises `problems.BadFile`.

    A fixed number of queries, however many seats, meetings ahead and rows of past registers.
    """
    terms = terms_in(text=text)
    before = terms_of(constitution=follows) if follows is not None else None
    bodies = body_names(partnership=board.partnership, user=user, on=today)
    return VersionEffects(
        terms=terms,
        before=before,
        follows=follows,
        in_force_from=in_force_from,
        comparison=compared(follows.text, text, bodies=bodies) if follows is not None else None,
        seats=seat_changes(board=board, before=before, after=terms, from_on=in_force_from),
        ahead=tuple(_ahead(meeting, before, terms) for meeting in governed_by(board=board, from_on=in_force_from)),
        past=_past(board, before, terms, user, today) if before is not None else (),
    )


# --- the meetings ahead -----------------------------------------------------------------------------------------------


def _ahead(meeting: Meeting, before: Terms | None, after: Terms) -> MeetingAhead:
    old, new = _due_dates(meeting, before), _due_dates(meeting, after)
    pairs = [MovedDeadline(old.get(rule_id), new.get(rule_id)) for rule_id in {**old, **new}]
    moved = tuple(pair for pair in pairs if _day(pair.before) != _day(pair.after))
    return MeetingAhead(meeting, moved, kept=len(pairs) - len(moved))


def _day(due: DueDate | None) -> tuple[date | None, ...]:
    return () if due is None else (due.on,)


def _due_dates(meeting: Meeting, terms: Terms | None) -> dict[str, DueDate]:
    """By the rule's id, what the terms make due because of the meeting."""
    kind = MeetingKind(meeting.get_kind_display().lower())
    found: dict[str, DueDate] = {}
    for rule in terms.deadlines if terms is not None else ():
        if rule.anchor is not Anchor.MEETING or not rule.applies_at(kind):
            continue
        division = Division(rule.calendar or meeting.board.partnership.get_bank_holidays_display())
        calendar = working_days(division) if rule.needs_working_days else None
        try:
            on = due_on(rule, meeting.on, calendar, anchor_at=meeting.starts_at, tz=LONDON).on
        except BeyondHorizon:
            found[rule.id] = DueDate(rule.duty, None)
        else:
            found[rule.id] = DueDate(rule.duty, on)
    return found


# --- the meetings held ------------------------------------------------------------------------------------------------


def _past(board: Board, before: Terms, after: Terms, user: access.Asker, today: date) -> tuple[PastMeeting, ...]:
    held = Meeting.objects.visible_to(user, today).filter(board=board).held().order_by("-on", "-starts_at")
    registers = registers_of(meetings=held.select_related("board__partnership")[:PAST_MEETINGS])
    return tuple(
        PastMeeting(
            register.meeting,
            before=_answer(register, before),
            after=_answer(register, after),
            decided_by=register.constitution.version if register.constitution else None,
        )
        for register in registers
    )


def _answer(register: Register, terms: Terms) -> Answer | None:
    """The meeting's last moment by those terms, as the register's own page answers it."""
    closed_at = register.meeting.closed_at
    assert closed_at is not None, "a meeting that was held has a closed register"
    known = {seat_id_in_terms(row.held.seat.key) for row in register.seats if row.held is not None}
    facts = facts_of(replace(register, terms=terms))
    # A seat that only those terms have was held by nobody.
    vacant = facts.vacant | {seat.id for seat in terms.quorum.seats if seat.id not in known}
    try:
        return assess(terms.quorum, replace(facts, vacant=vacant), at=closed_at - A_MOMENT)
    except SizeNotGiven:
        return None
