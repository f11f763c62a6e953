"""Where a deadline falls, what moves it, how late an act is; and rules that cannot be."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from partnership.rules.deadlines.calendars import WorkingDays
from partnership.rules.deadlines.deadlines import (
    MOST,
    Anchor,
    Breach,
    ContradictoryDeadline,
    DayOfYear,
    Deadline,
    Direction,
    Limit,
    NonWorkingDay,
    NotShortenable,
    Shortening,
    Unit,
)
from partnership.rules.deadlines.due_dates import (
    CalendarNeeded,
    NotYearly,
    TimeNeeded,
    anchor_in,
    due_on,
    is_late,
    lateness,
    months_from,
    reminder_days,
)
from partnership.rules.meeting_kinds import MeetingKind
from tests.rules.hand_made_calendars import ENGLAND_AND_WALES, NORTHERN_IRELAND, after, before, notice_of

MEETING = date(2027, 4, 22)

PORTSMOUTH = {
    "reports": (before(3, Unit.WEEKS), date(2027, 4, 1), date(2027, 4, 8)),
    "items": (before(2, Unit.WEEKS), date(2027, 4, 8), date(2027, 4, 15)),
    "amendments": (before(1, Unit.WEEKS, by_time=time(12)), date(2027, 4, 15), date(2027, 4, 22)),
    "papers": (before(1, Unit.WEEKS), date(2027, 4, 15), date(2027, 4, 22)),
    "minutes": (after(2, Unit.WEEKS), date(2027, 5, 6), date(2027, 5, 13)),
}


@pytest.mark.parametrize("duty", PORTSMOUTH)
def test_every_date_moves_with_the_meeting(duty: str) -> None:
    rule, due, moved = PORTSMOUTH[duty]
    assert due_on(rule, MEETING).on == due
    assert due_on(rule, date(2027, 4, 29)).on == moved


def test_isle_of_wight_dates() -> None:
    meeting = date(2027, 3, 17)
    assert due_on(before(1, Unit.WEEKS), meeting).on == date(2027, 3, 10)
    assert due_on(after(1, Unit.WEEKS), meeting).on == date(2027, 3, 24)


@pytest.mark.parametrize(
    ("amount", "aware_on", "due"),
    [(5, date(2027, 3, 19), date(2027, 3, 30)), (15, date(2027, 3, 22), date(2027, 4, 14))],
)
def test_working_days_after_an_incident(amount: int, aware_on: date, due: date) -> None:
    rule = after(amount, Unit.WORKING_DAYS, anchor=Anchor.EVENT, event="the incident is known")
    assert due_on(rule, aware_on, ENGLAND_AND_WALES).on == due


def test_contributions_are_agreed_six_months_before_the_financial_year() -> None:
    rule = before(6, Unit.MONTHS, anchor=Anchor.START_OF_FINANCIAL_YEAR, fixed=DayOfYear(1, 4))
    assert due_on(rule, anchor_in(rule, 2028)).on == date(2027, 10, 1)


def test_arrangements_are_reviewed_by_a_fixed_day() -> None:
    rule = after(0, Unit.DAYS, anchor=Anchor.FIXED_DATE, fixed=DayOfYear(30, 9))
    assert due_on(rule, anchor_in(rule, 2027)).on == date(2027, 9, 30)


def test_calendar_year_starts_on_its_first_day() -> None:
    rule = after(1, Unit.MONTHS, anchor=Anchor.START_OF_CALENDAR_YEAR)
    assert due_on(rule, anchor_in(rule, 2027)).on == date(2027, 2, 1)


def test_last_of_february_is_kept_in_a_common_year() -> None:
    leap_day = DayOfYear(29, 2)
    assert (leap_day.in_year(2027), leap_day.in_year(2028)) == (date(2027, 2, 28), date(2028, 2, 29))


def test_rule_about_a_meeting_has_no_day_of_the_year() -> None:
    with pytest.raises(NotYearly, match="counted from the meeting"):
        anchor_in(before(1, Unit.WEEKS), 2027)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 6, 30), 0, date(2027, 6, 30)),
    ],
)
def test_months_end_where_the_shorter_month_ends(day: date, months: int, expected: date) -> None:
    assert months_from(day, months) == expected


def test_years_are_twelve_months() -> None:
    assert due_on(after(2, Unit.YEARS), date(2028, 2, 29)).on == date(2030, 2, 28)


MAY_DAY = date(2027, 5, 3)


@pytest.mark.parametrize(
    ("policy", "falls_on", "moved_from"),
    [
        (NonWorkingDay.STAY, MAY_DAY, None),
        (NonWorkingDay.PREVIOUS, date(2027, 4, 30), MAY_DAY),
        (NonWorkingDay.NEXT, date(2027, 5, 4), MAY_DAY),
    ],
)
def test_date_on_a_bank_holiday(policy: NonWorkingDay, falls_on: date, moved_from: date | None) -> None:
    rule = before(1, Unit.WEEKS, on_non_working_day=policy)
    due = due_on(rule, date(2027, 5, 10), ENGLAND_AND_WALES)
    assert (due.on, due.moved_from) == (falls_on, moved_from)


def test_date_on_a_working_day_is_not_moved() -> None:
    due = due_on(before(1, Unit.WEEKS, on_non_working_day=NonWorkingDay.PREVIOUS), MEETING, ENGLAND_AND_WALES)
    assert (due.on, due.moved_from, due.holidays) == (date(2027, 4, 15), None, ())


@pytest.mark.parametrize(
    "rule",
    [
        after(10, Unit.WORKING_DAYS),
        before(5, Unit.CLEAR_WORKING_DAYS),
        before(1, Unit.WEEKS, on_non_working_day=NonWorkingDay.NEXT),
    ],
)
def test_working_days_without_a_calendar_are_refused(rule: Deadline) -> None:
    with pytest.raises(CalendarNeeded):
        due_on(rule, MEETING)


def test_calendar_of_another_division_is_refused() -> None:
    rule = after(10, Unit.WORKING_DAYS, calendar="Scotland")
    with pytest.raises(CalendarNeeded, match="working days of Scotland, not of Northern Ireland"):
        due_on(rule, MEETING, NORTHERN_IRELAND)


def test_weeks_do_not_name_the_holidays_they_run_over() -> None:
    assert due_on(before(1, Unit.WEEKS), date(2027, 5, 6), ENGLAND_AND_WALES).holidays == ()


def test_hours_without_a_time_are_refused() -> None:
    with pytest.raises(TimeNeeded):
        due_on(before(24, Unit.HOURS), MEETING, anchor_at=time(10))
    with pytest.raises(TimeNeeded):
        due_on(before(24, Unit.HOURS), MEETING, tz=ZoneInfo("Europe/London"))


def test_window_has_two_ends() -> None:
    due = due_on(before(10, Unit.DAYS, at_most=60), date(2027, 6, 1))
    assert (due.opens_on, due.on, due.closes_on) == (date(2027, 4, 2), date(2027, 5, 22), None)
    allowed = [day for day in (date(2027, 4, 1), due.opens_on, due.on, date(2027, 5, 23)) if day and due.allows(day)]
    assert allowed == [date(2027, 4, 2), date(2027, 5, 22)]


def test_window_after_the_notice_has_two_ends() -> None:
    due = due_on(notice_of(10, Unit.DAYS, at_most=60), date(2027, 4, 1))
    assert (due.opens_on, due.on, due.closes_on) == (None, date(2027, 4, 11), date(2027, 5, 31))
    assert not due.allows(date(2027, 4, 10))
    assert due.allows(date(2027, 4, 11))
    assert due.allows(date(2027, 5, 31))
    assert not due.allows(date(2027, 6, 1))


@pytest.mark.parametrize(("met_on", "days"), [(date(2027, 5, 4), -2), (date(2027, 5, 6), 0), (date(2027, 5, 7), 1)])
def test_lateness_counts_days_from_the_due_date(met_on: date, days: int) -> None:
    assert lateness(due_on(after(2, Unit.WEEKS), MEETING), met_on) == days


def test_too_soon_counts_against_a_first_day() -> None:
    due = due_on(notice_of(7, Unit.DAYS), date(2027, 4, 1))
    assert (lateness(due, date(2027, 4, 7)), lateness(due, date(2027, 4, 9))) == (1, -1)
    assert is_late(due, date(2027, 4, 7))
    assert not is_late(due, date(2027, 4, 9))


def test_time_of_day_decides_on_a_first_day_too() -> None:
    due = due_on(notice_of(7, Unit.DAYS, by_time=time(9)), date(2027, 4, 1))
    assert is_late(due, date(2027, 4, 8), time(8, 59))
    assert not is_late(due, date(2027, 4, 8), time(9))


def test_time_of_day_decides_on_the_day_itself() -> None:
    due = due_on(before(1, Unit.WEEKS, by_time=time(12)), MEETING)
    assert not is_late(due, date(2027, 4, 15), time(12))
    assert is_late(due, date(2027, 4, 15), time(12, 1))
    assert not is_late(due, date(2027, 4, 15))
    assert not is_late(due, date(2027, 4, 14), time(23))


def test_reminders_count_from_the_due_date() -> None:
    due = due_on(before(1, Unit.WEEKS, reminders=(0, -7, 1)), MEETING)
    assert reminder_days(due) == (date(2027, 4, 8), date(2027, 4, 15), date(2027, 4, 16))


CONTRADICTIONS: list[tuple[dict[str, Any], str]] = [
    ({"amount": -1}, "below nothing"),
    ({"amount": 51, "unit": Unit.YEARS}, "no more than 50 can be counted in years"),
    ({"at_most": 18_264}, "no more than 18263 can be counted in days"),
    ({"amount": 10, "at_most": 9}, "closes before it opens"),
    ({"at_most": 60, "limit": Limit.WITHIN}, "a window reads"),
    ({"at_most": 48, "unit": Unit.HOURS}, "counted in days or longer"),
    ({"limit": Limit.LESS_THAN, "amount": 0}, '"less than" needs'),
    ({"limit": Limit.LESS_THAN, "unit": Unit.HOURS}, '"less than" needs'),
    ({"anchor": Anchor.FIXED_DATE}, 'a day of the year goes with "fixed date" and "start of the financial year"'),
    ({"fixed": DayOfYear(1, 4)}, "a day of the year goes with"),
    ({"anchor": Anchor.EVENT}, "an event goes with its name"),
    ({"event": "flood"}, "an event goes with its name"),
    ({"unit": Unit.SAME_WEEKDAY, "direction": Direction.BEFORE}, "comes after"),
    ({"unit": Unit.HOURS, "by_time": time(12)}, "already gives the time"),
]


@pytest.mark.parametrize(("fields", "reason"), CONTRADICTIONS)
def test_rule_that_cannot_be_says_why(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ContradictoryDeadline, match=reason) as refusal:
        before(fields.pop("amount", 7), fields.pop("unit", Unit.DAYS), **fields)
    assert str(refusal.value).startswith("the-rule: ")


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.SAME_WEEKDAY])
def test_longest_amount_still_has_a_date(unit: Unit) -> None:
    weekdays = WorkingDays("nowhere", frozenset(), date(1900, 1, 1), date(2200, 12, 31))
    due = due_on(before(MOST[unit], unit), MEETING, weekdays, anchor_at=time(10), tz=ZoneInfo("Europe/London"))
    assert due.on < MEETING


def test_narrowest_rules_that_can_be() -> None:
    assert due_on(before(7, Unit.DAYS, at_most=7), MEETING).opens_on == date(2027, 4, 15)
    assert due_on(after(1, Unit.DAYS, limit=Limit.LESS_THAN), MEETING).on == MEETING


@pytest.mark.parametrize(("day", "month"), [(0, 1), (32, 1), (30, 2), (1, 0), (1, 13)])
def test_day_that_no_year_has(day: int, month: int) -> None:
    with pytest.raises(ContradictoryDeadline, match=f"no year has a day {day} of month {month}"):
        DayOfYear(day, month)


def test_only_the_named_office_may_shorten_and_only_so_far() -> None:
    rule = before(3, Unit.CLEAR_DAYS, shortening=Shortening("chair", "urgency", 24, Unit.HOURS))
    shortened = rule.shortened(by="chair", amount=24, unit=Unit.HOURS)
    assert (shortened.amount, shortened.unit, shortened.id) == (24, Unit.HOURS, rule.id)
    with pytest.raises(NotShortenable, match=r"Only the chair may shorten this \(n\)\."):
        rule.shortened(by="manager", amount=24, unit=Unit.HOURS)
    with pytest.raises(NotShortenable, match="to 24 hours, no further"):
        rule.shortened(by="chair", amount=23, unit=Unit.HOURS)
    with pytest.raises(NotShortenable, match=r"Nobody may shorten this \(n\)\."):
        notice_of(10, Unit.WORKING_DAYS).shortened(by="chair", amount=1, unit=Unit.DAYS)


def test_shortening_without_a_floor_is_the_chairs_to_judge() -> None:
    rule = before(5, Unit.CLEAR_WORKING_DAYS, shortening=Shortening("chair"))
    assert due_on(rule.shortened(by="chair", amount=1, unit=Unit.DAYS), MEETING).on == date(2027, 4, 21)


def test_rule_may_be_limited_to_kinds_of_meeting() -> None:
    everywhere, ordinary = before(1, Unit.WEEKS), before(1, Unit.WEEKS, applies_to=(MeetingKind.ORDINARY,))
    assert everywhere.applies_at(MeetingKind.DEVELOPMENT_DAY)
    assert ordinary.applies_at(MeetingKind.ORDINARY)
    assert not ordinary.applies_at(MeetingKind.DEVELOPMENT_DAY)
    assert ordinary.effect_of_breach is Breach.RECORDED
