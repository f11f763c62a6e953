"""A meeting from its dates to its replies: every deadline, a move, a deputy; at a desk and on a narrow phone."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from meetings.models import Meeting, ReplyAnswer
from tests.agendas import published_then_drafted
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, ISLAND, Stage
from tests.journeys.visitor import DESK, PHONE, Visitor

APRIL = date(2027, 4, 22)
ISLAND_BOARD = "/p/isle-of-wight/main-board/meetings/"
CITY_BOARD = "/p/portsmouth/board/meetings/"


def line(one: Visitor, name: str) -> str:
    """One line of the task lists, as it is read."""
    return " ".join(one.page.locator(".q-tasks > li", has_text=name).first.inner_text().split())


def checked(one: Visitor) -> None:
    one.then_the_accessibility_baseline_is_met()
    one.then_nothing_scrolls_sideways()


@pytest.mark.parametrize("with_script", [True, False], ids=["with script", "without script"])
def test_every_deadline_moves_with_the_meeting(stage: Stage, visitor: MakeVisitor, *, with_script: bool) -> None:
    meeting = stage.planned_meeting(CITY, on=APRIL)
    one = visitor(with_script=with_script)
    one.when_they_open(f"{CITY_BOARD}{meeting.address}/")
    one.then_the_heading_is(re.compile("Thursday 22 April 2027"))
    assert line(one, "Report submitted").startswith("1 April")
    assert line(one, "Item for the agenda").startswith("8 April")
    assert line(one, "Amended report").startswith("15 April")
    assert line(one, "Send the agenda and papers").startswith("15 April")
    assert line(one, "Send the minutes").startswith("6 May")
    one.when_they_follow("Move the meeting")
    one.page.get_by_label("Day", exact=True).fill("29")
    one.page.get_by_label("Why it changes").fill("The room is taken")
    one.when_they_press("Show what moves with it")
    one.then_the_page_says("Thursday 6 May 2027")
    one.then_the_page_says("Thursday 13 May 2027")
    one.when_they_press("Move the meeting")
    one.then_the_heading_is(re.compile("Thursday 29 April 2027"))
    dates = [line(one, name)[:8].split() for name in ("Report submitted", "Item for", "Send the agenda")]
    assert [" ".join(words[:2]) for words in dates] == ["8 April", "15 April", "22 April"]
    assert line(one, "Send the minutes").startswith("13 May")


@pytest.mark.parametrize("with_script", [True, False], ids=["with script", "without script"])
def test_sending_a_deputy_by_the_boards_own_rule(stage: Stage, visitor: MakeVisitor, *, with_script: bool) -> None:
    meeting = stage.planned_meeting(ISLAND, on=APRIL)
    one = visitor("colin ashby", with_script=with_script)
    one.when_they_open(f"{ISLAND_BOARD}{meeting.address}/")
    one.when_they_follow("Tell us if you are coming")
    one.page.get_by_label("No, my deputy will come").check()
    authority = one.page.locator("#id_authority")
    authority.get_by_label("No").check()
    one.when_they_press("Confirm")
    one.then_the_page_says("Your deputy must have the same decision-making authority as you.")
    authority.get_by_label("Yes").check()
    one.page.get_by_label("More than 1 grade lower").check()
    one.when_they_press("Confirm")
    one.then_the_page_says("Your deputy should be the same grade as you or one grade lower. Say why this deputy comes.")
    one.page.get_by_label("Why this deputy comes").fill("Everybody else is on leave")
    one.when_they_press("Confirm")
    one.then_the_page_says("Dawn Petrie will attend in your place.")
    one.then_the_page_says("Dawn Petrie is coming in your place.")


def test_a_question_that_is_not_asked_is_out_of_sight(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.planned_meeting(ISLAND, on=APRIL)
    one = visitor("colin ashby")
    one.when_they_open(f"{ISLAND_BOARD}{meeting.address}/reply/")
    deputy, reason = one.page.locator(".q-reply__deputy"), one.page.get_by_label("Reason (optional)")
    expect(deputy).to_be_hidden()
    expect(reason).to_be_hidden()
    one.page.get_by_label("No, my deputy will come").check()
    expect(deputy).to_be_visible()
    one.page.get_by_label("No one can come").check()
    expect(deputy).to_be_hidden()
    expect(reason).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_of_a_meeting_is_for_everybody(stage: Stage, visitor: MakeVisitor, size: tuple[int, int]) -> None:
    meeting: Meeting = stage.planned_meeting(ISLAND, on=APRIL)
    published_then_drafted(meeting, stage.coordinator)
    page = f"{ISLAND_BOARD}{meeting.address}/"
    team = visitor(size=size)
    for address in (page, page + "reply/", page + "reply/?seat=icb", page + "move/", page + "cancel/"):
        team.when_they_open(address)
        checked(team)
    team.page.goto(page + "cancel/")
    team.when_they_press("Cancel the meeting")
    team.then_the_page_says("Say why the meeting is cancelled.")
    checked(team)
    team.when_they_open(ISLAND_BOARD + "call/")
    team.when_they_press("Call the meeting")
    team.then_the_page_says("Enter the date of the meeting.")
    checked(team)
    team.when_they_open(page + "move/")
    team.page.get_by_label("Day", exact=True).fill("28")
    team.page.get_by_label("Why it changes").fill("The room is taken")
    team.when_they_press("Show what moves with it")
    team.then_the_heading_is("Check before you move the meeting")
    checked(team)
    member = visitor("colin ashby", size=size)
    member.when_they_open(page)
    member.then_the_page_says("1 item needs your decision: 1.")
    checked(member)
    member.when_they_open(page + "reply/")
    member.page.get_by_label("No, my deputy will come").check()
    checked(member)
    member.page.locator(f"input[value='{ReplyAnswer.DEPUTY}']").check()
    member.page.locator("#id_authority").get_by_label("No").check()
    member.when_they_press("Confirm")
    checked(member)
