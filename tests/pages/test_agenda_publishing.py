"""The page on which what goes out is checked, and what it says of being on time."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from meetings.models import Meeting
from meetings.operations import (
    move_item,
    start_from_standing_items,
)
from meetings.queries import unpublished
from tests.agendas import item_on, paper_at_item
from tests.cast import Cast
from tests.pages.agendas import AGENDA, at_london, nothing_changed, source, text
from tests.pages.conftest import SignedIn


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_what_goes_out_is_checked_first(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    start_from_standing_items(meeting=later, by=cast["coordinator"])
    item = item_on(later, cast["coordinator"], "Deep dive")
    paper_at_item(item, cast["coordinator"], "The deep dive")
    move_item(item=item, up=True, by=cast["coordinator"])
    said = text(signed_in("coordinator").get(AGENDA + "publish/"))
    assert "What The first version of this agenda" in said
    assert "Items 1. Quality assurance and learning reports 2. Deep dive 3. Partnership Team update" in said
    assert re.search(r"Papers 1 paper, 2 pages The deep dive \(PDF, 2 pages, \d+ bytes\), item 2", said)
    assert "Due Due by Wednesday 9 June 2027 (Support 2)." in said
    assert "Who receives it 4 people (Support 2) Show their names Chair, Partnership chair" in said
    assert "Member, Hampshire and Isle of Wight Constabulary" in said
    assert "Reason" not in said


def test_publishing_on_the_last_day_is_on_time(
    cast: Cast, later: Meeting, signed_in: SignedIn, settings: Settings
) -> None:
    item_on(later, cast["coordinator"])
    client = signed_in("coordinator")
    at_london(settings, 6, 9, 16, 30)
    response = client.post(AGENDA + "publish/", {"checked": unpublished(meeting=later).mark}, follow=True)
    said = text(response)
    assert "Success The agenda is published. Sent on time on 9 June 2027 at 4:30pm." in said
    assert "Version 1. Sent on time on 9 June 2027 at 4:30pm. Due by Wednesday 9 June 2027 (Support 2)." in said


def test_publishing_late_asks_why(cast: Cast, later: Meeting, signed_in: SignedIn, settings: Settings) -> None:
    item_on(later, cast["coordinator"])
    client = signed_in("coordinator")
    at_london(settings, 6, 10, 9)
    assert "It was due by Wednesday 9 June 2027 (Support 2). It is 1 day late." in text(client.get(AGENDA))
    hint = "It was due by Wednesday 9 June 2027, 1 day ago. The record keeps your reason."
    assert hint in text(client.get(AGENDA + "publish/"))
    checked = {"checked": unpublished(meeting=later).mark}
    with nothing_changed():
        response = client.post(AGENDA + "publish/", checked)
    assert response.status_code == 400
    assert text(response).count("Enter why this comes after Wednesday 9 June 2027, when it was due.") == 2
    with nothing_changed():
        long = client.post(AGENDA + "publish/", checked | {"reason": "x" * 501})
    assert "x" * 501 in source(long)
    said = text(client.post(AGENDA + "publish/", checked | {"reason": "The ICB's data came late."}, follow=True))
    assert "The agenda is published. Sent 1 day late." in said
    assert (
        "Version 1. Sent 1 day late. Published on 10 June 2027 at 9am. Reason: The ICB's data came late. "
        "It was due by Wednesday 9 June 2027 (Support 2)." in said
    )
    member = text(signed_in("member").get(AGENDA))
    assert "Sent 1 day late." in member
    assert "The ICB's data" not in member, "the reason is the team's"


def test_what_was_added_after_the_check_is_checked_again(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    item_on(later, cast["coordinator"], "Checked")
    mark = unpublished(meeting=later).mark
    item_on(later, cast["manager"], "Slipped in")
    client = signed_in("coordinator")
    with nothing_changed():
        response = client.post(AGENDA + "publish/", {"checked": mark})
    assert response.status_code == 409
    assert "The agenda changed after you opened this page. Check it again." in text(response)
    assert "2. Slipped in" in text(response)
    assert unpublished(meeting=later).mark in source(response), "pressing again publishes what is shown now"


def test_a_publication_that_checked_nothing_is_refused(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    item_on(later, cast["coordinator"])
    with nothing_changed():
        response = signed_in("coordinator").post(AGENDA + "publish/")
    assert response.status_code == 400
    assert "This form could not be read. Check the agenda again." in text(response)


def test_nothing_new_is_said_to_be_nothing_new(later: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert "There is nothing new to publish." in text(client.get(AGENDA + "publish/"))
    response = client.post(AGENDA + "publish/", {"checked": unpublished(meeting=later).mark}, follow=True)
    assert "There is nothing new to publish." in text(response)


def test_a_board_without_rules_publishes_without_a_date_or_names(cast: Cast, signed_in: SignedIn) -> None:
    meeting = cast.meeting(on=date(2027, 6, 16), board=cast.neighbours)
    item_on(meeting, cast["neighbour"])
    client, address = signed_in("neighbour"), f"/p/isle-of-wight/executive/meetings/{meeting.address}/agenda/"
    assert "The constitution sets no date for sending the agenda." in text(client.get(address))
    said = text(client.get(address + "publish/"))
    assert "Due The constitution sets no date. Who receives it The constitution does not say." in said
    response = client.post(address + "publish/", {"checked": unpublished(meeting=meeting).mark}, follow=True)
    assert "The agenda is published. Sent on 17 March 2027 at 10:05am." in text(response)
