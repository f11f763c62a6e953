"""A coordinator puts an agenda together and publishes it, with standing items to start from and without."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect
from pytest_django import Settings

from meetings.models import Meeting
from partnership.clock import LONDON
from partnership.models import Obligation
from tests.agendas import pdf
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, ISLAND, Stage
from tests.journeys.visitor import DESK, PHONE, Visitor

REPORTS, UPDATE = "Quality assurance and learning reports", "Partnership Team update"
STANDING = {ISLAND: [REPORTS, UPDATE], CITY: []}
DUE = datetime(2027, 6, 9, 16, 30, tzinfo=LONDON)
MINUTES, NEGLECT = "Minutes of March", "Deep dive on neglect"
SENT = "Sent on time on 9 June 2027 at 4:30pm."


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.CLOCK_STOPPED_AT = DUE


def agenda_of(meeting: Meeting) -> str:
    return f"/p/{meeting.board.partnership.slug}/{meeting.board.slug}/meetings/{meeting.address}/agenda/"


def then_it_can_be_read_by_everybody(visitor: Visitor) -> None:
    """At a desk and on a small telephone."""
    for size in (DESK, PHONE):
        visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
        visitor.then_nothing_scrolls_sideways()
        visitor.then_the_accessibility_baseline_is_met()
    visitor.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})


def add_an_item(coordinator: Visitor, title: str, kind: str, minutes: str) -> None:
    coordinator.when_they_follow("Add an item")
    coordinator.page.get_by_label("Title").fill(title)
    coordinator.page.get_by_label(kind, exact=True).check()
    coordinator.page.get_by_label("Time in minutes (optional)").fill(minutes)
    coordinator.when_they_press("Add to the agenda")
    coordinator.then_the_page_says(f"“{title}” is on the agenda.")


def then_the_items_are(visitor: Visitor, titles: list[str]) -> None:
    expect(visitor.page.locator(".q-paper__t")).to_contain_text(titles)


def move_to_the_top_by_keyboard(coordinator: Visitor, title: str, items: int) -> None:
    """The button keeps the focus while the last item moves, and leaves it to its neighbour at the top."""
    up = coordinator.page.get_by_role("button", name=f"Move {title} up")
    up.focus()
    for place in range(items - 1, 0, -1):
        expect(up).to_be_focused()
        coordinator.page.keyboard.press("Enter")
        coordinator.then_the_page_says(f"“{title}” is now item {place} of {items}.")
    expect(coordinator.page.get_by_role("button", name=f"Move {title} down")).to_be_focused()


def add_a_paper(coordinator: Visitor, item: str, title: str) -> None:
    """A page that is only called a PDF first, then a PDF."""
    coordinator.when_they_follow(f"Add a paper to {item}")
    then_it_can_be_read_by_everybody(coordinator)
    coordinator.page.get_by_label("Title").fill(title)
    page: FilePayload = {"name": "found.pdf", "mimeType": "application/pdf", "buffer": b"<html>"}
    coordinator.page.get_by_label("File").set_input_files(page)
    coordinator.when_they_press("Add the paper")
    coordinator.then_the_page_says("The selected file must be a PDF or DOCX")
    coordinator.then_the_accessibility_baseline_is_met()
    coordinator.page.get_by_label("File").set_input_files({**page, "buffer": pdf(22)})
    coordinator.when_they_press("Add the paper")
    coordinator.then_the_page_says(f"{title} (PDF, 22 pages")
    then_it_can_be_read_by_everybody(coordinator)


def publish(coordinator: Visitor) -> None:
    coordinator.when_they_follow("Check and publish")
    coordinator.then_the_page_says("1 paper, 22 pages")
    coordinator.page.get_by_text("Show their names").click()
    then_it_can_be_read_by_everybody(coordinator)
    coordinator.when_they_press("Publish the agenda and papers")
    coordinator.then_the_page_says(f"The agenda is published. {SENT}")
    coordinator.then_the_page_says(f"Version 1. {SENT}")
    then_it_can_be_read_by_everybody(coordinator)


@pytest.mark.parametrize("board", [ISLAND, CITY])
def test_from_the_first_item_to_an_agenda_sent_on_time(stage: Stage, visitor: MakeVisitor, board: str) -> None:
    meeting, standing = stage.planned_meeting(board, on=date(2027, 6, 16)), STANDING[board]
    coordinator = visitor()
    coordinator.when_they_open(agenda_of(meeting))
    then_it_can_be_read_by_everybody(coordinator)
    if standing:
        coordinator.when_they_press("Start from the standing items")
        coordinator.then_the_page_says("2 standing items added.")
    else:
        coordinator.then_the_page_says("The constitution states no standing items for this meeting.")
    add_an_item(coordinator, MINUTES, "Decision", "5")
    add_an_item(coordinator, NEGLECT, "Decision", "30")
    then_the_items_are(coordinator, [*standing, MINUTES, NEGLECT])
    move_to_the_top_by_keyboard(coordinator, NEGLECT, len(standing) + 2)
    then_the_items_are(coordinator, [NEGLECT, *standing, MINUTES])
    add_a_paper(coordinator, NEGLECT, "What we found")
    publish(coordinator)
    duty = Obligation.objects.get(cause_id=meeting.pk, duty="papers")
    assert (duty.met_on, duty.due_on) == (date(2027, 6, 9), date(2027, 6, 9))

    member = visitor("member" if board == ISLAND else "sam lee")
    member.when_they_open(agenda_of(meeting))
    then_the_items_are(member, [NEGLECT, *standing, MINUTES])
    member.then_the_page_says(SENT)
    then_it_can_be_read_by_everybody(member)
    href = member.page.get_by_role("link", name="What we found").get_attribute("href")
    assert href is not None
    paper = member.page.request.get(href)
    assert (paper.status, paper.headers["content-type"], paper.body()[:5]) == (200, "application/pdf", b"%PDF-")
