"""From an item of a meeting to an action that its owner asks to close: in Portsmouth, at a desk and on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from pytest_django import Settings

from tests.cast import at
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, CITY_PARTNERS, Stage
from tests.journeys.visitor import PHONE, Visitor
from tests.pages.outcomes import item_on

OWNER = "city council"
TWO_ITEMS = ("Welcome", "Neglect strategy")


def meets_the_baseline(who: Visitor) -> None:
    who.then_nothing_scrolls_sideways()
    who.then_the_accessibility_baseline_is_met()


def records_a_decision(coordinator: Visitor) -> None:
    """At the second item of the record that is open."""
    page = coordinator.page
    coordinator.when_they_press("Taken now for item 2")
    coordinator.then_the_page_says("The record is saved.")
    expect(page.get_by_label("Taken at for item 2")).to_have_value("11:20")
    meets_the_baseline(coordinator)
    page.get_by_label("Discussion of item 2").fill("Families were heard.")
    coordinator.when_they_press("Record a decision at item 2")
    coordinator.then_the_heading_is("Record a decision")
    page.get_by_label("What was decided").fill("The strategy is adopted.")
    meets_the_baseline(coordinator)
    coordinator.when_they_press("Record the decision")
    coordinator.then_the_page_says("Decision at 11:20am")
    coordinator.then_the_page_says("Agreed by consent. Clause u, v, w")
    expect(page.get_by_label("Discussion of item 2")).to_have_value("Families were heard.")


def agrees_an_action(coordinator: Visitor) -> None:
    page = coordinator.page
    coordinator.when_they_press("Agree an action at item 2")
    page.get_by_label("What will be done").fill("Write the neglect guide")
    page.get_by_label("Owner").select_option(label="City Council, Portsmouth City Council")
    page.get_by_label("Done by").fill("ongoing")
    coordinator.when_they_press("Agree the action")
    coordinator.then_the_page_says("Enter the date by which it will be done.")
    meets_the_baseline(coordinator)
    page.get_by_label("Done by").fill("28 March 2027")
    coordinator.when_they_press("Agree the action")
    coordinator.then_the_page_says("is agreed.")
    coordinator.then_the_page_says("Due in 11 days")


def asks_to_close_it(owner: Visitor) -> None:
    owner.page.get_by_role("link", name=re.compile("^PSCP-")).last.click()
    owner.when_they_press("Add the update")
    owner.then_the_page_says("Enter what has happened.")
    meets_the_baseline(owner)
    owner.page.get_by_label("What has happened").fill("Half of it is written.")
    owner.when_they_press("Add the update")
    owner.then_the_page_says("The update is added.")
    owner.page.get_by_label("What has happened").fill("Every setting has the guide.")
    owner.page.get_by_label("Ask to close this action").check()
    owner.when_they_press("Add the update")
    owner.then_the_page_says("You asked to close this action.")


def test_a_decision_and_an_action_are_recorded_and_followed(
    stage: Stage, visitor: MakeVisitor, settings: Settings
) -> None:
    settings.CLOCK_STOPPED_AT = at(11, 20)
    meeting = stage.open_meeting(CITY, *CITY_PARTNERS, at_time=at(10))
    for title in TWO_ITEMS:
        item_on(stage.cast, meeting, title=title)
    record = f"/p/portsmouth/board/meetings/{meeting.address}/record/"
    coordinator = visitor()
    coordinator.when_they_open(record)
    records_a_decision(coordinator)
    agrees_an_action(coordinator)
    coordinator.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    meets_the_baseline(coordinator)
    owner = visitor(OWNER, size=PHONE)
    assert owner.when_they_open(record) == 404
    owner.when_they_open("/p/portsmouth/board/actions/")
    owner.then_the_page_says("Write the neglect guide")
    meets_the_baseline(owner)
    asks_to_close_it(owner)
    meets_the_baseline(owner)
