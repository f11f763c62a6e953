"""The page of messages: what each reader sees of them, and what arrived at the demonstration's mail server."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from partnership.clock import LONDON
from partnership.models import Delivery, Obligation
from partnership.obligations.alarm import MailState
from partnership.obligations.bounces import flag_address
from partnership.obligations.holding import hold
from partnership.obligations.planning import plan
from partnership.presenters.mail_banner import mail_banner
from tests.cast import Cast
from tests.pages.conftest import SignedIn

ADDRESS = "/p/isle-of-wight/outbox/"
HOUR = datetime(2027, 4, 1, 8, 30, tzinfo=LONDON)


@pytest.fixture
def messages(cast: Cast) -> list[Delivery]:
    """One sent to the coordinator, one refused for the manager."""
    meeting = cast.meeting(on=date(2027, 4, 22))
    papers = Obligation.objects.get(cause_id=meeting.pk, duty="papers")
    plan(now=datetime(2027, 3, 25, 9, tzinfo=LONDON))
    rows = Delivery.objects.filter(obligation=papers)
    rows.filter(recipient__name="Coordinator").update(
        state="sent",
        sent_at=HOUR,
        answer="250 Kept",
        address="coordinator@example.org",
        subject="The agenda and papers",
    )
    rows.filter(recipient__name="Manager").update(state="failed", answer="550 No such mailbox")
    return list(rows.order_by("recipient__name"))


def page(signed_in: SignedIn, name: str) -> str:
    response = signed_in(name).get(ADDRESS)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_team_sees_state_time_and_the_servers_answer(messages: list[Delivery], signed_in: SignedIn) -> None:
    text = page(signed_in, "manager")
    assert "Sent: 1. Failed: 1." in text
    assert "The agenda and papers<br>" in text
    assert ", 22 April. Reminder, due Thursday 15 April 2027" in text
    for words in ("Thursday 1 April 2027", "8:30am", "250 Kept", "coordinator@example.org", "550 No such mailbox"):
        assert words in text


def test_a_member_sees_their_own_and_nobody_elses(cast: Cast, messages: list[Delivery], signed_in: SignedIn) -> None:
    assert "No messages yet." in page(signed_in, "member")
    Delivery.objects.filter(pk=messages[0].pk).update(recipient=cast["member"])
    text = page(signed_in, "member")
    assert "250 Kept" in text
    assert "550 No such mailbox" not in text


def test_the_team_of_another_group_sees_none_of_these(messages: list[Delivery], signed_in: SignedIn) -> None:
    assert "No messages yet." in page(signed_in, "neighbour")


def test_the_team_alone_is_led_there(cast: Cast, signed_in: SignedIn) -> None:
    for name, is_led in (("coordinator", True), ("manager", True), ("neighbour", True), ("member", False)):
        text = signed_in(name).get("/p/isle-of-wight/").content.decode()
        assert (ADDRESS in text) is is_led, name


def test_the_demonstration_shows_what_arrived(
    messages: list[Delivery], signed_in: SignedIn, settings: Settings, tmp_path: Path
) -> None:
    for number, uuid in enumerate((str(messages[0].uuid), "another")):
        (tmp_path / f"{number + 1:06}.eml").write_text(
            f"X-Envelope-To: coordinator@example.org\r\nX-Quorate-Delivery: {uuid}\r\nSubject: Due soon\r\n\r\n"
            f"The body of {number}, <not a tag>\r\n",
            encoding="ascii",
        )
    settings.MAIL_SINK_DIR = tmp_path
    assert "The body of 0" not in page(signed_in, "coordinator")
    settings.DEMO = True
    text = page(signed_in, "coordinator")
    assert "Subject: Due soon" in text
    assert "The body of 0, &lt;not a tag&gt;" in text
    assert "The body of 1" not in text


def test_more_messages_cost_no_more_queries(
    cast: Cast,
    messages: list[Delivery],
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in("coordinator")
    with django_assert_max_num_queries(15) as few:
        client.get(ADDRESS)
    for day in (23, 26):
        cast.meeting(on=date(2027, 4, day))
    plan(now=datetime(2027, 4, 5, 9, tzinfo=LONDON))
    assert Delivery.objects.count() > 6
    with django_assert_max_num_queries(15) as many:
        client.get(ADDRESS)
    assert len(few) == len(many)


def test_the_team_is_told_while_mail_does_not_go(cast: Cast, messages: list[Delivery], signed_in: SignedIn) -> None:
    for address in (ADDRESS, "/"):
        text = " ".join(signed_in("coordinator").get(address).content.decode().split())
        assert 'role="status"' not in text
    hold(reason="A backup is being put back.", now=HOUR, by=cast["manager"])
    for address in (ADDRESS, "/"):
        text = " ".join(signed_in("coordinator").get(address).content.decode().split())
        assert "No message is sent at present: a backup is being put back." in text


@pytest.mark.parametrize(
    ("waited", "words"),
    [
        (None, ""),
        (timedelta(minutes=15), ""),
        (timedelta(minutes=16), "the oldest has waited 16 minutes"),
        (timedelta(hours=25), "the oldest has waited 1 day"),
        (timedelta(hours=3), "the oldest has waited 3 hours"),
    ],
)
def test_how_long_the_oldest_waits_is_said_in_words(waited: timedelta | None, words: str) -> None:
    said = mail_banner(MailState("", waited))
    assert words in said
    assert bool(words) is bool(said)


def test_whom_mail_does_not_reach_is_named(cast: Cast, messages: list[Delivery], signed_in: SignedIn) -> None:
    flag_address(cast["coordinator"], "coordinator@example.org", "550 No such mailbox", by=cast.author)
    assert "Mail does not reach Coordinator: their mail server refused it." in page(signed_in, "manager")


def test_a_message_goes_again_by_the_team_alone_and_that_is_written_down(
    messages: list[Delivery], signed_in: SignedIn
) -> None:
    failed, before = messages[1], messages[1].uuid
    client = signed_in("coordinator")
    assert "Send again" in client.get(ADDRESS).content.decode()
    assert client.post(f"{ADDRESS}{failed.pk}/again/").status_code == 302
    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.uuid == before) == ("pending", 0, False)
    event = failed.events.get(what="again")
    assert (event.by.name, event.detail) == ("Coordinator", "It was: Failed. 550 No such mailbox")
    client.post(f"{ADDRESS}{failed.pk}/again/")
    assert failed.events.filter(what="again").count() == 1


def test_messages_are_narrowed_and_turned_page_by_page(
    messages: list[Delivery], signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("manager")
    assert "250 Kept" not in client.get(ADDRESS, {"state": "failed"}).content.decode()
    assert "550 No such" not in client.get(ADDRESS, {"who": "coordi"}).content.decode()
    assert "250 Kept" not in client.get(ADDRESS, {"board": "executive"}).content.decode()
    monkeypatch.setattr("partnership.obligations.outbox.A_PAGE", 1)
    first = client.get(ADDRESS).content.decode()
    second = client.get(ADDRESS, {"page": "2"}).content.decode()
    assert "Earlier messages" in first
    assert "Later messages" in second
    assert client.get(ADDRESS, {"page": "9" * 40, "state": "x", "who": "\0"}).status_code == 200


def test_everybody_sees_what_comes_to_them_and_chooses_how(messages: list[Delivery], signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    text = " ".join(client.get("/my/notifications/").content.decode().split())
    assert "Sent to you lately" in text
    assert "The agenda and papers" in text
    assert client.post("/my/notifications/", {"reminders_as": "digest"}).status_code == 302
    assert messages[0].recipient.__class__.objects.get(pk=messages[0].recipient_id).reminders_as == "digest"
    assert client.post("/my/notifications/", {"reminders_as": "never"}).status_code == 400
    assert "Nothing is to come." in signed_in("member").get("/my/notifications/").content.decode()
