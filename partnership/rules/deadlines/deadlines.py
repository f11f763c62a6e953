"""A deadline as a constitution states it: how long, of what, before or after what.

Only the words of the rule are here; `due_dates` turns them into dates and
`notice` asks the same rule the other way round.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from partnership.rules.clauses import Clause, Reading, cited
from partnership.rules.meeting_kinds import MeetingKind


class Unit(StrEnum):
    """What is counted. Clear days leave out both ends; working days need a calendar."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    CLEAR_DAYS = "clear days"
    WORKING_DAYS = "working days"
    CLEAR_WORKING_DAYS = "clear working days"
    SAME_WEEKDAY = "same weekday next week"


LEAP_YEAR = 2028

# Fifty years in days or longer, a year of hours, a week of minutes: beyond that dates run out.
MOST = {
    Unit.MINUTES: 10_080,
    Unit.HOURS: 8_784,
    Unit.DAYS: 18_263,
    Unit.WEEKS: 2_609,
    Unit.MONTHS: 600,
    Unit.YEARS: 50,
    Unit.CLEAR_DAYS: 18_263,
    Unit.WORKING_DAYS: 18_263,
    Unit.CLEAR_WORKING_DAYS: 18_263,
    Unit.SAME_WEEKDAY: 52,
}
CLOCK_UNITS = frozenset({Unit.MINUTES, Unit.HOURS})
WORKING_UNITS = frozenset({Unit.WORKING_DAYS, Unit.CLEAR_WORKING_DAYS})


class Direction(StrEnum):
    BEFORE = "before"
    AFTER = "after"


class Limit(StrEnum):
    """Which side of the amount is allowed."""

    NOT_LESS_THAN = "not less than"
    WITHIN = "within"
    LESS_THAN = "less than"


class Anchor(StrEnum):
    """What the amount is counted from."""

    MEETING = "meeting"
    RECEIPT = "receipt"
    NOTICE = "notice given"
    REQUEST = "request"
    REQUISITION = "requisition"
    PREVIOUS_MEETING = "previous meeting"
    LAST_ATTENDANCE = "last attendance"
    ANNUAL_MEETING = "annual meeting"
    RETIREMENT = "retirement"
    START_OF_CALENDAR_YEAR = "start of the calendar year"
    START_OF_FINANCIAL_YEAR = "start of the financial year"
    END_OF_QUARTER = "end of the quarter"
    END_OF_TERM = "end of the term"
    FIXED_DATE = "fixed date"
    EVENT = "event"


class NonWorkingDay(StrEnum):
    """What becomes of a date that is not a working day."""

    STAY = "stay"
    PREVIOUS = "previous"
    NEXT = "next"


class DeadlineKind(StrEnum):
    DUTY = "duty"
    WINDOW = "window"
    CHECK = "check"
    MEASURE = "measure"
    LOCAL_PRACTICE = "local practice"


class Strength(StrEnum):
    """`expected` stands for "should", "normally" and "where practicable"."""

    REQUIRED = "required"
    EXPECTED = "expected"


class Breach(StrEnum):
    """What a missed deadline does."""

    RECORDED = "recorded"
    REFUSED = "refused"
    NEEDS_PERMISSION = "needs permission"
    OUT_OF_TIME = "out of time"
    PROVISIONAL = "provisional"
    NOT_INVALID = "does not invalidate"
    INVALID = "invalid"
    FRESH_NOTICE = "fresh notice"
    LAPSES = "lapses"
    SEAT_VACATED = "seat vacated"


class ContradictoryDeadline(ValueError):
    """The parts of a deadline do not fit together; the message says which."""


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day of every year; 29 February stands for 28 February in a common year."""

    day: int
    month: int

    def __post_init__(self) -> None:
        if self.month not in range(1, 13) or not 1 <= self.day <= monthrange(LEAP_YEAR, self.month)[1]:
            raise ContradictoryDeadline(f"no year has a day {self.day} of month {self.month}")

    def in_year(self, year: int) -> date:
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


@dataclass(frozen=True, slots=True)
class Shortening:
    """Who may shorten a deadline, on what ground, and to what (None: as far as they decide)."""

    by: str
    ground: str = ""
    amount: int | None = None
    unit: Unit | None = None


class WaivedBy(StrEnum):
    """The roles to whom terms may give it; the table of rights lets no other."""

    CHAIR = "chair"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Who may say that a duty need not be done this time, and the clause that lets them."""

    by: tuple[WaivedBy, ...]
    clause: Clause
    ground: str = ""


class NotWaivable(Exception):
    """Somebody tried to waive a duty that the terms do not let them waive; the message names the clause."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who hears of it `days` after the due date (0 on the day, negative before)."""

    days: int
    to: tuple[str, ...]


