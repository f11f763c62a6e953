"""The chair's attendance report in a browser: at a desk, on a phone, by keyboard, and before anything is held."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from meetings.models import Meeting, Recorded
from meetings.operations import cancel, close_register, open_register
from partnership.clock import LONDON
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, Stage
from tests.journeys.visitor import DESK, PHONE

YEAR = "/p/portsmouth/board/attendance/2026/"
BEFORE = "/p/portsmouth/board/attendance/2025/"
ORDINARY = (date(2026, 1, 21), date(2026, 4, 22), date(2026, 7, 15), date(2026, 10, 14))
CANCELLED = date(2026, 6, 24)


@pytest.fixture(scope="module")
def last_year(stage: Stage) -> None:
    """Four meetings of the city's board: a deputy once, the diocese twice missing, a fifth called off."""
    for number, on in enumerate(ORDINARY):
        absent = {"diocese"} if number in {1, 2} else set()
        deputised = {"constabulary"} if number == 1 else set()
        meeting = _opened(stage, on)
        at = meeting.begins
        stage.tick(meeting, set(stage.seats(CITY)) - absent - deputised, arrived_at=at)
        stage.tick(meeting, deputised, Recorded.DEPUTY, arrived_at=at)
        close_register(meeting=meeting, at=at + timedelta(hours=2), by=stage.coordinator)
    cancel(meeting=stage.planned_meeting(CITY, on=CANCELLED), reason="Two partners in court", by=stage.coordinator)


def _opened(stage: Stage, on: date) -> Meeting:
    at = datetime.combine(on, time(9, 50), tzinfo=LONDON)
    return open_register(meeting=stage.planned_meeting(CITY, on=on), at=at, by=stage.coordinator)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_year_is_read_at_any_width(
    stage: Stage, last_year: None, visitor: MakeVisitor, size: tuple[int, int]
) -> None:
    reader = visitor(size=size)
    reader.when_they_open(YEAR)
    reader.then_the_heading_is("1 of 14 representatives is below 75%")
    reader.then_the_page_says("Persistent non-attendance (local setting: 2): Portsmouth Diocese, 22 April and 15 July.")
    reader.then_the_page_says("Rep 3 of 4 (75%)")
    reader.then_the_page_says("cancelled, not counted")
    reader.then_nothing_scrolls_sideways()
    reader.then_the_accessibility_baseline_is_met()


def test_the_table_scrolls_by_keyboard_on_a_phone(stage: Stage, last_year: None, visitor: MakeVisitor) -> None:
    reader = visitor(size=PHONE)
    reader.when_they_open(YEAR)
    region = reader.page.get_by_role("region", name="Attendance table, scrolls sideways")
    reader.then_it_is_in_sight(region.get_by_role("columnheader", name="Wednesday 14 October 2026"), within=region)
    region.focus()
    reader.page.keyboard.press("ArrowLeft")
    expect(region).to_be_focused()
    reader.page.wait_for_function("() => document.querySelector('.q-scroll').scrollLeft < 0")
    seat = region.get_by_role("rowheader", name="Portsmouth Diocese")
    edges = seat.bounding_box(), region.bounding_box()
    assert edges[0] is not None
    assert edges[1] is not None
    assert abs(edges[0]["x"] - edges[1]["x"]) <= 1


def test_the_newest_meeting_is_in_sight_first_and_read_last(
    stage: Stage, last_year: None, visitor: MakeVisitor
) -> None:
    reader = visitor(size=PHONE, with_script=False)
    reader.when_they_open(YEAR)
    region = reader.page.get_by_role("region", name="Attendance table, scrolls sideways")
    headings = region.get_by_role("columnheader")
    expect(headings.first).to_have_text("Seat and representative")
    reader.then_it_is_in_sight(headings.first, within=region)
    reader.then_it_is_in_sight(headings.last, within=region)
    expect(headings.last).to_contain_text("14 October 2026")
    constabulary = region.get_by_role("rowheader", name="Hampshire Constabulary")
    expect(constabulary).to_contain_text("Rep 3 of 4 (75%)")
    reader.then_it_is_in_sight(constabulary, within=region)


def test_a_year_without_meetings_says_so(stage: Stage, visitor: MakeVisitor) -> None:
    reader = visitor(size=PHONE)
    reader.when_they_open(BEFORE)
    reader.then_the_heading_is("No meetings were held in 2025.")
    reader.then_nothing_scrolls_sideways()
    reader.then_the_accessibility_baseline_is_met()
    reader.when_they_follow("2027")
    expect(reader.page).to_have_url(re.compile("/attendance/2027/$"))
