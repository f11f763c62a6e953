"""Minutes of Portsmouth from the draft to the PDF, in a real browser; the worker's part is played by the test."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from meetings import tasks
from meetings.models import AgendaItem, Document, Meeting, Minutes
from meetings.operations import begin_item, close_register, open_register, record_decision
from tests.cast import at
from tests.held_meetings import item_on
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, CITY_PARTNERS, Stage
from tests.journeys.visitor import PHONE


@pytest.fixture
def held(stage: Stage, settings: Settings) -> Meeting:
    """A meeting with one decision, its register closed at eleven; it is noon."""
    meeting = stage.open_meeting(CITY, *CITY_PARTNERS)
    item: AgendaItem = item_on(meeting, "Neglect strategy", stage.coordinator)
    settings.CLOCK_STOPPED_AT = at(12)
    begin_item(item=item, at=at(10, 40), by=stage.coordinator)
    record_decision(item=item, text="The strategy is adopted", decided_at=at(10, 45), by=stage.coordinator)
    return close_register(meeting=meeting, at=at(11), by=stage.coordinator)


@pytest.mark.parametrize("with_script", [True, False], ids=["with script", "without script"])
def test_from_the_draft_to_the_pdf(stage: Stage, visitor: MakeVisitor, held: Meeting, *, with_script: bool) -> None:
    address = f"/p/portsmouth/{held.board.slug}/meetings/{held.address}/minutes/"
    member = visitor("outsider")
    member.when_they_open(address)
    member.then_the_page_says("The minutes have not been sent yet. Due by Wednesday 31 March 2027 (clause o).")

    coordinator = visitor(with_script=with_script)
    coordinator.when_they_open(address)
    coordinator.then_the_page_says("The strategy is adopted")
    coordinator.then_the_page_says("while quorate.")
    coordinator.when_they_follow("Check and send minutes")
    coordinator.then_the_heading_is("Check before you send the minutes")
    coordinator.when_they_press("Send minutes to 14 people")
    coordinator.then_the_page_says("The minutes are sent. Sent 14 days before the deadline of 31 March 2027.")

    member.when_they_open(address)
    member.then_the_page_says("You can raise a dispute with the Chair until 31 March 2027.")
    member.then_the_accessibility_baseline_is_met()

    coordinator.when_they_press("Make the PDF")
    coordinator.then_the_page_says("The PDF is asked for.")
    if with_script:
        coordinator.then_the_accessibility_baseline_is_met()
    tasks.make(document_id=Document.objects.get(meeting=held).pk)
    if not with_script:
        coordinator.when_they_follow("Look again")
    coordinator.then_the_page_says("The PDF is ready.")
    assert Minutes.objects.get(meeting=held).version == 1


def test_this_meeting_is_in_sight_first_on_a_telephone(stage: Stage, visitor: MakeVisitor, held: Meeting) -> None:
    for weeks in range(1, 6):
        meeting = stage.planned_meeting(CITY, on=held.on - timedelta(weeks=weeks))
        open_register(meeting=meeting, at=meeting.begins, by=stage.coordinator)
        close_register(meeting=meeting, at=meeting.begins + timedelta(hours=2), by=stage.coordinator)
    coordinator = visitor(size=PHONE, with_script=False)
    coordinator.when_they_open(f"/p/portsmouth/{held.board.slug}/meetings/{held.address}/minutes/")
    table = coordinator.page.get_by_role("region", name="Attendance of members")
    headings = table.get_by_role("columnheader")
    expect(headings).to_have_count(8)
    coordinator.then_it_is_in_sight(headings.first, within=table)
    coordinator.then_it_is_in_sight(headings.last, within=table)
    expect(headings.last).to_have_text(f"{held.on.day} {held.on:%b}")


def test_a_draft_on_a_telephone(visitor: MakeVisitor, held: Meeting) -> None:
    coordinator = visitor(size=PHONE)
    for page in ("", "send/"):
        coordinator.when_they_open(f"/p/portsmouth/{held.board.slug}/meetings/{held.address}/minutes/{page}")
        coordinator.then_nothing_scrolls_sideways()
        coordinator.then_the_accessibility_baseline_is_met()
