"""The date on which a deadline falls.

Counting, in the words of each unit:

* days, weeks, months, years are dates: a week before Thursday is the Thursday
  before; a month before 31 March is the last day of February.
* clear days leave out both ends: three clear days before Friday is Monday.
* the n-th working day before (after) a day is found by going back (on) and
  counting working days, the day itself never counted. So with ten working
  days' notice the day of the notice is out and the tenth day may be the meeting.
* clear working days leave out both ends and need n whole working days between.
* hours and minutes are elapsed time; the answer is a local date and time.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from partnership.rules.deadlines.calendars import ONE_DAY, WorkingDays
from partnership.rules.deadlines.deadlines import (
    CLOCK_UNITS,
    WORKING_UNITS,
    Anchor,
    Deadline,
    Direction,
    Limit,
    NonWorkingDay,
    Unit,
)
from partnership.rules.deadlines.wall_clock import wall_time_after

MONTHS_IN_YEAR = 12
DAYS_IN_WEEK = 7


class CalendarNeeded(ValueError):
    """The rule counts working days, or moves off them, and no calendar of its division came."""


class TimeNeeded(ValueError):
    """The rule counts hours or minutes, and the local time or the time zone is missing."""


class NotYearly(ValueError):
    """A year was asked of a rule that does not hang on the year."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a deadline falls.

    `on` is the last day allowed or, for "not less than … after", the first;
    `at` the local time on that day (None: the day ends at midnight). A window
    also has its other end: `opens_on` (before) or `closes_on` (after).
    `moved_from` is the date before a non-working day moved it. `holidays` are
    the bank holidays that lengthened a count of working days.
    """

    rule: Deadline
    anchor_on: date
    on: date
    at: time | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    moved_from: date | None = None
    holidays: tuple[date, ...] = ()

    @property
    def is_earliest(self) -> bool:
        """Whether `on` is the first day allowed, not the last."""
        return _is_earliest(self.rule)

    def allows(self, day: date) -> bool:
        """Whether the act may be done on `day`."""
        if self.is_earliest:
            return self.on <= day and (self.closes_on is None or day <= self.closes_on)
        return day <= self.on and (self.opens_on is None or self.opens_on <= day)


def anchor_in(rule: Deadline, year: int) -> date:
    """The day of `year` that a yearly rule is counted from. Raises `NotYearly`."""
    if rule.anchor is Anchor.START_OF_CALENDAR_YEAR:
        return date(year, 1, 1)
    if rule.fixed is None:
        raise NotYearly(f"{rule.id} is counted from the {rule.anchor}, not from a day of the year.")
    return rule.fixed.in_year(year)


def due_on(
    rule: Deadline,
    anchor_on: date,
    calendar: WorkingDays | None = None,
    *,
    anchor_at: time | None = None,
    tz: tzinfo | None = None,
) -> Due:
    """When `rule` falls due, counted from a date (and, for hours and minutes, a local time).

    Raises `CalendarNeeded`, `TimeNeeded`, and `BeyondHorizon` where the
    working days of that time are not known.
    """
    _check_calendar(rule, calendar)
    at: time | None
    if rule.unit in CLOCK_UNITS:
        moment = _counted_on_the_clock(rule, anchor_on, anchor_at, tz)
        on, at = moment.date(), moment.time()
    else:
        on = _counted_in_days(rule, rule.amount, anchor_on, calendar)
        at = anchor_at if rule.unit is Unit.SAME_WEEKDAY else rule.by_time
    moved = _moved(rule, on, calendar)
    far_end = _far_end(rule, anchor_on, calendar)
    return Due(
        rule=rule,
        anchor_on=anchor_on,
        on=moved,
        at=at,
        opens_on=far_end if rule.direction is Direction.BEFORE else None,
        closes_on=far_end if rule.direction is Direction.AFTER else None,
        moved_from=None if moved == on else on,
        holidays=_holidays_counted_over(rule, anchor_on, on, calendar),
    )


def lateness(due: Due, met_on: date) -> int:
    """Days from the due date to the day it was met: 1 is a day late, 0 on the day, -2 early.

    For a deadline that sets the first day allowed, a positive number counts
    the days by which the act came too soon.
    """
    return (due.on - met_on if due.is_earliest else met_on - due.on).days


def is_late(due: Due, met_on: date, met_at: time | None = None) -> bool:
    """Whether the act broke the deadline, to the minute where the deadline has a time."""
    if lateness(due, met_on) != 0 or due.at is None or met_at is None:
        return lateness(due, met_on) > 0
    return met_at < due.at if due.is_earliest else met_at > due.at


def reminder_days(due: Due) -> tuple[date, ...]:
    """The days of the reminders that the rule asks for, in order."""
    return tuple(due.on + timedelta(days=offset) for offset in sorted(due.rule.reminders))


def _is_earliest(rule: Deadline) -> bool:
    """Whether the date found is the first day allowed.

    "Not less than 7 days after" opens on that day; "within 10 days before"
    too. The other two say how long one may wait.
    """
    is_minimum = rule.limit is Limit.NOT_LESS_THAN
    return is_minimum is (rule.direction is Direction.AFTER)


def _check_calendar(rule: Deadline, calendar: WorkingDays | None) -> None:
    if not rule.needs_working_days:
        return
    if calendar is None:
        raise CalendarNeeded(f"{rule.id} counts working days and no calendar was given.")
    if rule.calendar is not None and rule.calendar != calendar.division:
        raise CalendarNeeded(f"{rule.id} counts the working days of {rule.calendar}, not of {calendar.division}.")


def _holidays_counted_over(rule: Deadline, anchor_on: date, on: date, calendar: WorkingDays | None) -> tuple[date, ...]:
    if calendar is None or rule.unit not in WORKING_UNITS:
        return ()
    return calendar.holidays_between(*sorted((anchor_on, on)))


def _far_end(rule: Deadline, anchor_on: date, calendar: WorkingDays | None) -> date | None:
    return None if rule.at_most is None else _counted_in_days(rule, rule.at_most, anchor_on, calendar)


def _counted_on_the_clock(rule: Deadline, on: date, at: time | None, tz: tzinfo | None) -> datetime:
    if at is None or tz is None:
        raise TimeNeeded(f"{rule.id} counts {rule.unit}: it needs a local time and a time zone.")
    seconds = 3600 if rule.unit is Unit.HOURS else 60
    return wall_time_after(on, at, timedelta(seconds=_signed(rule, rule.amount) * seconds), tz)


def _counted_in_days(rule: Deadline, amount: int, anchor_on: date, calendar: WorkingDays | None) -> date:
    signed = _signed(rule, amount)
    towards = ONE_DAY if rule.direction is Direction.AFTER else -ONE_DAY
    match rule.unit:
        case Unit.WEEKS | Unit.SAME_WEEKDAY:
            day = anchor_on + timedelta(days=DAYS_IN_WEEK * signed)
        case Unit.MONTHS:
            day = months_from(anchor_on, signed)
        case Unit.YEARS:
            day = months_from(anchor_on, MONTHS_IN_YEAR * signed)
        case Unit.CLEAR_DAYS:
            day = anchor_on + timedelta(days=signed) + towards
        case Unit.WORKING_DAYS:
            day = _working_days_from(anchor_on, rule.direction, amount, calendar)
        case Unit.CLEAR_WORKING_DAYS:
            day = _working_days_from(anchor_on, rule.direction, amount, calendar) + towards
        case _:
            day = anchor_on + timedelta(days=signed)
    return day - towards if rule.limit is Limit.LESS_THAN else day


def _working_days_from(day: date, direction: Direction, amount: int, calendar: WorkingDays | None) -> date:
    if calendar is None:
        raise CalendarNeeded("A count of working days needs a calendar.")
    if direction is Direction.AFTER:
        return calendar.nth_after(day, amount)
    return calendar.nth_before(day, amount)


def months_from(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _moved(rule: Deadline, day: date, calendar: WorkingDays | None) -> date:
    if calendar is None or rule.on_non_working_day is NonWorkingDay.STAY:
        return day
    if rule.on_non_working_day is NonWorkingDay.PREVIOUS:
        return calendar.on_or_before(day)
    return calendar.on_or_after(day)


def _signed(rule: Deadline, amount: int) -> int:
    return amount if rule.direction is Direction.AFTER else -amount
