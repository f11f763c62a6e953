"""How often a group is to meet, and whether a year's meetings are enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from partnership.rules.attendance.attendance import Meeting, MeetingState, Period
from partnership.rules.clauses import Clause, Reading
from partnership.rules.deadlines.deadlines import DayOfYear, Strength
from partnership.rules.deadlines.due_dates import months_from
from partnership.rules.meeting_kinds import MeetingKind

NEW_YEAR = DayOfYear(1, 1)


class Per(StrEnum):
    """The stretch of time a number of meetings belongs to."""

    WEEK = "week"
    MONTH = "month"
    TWO_MONTHS = "two months"
    QUARTER = "quarter"
    TERM = "term"
    YEAR = "year"


MONTHS_IN = {Per.MONTH: 1, Per.TWO_MONTHS: 2, Per.QUARTER: 3, Per.YEAR: 12}


class TermsNeeded(ValueError):
    """Terms and weeks have no fixed months: their periods must be given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """At least so many meetings of one kind in every period; the year begins on `year_starts`."""

    id: str
    clause: Clause
    at_least: int
    per: Per
    kind: MeetingKind = MeetingKind.ORDINARY
    year_starts: DayOfYear = NEW_YEAR
    strength: Strength = Strength.REQUIRED
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """One period of one frequency: how many are dated (or held) and how many are needed."""

    rule: Frequency
    period: Period
    counted: int

    @property
    def missing(self) -> int:
        return max(0, self.rule.at_least - self.counted)

    @property
    def is_enough(self) -> bool:
        return self.missing == 0


def periods_of_year(rule: Frequency, year: int) -> tuple[Period, ...]:
    """The periods of the year that begins in `year`. Raises `TermsNeeded` for terms and weeks."""
    months = MONTHS_IN.get(rule.per)
    if months is None:
        raise TermsNeeded(f"{rule.id} counts by the {rule.per}: give the dates of each.")
    start = rule.year_starts.in_year(year)
    return tuple(
        Period(months_from(start, passed), months_from(start, passed + months)) for passed in range(0, 12, months)
    )


def planned(rule: Frequency, period: Period, meetings: Iterable[Meeting]) -> Tally:
    """How many meetings of the kind are dated in the period; cancelled ones never count."""
    return _tally(rule, period, meetings, {MeetingState.PLANNED, MeetingState.HELD})


def held(rule: Frequency, period: Period, meetings: Iterable[Meeting]) -> Tally:
    """How many meetings of the kind were held in the period."""
    return _tally(rule, period, meetings, {MeetingState.HELD})


def last_day(period: Period) -> date | None:
    """The day by whose end the meetings must have been held; None when the period is open."""
    return None if period.until is None else date.fromordinal(period.until.toordinal() - 1)


def _tally(rule: Frequency, period: Period, meetings: Iterable[Meeting], states: set[MeetingState]) -> Tally:
    counted = sum(
        meeting.kind is rule.kind and meeting.state in states and period.covers(meeting.on) for meeting in meetings
    )
    return Tally(rule, period, counted)
