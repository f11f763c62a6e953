"""The page of minutes, the page that sends them, and the pages of their PDF."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from meetings.models import Document, DocumentKind, DocumentState, Meeting, Minutes
from meetings.operations import close_register, documents, record_decision, send_minutes
from partnership import clock, pulse
from partnership.clock import LONDON
from partnership.models import Heartbeat
from tests.agendas import item_on
from tests.cast import Cast, at
from tests.held_meetings import portsmouth_in_april
from tests.pages.conftest import SignedIn
from tests.pages.finished_documents import finished
from tests.pages.outcomes import taken_item

BOARD = "/p/isle-of-wight/main-board/"
MINUTES = BOARD + "meetings/2027-03-17/minutes/"
SEND = MINUTES + "send/"
DOCUMENTS = BOARD + "meetings/2027-03-17/documents/"


@pytest.fixture
def held(cast: Cast, meeting: Meeting, settings: Settings) -> Meeting:
    """Today's meeting with an item, a decision and an action, closed at midday; it is a quarter past."""
    taken_item(cast, meeting)
    settings.CLOCK_STOPPED_AT = at(12, 15)
    return close_register(meeting=meeting, at=at(12), by=cast["coordinator"])


def mark_on(page: str) -> str:
    found = re.search(r'name="checked" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def body(response: Any) -> str:
    return str(response.content.decode())


# --- reading ----------------------------------------------------------------------------------------------------------


def test_the_team_sees_the_draft_with_what_it_lacks_and_when_it_is_due(
    cast: Cast, held: Meeting, signed_in: SignedIn
) -> None:
    page = body(signed_in("coordinator").get(MINUTES))
    assert '<h1 class="q-h1">Draft minutes</h1>' in page
    assert "Due by Wednesday 24 March 2027 (Support 3)." in page
    assert "The neglect strategy is adopted" in page
    assert "Check and send minutes" in page
    assert "Make the PDF" in page


def test_an_open_register_and_items_without_a_word_are_named(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    item_on(meeting, cast["coordinator"], title="Safer sleep")
    page = body(signed_in("coordinator").get(MINUTES))
    assert "The register is not closed. Close it before you send the minutes." in page
    assert "Item 1, Safer sleep: nothing was recorded." in page


def test_the_chair_checks_the_draft_and_does_not_send_it(held: Meeting, signed_in: SignedIn) -> None:
    page = body(signed_in("chair").get(MINUTES))
    assert "Draft minutes" in page
    assert "Make the PDF" in page
    assert "Check and send minutes" not in page


@pytest.mark.parametrize("who", ["member", "deputy", "observer", "scrutineer"])
def test_others_see_that_there_are_none_yet_and_when_they_are_due(held: Meeting, signed_in: SignedIn, who: str) -> None:
    page = body(signed_in(who).get(MINUTES))
    assert "The minutes have not been sent yet." in page
    assert "Due by Wednesday 24 March 2027 (Support 3)." in page
    assert "The neglect strategy is adopted" not in page


def test_a_meeting_that_was_not_held_has_an_empty_page(later: Meeting, signed_in: SignedIn) -> None:
    page = body(signed_in("coordinator").get(f"{BOARD}meetings/{later.address}/minutes/"))
    assert "The minutes have not been started: the register of this meeting was not opened." in page


def test_a_member_reads_what_was_sent_and_not_what_the_record_says_since(
    cast: Cast, held: Meeting, signed_in: SignedIn
) -> None:
    by = cast["coordinator"]
    send_minutes(meeting=held, by=by)
    record_decision(item=held.items.get(), text="One more thing", decided_at=at(10, 3), by=by)
    page = body(signed_in("member").get(MINUTES))
    assert "Version 1. Sent 7 days before the deadline of 24 March 2027." in page
    assert "The neglect strategy is adopted" in page
    assert "One more thing" not in page
    assert "Send a corrected version" not in page
    assert "dispute" not in page


def test_an_earlier_version_can_still_be_read(cast: Cast, held: Meeting, signed_in: SignedIn) -> None:
    by = cast["coordinator"]
    send_minutes(meeting=held, by=by)
    record_decision(item=held.items.get(), text="One more thing", decided_at=at(10, 3), by=by)
    send_minutes(meeting=held, by=by, reason="A decision was left out")
    client = signed_in("member")
    assert "One more thing" in body(client.get(MINUTES))
    assert "A decision was left out" in body(client.get(MINUTES))
    assert "One more thing" not in body(client.get(MINUTES + "?version=1"))
    assert client.get(MINUTES + "?version=3").status_code == 404
    assert client.get(MINUTES + "?version=x").status_code == 404


# --- sending ----------------------------------------------------------------------------------------------------------


def test_the_check_page_names_who_receives_them(cast: Cast, held: Meeting, signed_in: SignedIn) -> None:
    page = body(signed_in("coordinator").get(SEND))
    assert "Send minutes to 3 people" in page
    assert "Sending puts the minutes on their page: these 3 people and everybody else who may read" in page
    assert "gets an e-mail of their own with a link" in page
    assert "Named by Support 3." in page
    for person, seat in (("Chair", "Partnership chair"), ("Member", "Hampshire and Isle of Wight Constabulary")):
        assert f"{person}, {seat}" in page
    assert "Observer, Cabinet" not in page
    assert "<textarea" not in page


def test_sending_says_whether_it_was_on_time(held: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    sent = client.post(SEND, {"checked": mark_on(body(client.get(SEND)))}, follow=True)
    assert "The minutes are sent. Sent 7 days before the deadline of 24 March 2027." in body(sent)
    assert Minutes.objects.get().meeting == held


def test_late_minutes_ask_for_a_reason_and_keep_what_was_typed(
    held: Meeting, signed_in: SignedIn, settings: Settings
) -> None:
    settings.CLOCK_STOPPED_AT = at(12, 15) + timedelta(days=8)
    client = signed_in("coordinator")
    page = body(client.get(SEND))
    assert "The minutes were due by Wednesday 24 March 2027, 1 day ago." in page
    refused = client.post(SEND, {"checked": mark_on(page), "reason": " "})
    assert refused.status_code == 400
    assert "<title>Error: " in body(refused)
    assert body(refused).count("Enter why the minutes come after Wednesday 24 March 2027, when they were due.") == 2
    assert not Minutes.objects.exists()
    long = client.post(SEND, {"checked": mark_on(page), "reason": "x" * 501})
    assert "Use at most 500 characters." in body(long)
    assert "x" * 501 in body(long)
    sent = client.post(SEND, {"checked": mark_on(page), "reason": "The chair was ill"}, follow=True)
    assert "Sent 1 day late." in body(sent)
    assert "Reason: The chair was ill" in body(sent)


def test_a_record_changed_meanwhile_is_checked_again(cast: Cast, held: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    mark = mark_on(body(client.get(SEND)))
    record_decision(item=held.items.get(), text="One more thing", decided_at=at(10, 3), by=cast["manager"])
    clash = client.post(SEND, {"checked": mark})
    assert clash.status_code == 409
    assert "The record changed after you looked at it, or the minutes were sent. Check them again." in body(clash)
    assert not Minutes.objects.exists()
    client.post(SEND, {"checked": mark_on(body(clash))})
    assert client.post(SEND, {"checked": mark_on(body(clash))}).status_code == 409
    assert Minutes.objects.count() == 1


def test_a_form_without_its_mark_is_told_so(held: Meeting, signed_in: SignedIn) -> None:
    refused = signed_in("coordinator").post(SEND)
    assert refused.status_code == 400
    assert "Nothing says which draft you checked." in body(refused)


def test_an_open_register_is_not_sent(meeting: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    answer = client.post(SEND, {"checked": mark_on(body(client.get(SEND)))}, follow=True)
    assert "Close the register before you send the minutes." in body(answer)
    assert not Minutes.objects.exists()


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (18, "You can raise a dispute with the Chair until 18 May 2027."),
        (19, "The time to dispute these minutes ended on 18 May 2027."),
    ],
)
def test_portsmouth_s_members_are_told_until_when_they_can_dispute(
    cast: Cast, signed_in: SignedIn, settings: Settings, day: int, told: str
) -> None:
    meeting = portsmouth_in_april(cast, settings)
    settings.CLOCK_STOPPED_AT = datetime(2027, 5, 4, 16, tzinfo=LONDON)
    send_minutes(meeting=meeting, by=cast["coordinator"])
    settings.CLOCK_STOPPED_AT = datetime(2027, 5, day, 16, tzinfo=LONDON)
    page = body(signed_in("outsider").get("/p/portsmouth/board/meetings/2027-04-22/minutes/"))
    assert f"<b>{told}</b> (clause p)" in page
    assert "Sent 2 days before the deadline of 6 May 2027." in page


def test_a_board_names_its_last_decisions_once_their_minutes_are_sent(
    cast: Cast, held: Meeting, signed_in: SignedIn
) -> None:
    board, words = "/p/isle-of-wight/main-board/", "The neglect strategy is adopted"
    assert words not in body(signed_in("member").get(board))
    assert words not in body(signed_in("coordinator").get(board))
    send_minutes(meeting=held, by=cast["coordinator"])
    for name in ("member", "coordinator"):
        page = body(signed_in(name).get(board))
        assert words in page
        assert f"{board}meetings/2027-03-17/record/" in page
    for name in ("neighbour", "outsider"):
        assert words not in signed_in(name).get(board).content.decode()


# --- documents --------------------------------------------------------------------------------------------------------


def asked(signed_in: SignedIn, who: str, kind: str) -> int:
    return signed_in(who).post(DOCUMENTS, {"kind": kind}).status_code


@pytest.mark.parametrize(
    ("kind", "letters"),
    [
        # coordinator, chair, scrutineer, member, observer, neighbour
        ("minutes draft", (302, 302, 404, 404, 404, 404)),
        ("minutes", (302, 302, 302, 302, 302, 404)),
        ("agenda draft", (302, 302, 302, 404, 404, 404)),
        ("agenda", (302, 302, 302, 302, 302, 404)),
        ("anything", (400, 400, 400, 400, 400, 404)),
    ],
)
def test_each_kind_is_asked_for_by_those_who_may_have_it(
    held: Meeting, signed_in: SignedIn, kind: str, letters: tuple[int, ...]
) -> None:
    people = ("coordinator", "chair", "scrutineer", "member", "observer", "neighbour")
    assert tuple(asked(signed_in, who, kind) for who in people) == letters


def test_what_is_not_there_yet_is_not_made(held: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("member")
    assert "The minutes have not been sent yet." in body(client.post(DOCUMENTS, {"kind": "minutes"}, follow=True))
    assert "The agenda has not been published yet." in body(client.post(DOCUMENTS, {"kind": "agenda"}, follow=True))
    assert not Document.objects.exists()


def test_the_page_shows_how_far_it_is_and_asks_again_until_it_is_ready(
    cast: Cast, held: Meeting, signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    page = client.post(DOCUMENTS, {"kind": "minutes draft"}, follow=True)
    assert "The PDF is asked for." in body(page)
    assert 'hx-trigger="every 2s"' in body(page)
    assert "Look again" in body(page)
    address = page.redirect_chain[-1][0]
    claimed = documents.claim(document_id=Document.objects.get().pk)
    assert claimed is not None
    documents.step(document=claimed, done=1)
    part = client.get(address, headers={"HX-Request": "true"})
    assert "The PDF is being made: step 2 of 4." in body(part)
    assert "<html" not in body(part)
    documents.store(document=claimed, pdf=b"%PDF-1.7", pages=3)
    ready = body(client.get(address, headers={"HX-Request": "true"}))
    assert "The PDF is ready." in ready
    assert "3 pages, 8 bytes" in ready
    assert "hx-trigger" not in ready
    assert "Open the PDF" in body(client.get(MINUTES))


def test_one_that_failed_says_why_and_offers_another_try(cast: Cast, held: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    page = client.post(DOCUMENTS, {"kind": "minutes draft"}, follow=True)
    claimed = documents.claim(document_id=Document.objects.get().pk)
    assert claimed is not None
    documents.fail(document=claimed, problem=documents.GAVE_UP)
    assert documents.GAVE_UP in body(client.get(page.redirect_chain[-1][0]))
    client.post(DOCUMENTS, {"kind": "minutes draft"})
    assert Document.objects.get().state == DocumentState.WAITING


@pytest.mark.parametrize("problem", ["queue", "worker"])
def test_one_that_waits_says_for_what(held: Meeting, signed_in: SignedIn, problem: str) -> None:
    client = signed_in("coordinator")
    page = client.post(DOCUMENTS, {"kind": "minutes draft"}, follow=True)
    if problem == "queue":
        Document.objects.update(problem=documents.QUEUE_AWAY)
        told = documents.QUEUE_AWAY
    else:
        pulse.record(Heartbeat.Process.WORKER)
        Heartbeat.objects.update(at=clock.machine_now() - timedelta(hours=1))
        told = "The part of Quorate that makes documents does not answer."
    assert told in body(client.get(page.redirect_chain[-1][0]))


def test_the_file_is_handed_out_and_not_kept(cast: Cast, held: Meeting, signed_in: SignedIn) -> None:
    made = finished(cast, held, DocumentKind.MINUTES)
    answer = signed_in("member").get(f"{DOCUMENTS}{made.uuid}/file/")
    assert answer.getvalue() == b"%PDF-1.7 of minutes"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'inline; filename="minutes-main-board-2027-03-17.pdf"'


def test_a_file_that_is_not_there_is_not_found(cast: Cast, held: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    made = finished(cast, held, DocumentKind.MINUTES)
    assert client.get(f"{DOCUMENTS}{uuid4()}/file/").status_code == 404
    default_storage.delete(made.file.name or "")
    assert client.get(f"{DOCUMENTS}{made.uuid}/file/").status_code == 404
    client.post(DOCUMENTS, {"kind": "minutes draft"})
    waiting = Document.objects.get(state=DocumentState.WAITING)
    assert client.get(f"{DOCUMENTS}{waiting.uuid}/file/").status_code == 404


def test_a_document_is_found_under_its_own_meeting_alone(
    cast: Cast, held: Meeting, later: Meeting, signed_in: SignedIn
) -> None:
    made = finished(cast, held, DocumentKind.MINUTES)
    client = signed_in("coordinator")
    assert client.get(f"{BOARD}meetings/{later.address}/documents/{made.uuid}/").status_code == 404
    assert client.get(f"{BOARD}meetings/{later.address}/documents/{made.uuid}/file/").status_code == 404
