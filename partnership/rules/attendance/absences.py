"""When absence has consequences: in a row, since last seen, within a year, below a share.

Each form is a rule of its own because real constitutions count different
things. The caller passes what the seat or the person missed as `Occasion`s,
oldest first; what an absence leads to is the rule's `effect`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from partnership.rules.attendance.attendance import Attended, Meeting, MeetingState, Record, Seat, Tenure
from partnership.rules.clauses import Clause, Reading
from partnership.rules.deadlines.due_dates import months_from
from partnership.rules.meeting_kinds import MeetingKind


class Basis(StrEnum):
    """Whose absence counts: nobody came for the seat, or the representative did not."""

    SEAT = "seat"
    REPRESENTATIVE = "representative"


class AbsenceEffect(StrEnum):
    ENQUIRY = "enquiry"
    MAY_BE_REMOVED = "may be removed"
    REMOVED_BY_RESOLUTION = "removed by resolution"
    DEEMED_RESIGNED = "deemed resigned"
    SEAT_VACATED = "seat vacated"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One meeting at which a seat or a person was expected."""

    on: date
    kind: MeetingKind
    is_missed: bool
    is_excused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedInARow:
    """So many meetings in a row, if stated all within so many months.

    `excused_by` empty: no leave exists and every absence counts. Otherwise an
    excused absence does not count; whether it also ends the run is a reading.
    """

    id: str
    clause: Clause
    times: int
    basis: Basis
    effect: AbsenceEffect
    kinds: tuple[MeetingKind, ...] = (MeetingKind.ORDINARY,)
    within_months: int | None = None
    excused_by: str = ""
    excused_breaks_run: bool = True
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedInYear:
    """So many meetings in one calendar year, in a row or not."""

    id: str
    clause: Clause
    times: int
    basis: Basis
    effect: AbsenceEffect
    kinds: tuple[MeetingKind, ...] = (MeetingKind.ORDINARY,)
    excused_by: str = ""
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSeenFor:
    """Nothing attended for so many months from the last attendance (or the start of office).

    `needs_meeting`: the time alone is not enough, a meeting must have been
    missed in it ("absent from all meetings held within six months").
    """

    id: str
    clause: Clause
    months: int
    effect: AbsenceEffect
    needs_meeting: bool = True
    excused_by: str = ""
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LowShare:
    """Fewer than a share of the meetings of any so many months.

    `unless_active`: taking part in a discussion or a vote in that time is enough to stay.
    """

    id: str
    clause: Clause
    below: Fraction
    months: int
    effect: AbsenceEffect
    unless_active: bool = False
    kinds: tuple[MeetingKind, ...] = (MeetingKind.ORDINARY,)
    reading: Reading | None = None


AbsenceRule: TypeAlias = MissedInARow | MissedInYear | NotSeenFor | LowShare


@dataclass(frozen=True, slots=True)
class Absence:
    """The rule that was met, the day it was met, and the meetings it rests on."""

    rule: AbsenceRule
    since: date
    reached_on: date
    missed_on: tuple[date, ...]
    is_open: bool = True


def occasions_of_seat(seat: Seat, meetings: Sequence[Meeting], records: Sequence[Record]) -> tuple[Occasion, ...]:
    """Every meeting held while the seat existed; missed when neither came. A vacancy misses."""
    return tuple(
        _occasion(meeting, record, {Attended.PRESENT, Attended.DEPUTY})
        for meeting, record in _held(seat, meetings, records)
        if seat.existed.covers(meeting.on)
    )


def occasions_of_person(
    seat: Seat, tenure: Tenure, meetings: Sequence[Meeting], records: Sequence[Record]
) -> tuple[Occasion, ...]:
    """Every meeting held in a tenure, leave left out; missed when not there in person."""
    return tuple(
        _occasion(meeting, record, {Attended.PRESENT})
        for meeting, record in _held(seat, meetings, records)
        if tenure.is_expected_on(meeting.on)
    )


