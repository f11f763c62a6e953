"""Attendance of one period: who was expected, who came, at what rate, against what expectation.

Three rates, never mixed. The named representative's: the meetings held while
that person held the seat; those within their leave as the constitution says. The seat's: every meeting held
while the seat existed, met by the representative or a deputy; a vacancy counts
against it. The agency's: all its seats together. Cancelled meetings never
count; other kinds of meeting count as the constitution says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from partnership.rules.clauses import Clause, Reading
from partnership.rules.deadlines.deadlines import Strength
from partnership.rules.meeting_kinds import MeetingKind


class Attended(StrEnum):
    """What the register says of one seat at one meeting."""

    PRESENT = "present"
    DEPUTY = "deputy present"
    APOLOGIES = "apologies"
    ABSENT = "absent without apology"
    NO_REPLY = "no reply"


class MeetingState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class LeaveCounts(StrEnum):
    """How a meeting within a representative's leave of absence counts in their own rate."""

    LEFT_OUT = "left out"
    ABSENCE = "absence"


class TwoRecords(ValueError):
    """The register holds two entries for one seat at one meeting."""


class UnknownMeeting(ValueError):
    """The register holds an entry for a meeting that was not given."""


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to, not including, `until` (None: still running)."""

    start: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Meeting:
    id: str
    on: date
    kind: MeetingKind = MeetingKind.ORDINARY
    state: MeetingState = MeetingState.HELD


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the register. `deputy` names who came for the seat, `reason` the apology's.

    `is_excused`: whoever may give leave has given it for this absence.
    """

    meeting: str
    seat: str
    attended: Attended
    deputy: str = ""
    reason: str = ""
    is_excused: bool = False


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person as the named representative of a seat for a period, with any leave."""

    person: str
    held: Period
    leave: tuple[Period, ...] = ()

    def is_expected_on(self, day: date) -> bool:
        return self.held.covers(day) and not any(away.covers(day) for away in self.leave)


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of an agency over a period, and everyone who held it, in order."""

    id: str
    agency: str
    existed: Period
    tenures: tuple[Tenure, ...] = ()

    def holder_on(self, day: date) -> Tenure | None:
        return next((t for t in self.tenures if t.held.covers(day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendancePolicy:
    """What a constitution expects. None: no expectation is stated."""

    id: str
    clause: Clause
    representative: Fraction | None = None
    seat: Fraction | None = None
    agency: Fraction | None = None
    minimum_meetings: int = 0
    counts: tuple[MeetingKind, ...] = (
        MeetingKind.ORDINARY,
        MeetingKind.EXTRAORDINARY,
        MeetingKind.ANNUAL,
    )
    strength: Strength = Strength.EXPECTED
    leave: LeaveCounts = LeaveCounts.LEFT_OUT
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """Attended of expected, judged unrounded; `since` when it starts within the period."""

    attended: int
    expected: int
    expectation: Fraction | None = None
    since: date | None = None

    @property
    def share(self) -> Fraction | None:
        """None when no meeting was expected."""
        return Fraction(self.attended, self.expected) if self.expected else None

    @property
    def percent(self) -> int | None:
        """For showing only: rounded to the nearest whole number, halves up."""
        share = self.share
        return None if share is None else int(share * 100 + Fraction(1, 2))

    @property
    def is_met(self) -> bool | None:
        """None when nothing is expected, or nothing could be attended."""
        if self.share is None or self.expectation is None:
            return None
        return self.share >= self.expectation


@dataclass(frozen=True, slots=True)
class PersonAttendance:
    person: str
    rate: Rate
    records: tuple[Record | None, ...]


@dataclass(frozen=True, slots=True)
class SeatAttendance:
    """One row of the report; `people` in order of tenure, predecessors first."""

    seat: Seat
    rate: Rate
    people: tuple[PersonAttendance, ...]


@dataclass(frozen=True, slots=True)
class AttendanceReport:
    """`meetings` are those that count, in order of date."""

    policy: AttendancePolicy
    meetings: tuple[Meeting, ...]
    seats: tuple[SeatAttendance, ...]
    agencies: tuple[tuple[str, Rate], ...]

    @property
    def has_enough_meetings(self) -> bool | None:
        """Whether the least number of meetings was held; None when none is stated."""
        minimum = self.policy.minimum_meetings
        return len(self.meetings) >= minimum if minimum else None


def report(
    *,
    policy: AttendancePolicy,
    period: Period,
    seats: Sequence[Seat],
    meetings: Iterable[Meeting],
    records: Iterable[Record],
) -> AttendanceReport:
    """Every rate of one period. Raises `TwoRecords` and `UnknownMeeting`."""
    everything = tuple(meetings)
    register = _register(everything, records)
    counted = counted_meetings(policy, period, everything)
    rows = tuple(_seat_row(policy, period, seat, counted, register) for seat in seats)
    return AttendanceReport(policy, counted, rows, _agencies(policy, rows))


def counted_meetings(policy: AttendancePolicy, period: Period, meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """The meetings that count: held, in the period, of a kind the constitution counts."""
    return tuple(
        sorted(
            (
                meeting
                for meeting in meetings
                if meeting.state is MeetingState.HELD and meeting.kind in policy.counts and period.covers(meeting.on)
            ),
            key=lambda meeting: (meeting.on, meeting.id),
        )
    )


Register: TypeAlias = dict[tuple[str, str], Record]


def _register(meetings: Iterable[Meeting], records: Iterable[Record]) -> Register:
    known = {meeting.id for meeting in meetings}
    register: Register = {}
    for record in records:
        if record.meeting not in known:
            raise UnknownMeeting(f"Seat {record.seat}: there is no meeting {record.meeting}.")
        key = (record.meeting, record.seat)
        if key in register:
            raise TwoRecords(f"Seat {record.seat} has two entries for meeting {record.meeting}.")
        register[key] = record
    return register


def _seat_row(
    policy: AttendancePolicy,
    period: Period,
    seat: Seat,
    counted: Sequence[Meeting],
    register: Register,
) -> SeatAttendance:
    expected = [meeting for meeting in counted if seat.existed.covers(meeting.on)]
    came = sum(_is_represented(register.get((meeting.id, seat.id))) for meeting in expected)
    return SeatAttendance(
        seat=seat,
        rate=Rate(came, len(expected), policy.seat, _since(seat.existed, period)),
        people=tuple(
            _person_row(policy, period, seat, tenure, counted, register)
            for tenure in seat.tenures
            if _overlaps(tenure.held, period)
        ),
    )


def _person_row(
    policy: AttendancePolicy,
    period: Period,
    seat: Seat,
    tenure: Tenure,
    counted: Sequence[Meeting],
    register: Register,
) -> PersonAttendance:
    expected = tenure.is_expected_on if policy.leave is LeaveCounts.LEFT_OUT else tenure.held.covers
    records = tuple(register.get((meeting.id, seat.id)) for meeting in counted if expected(meeting.on))
    came = sum(record is not None and record.attended is Attended.PRESENT for record in records)
    rate = Rate(came, len(records), policy.representative, _since(tenure.held, period))
    return PersonAttendance(person=tenure.person, rate=rate, records=records)


def _agencies(policy: AttendancePolicy, rows: Sequence[SeatAttendance]) -> tuple[tuple[str, Rate], ...]:
    totals: dict[str, tuple[int, int]] = {}
    for row in rows:
        came, expected = totals.get(row.seat.agency, (0, 0))
        totals[row.seat.agency] = (came + row.rate.attended, expected + row.rate.expected)
    return tuple((agency, Rate(came, expected, policy.agency)) for agency, (came, expected) in sorted(totals.items()))


def _is_represented(record: Record | None) -> bool:
    return record is not None and record.attended in {Attended.PRESENT, Attended.DEPUTY}


def _overlaps(held: Period, period: Period) -> bool:
    starts_in_time = period.until is None or held.start < period.until
    return starts_in_time and (held.until is None or period.start < held.until)


def _since(held: Period, period: Period) -> date | None:
    return held.start if held.start > period.start else None
