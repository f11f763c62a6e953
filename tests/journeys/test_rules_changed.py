"""A further version of the rules in a browser: a mistake told, its effects shown, confirmed, read beside the old."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from playwright.sync_api import expect

from meetings.models import MeetingKind
from meetings.operations import call_meeting
from partnership.access import Role
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, amended, board_with_terms
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import Stage
from tests.journeys.visitor import DESK, PHONE, Visitor

TERMS = "isle-of-wight/main-board"
RULES = "/p/isle-of-wight/rules-group/constitution/"
TEXT = amended(
    TERMS,
    {
        "number: 2": "number: 3",
        "in_force_from: 2026-01-01": "in_force_from: 2027-05-01",
        'amount: 1, unit: weeks, direction: before, anchor: meeting}\n    clause: {ref: "Support 2"': (
            'amount: 2, unit: weeks, direction: before, anchor: meeting}\n    clause: {ref: "Support 2"'
        ),
    },
)


@pytest.fixture(scope="module")
def group(stage: Stage) -> None:
    """A group of its own under the Isle of Wight's terms, with a meeting in June."""
    author = stage.cast.author
    board, _ = board_with_terms(author, stage.cast.partnership, TERMS, slug="rules-group", name="Rules Group")
    admit_to_team(person=stage.coordinator, role=Role.COORDINATOR, board=board, starts_on=LONG_AGO, by=author)
    call_meeting(board=board, kind=MeetingKind.ORDINARY, on=date(2027, 6, 16), starts_at=time(10), by=stage.coordinator)


def checked(reader: Visitor) -> None:
    reader.then_nothing_scrolls_sideways()
    reader.then_the_accessibility_baseline_is_met()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_team_sees_what_a_version_would_change_before_it_does(
    stage: Stage, group: None, visitor: MakeVisitor, size: tuple[int, int]
) -> None:
    coordinator = visitor(size=size)
    coordinator.when_they_open(RULES)
    coordinator.then_the_page_says("What it says of Wednesday 16 June 2027")
    checked(coordinator)
    coordinator.when_they_follow("Propose a new version")
    checked(coordinator)
    coordinator.page.get_by_label("Or its text").fill(TEXT.replace("deadlines:", "deadliness:"))
    coordinator.when_they_press("See what it would change")
    coordinator.then_the_page_says('"deadliness" is not a key here; did you mean "deadlines"?')
    checked(coordinator)
    coordinator.page.get_by_label("Or its text").fill(TEXT)
    coordinator.when_they_press("See what it would change")
    coordinator.then_the_heading_is("What version 3 would change from 1 May 2027")
    coordinator.then_the_page_says("1 rule changed; 100 are unchanged.")
    coordinator.then_the_page_says("Wednesday 2 June 2027")
    checked(coordinator)
    coordinator.when_they_press("Change the text or the day")
    expect(coordinator.page.get_by_label("Or its text")).to_have_value(TEXT)


def test_confirmed_it_is_in_force_and_is_read_beside_the_old(stage: Stage, group: None, visitor: MakeVisitor) -> None:
    coordinator = visitor(with_script=False)
    coordinator.when_they_open(f"{RULES}import/")
    coordinator.page.get_by_label("The file").set_input_files(
        {"name": "version-3.yaml", "mimeType": "application/yaml", "buffer": TEXT.encode()}
    )
    coordinator.when_they_press("See what it would change")
    coordinator.page.get_by_label("Why do the rules change?").fill("Agreed on 17 March, item 9")
    coordinator.when_they_press("Bring version 3 into force from 1 May 2027")
    coordinator.then_the_page_says("Version 3 is in force from 1 May 2027.")
    expect(coordinator.page).to_have_url(re.compile(f"{RULES}3/$"))
    reader = visitor(size=PHONE)
    reader.when_they_open(f"{RULES}3/")
    reader.page.get_by_role("link", name=re.compile("^Compare with version 2")).click()
    reader.then_the_heading_is("What changed from version 2 to version 3")
    expect(reader.page.locator("del")).to_have_text("1 week")
    expect(reader.page.locator("ins")).to_have_text("2 weeks")
    checked(reader)
