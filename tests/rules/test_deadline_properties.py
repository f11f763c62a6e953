"""What must hold for every date, amount and unit; compared with a naive count that shares no code."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.rules.deadlines.calendars import WorkingDays
from partnership.rules.deadlines.deadlines import Anchor, Deadline, Limit, NonWorkingDay, Unit
from partnership.rules.deadlines.due_dates import due_on, lateness
from partnership.rules.deadlines.notice import (
    Route,
    days_without_a_route,
    earliest_meeting_on,
    is_notice_enough,
    latest_notice_on,
    route_for,
)
from partnership.rules.deadlines.wall_clock import AmbiguousTime, NoSuchTime, Repeated, instant_of
from tests.rules import naive_days
from tests.rules.hand_made_calendars import HAND_MADE, after, before, notice_of

PATIENT = settings(max_examples=150, deadline=None)

LONDON = ZoneInfo("Europe/London")
DAY_UNITS = [
    Unit.DAYS,
    Unit.WEEKS,
    Unit.MONTHS,
    Unit.YEARS,
    Unit.CLEAR_DAYS,
    Unit.WORKING_DAYS,
    Unit.CLEAR_WORKING_DAYS,
]
SHORT_UNITS = [unit for unit in DAY_UNITS if unit not in {Unit.MONTHS, Unit.YEARS}]
FAR = WorkingDays("nowhere", frozenset(), date(1990, 1, 1), date(2070, 12, 31))

days = st.dates(date(2026, 6, 1), date(2028, 6, 30))
amounts = st.integers(0, 12)
units = st.sampled_from(DAY_UNITS)
short_units = st.sampled_from(SHORT_UNITS)
calendars = st.sampled_from(list(HAND_MADE.values()))
exact_units = st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.CLEAR_DAYS])


@st.composite
def notices(draw: st.DrawFn) -> Deadline:
    amount, unit = draw(amounts), draw(short_units)
    return before(amount, unit) if draw(st.booleans()) else notice_of(amount, unit)


@PATIENT
@given(days, st.integers(1, 12), units)
def test_before_is_before_and_after_is_after(anchor: date, amount: int, unit: Unit) -> None:
    assert due_on(before(amount, unit), anchor, FAR).on < anchor
    assert due_on(after(amount, unit), anchor, FAR).on > anchor


@PATIENT
@given(days, st.integers(0, 60), amounts, units)
def test_later_meeting_is_never_due_earlier(anchor: date, gap: int, amount: int, unit: Unit) -> None:
    later = anchor + timedelta(days=gap)
    for rule in (before(amount, unit), after(amount, unit)):
        assert due_on(rule, anchor, FAR).on <= due_on(rule, later, FAR).on


@PATIENT
@given(days, st.integers(0, 4), st.sampled_from([*SHORT_UNITS, Unit.MONTHS]), calendars)
def test_longer_amount_is_never_nearer(anchor: date, amount: int, unit: Unit, calendar: WorkingDays) -> None:
    more = amount + 1
    assert due_on(before(more, unit), anchor, calendar).on <= due_on(before(amount, unit), anchor, calendar).on
    assert due_on(after(more, unit), anchor, calendar).on >= due_on(after(amount, unit), anchor, calendar).on


@PATIENT
@given(days, amounts, exact_units)
def test_calendar_notice_both_ways_is_an_exact_inverse(day: date, amount: int, unit: Unit) -> None:
    for rule in (before(amount, unit), notice_of(amount, unit)):
        assert latest_notice_on(rule, earliest_meeting_on(rule, day)) == day
        assert earliest_meeting_on(rule, latest_notice_on(rule, day)) == day


@PATIENT
@given(notices(), days, calendars)
def test_both_ways_agree_and_neither_could_do_better(rule: Deadline, day: date, calendar: WorkingDays) -> None:
    meeting = earliest_meeting_on(rule, day, calendar)
    notice = latest_notice_on(rule, meeting, calendar)
    assert notice >= day
    assert is_notice_enough(rule, given_on=day, meeting_on=meeting, calendar=calendar)
    assert is_notice_enough(rule, given_on=notice, meeting_on=meeting, calendar=calendar)
    one = timedelta(days=1)
    assert not is_notice_enough(rule, given_on=notice + one, meeting_on=meeting, calendar=calendar)
    assert not is_notice_enough(rule, given_on=day, meeting_on=meeting - one, calendar=calendar)


@PATIENT
@given(days, st.integers(0, 30), amounts, calendars)
def test_notice_is_enough_exactly_when_a_plain_count_says_so(
    given_on: date, gap: int, amount: int, calendar: WorkingDays
) -> None:
    meeting_on = given_on + timedelta(days=gap)
    expected = {
        Unit.DAYS: naive_days.has_days(amount, given_on, meeting_on),
        Unit.CLEAR_DAYS: naive_days.has_clear_days(amount, given_on, meeting_on),
        Unit.WORKING_DAYS: naive_days.has_working_days(amount, given_on, meeting_on, calendar.holidays),
        Unit.CLEAR_WORKING_DAYS: naive_days.has_clear_working_days(amount, given_on, meeting_on, calendar.holidays),
    }
    for unit, is_enough in expected.items():
        rule = notice_of(amount, unit)
        said = is_notice_enough(rule, given_on=given_on, meeting_on=meeting_on, calendar=calendar)
        assert said is is_enough, unit


@PATIENT
@given(days, st.integers(1, 40), calendars)
def test_nth_working_day_leaves_n_working_days_behind(day: date, n: int, calendar: WorkingDays) -> None:
    forward, back = calendar.nth_after(day, n), calendar.nth_before(day, n)
    assert naive_days.working_days_in(naive_days.days_after_until(day, forward), calendar.holidays) == n
    assert calendar.is_working(forward)
    assert calendar.is_working(back)
    from_back = naive_days.days_after_until(back - timedelta(days=1), day - timedelta(days=1))
    assert naive_days.working_days_in(from_back, calendar.holidays) == n


@PATIENT
@given(days, st.integers(0, 60), calendars)
def test_working_days_between_equal_a_plain_count(day: date, gap: int, calendar: WorkingDays) -> None:
    last = day + timedelta(days=gap)
    between = naive_days.days_after_until(day, last)[:-1]
    assert calendar.strictly_between(day, last) == naive_days.working_days_in(between, calendar.holidays)


@PATIENT
@given(days, st.sampled_from([NonWorkingDay.PREVIOUS, NonWorkingDay.NEXT]), calendars)
def test_moved_date_is_the_nearest_working_day_on_its_side(
    anchor: date, policy: NonWorkingDay, calendar: WorkingDays
) -> None:
    due = due_on(before(1, Unit.WEEKS, on_non_working_day=policy), anchor, calendar)
    plain = anchor - timedelta(days=7)
    first, last = sorted((plain, due.on))
    skipped = [day for day in (plain, *naive_days.days_after_until(first, last)[:-1]) if day != due.on]
    assert calendar.is_working(due.on)
    assert (due.on <= plain) if policy is NonWorkingDay.PREVIOUS else (due.on >= plain)
    assert naive_days.working_days_in(skipped, calendar.holidays) == 0
    assert due.moved_from == (None if due.on == plain else plain)


@PATIENT
@given(days, st.integers(-30, 30), amounts, short_units)
def test_lateness_is_the_distance_to_the_due_date(anchor: date, days_off: int, amount: int, unit: Unit) -> None:
    due = due_on(after(amount, unit), anchor, FAR)
    met_on = due.on + timedelta(days=days_off)
    assert lateness(due, met_on) == days_off
    assert due.allows(met_on) is (days_off <= 0)


@PATIENT
@given(days, st.integers(1, 15), st.integers(0, 15), st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS]), calendars)
def test_days_without_a_route_are_those_where_none_fits(
    asked_on: date, urgent_days: int, notice_days: int, unit: Unit, calendar: WorkingDays
) -> None:
    urgent = after(urgent_days, Unit.DAYS, limit=Limit.LESS_THAN, anchor=Anchor.REQUEST)
    notice = notice_of(notice_days, unit)
    hole = days_without_a_route(urgent=urgent, notice=notice, asked_on=asked_on, calendar=calendar)
    for gap in range(45):
        day = asked_on + timedelta(days=gap)
        can_meet = (
            naive_days.has_days(notice_days, asked_on, day)
            if unit is Unit.DAYS
            else naive_days.has_working_days(notice_days, asked_on, day, calendar.holidays)
        )
        is_urgent = gap < urgent_days
        assert (day in hole) is (not is_urgent and not can_meet)
        answer = route_for(urgent=urgent, notice=notice, asked_on=asked_on, needed_on=day, calendar=calendar)
        assert (answer.route is Route.NONE) is (day in hole)


@PATIENT
@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.times())
def test_instant_reads_as_the_local_time_it_came_from(on: date, at: time) -> None:
    try:
        instant = instant_of(on, at, LONDON)
    except (NoSuchTime, AmbiguousTime):
        assert on.month in {3, 10}
        assert on.isoweekday() == 7
        assert at.hour == 1
        return
    local = instant.astimezone(LONDON)
    assert (local.date(), local.timetz().replace(tzinfo=None, fold=0)) == (on, at)


@PATIENT
@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31)))  # noqa: DTZ001
def test_every_instant_has_a_local_time_that_leads_back_to_it(moment: datetime) -> None:
    instant = moment.replace(tzinfo=UTC)
    local = instant.astimezone(LONDON)
    back = {
        instant_of(local.date(), local.time(), LONDON, repeated=choice) for choice in (Repeated.FIRST, Repeated.SECOND)
    }
    assert instant in back
