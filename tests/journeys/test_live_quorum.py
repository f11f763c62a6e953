"""The live register answers both boards' quorum, word for word."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from pytest_django import Settings

from meetings.models import ItemKind
from meetings.operations import add_item, begin_item
from tests.cast import at
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, CITY_PARTNERS, ISLAND, ISLAND_OTHERS, ISLAND_REQUIRED, Stage

TWELVE = (*ISLAND_REQUIRED, *ISLAND_OTHERS)


def test_the_island_needs_twelve_of_twenty_four(stage: Stage, visitor: MakeVisitor) -> None:
    coordinator = visitor()
    coordinator.given_the_register_of(stage.open_meeting(ISLAND, *TWELVE[:-1]))
    coordinator.then_the_answer_is("Not quorate: 11 of 24 present. 1 more member needed.")
    coordinator.when_they_tick("youth-justice")
    coordinator.then_the_answer_is("Quorate: 12 of 24 members present (12 needed).")
    coordinator.when_they_tick("hmp", "did not attend")
    coordinator.then_the_answer_is("Not quorate: 11 of 24 present. 1 more member needed.")
    coordinator.when_they_tick_and_wait(["cabinet-member"])
    coordinator.then_the_answer_is("Not quorate: 11 of 24 present. 1 more member needed.")
    coordinator.then_the_accessibility_baseline_is_met()


def test_the_island_needs_its_icb_whatever_the_number(stage: Stage, visitor: MakeVisitor) -> None:
    present = [key for key in TWELVE if key != "icb"] + ["fire-and-rescue", "hiow-healthcare"]
    coordinator = visitor()
    coordinator.given_the_register_of(stage.open_meeting(ISLAND, *present))
    coordinator.when_they_tick("anglican-diocese")
    coordinator.then_the_row_says("anglican-diocese", "In the room from 10:05am")
    coordinator.then_the_page_says("14 present")
    coordinator.then_the_answer_is("Not quorate: NHS Hampshire and Isle of Wight ICB is not represented.")
    coordinator.when_they_tick("icb")
    coordinator.then_the_answer_is("Quorate: 15 of 24 members present (12 needed).")


def test_the_city_needs_its_three_partners_and_no_number(stage: Stage, visitor: MakeVisitor) -> None:
    coordinator = visitor()
    coordinator.given_the_register_of(stage.open_meeting(CITY, "council", "icb", "diocese"))
    coordinator.then_the_answer_is("Not quorate: Hampshire Constabulary is not represented.")
    coordinator.when_they_tick("constabulary")
    coordinator.then_the_answer_is("Quorate: all 3 statutory safeguarding partners are present.")
    coordinator.then_the_accessibility_baseline_is_met()


def test_the_city_s_police_deputy_arrives(stage: Stage, visitor: MakeVisitor) -> None:
    others = [key for key in stage.seats(CITY) if key not in {*CITY_PARTNERS, "chair", "lead-member"}]
    thirteen = ["council", "icb", *others]
    assert len(thirteen) == 13
    coordinator = visitor()
    coordinator.given_the_register_of(stage.open_meeting(CITY, *thirteen))
    coordinator.then_the_answer_is("Not quorate: Hampshire Constabulary is not represented.")
    coordinator.then_the_page_says("(or Sam Lee, deputy)")
    coordinator.when_they_tick("constabulary", "deputy")
    coordinator.then_the_answer_is("Quorate: all 3 statutory safeguarding partners are present.")
    coordinator.then_the_row_says("constabulary", "Sam Lee (deputy for Outsider)")


def test_the_city_s_police_leave_at_item_six(stage: Stage, visitor: MakeVisitor, settings: Settings) -> None:
    """Items from the sixth on are labelled, those before it are not."""
    meeting, by = stage.open_meeting(CITY, *CITY_PARTNERS, "diocese"), stage.coordinator
    items = [add_item(meeting=meeting, title=f"Matter {n}", kind=ItemKind.DISCUSSION, by=by) for n in range(1, 8)]
    settings.CLOCK_STOPPED_AT = at(11, 50)
    for number, item in enumerate(items[:5]):
        begin_item(item=item, at=at(11, number * 10), by=by)
    coordinator = visitor()
    coordinator.given_the_register_of(meeting)
    coordinator.when_they_press_on_the_row("constabulary", "Leaving now")
    coordinator.then_the_answer_is("Not quorate: Hampshire Constabulary is not represented.")
    settings.CLOCK_STOPPED_AT = at(12)
    begin_item(item=items[5], at=at(11, 50), by=by)
    begin_item(item=items[6], at=at(11, 55), by=by)
    coordinator.then_the_page_says("Item 7 of 7: Matter 7")
    labelled = coordinator.page.locator("#events li", has_text="Taken while not quorate.")
    expect(labelled).to_have_text([re.compile("Item 7: Matter 7"), re.compile("Item 6: Matter 6")])
    coordinator.then_the_page_says("Item 5: Matter 5.")
