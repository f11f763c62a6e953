"""Working days against hand-made tables, and the refusal to count beyond them."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.rules.deadlines.calendars import BeyondHorizon, Division, WorkingDays
from partnership.rules.deadlines.deadlines import Unit
from partnership.rules.deadlines.due_dates import due_on
from tests.rules.hand_made_calendars import ENGLAND_AND_WALES, HAND_MADE, SCOTLAND, after, before

EW, SC, NI = Division.ENGLAND_AND_WALES, Division.SCOTLAND, Division.NORTHERN_IRELAND


# Easter 2027: Good Friday 26 March everywhere, Easter Monday 29 March not in Scotland,
# St Patrick's Day 17 March in Northern Ireland only. Christmas 2026: Friday, Boxing Day moved to
# Monday 28 December. New Year 2027: Friday, Scotland's second day moved to Monday 4 January.
MINUTES_IN_TEN_WORKING_DAYS = [
    (EW, "2027-03-16", "2027-04-01"),
    (SC, "2027-03-16", "2027-03-31"),
    (NI, "2027-03-16", "2027-04-02"),
    (EW, "2026-12-21", "2027-01-07"),
    (SC, "2026-12-21", "2027-01-08"),
    (NI, "2026-12-21", "2027-01-07"),
    (EW, "2027-12-20", "2028-01-06"),
    (SC, "2027-12-20", "2028-01-07"),
    (NI, "2027-12-20", "2028-01-06"),
]


@pytest.mark.parametrize(("division", "met_on", "due"), MINUTES_IN_TEN_WORKING_DAYS)
def test_minutes_within_ten_working_days(division: Division, met_on: str, due: str) -> None:
    rule = after(10, Unit.WORKING_DAYS)
    assert due_on(rule, date.fromisoformat(met_on), HAND_MADE[division]).on == date.fromisoformat(due)


PAPERS_FIVE_CLEAR_WORKING_DAYS_BEFORE = [
    (EW, "2027-04-01", "2027-03-22"),
    (SC, "2027-04-01", "2027-03-23"),
    (NI, "2027-04-01", "2027-03-22"),
    (NI, "2027-03-22", "2027-03-11"),
    (EW, "2027-03-22", "2027-03-14"),
    (EW, "2027-01-06", "2026-12-28"),
    (SC, "2027-01-06", "2026-12-23"),
    (NI, "2027-01-06", "2026-12-28"),
]


@pytest.mark.parametrize(("division", "meets_on", "due"), PAPERS_FIVE_CLEAR_WORKING_DAYS_BEFORE)
def test_papers_five_clear_working_days_before(division: Division, meets_on: str, due: str) -> None:
    rule = before(5, Unit.CLEAR_WORKING_DAYS)
    assert due_on(rule, date.fromisoformat(meets_on), HAND_MADE[division]).on == date.fromisoformat(due)


@pytest.mark.parametrize("division", Division)
def test_clear_days_need_no_calendar_and_count_holidays(division: Division) -> None:
    rule = before(5, Unit.CLEAR_DAYS)
    assert due_on(rule, date(2027, 3, 30), HAND_MADE[division]).on == date(2027, 3, 24)
    assert due_on(rule, date(2027, 3, 30)).on == date(2027, 3, 24)


def test_holidays_that_lengthened_the_count_are_named() -> None:
    due = due_on(after(10, Unit.WORKING_DAYS), date(2027, 3, 22), ENGLAND_AND_WALES)
    assert due.holidays == (date(2027, 3, 26), date(2027, 3, 29))


def test_days_of_a_calendar() -> None:
    good_friday, easter_monday = date(2027, 3, 26), date(2027, 3, 29)
    assert not ENGLAND_AND_WALES.is_working(good_friday)
    assert not ENGLAND_AND_WALES.is_working(easter_monday)
    assert SCOTLAND.is_working(easter_monday)
    assert not SCOTLAND.is_working(date(2027, 3, 27))
    assert ENGLAND_AND_WALES.on_or_after(good_friday) == date(2027, 3, 30)
    assert ENGLAND_AND_WALES.on_or_before(easter_monday) == date(2027, 3, 25)
    assert SCOTLAND.on_or_after(easter_monday) == SCOTLAND.on_or_before(easter_monday) == easter_monday
    assert ENGLAND_AND_WALES.nth_after(good_friday, 0) == good_friday
    assert ENGLAND_AND_WALES.strictly_between(date(2027, 3, 24), date(2027, 3, 31)) == 2
    assert ENGLAND_AND_WALES.strictly_between(good_friday, good_friday) == 0


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2029, 1, 1)])
def test_day_beyond_the_table_is_refused_by_name(day: date) -> None:
    with pytest.raises(BeyondHorizon) as refusal:
        SCOTLAND.is_working(day)
    assert refusal.value.on == day
    assert refusal.value.division == "Scotland"
    assert (refusal.value.known_from, refusal.value.known_until) == (date(2026, 1, 1), date(2028, 12, 31))


def test_refusal_says_what_to_do() -> None:
    with pytest.raises(BeyondHorizon) as refusal:
        due_on(after(10, Unit.WORKING_DAYS), date(2028, 12, 20), SCOTLAND)
    assert str(refusal.value) == (
        "The bank holidays of Scotland are known from 1 January 2026 to 31 December 2028. "
        "1 January 2029 lies outside, so working days cannot be counted there. "
        "Bring the bank holidays up to date."
    )


def test_first_and_last_known_day_can_still_be_counted() -> None:
    assert not SCOTLAND.is_working(SCOTLAND.known_from)
    assert not SCOTLAND.is_working(SCOTLAND.known_until)
    assert SCOTLAND.nth_after(date(2028, 12, 28), 1) == date(2028, 12, 29)
    assert SCOTLAND.is_working(date(2028, 12, 29))


def test_table_without_holidays_counts_weekdays() -> None:
    bare = WorkingDays("nowhere", frozenset(), date(2027, 1, 1), date(2027, 12, 31))
    assert bare.nth_after(date(2027, 3, 25), 1) == date(2027, 3, 26)
