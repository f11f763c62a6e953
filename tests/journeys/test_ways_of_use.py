"""The same pages by keyboard alone, on a phone, by ear, before the day, and where there is nothing to show."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from meetings.models import ReplyAnswer
from meetings.operations import reply
from membership.models import Seat
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, ISLAND, ISLAND_OTHERS, ISLAND_REQUIRED, Stage
from tests.journeys.visitor import DESK, PHONE, Visitor

BOARD = "/p/isle-of-wight/main-board/"
ELEVEN = (*ISLAND_REQUIRED, *ISLAND_OTHERS[:-1])
QUORATE = "Quorate: 12 of 24 members present (12 needed)."
MANY_TABS = 200


def has_focus(visitor: Visitor, selector: str) -> bool:
    return bool(visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector))


def tab_to(visitor: Visitor, selector: str) -> None:
    for _ in range(MANY_TABS):
        visitor.page.keyboard.press("Tab")
        if has_focus(visitor, selector):
            return
    raise AssertionError(f"the keyboard never reached {selector}")


def test_keyboard_alone_from_sign_in_to_a_saved_tick(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND, *ELEVEN)
    one = visitor("")
    one.meeting = meeting
    one.when_they_open("/")
    tab_to(one, "button[value='coordinator@example.org']")
    one.page.keyboard.press("Enter")
    one.then_the_heading_is(re.compile("due this week"))
    tab_to(one, f"a[href$='/main-board/meetings/{meeting.address}/register/']")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#ans")).to_be_visible()
    name = one.row("youth-justice").locator("input[type=radio]").first.get_attribute("name")
    tab_to(one, f"input[name='{name}']")
    one.page.keyboard.press("Space")
    one.then_the_answer_is(QUORATE)
    assert has_focus(one, f"input[name='{name}']"), "the focus stays where the tick was made"
    one.page.keyboard.press("ArrowRight")
    one.then_the_choice_is("youth-justice", "deputy")


def test_skip_link_comes_first_and_leads_to_the_content(stage: Stage, visitor: MakeVisitor) -> None:
    one = visitor()
    one.given_the_register_of(stage.open_meeting(ISLAND))
    one.page.keyboard.press("Tab")
    assert has_focus(one, ".govuk-skip-link")
    one.page.keyboard.press("Enter")
    assert one.page.evaluate("location.hash") == "#main"
    assert has_focus(one, "#main")


def test_the_live_region_speaks_the_sentence_when_it_changes_and_nothing_else(
    stage: Stage, visitor: MakeVisitor
) -> None:
    one = visitor()
    one.given_the_register_of(stage.open_meeting(ISLAND, *ELEVEN))
    spoken = one.page.locator("[aria-live], [role=status], [role=alert]")
    expect(spoken).to_have_count(1)
    expect(spoken).to_have_text("")
    one.page.evaluate("window.region = document.querySelector('[aria-live]'); window.region.dataset.same = 'yes'")
    one.when_they_tick_and_wait(["cabinet-member"])
    expect(spoken).to_have_text("")
    one.when_they_tick_and_wait(["youth-justice"])
    expect(spoken).to_have_text(QUORATE)
    # A region that is itself replaced is not read out: it is the very one the page began with.
    expect(spoken).to_have_attribute("data-same", "yes")


def test_a_register_on_a_phone(stage: Stage, visitor: MakeVisitor) -> None:
    one = visitor(size=PHONE)
    one.given_the_register_of(stage.open_meeting(ISLAND, *ELEVEN))
    one.then_nothing_scrolls_sideways()
    one.when_they_tick("youth-justice")
    one.then_the_answer_is(QUORATE)
    one.then_nothing_scrolls_sideways()
    one.then_the_accessibility_baseline_is_met()


def test_before_the_day_a_forecast_names_whom_to_ask(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.planned_meeting(CITY, on=date(2027, 4, 22))
    seats = Seat.objects.filter(board=meeting.board, key__in=("council", "icb", "diocese"))
    for seat in seats:
        reply(meeting=meeting, seat=seat, answer=ReplyAnswer.COMING, by=stage.coordinator)
    one = visitor()
    one.given_the_register_of(meeting)
    one.then_the_page_says("forecast")
    one.then_the_page_says("Hampshire Constabulary")
    one.then_the_page_says("1 more person would make it quorate: Outsider.")
    one.then_the_page_says("3 said they are coming")
    assert one.page.get_by_role("button", name="Open the register").count() == 0
    one.then_the_accessibility_baseline_is_met()
    police = Seat.objects.get(board=meeting.board, key="constabulary")
    reply(meeting=meeting, seat=police, answer=ReplyAnswer.DEPUTY, by=stage.coordinator)
    one.given_the_register_of(meeting)
    one.then_the_page_does_not_say("would make it quorate")


def test_opening_the_register_on_the_day(stage: Stage, visitor: MakeVisitor) -> None:
    one = visitor()
    one.given_the_register_of(stage.planned_meeting(ISLAND))
    one.then_the_page_says("The register is not open yet.")
    one.then_the_accessibility_baseline_is_met()
    one.when_they_press("Open the register")
    one.then_the_page_says("The register is open.")
    one.then_the_page_says("0 present")
    one.then_the_accessibility_baseline_is_met()


PAGES = {
    "/": 200,
    "/style/": 200,
    "/p/isle-of-wight/": 200,
    "/p/isle-of-wight/agencies/": 200,
    BOARD: 200,
    BOARD + "members/": 200,
    BOARD + "meetings/": 200,
    BOARD + "constitution/": 200,
    BOARD + "attendance/": 200,
    "/p/isle-of-wight/outbox/": 200,
    "/p/isle-of-wight/executive/": 200,
    "/p/isle-of-wight/executive/members/": 200,
    "/p/isle-of-wight/executive/meetings/": 200,
    "/p/isle-of-wight/executive/constitution/": 200,
    "/p/portsmouth/board/constitution/": 200,
    "/p/nowhere/": 404,
}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_accessible_and_fits(stage: Stage, visitor: MakeVisitor, size: tuple[int, int]) -> None:
    stage.planned_meeting(ISLAND, on=date(2027, 6, 16))
    one = visitor(size=size)
    for address, status in PAGES.items():
        assert one.when_they_open(address) == status, address
        one.then_the_accessibility_baseline_is_met()
        one.then_nothing_scrolls_sideways()


def test_pages_with_nothing_on_them_say_so(stage: Stage, visitor: MakeVisitor) -> None:
    nobody = visitor("nobody")
    nobody.when_they_open("/")
    nobody.then_the_page_says("You have no place on any board today.")
    nobody.then_the_accessibility_baseline_is_met()
    neighbour = visitor("neighbour")
    neighbour.when_they_open("/p/isle-of-wight/executive/meetings/")
    neighbour.then_the_page_says("No meeting is planned.")
    neighbour.when_they_open("/p/isle-of-wight/executive/members/")
    neighbour.then_the_page_says("No seats on this board yet.")
    neighbour.when_they_open("/p/isle-of-wight/executive/constitution/")
    neighbour.then_the_page_says("No terms of reference are in force for this group.")


def test_the_sign_in_page_and_its_refusal(stage: Stage, visitor: MakeVisitor) -> None:
    for size in (DESK, PHONE):
        passer_by = visitor("", size=size)
        passer_by.when_they_open("/sign-in/")
        passer_by.then_the_accessibility_baseline_is_met()
        passer_by.then_nothing_scrolls_sideways()
    one = visitor("")
    one.when_they_open("/sign-in/")
    one.page.locator("button[name=person]").first.evaluate("button => button.value = 'stranger@example.org'")
    one.page.locator("button[name=person]").first.click()
    one.then_the_page_says("Choose one of the people on this page.")
    one.then_the_accessibility_baseline_is_met()
