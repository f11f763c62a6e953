"""A coordinator on the day of a meeting: from the sign-in page to the closed register."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from meetings.models import Attendance, Meeting
from tests.cast import at
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import ISLAND, ISLAND_OTHERS, ISLAND_REQUIRED, Stage

ELEVEN = (*ISLAND_REQUIRED, *ISLAND_OTHERS[:-1])
TWELVE = (*ELEVEN, ISLAND_OTHERS[-1])
NOT_QUORATE = "Not quorate: 11 of 24 present. 1 more member needed."
QUORATE = "Quorate: 12 of 24 members present (12 needed)."


@pytest.mark.parametrize("with_script", [True, False], ids=["with script", "without script"])
def test_from_the_sign_in_page_to_the_answer(stage: Stage, visitor: MakeVisitor, *, with_script: bool) -> None:
    meeting = stage.open_meeting(ISLAND, *ELEVEN)
    anybody = visitor("", with_script=with_script)
    anybody.meeting = meeting
    anybody.when_they_open("/")
    anybody.then_the_heading_is("Sign in to your board")
    anybody.when_they_sign_in_as(stage.coordinator)
    anybody.page.locator(f"aside a[href$='/main-board/meetings/{meeting.address}/register/']").click()
    anybody.then_the_answer_is(NOT_QUORATE)
    anybody.when_they_tick("youth-justice")
    if not with_script:
        anybody.then_the_answer_is(NOT_QUORATE)
        anybody.when_they_press("Save the register")
        anybody.then_the_page_says("The register is saved.")
    anybody.then_the_answer_is(QUORATE)
    anybody.then_the_page_says("12 present (12 representatives, 0 deputies)")


def test_a_deputy_two_grades_too_low_makes_nobody_quorate(stage: Stage, visitor: MakeVisitor) -> None:
    coordinator = visitor()
    coordinator.given_the_register_of(stage.open_meeting(ISLAND, *ELEVEN))
    coordinator.when_they_tick("regulatory-services", "deputy")
    coordinator.then_the_row_says("regulatory-services", "Dawn Petrie (deputy for Colin Ashby)")
    coordinator.then_the_row_says("regulatory-services", "Not a proper deputy")
    coordinator.then_the_answer_is(NOT_QUORATE)
    coordinator.when_they_tick("regulatory-services", "present")
    coordinator.then_the_answer_is(QUORATE)
    coordinator.then_the_accessibility_baseline_is_met()


def test_the_chair_leaves_half_way_and_comes_back(stage: Stage, visitor: MakeVisitor, settings: Settings) -> None:
    coordinator = visitor()
    coordinator.given_the_register_of(stage.open_meeting(ISLAND, *TWELVE, "fire-and-rescue"))
    settings.CLOCK_STOPPED_AT = at(11, 12)
    coordinator.when_they_press_on_the_row("chair", "Leaving now")
    coordinator.then_the_answer_is("Not quorate: the partnership chair is not present.")
    coordinator.then_the_row_says("chair", "In the room from 9:55am to 11:12am.")
    coordinator.then_the_page_says("Chair (Partnership chair) left.")
    settings.CLOCK_STOPPED_AT = at(11, 30)
    coordinator.when_they_press_on_the_row("chair", "Back now")
    coordinator.then_the_answer_is("Quorate: 13 of 24 members present (12 needed).")
    strip = coordinator.page.locator("#strip svg[role=img]")
    expect(strip).to_have_attribute("aria-label", re.compile(r"Not quorate from 11:12am to 11:30am"))
    coordinator.then_the_accessibility_baseline_is_met()


def test_somebody_who_came_late_is_put_right_on_the_row_s_own_page(stage: Stage, visitor: MakeVisitor) -> None:
    coordinator = visitor()
    coordinator.given_the_register_of(stage.open_meeting(ISLAND, *ELEVEN))
    coordinator.row("icb").get_by_role("link", name=re.compile("^Change")).click()
    coordinator.then_the_heading_is("NHS Hampshire and Isle of Wight ICB")
    coordinator.page.get_by_label("Arrived at").fill("10:03")
    coordinator.page.get_by_label("Left at").fill("10:01")
    coordinator.when_they_press("Save")
    coordinator.then_the_page_says("The time of leaving must be after the time of arriving.")
    expect(coordinator.page.get_by_label("Left at")).to_have_value("10:01")
    coordinator.then_the_accessibility_baseline_is_met()
    coordinator.page.get_by_label("Left at").fill("")
    coordinator.when_they_press("Save")
    coordinator.then_the_row_says("icb", "In the room from 10:03am")


def test_somebody_without_a_seat_is_added_and_not_counted(stage: Stage, visitor: MakeVisitor) -> None:
    coordinator = visitor()
    coordinator.given_the_register_of(stage.open_meeting(ISLAND, *ELEVEN))
    coordinator.when_they_follow("Add someone who is here")
    coordinator.when_they_press("Add to the register")
    coordinator.then_the_page_says("Enter the person's name.")
    coordinator.then_the_accessibility_baseline_is_met()
    coordinator.page.get_by_label("Name", exact=True).fill("Wren Halloran")
    coordinator.page.get_by_label("Adviser").check()
    coordinator.when_they_press("Add to the register")
    coordinator.then_the_page_says("Wren Halloran is on the register.")
    coordinator.then_the_answer_is(NOT_QUORATE)


def test_closing_and_looking_back(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND, *TWELVE)
    coordinator = visitor()
    coordinator.given_the_register_of(meeting)
    coordinator.when_they_follow("Close the register")
    coordinator.then_the_heading_is("Check before you close the register")
    coordinator.then_the_page_says(QUORATE)
    coordinator.then_the_page_says("Anglican Diocese")
    coordinator.then_the_accessibility_baseline_is_met()
    coordinator.when_they_press("Close the register")
    coordinator.then_the_page_says("Register closed at 10:05am.")
    coordinator.then_the_page_says("12 of 24 members present (12 needed).")
    coordinator.then_the_row_says("anglican-diocese", "Did not attend")
    assert coordinator.page.locator("input[type=radio]").count() == 0
    coordinator.then_the_accessibility_baseline_is_met()
    coordinator.when_they_follow("History of the register")
    coordinator.then_the_page_says("Wednesday 17 March 2027")
    coordinator.then_the_page_says("by Coordinator")
    coordinator.then_the_accessibility_baseline_is_met()
    assert Meeting.objects.get(pk=meeting.pk).closed_at is not None


def test_a_member_may_read_and_not_write(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND, *TWELVE)
    member = visitor("member")
    member.given_the_register_of(meeting)
    member.then_the_answer_is(QUORATE)
    member.then_the_row_says("chair", "Present")
    assert member.page.locator("main input, main button").count() == 0
    member.then_the_accessibility_baseline_is_met()
    for act in ("close", "add", f"rows/{Attendance.objects.filter(meeting=meeting).first().pk}"):  # type: ignore[union-attr]
        assert member.when_they_open(f"/p/isle-of-wight/main-board/meetings/{meeting.address}/register/{act}/") == 403
        member.then_the_heading_is("You cannot do that here")
    member.then_the_accessibility_baseline_is_met()