class NotShortenable(Exception):
    """Somebody tried to shorten a deadline that the constitution does not let them shorten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline of a constitution.

    `amount` of `unit` in `direction` of `anchor`, read by `limit`: "not less
    than 7 days before the meeting", "within 2 weeks after receipt". A window
    adds `at_most` ("not less than 10 nor more than 60"). `event` names the
    anchor when it is `event`; `fixed` gives the day of the year for a fixed
    date, and the first day of the financial year. `by_time` is local time on
    the due date (None: the day ends at midnight). `applies_to` empty means
    every kind of meeting; `only_for` names the business it is limited to.
    `calendar` names the division whose working days count (None: the
    partnership's own). `reminders` are days from the due date.
    """

    id: str
    duty: str
    owner: str
    amount: int
    unit: Unit
    direction: Direction
    anchor: Anchor
    limit: Limit
    clause: Clause
    at_most: int | None = None
    event: str = ""
    fixed: DayOfYear | None = None
    by_time: time | None = None
    calendar: str | None = None
    on_non_working_day: NonWorkingDay = NonWorkingDay.STAY
    kind: DeadlineKind = DeadlineKind.DUTY
    strength: Strength = Strength.REQUIRED
    applies_to: tuple[MeetingKind, ...] = ()
    only_for: str = ""
    shortening: Shortening | None = None
    waiver: Waiver | None = None
    effect_of_breach: Breach = Breach.RECORDED
    reminders: tuple[int, ...] = ()
    recipients: tuple[str, ...] = ()
    escalation: tuple[Escalation, ...] = ()
    reading: Reading | None = None

    def __post_init__(self) -> None:
        for is_wrong, reason in self._contradictions():
            if is_wrong:
                raise ContradictoryDeadline(f"{self.id}: {reason}")

    def _contradictions(self) -> tuple[tuple[bool, str], ...]:
        needs_fixed = self.anchor in {Anchor.FIXED_DATE, Anchor.START_OF_FINANCIAL_YEAR}
        is_window = self.at_most is not None
        return (
            (self.amount < 0, "the amount is below nothing"),
            (
                max(self.amount, self.at_most or 0) > MOST[self.unit],
                f"no more than {MOST[self.unit]} can be counted in {self.unit}",
            ),
            (
                self.at_most is not None and self.at_most < self.amount,
                "a window closes before it opens",
            ),
            (is_window and self.unit in CLOCK_UNITS, "a window is counted in days or longer"),
            (
                is_window and self.limit is not Limit.NOT_LESS_THAN,
                'a window reads "not less than … nor more than …"',
            ),
            (
                self.limit is Limit.LESS_THAN and (self.amount < 1 or self.unit in CLOCK_UNITS),
                '"less than" needs at least 1, counted in days or longer',
            ),
            (needs_fixed is (self.fixed is None), f"a day of the year goes with {needing_day()}"),
            ((self.anchor is Anchor.EVENT) is (not self.event), "an event goes with its name"),
            (
                self.unit is Unit.SAME_WEEKDAY and self.direction is Direction.BEFORE,
                "the same weekday next week comes after",
            ),
            (
                self.waiver is not None and self.kind not in {DeadlineKind.DUTY, DeadlineKind.LOCAL_PRACTICE},
                "only a duty or a local practice can be waived",
            ),
            (
                self.by_time is not None and self.unit in CLOCK_UNITS,
                "an amount of hours or minutes already gives the time",
            ),
        )

    @property
    def needs_working_days(self) -> bool:
        """Whether a date can only be found with a calendar of working days."""
        return self.unit in WORKING_UNITS or self.on_non_working_day is not NonWorkingDay.STAY

    def applies_at(self, kind: MeetingKind) -> bool:
        return not self.applies_to or kind in self.applies_to

    def waivable_by(self, roles: Collection[str]) -> WaivedBy:
        """As whom somebody with these roles may waive it. Raises `NotWaivable`, with the sentence that says why not."""
        if self.waiver is None:
            raise NotWaivable(f"Nobody may waive this: {cited(self.clause)} asks for it and lets nobody off.")
        held = [role for role in self.waiver.by if role in roles]
        if not held:
            who = " or the ".join(self.waiver.by)
            raise NotWaivable(f"Only the {who} may waive this ({cited(self.waiver.clause)}).")
        return held[0]

    def shortened(self, *, by: str, amount: int, unit: Unit) -> "Deadline":
        """The same deadline as shortened by an office for one occasion.

        Raises `NotShortenable` when that office may not, or not to that amount.
        """
        may = self.shortening
        if may is None:
            raise NotShortenable(f"Nobody may shorten this ({self.clause.ref}).")
        if may.by != by:
            raise NotShortenable(f"Only the {may.by} may shorten this ({self.clause.ref}).")
        if may.amount is not None and (amount < may.amount or unit is not may.unit):
            raise NotShortenable(f"This may be shortened to {may.amount} {may.unit}, no further ({self.clause.ref}).")
        return replace(self, amount=amount, unit=unit, at_most=None)


def needing_day() -> str:
    """The anchors that name a day of the year, for an error message."""
    return f'"{Anchor.FIXED_DATE}" and "{Anchor.START_OF_FINANCIAL_YEAR}" and no other anchor'
