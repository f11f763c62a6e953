"""Sending a deputy on both boards, from the reply to the register; the accessibility baseline in every state."""

from __future__ import annotations

from datetime import date

from meetings.models import Attendance, Meeting, Recorded, Reply
from meetings.operations import open_register
from tests.cast import at
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, ISLAND, Stage
from tests.journeys.visitor import Visitor

A_DAY_OF_ITS_OWN = date(2027, 5, 6)
GRADE = "Your deputy should be the same grade as you or one grade lower. Say why this deputy comes."


def reply_page(meeting: Meeting) -> str:
    return f"/p/{meeting.board.partnership.slug}/{meeting.board.slug}/meetings/{meeting.address}/reply/"


def sending_a_deputy(one: Visitor, meeting: Meeting) -> None:
    one.when_they_open(reply_page(meeting))
    one.page.get_by_label("No, my deputy will come").check()
    one.then_the_accessibility_baseline_is_met()


def test_where_the_terms_say_so_the_deputy_votes_as_the_member(stage: Stage, visitor: MakeVisitor) -> None:
    one = visitor("outsider")
    sending_a_deputy(one, stage.planned_meeting(CITY, on=A_DAY_OF_ITS_OWN))
    one.when_they_press("Confirm")
    one.then_the_page_says("Sam Lee will attend with the same voting rights.")
    one.then_the_accessibility_baseline_is_met()


def test_authority_must_and_grade_should_and_the_register_knows(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.planned_meeting(ISLAND)
    one = visitor("colin ashby")
    sending_a_deputy(one, meeting)
    authority = one.page.locator("#id_authority")
    authority.get_by_label("No").check()
    one.when_they_press("Confirm")
    one.then_the_page_says("Your deputy must have the same decision-making authority as you.")
    one.then_the_accessibility_baseline_is_met()
    authority.get_by_label("Yes").check()
    one.page.get_by_label("More than 1 grade lower").check()
    one.when_they_press("Confirm")
    one.then_the_page_says(GRADE)
    one.then_the_accessibility_baseline_is_met()
    one.page.get_by_label("Why this deputy comes").fill("Everybody else is on leave")
    one.when_they_press("Confirm")
    one.then_the_page_says("Dawn Petrie will attend in your place.")
    opened = open_register(meeting=meeting, at=at(9, 50), by=stage.coordinator)
    stage.tick(opened, ["regulatory-services"], recorded=Recorded.DEPUTY)
    team = visitor()
    team.given_the_register_of(opened)
    team.then_the_row_says("regulatory-services", "Everybody else is on leave")
    team.then_the_accessibility_baseline_is_met()
    assert Attendance.objects.get(meeting=opened, seat__key="regulatory-services").deputy_standing == "improper"


def test_one_grade_lower_is_accepted_at_once(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.planned_meeting(ISLAND, on=A_DAY_OF_ITS_OWN)
    one = visitor("colin ashby")
    sending_a_deputy(one, meeting)
    one.page.locator("#id_authority").get_by_label("Yes").check()
    one.page.get_by_label("1 grade lower", exact=True).check()
    one.when_they_press("Confirm")
    one.then_the_page_says("Dawn Petrie will attend in your place.")
    given = Reply.objects.get(meeting=meeting, seat__key="regulatory-services")
    assert (given.said_grades_lower, given.deputy_reason) == (1, "")
