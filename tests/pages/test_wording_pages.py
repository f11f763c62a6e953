"""The pages on which a manager rewords messages, looks at them and tries them out."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import MeetingKind
from meetings.operations import call_meeting
from partnership.models import Delivery, MessageWording, WordingTrial
from partnership.obligations.sweeping import sweep
from tests.cast import NOW, TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.partnership.test_deliveries import Carrier

HERE = "/p/isle-of-wight/wordings/"
CALLED = f"{HERE}meeting-called/"
TYPED = {
    "subject": "Come: {meeting}",
    "opening": "We meet on {when}.\r\nBe there.",
    "closing": "Bye.",
    "reason": "Warmer",
    "seen": "0",
    "act": "save",
}


@pytest.fixture
def manager(cast: Cast, signed_in: SignedIn) -> Client:
    call_meeting(
        board=cast.board,
        kind=MeetingKind.ORDINARY,
        on=date(2027, 4, 22),
        starts_at=time(10),
        place="County Hall",
        notice_on=TODAY,
        by=cast["coordinator"],
    )
    return signed_in("manager")


def test_the_list_says_whose_words_each_message_says(cast: Cast, manager: Client) -> None:
    page = manager.get(HERE).content.decode()
    assert page.count("q-tag--plain") == 14
    assert "Break-glass was used" in page
    assert manager.post(CALLED, TYPED).status_code == 302
    page = manager.get(HERE).content.decode()
    assert (page.count("Your own</span>"), page.count("q-tag--plain")) == (1, 13)
    assert "Come: PSCP Board, 22 April" in page
    row = MessageWording.objects.get()
    assert (row.opening, row.version, row.history.get().history_user) == (
        "We meet on {when}.\nBe there.",
        1,
        cast["manager"],
    )
    assert "Warmer" in manager.get(CALLED).content.decode()


def test_the_list_costs_the_same_however_many_are_reworded(manager: Client) -> None:
    counts = set()
    for kind in ("meeting-called", "meeting-cancelled", "papers-ready"):
        manager.post(f"{HERE}{kind}/", TYPED)
        manager.get(HERE)  # what the post left to be told is told
        with CaptureQueriesContext(connection) as queries:
            manager.get(HERE)
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_bad_wording_is_told_and_stays_on_the_page(manager: Client) -> None:
    answer = manager.post(CALLED, {**TYPED, "subject": "Come <b>now</b> {child}", "reason": ""})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Come &lt;b&gt;now&lt;/b&gt; {child}" in page
    for sentence in ("Write plain text", "{child} means nothing", "Keep {meeting}", "Enter why it changes."):
        assert sentence in page
    assert not MessageWording.objects.exists()


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999999999999"])
def test_a_form_without_its_version_changes_nothing(manager: Client, seen: str) -> None:
    assert manager.post(CALLED, {**TYPED, "seen": seen}).status_code == 400
    assert not MessageWording.objects.exists()


def test_whoever_saves_second_sees_both(manager: Client) -> None:
    manager.post(CALLED, TYPED)
    answer = manager.post(CALLED, {**TYPED, "subject": "Mine: {meeting}"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Come: {meeting}" in page
    assert "Mine: {meeting}" in page
    assert MessageWording.objects.get().subject == "Come: {meeting}"
    assert 'name="seen" value="1"' in page
    assert manager.post(CALLED, {**TYPED, "subject": "Mine: {meeting}", "seen": "1"}).status_code == 302
    assert MessageWording.objects.get().subject == "Mine: {meeting}"


def test_back_to_the_standard_wording_is_asked_first(manager: Client) -> None:
    manager.post(CALLED, TYPED)
    asked = manager.get(f"{CALLED}standard/").content.decode()
    assert "Meeting of {meeting}" in asked
    assert "Come: {meeting}" in asked
    assert MessageWording.objects.get().is_in_use
    assert manager.post(f"{CALLED}standard/", {"seen": "7"}).status_code == 409
    assert manager.post(f"{CALLED}standard/", {"seen": "1"}).status_code == 302
    assert not MessageWording.objects.get().is_in_use


def looked_at(client: Client, **changed: str) -> WordingTrial:
    answer = client.post(CALLED, {**TYPED, "act": "look", "reason": "", **changed})
    assert answer.status_code == 302, answer.content.decode()
    return WordingTrial.objects.latest("pk")


def test_a_preview_shows_a_real_message_and_changes_nothing(manager: Client) -> None:
    trial = looked_at(manager)
    answer = manager.get(f"{HERE}looks/{trial.uuid}/")
    page = answer.content.decode()
    assert "[Test] Come: main-board, 22 April" in page
    assert "Place: County Hall" in page
    assert "Dear Manager," in page
    assert "made of examples" not in page
    assert 'sandbox=""' in page
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert not MessageWording.objects.exists()
    again = manager.get(f"{CALLED}?words={trial.pk}").content.decode()
    assert "Come: {meeting}" in again


def test_the_framed_message_can_do_nothing(manager: Client) -> None:
    answer = manager.get(f"{HERE}looks/{looked_at(manager).uuid}/html/")
    policy = {part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split(";")}
    assert policy["sandbox"] == []
    assert policy["default-src"] == policy["script-src"] == policy["img-src"] == policy["form-action"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    page = answer.content.decode()
    assert "We meet on <b>Thursday 22 April 2027, 10am</b>." in page
    assert "<img" not in page
    assert "url(" not in page


def test_a_test_is_sent_from_the_preview_and_listed_as_one(cast: Cast, manager: Client) -> None:
    trial = looked_at(manager)
    assert manager.post(f"{HERE}looks/{trial.uuid}/send/").status_code == 302
    carrier = Carrier()
    sweep(now=NOW, by=cast.author, transport=carrier)
    assert [each.to for each in carrier.taken if "[Test]" in each.subject] == [["Manager <manager@example.org>"]]
    page = manager.get("/p/isle-of-wight/outbox/").content.decode()
    assert "A test of a wording" in page
    assert "A meeting is called" in page


def test_what_somebody_tries_out_is_theirs_alone(cast: Cast, manager: Client, signed_in: SignedIn) -> None:
    trial = looked_at(manager)
    for name in ("coordinator", "chair", "outsider"):
        client = signed_in(name)
        assert client.get(f"{HERE}looks/{trial.uuid}/").status_code == 404
        assert client.post(f"{HERE}looks/{trial.uuid}/send/").status_code == 404
    assert not Delivery.objects.filter(announcement__kind="wording trial").exists()


def test_a_coordinator_reads_the_words_and_changes_none(cast: Cast, manager: Client, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert "The manager may" in client.get(HERE).content.decode()
    page = client.get(CALLED).content.decode()
    assert "The standard words" in page
    assert 'name="act"' not in page


def test_a_stored_wording_that_is_broken_is_shown_as_such(manager: Client) -> None:
    manager.post(CALLED, TYPED)
    MessageWording.objects.update(subject="{gone}")
    for address in (HERE, CALLED):
        assert "{gone} means nothing" in manager.get(address).content.decode()


@pytest.mark.parametrize("name", ["break-glass", "invitation", "nothing"])
def test_what_nobody_rewords_has_no_page(manager: Client, name: str) -> None:
    assert manager.get(f"{HERE}{name}/").status_code == 404
