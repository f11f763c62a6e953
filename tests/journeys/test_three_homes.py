"""The three homes in a browser: the team's, a member's, and the chair's with its overview, wide and narrow, full and
empty."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from meetings.models import Attendance, ItemKind, Meeting, MeetingKind
from meetings.operations import (
    add_item,
    agree_action,
    call_meeting,
    close_register,
    open_register,
    publish_agenda,
    record_departure,
)
from membership.models import Seat
from membership.operations import appoint
from partnership.access import Role
from partnership.models import Board, User
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, board_with_terms
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, Stage
from tests.journeys.visitor import DESK, PHONE

OVERVIEW = "/p/portsmouth/homes/overview/"
EARLIER, NEXT = date(2027, 1, 21), date(2027, 3, 22)


@pytest.fixture(scope="module")
def board(stage: Stage) -> Board:
    """A board of this journey alone: what other journeys leave behind must not be the first thing on a home."""
    author = stage.cast.author
    city = stage.boards[CITY].partnership
    made, _ = board_with_terms(
        author, city, "portsmouth/board", slug="homes", name="Board of homes", short_name="Homes"
    )
    for seat in Seat.objects.filter(board=made):
        appoint(seat=seat, person=stage.cast.person(f"homes {seat.key}"), starts_on=LONG_AGO, by=author)
    admit_to_team(
        person=stage.cast.person("homes coordinator"),
        role=Role.COORDINATOR,
        board=made,
        starts_on=LONG_AGO,
        by=author,
    )
    return made


@pytest.fixture(scope="module")
def year(stage: Stage, board: Board) -> Meeting:
    """A meeting with a gap in its quorum, actions long overdue, and an agenda out for the next meeting."""
    by = stage.coordinator
    held = _meeting(board, EARLIER, by)
    open_register(meeting=held, at=held.begins - timedelta(minutes=10), by=by)
    stage.tick(held, set(stage.seats(CITY)) - {"diocese"}, arrived_at=held.begins)
    icb = Attendance.objects.get(meeting=held, seat__key="icb")
    record_departure(attendance=icb, at=held.begins + timedelta(hours=1), by=by)
    close_register(meeting=Meeting.objects.get(pk=held.pk), at=held.begins + timedelta(hours=2), by=by)
    coming = _meeting(board, NEXT, by)
    add_item(meeting=coming, title="Deep dive on neglect", kind=ItemKind.DECISION, by=by)
    publish_agenda(meeting=coming, by=by, reason="The chair was away")
    for owner in ("homes icb", "homes hospitals"):
        agree_action(
            board=board,
            text="Publish the revised escalation form",
            owner=stage.cast.person(owner),
            due_on=date(2027, 2, 1),
            agreed_on=date(2026, 11, 2),
            by=by,
        )
    return coming


def _meeting(board: Board, on: date, by: User) -> Meeting:
    return call_meeting(
        board=board,
        kind=MeetingKind.ORDINARY,
        on=on,
        starts_at=time(10),
        ends_at=time(12),
        place="Civic Offices",
        by=by,
    )


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_team_sees_the_week(stage: Stage, year: Meeting, visitor: MakeVisitor, size: tuple[int, int]) -> None:
    nell = visitor("homes coordinator", size=size)
    nell.when_they_open("/")
    nell.then_the_page_says("due this week")
    nell.then_the_page_says("Publish the revised escalation form")
    nell.then_the_page_says("Overdue by")
    nell.then_nothing_scrolls_sideways()
    nell.then_the_accessibility_baseline_is_met()


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_member_is_asked_one_thing_first(
    stage: Stage, year: Meeting, visitor: MakeVisitor, size: tuple[int, int]
) -> None:
    member = visitor("homes hospitals", size=size)
    member.when_they_open("/")
    member.then_the_page_says("First: are you coming on Monday?")
    member.then_the_page_says("Item 1: Deep dive on neglect")
    member.then_the_page_says("Publish the revised escalation form")
    member.then_nothing_scrolls_sideways()
    member.then_the_accessibility_baseline_is_met()


def test_a_member_answers_without_script(stage: Stage, year: Meeting, visitor: MakeVisitor) -> None:
    member = visitor("homes solent", with_script=False)
    member.when_they_open("/")
    member.when_they_press("Yes, I am coming")
    member.when_they_open("/")
    member.then_the_page_does_not_say("First: are you coming")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_chair_reads_the_year(stage: Stage, year: Meeting, visitor: MakeVisitor, size: tuple[int, int]) -> None:
    chair = visitor("homes chair", size=size)
    chair.when_they_open("/")
    chair.then_the_heading_is("The year so far")
    chair.then_the_page_says(
        "The one meeting was not quorate throughout. On 21 January it was not quorate for 60 minutes."
    )
    chair.then_the_page_says("An action is not done")
    chair.page.get_by_text("As a table").first.click()
    chair.then_the_page_says("11am to midday")
    chair.then_nothing_scrolls_sideways()
    chair.then_the_accessibility_baseline_is_met()


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("who", ["nobody", "neighbour"])
def test_an_empty_home_is_whole(
    stage: Stage, year: Meeting, visitor: MakeVisitor, size: tuple[int, int], who: str
) -> None:
    reader = visitor(who, size=size)
    reader.when_they_open("/")
    reader.then_the_page_says("You have nothing to do." if who == "nobody" else "Nothing is due this week")
    reader.then_nothing_scrolls_sideways()
    reader.then_the_accessibility_baseline_is_met()


def test_a_year_without_meetings_says_so(stage: Stage, year: Meeting, visitor: MakeVisitor) -> None:
    chair = visitor("homes chair", size=PHONE)
    chair.when_they_open(f"{OVERVIEW}2025/")
    chair.then_the_page_says("No meetings were held in 2025.")
    chair.then_nothing_scrolls_sideways()
    chair.then_the_accessibility_baseline_is_met()
