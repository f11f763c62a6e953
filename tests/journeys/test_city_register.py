"""The city's meeting of 22 April from the first arrival to the closed register: its quorum is its three partners.

Once with everything that happens at it, once by keyboard alone; the accessibility baseline in every state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from meetings.models import AgendaItem, Attendance, ItemKind, Meeting, Recorded
from meetings.operations import add_item, begin_item, open_register
from meetings.operations.confidentiality import sign_agreement
from partnership.clock import LONDON
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, CITY_PARTNERS, Stage
from tests.journeys.visitor import Visitor

APRIL = date(2027, 4, 22)
QUORATE = "Quorate: all 3 statutory safeguarding partners are present."
NO_POLICE = "Not quorate: Hampshire Constabulary is not represented."
LABEL = "Taken while not quorate"
COURSE = re.compile(
    r"^Not quorate from 10:0\dam to 10:15am\. Quorate from 10:15am to 11:10am\. Not quorate from 11:10am to 11:30am$"
)
MANY_TABS = 120


def at(hour: int, minute: int = 0) -> datetime:
    """An instant of that day, in London."""
    return datetime(2027, 4, 22, hour, minute, tzinfo=LONDON)


@pytest.fixture
def meeting(stage: Stage, settings: Settings) -> Meeting:
    """Ten minutes before its start, with seven items and its register not open yet."""
    planned = stage.planned_meeting(CITY, on=APRIL)
    for number in range(1, 8):
        add_item(meeting=planned, title=f"Matter {number}", kind=ItemKind.DISCUSSION, by=stage.coordinator)
    settings.CLOCK_STOPPED_AT = at(9, 50)
    return planned


def others_of(stage: Stage) -> list[str]:
    """Eleven seats that no quorum asks for; with the council and the ICB they are thirteen."""
    return [key for key in stage.seats(CITY) if key not in {*CITY_PARTNERS, "chair", "lead-member"}]


def spoken(one: Visitor, words: str) -> None:
    """What the one live region of the page says."""
    expect(one.page.locator("[aria-live=polite]")).to_have_text(words)


def labelled(one: Visitor) -> list[str]:
    """The items that the list of what happened calls taken while not quorate, the latest first."""
    lines = one.page.locator("#events li", has_text=LABEL).all_inner_texts()
    return [found[1] for found in (re.search(r"Item \d: (Matter \d)", line) for line in lines) if found]


def test_its_meeting_from_the_first_arrival_to_the_closed_register(
    stage: Stage, meeting: Meeting, visitor: MakeVisitor, settings: Settings
) -> None:
    coordinator = visitor()
    coordinator.given_the_register_of(meeting)
    _three_partners_and_one_other(coordinator)
    _thirteen_without_the_police(coordinator, others_of(stage))
    settings.CLOCK_STOPPED_AT = at(10, 15)
    _the_police_s_deputy_arrives(coordinator)
    settings.CLOCK_STOPPED_AT = at(11, 5)
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position"))
    for number, item in enumerate(items[:5]):
        begin_item(item=item, at=at(10) + timedelta(minutes=20 + 9 * number), by=stage.coordinator)
    _an_item_is_taken(coordinator, 6)
    expect(coordinator.page.locator("li.q-item", has_text=LABEL)).to_have_count(0)
    settings.CLOCK_STOPPED_AT = at(11, 10)
    coordinator.given_the_register_of(meeting)
    _the_police_leave_at_item_six(coordinator)
    settings.CLOCK_STOPPED_AT = at(11, 20)
    _an_item_is_taken(coordinator, 7)
    _items_from_the_sixth_on_are_labelled(coordinator)
    _all_but_one_sign(stage, meeting, coordinator, visitor("city council"))
    _the_register_is_closed(coordinator, meeting, settings)


def _three_partners_and_one_other(coordinator: Visitor) -> None:
    coordinator.then_the_page_says("The register is not open yet.")
    coordinator.then_it_can_be_used_by_everybody()
    coordinator.when_they_press("Open the register")
    coordinator.when_they_tick_and_wait(["council", "icb", "diocese"])
    coordinator.then_the_answer_is(NO_POLICE)
    spoken(coordinator, NO_POLICE)
    coordinator.then_it_can_be_used_by_everybody()
    coordinator.when_they_tick_and_wait(["constabulary"])
    coordinator.then_the_answer_is(QUORATE)
    spoken(coordinator, QUORATE)
    coordinator.then_the_page_says("4 present (4 representatives, 0 deputies)")
    coordinator.then_it_can_be_used_by_everybody()


def _thirteen_without_the_police(coordinator: Visitor, others: Iterable[str]) -> None:
    """The representative was ticked by mistake; many others come, and no number stands in for one partner."""
    coordinator.when_they_tick_and_wait(["constabulary"], "apologies")
    coordinator.then_the_answer_is(NO_POLICE)
    spoken(coordinator, NO_POLICE)
    coordinator.when_they_tick_and_wait([key for key in others if key != "diocese"])
    coordinator.then_the_page_says("13 present (13 representatives, 0 deputies) and 1 apology")
    coordinator.then_the_answer_is(NO_POLICE)
    coordinator.then_the_page_says("1 person would make it quorate. Ask Sam Lee.")


def _the_police_s_deputy_arrives(coordinator: Visitor) -> None:
    coordinator.when_they_tick_and_wait(["constabulary"], "deputy")
    coordinator.then_the_answer_is(QUORATE)
    spoken(coordinator, QUORATE)
    coordinator.then_the_row_says("constabulary", "Sam Lee (deputy for Outsider)")
    coordinator.then_the_row_says("constabulary", "In the room from 10:15am")
    coordinator.then_the_page_says("14 present (13 representatives, 1 deputy)")
    coordinator.then_it_can_be_used_by_everybody()


def _an_item_is_taken(coordinator: Visitor, number: int) -> None:
    """On the record page, which opens from the register."""
    coordinator.page.locator("#record").click()
    coordinator.then_the_heading_is("Record of the meeting")
    item = coordinator.page.locator("li.q-item", has_text=f"Matter {number}")
    item.get_by_role("button", name=re.compile("^Taken now")).click()
    expect(item.get_by_role("button", name=re.compile("^Taken now"))).to_have_count(0)


def _the_police_leave_at_item_six(coordinator: Visitor) -> None:
    coordinator.when_they_press_on_the_row("constabulary", "Leaving now")
    coordinator.then_the_answer_is(NO_POLICE)
    spoken(coordinator, NO_POLICE)
    coordinator.then_the_row_says("constabulary", "In the room from 10:15am to 11:10am.")
    coordinator.then_it_can_be_used_by_everybody()


def _items_from_the_sixth_on_are_labelled(coordinator: Visitor) -> None:
    """The sixth, of which they heard a part, and the seventh; the first five keep no label."""
    items = coordinator.page.locator("li.q-item", has_text=LABEL)
    expect(items).to_have_text([re.compile("Matter 6"), re.compile("Matter 7")])
    expect(items.first).to_contain_text("Taken at 11:05am.")
    expect(items.first).to_contain_text(f"{NO_POLICE} This began at 11:10am.")
    expect(items.last).to_contain_text("Taken at 11:20am.")
    coordinator.then_it_can_be_used_by_everybody()


def _all_but_one_sign(stage: Stage, meeting: Meeting, coordinator: Visitor, member: Visitor) -> None:
    """The coordinator enters the text; one member reads and signs it in their own window, the others before them."""
    coordinator.when_they_open("/p/portsmouth/board/confidentiality/")
    coordinator.page.get_by_label("Text of the agreement").fill("What is said here stays here.")
    coordinator.when_they_press("Save the text")
    coordinator.then_the_page_says("Version 1 is in force.")
    coordinator.then_it_can_be_used_by_everybody()
    for key in [*others_of(stage)[1:], "icb"]:
        person = stage.cast.person(f"city {key}")
        sign_agreement(meeting=meeting, version=1, name=person.name, by=person)
    sign_agreement(meeting=meeting, version=1, name="Sam Lee", by=stage.cast.person("sam lee"))
    member.when_they_open(f"/p/portsmouth/board/meetings/{meeting.address}/")
    member.when_they_follow("Sign the confidentiality agreement")
    member.then_the_page_says("What is said here stays here.")
    member.then_it_can_be_used_by_everybody()
    member.page.get_by_label("I have read this agreement and will keep to it").check()
    member.page.get_by_label("Your full name").fill("City Council")
    member.when_they_press("Sign the agreement")
    member.then_the_page_says("Version 1, at 11:20am on 22 April 2027.")
    member.then_it_can_be_used_by_everybody()


def _the_register_is_closed(coordinator: Visitor, meeting: Meeting, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = at(11, 30)
    coordinator.given_the_register_of(meeting)
    assert labelled(coordinator) == ["Matter 7", "Matter 6"]
    coordinator.when_they_follow("Close the register")
    coordinator.then_the_heading_is("Check before you close the register")
    coordinator.then_the_page_says(NO_POLICE)
    coordinator.then_the_page_says("13 present (13 representatives, 0 deputies), 1 left")
    coordinator.then_the_page_says("1 person has not signed the confidentiality agreement")
    coordinator.then_it_can_be_used_by_everybody()
    coordinator.when_they_press("Close the register")
    coordinator.then_the_page_says("Register closed at 11:30am.")
    assert labelled(coordinator) == ["Matter 7", "Matter 6"]
    strip = coordinator.page.locator("#strip svg[role=img]")
    expect(strip).to_have_attribute("aria-label", COURSE)
    coordinator.then_it_can_be_used_by_everybody()
    coordinator.when_they_open(f"/p/portsmouth/board/meetings/{meeting.address}/minutes/")
    expect(coordinator.page.locator("main .q-doc__label", has_text=LABEL)).to_have_count(2)
    coordinator.then_it_can_be_used_by_everybody()
    rows = Attendance.objects.filter(meeting=meeting)
    assert rows.get(seat__key="constabulary").recorded == Recorded.DEPUTY
    assert rows.get(seat__key="chair").recorded == Recorded.DID_NOT_ATTEND


def tab_to(one: Visitor, selector: str) -> None:
    for _ in range(MANY_TABS):
        one.page.keyboard.press("Tab")
        if one.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard never reached {selector}")


def test_by_keyboard_alone_a_deputy_comes_and_leaves_and_the_register_is_closed(
    stage: Stage, meeting: Meeting, visitor: MakeVisitor, settings: Settings
) -> None:
    open_register(meeting=meeting, at=at(9, 50), by=stage.coordinator)
    stage.tick(meeting, ["council", "icb", *others_of(stage)], arrived_at=at(9, 55))
    settings.CLOCK_STOPPED_AT = at(10, 15)
    coordinator = visitor()
    coordinator.given_the_register_of(meeting)
    coordinator.then_the_answer_is(NO_POLICE)
    police = Attendance.objects.get(meeting=meeting, seat__key="constabulary").pk
    tab_to(coordinator, f"input[name='recorded-{police}']")
    coordinator.page.keyboard.press("ArrowRight")
    coordinator.then_the_choice_is("constabulary", "deputy")
    coordinator.then_the_answer_is(QUORATE)
    settings.CLOCK_STOPPED_AT = at(11, 10)
    tab_to(coordinator, f"button[name='leaving'][value='{police}']")
    coordinator.page.keyboard.press("Enter")
    coordinator.then_the_answer_is(NO_POLICE)
    tab_to(coordinator, "a[href$='/register/close/']")
    coordinator.page.keyboard.press("Enter")
    coordinator.then_the_heading_is("Check before you close the register")
    tab_to(coordinator, "main button")
    coordinator.page.keyboard.press("Enter")
    coordinator.then_the_page_says("Register closed at 11:10am.")
    coordinator.then_the_page_says("Hampshire Constabulary is not represented.")
