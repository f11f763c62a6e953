"""Notice from both sides, and the days on which no route fits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from partnership.rules.deadlines.deadlines import Anchor, Deadline, Limit, Unit
from partnership.rules.deadlines.notice import (
    NotNotice,
    Route,
    days_without_a_route,
    earliest_meeting_on,
    is_notice_enough,
    latest_notice_on,
    route_for,
)
from partnership.rules.meeting_kinds import MeetingKind
from tests.rules.hand_made_calendars import ENGLAND_AND_WALES, after, before, notice_of

MONDAY = date(2027, 3, 22)
EXTRAORDINARY = notice_of(10, Unit.WORKING_DAYS, applies_to=(MeetingKind.EXTRAORDINARY,))
URGENT = after(10, Unit.DAYS, limit=Limit.LESS_THAN, anchor=Anchor.REQUEST)

BOTH_WAYS = [
    # rule, notice given on, earliest meeting, latest notice for that meeting
    (before(3, Unit.CLEAR_DAYS), date(2027, 4, 19), date(2027, 4, 23), date(2027, 4, 19)),
    (before(7, Unit.CLEAR_DAYS), date(2027, 4, 14), date(2027, 4, 22), date(2027, 4, 14)),
    (before(5, Unit.CLEAR_WORKING_DAYS), date(2027, 3, 30), date(2027, 4, 7), date(2027, 3, 30)),
    (before(7, Unit.DAYS), date(2027, 4, 15), date(2027, 4, 22), date(2027, 4, 15)),
    (before(6, Unit.WEEKS), date(2027, 4, 20), date(2027, 6, 1), date(2027, 4, 20)),
    # Months: the end of a short month serves several meetings, the first of them is the earliest.
    (before(1, Unit.MONTHS), date(2027, 2, 28), date(2027, 3, 28), date(2027, 2, 28)),
    # The tenth working day may be the meeting.
    (EXTRAORDINARY, MONDAY, date(2027, 4, 7), MONDAY),
    # Notice on a Saturday: Monday is the first working day after it; Sunday would still have done.
    (EXTRAORDINARY, date(2027, 3, 20), date(2027, 4, 6), date(2027, 3, 21)),
    # A working day before a Monday is the Friday.
    (before(1, Unit.WORKING_DAYS), date(2027, 4, 9), date(2027, 4, 10), date(2027, 4, 9)),
]


@pytest.mark.parametrize(("rule", "given_on", "earliest", "latest"), BOTH_WAYS)
def test_notice_both_ways(rule: Deadline, given_on: date, earliest: date, latest: date) -> None:
    assert earliest_meeting_on(rule, given_on, ENGLAND_AND_WALES) == earliest
    assert latest_notice_on(rule, earliest, ENGLAND_AND_WALES) == latest
    day_before = earliest - timedelta(days=1)
    assert not is_notice_enough(rule, given_on=given_on, meeting_on=day_before, calendar=ENGLAND_AND_WALES)
    assert is_notice_enough(rule, given_on=given_on, meeting_on=earliest, calendar=ENGLAND_AND_WALES)


def test_agenda_a_working_day_before_a_monday_is_due_on_friday() -> None:
    assert latest_notice_on(before(1, Unit.WORKING_DAYS), date(2027, 4, 12), ENGLAND_AND_WALES) == date(2027, 4, 9)


def test_window_is_too_early_as_well_as_too_late() -> None:
    window = before(10, Unit.DAYS, at_most=60)
    meeting = date(2027, 6, 1)
    given = [date(2027, 4, 1), date(2027, 4, 2), date(2027, 5, 22), date(2027, 5, 23)]
    assert [is_notice_enough(window, given_on=day, meeting_on=meeting) for day in given] == [False, True, True, False]


def test_no_route_fits_from_the_first_to_the_sixth_of_april() -> None:
    days = days_without_a_route(urgent=URGENT, notice=EXTRAORDINARY, asked_on=MONDAY, calendar=ENGLAND_AND_WALES)
    assert days == tuple(date(2027, 4, day) for day in range(1, 7))


def test_no_hole_where_the_notice_is_as_short_as_the_urgency() -> None:
    assert days_without_a_route(urgent=URGENT, notice=notice_of(10, Unit.DAYS), asked_on=MONDAY) == ()
    assert days_without_a_route(urgent=URGENT, notice=notice_of(3, Unit.DAYS), asked_on=MONDAY) == ()


@pytest.mark.parametrize(
    ("needed_on", "route"),
    [
        (MONDAY, Route.URGENT),
        (date(2027, 3, 31), Route.URGENT),
        (date(2027, 4, 1), Route.NONE),
        (date(2027, 4, 6), Route.NONE),
        (date(2027, 4, 7), Route.MEETING),
    ],
)
def test_route_by_the_day_it_is_needed(needed_on: date, route: Route) -> None:
    answer = route_for(
        urgent=URGENT, notice=EXTRAORDINARY, asked_on=MONDAY, needed_on=needed_on, calendar=ENGLAND_AND_WALES
    )
    assert (answer.route, answer.earliest_meeting_on) == (route, date(2027, 4, 7))


@pytest.mark.parametrize("rule", [after(2, Unit.WEEKS), URGENT, before(24, Unit.HOURS)])
def test_rule_that_sets_no_least_time_has_no_other_side(rule: Deadline) -> None:
    with pytest.raises(NotNotice):
        earliest_meeting_on(rule, MONDAY)
    with pytest.raises(NotNotice):
        latest_notice_on(rule, MONDAY)