def absence_in_a_row(rule: MissedInARow, occasions: Sequence[Occasion]) -> Absence | None:
    """The latest run of absences that was long enough; `is_open` while nobody has come since."""
    found: Absence | None = None
    for run, is_open in _runs(rule, occasions):
        reached = _first_stretch(run, rule.times, rule.within_months)
        if reached is not None:
            found = Absence(rule, run[0], reached, run, is_open)
    return found


def absence_in_year(rule: MissedInYear, occasions: Sequence[Occasion], year: int) -> Absence | None:
    """The unexcused absences of one calendar year, if there are enough."""
    missed = tuple(
        occasion.on
        for occasion in _of_kinds(occasions, rule.kinds)
        if occasion.on.year == year and _counts(occasion, rule.excused_by)
    )
    if len(missed) < rule.times:
        return None
    return Absence(rule, missed[0], missed[rule.times - 1], missed)


def absence_since(rule: NotSeenFor, occasions: Sequence[Occasion], *, in_office_from: date, at: date) -> Absence | None:
    """Whether the months have run out by `at` since the last attendance, or the start of office.

    An absence excused before the months ran out stops the rule.
    """
    past = [occasion for occasion in occasions if in_office_from <= occasion.on <= at]
    seen = [occasion.on for occasion in past if not occasion.is_missed]
    since = max(seen, default=in_office_from)
    runs_out = months_from(since, rule.months)
    missed = [o for o in past if o.is_missed and since <= o.on <= runs_out]
    is_excused = bool(rule.excused_by) and any(occasion.is_excused for occasion in missed)
    if at < runs_out or is_excused or (rule.needs_meeting and not missed):
        return None
    return Absence(rule, since, runs_out, tuple(occasion.on for occasion in missed))


def absence_by_share(
    rule: LowShare, occasions: Sequence[Occasion], *, at: date, was_active: bool = False
) -> Absence | None:
    """Whether the share of the `months` that end on `at` lies below the rule's."""
    start = months_from(at, -rule.months)
    recent = [o for o in _of_kinds(occasions, rule.kinds) if start < o.on <= at]
    missed = tuple(occasion.on for occasion in recent if occasion.is_missed)
    if not recent or (rule.unless_active and was_active):
        return None
    if Fraction(len(recent) - len(missed), len(recent)) >= rule.below:
        return None
    return Absence(rule, start, at, missed)


def _runs(rule: MissedInARow, occasions: Sequence[Occasion]) -> Iterator[tuple[tuple[date, ...], bool]]:
    """Each run of counted absences, and whether it is still open at the last occasion."""
    run: tuple[date, ...] = ()
    for occasion in _of_kinds(occasions, rule.kinds):
        if _counts(occasion, rule.excused_by):
            run = (*run, occasion.on)
        elif run and (not occasion.is_missed or rule.excused_breaks_run):
            yield run, False
            run = ()
    if run:
        yield run, True


def _first_stretch(run: Sequence[date], times: int, months: int | None) -> date | None:
    """The day of the absence that first made so many, all within so many months."""
    for first, last in zip(run, run[times - 1 :], strict=False):
        if months is None or last < months_from(first, months):
            return last
    return None


def _of_kinds(occasions: Sequence[Occasion], kinds: tuple[MeetingKind, ...]) -> tuple[Occasion, ...]:
    return tuple(occasion for occasion in occasions if occasion.kind in kinds)


def _counts(occasion: Occasion, excused_by: str) -> bool:
    return occasion.is_missed and not (excused_by and occasion.is_excused)


def _held(seat: Seat, meetings: Sequence[Meeting], records: Sequence[Record]) -> list[tuple[Meeting, Record | None]]:
    register = {record.meeting: record for record in records if record.seat == seat.id}
    held = [meeting for meeting in meetings if meeting.state is MeetingState.HELD]
    held.sort(key=lambda meeting: (meeting.on, meeting.id))
    return [(meeting, register.get(meeting.id)) for meeting in held]


def _occasion(meeting: Meeting, record: Record | None, came: set[Attended]) -> Occasion:
    return Occasion(
        on=meeting.on,
        kind=meeting.kind,
        is_missed=record is None or record.attended not in came,
        is_excused=record is not None and record.is_excused,
    )
