"""What a mail service tells after taking a message: believed with the secret alone, written down once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.test import Client
from pytest_django import Settings

from partnership.checks import mail_events_are_believed_with_a_secret
from partnership.models import Delivery, ObligationEvent, User
from partnership.obligations.messages import message_id
from partnership.obligations.transport import Answer, Outcome
from tests.cast import Cast
from tests.partnership.test_bounces import coordinators
from tests.partnership.test_courtesies import meetings
from tests.partnership.test_deliveries import Carrier, hour, run

HERE = "/mail-events/"
SECRET = "listener:a-long-secret-of-the-tests"
ITS_NUMBER = "883953f4-6105-42a2-a16a-77a8eac79483"


@pytest.fixture
def delivery(cast: Cast, settings: Settings) -> Delivery:
    """A message that Postmark took, by its own number."""
    settings.MAIL_THROUGH = "postmark"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "x", "WEBHOOK_SECRET": SECRET}
    meetings(cast, 1)
    taken = Answer(Outcome.ACCEPTED, "Taken", service_id=ITS_NUMBER)
    run(cast, hour(4, 1), Carrier([taken, taken]))
    delivery = coordinators(cast)
    Delivery.objects.exclude(pk=delivery.pk).update(service_id="another")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.service_id) == ("sent", ITS_NUMBER)
    return delivery


def told(what: dict[str, Any], secret: str = SECRET) -> int:
    """The status that a post of Postmark's gets, from outside, without a cookie."""
    head = {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"} if secret else {}
    client = Client(enforce_csrf_checks=True, headers=head)
    return client.post(HERE, json.dumps(what), content_type="application/json").status_code


def bounce(kind: str, number: str = ITS_NUMBER) -> dict[str, Any]:
    return {
        "RecordType": "Bounce",
        "Type": kind,
        "ID": 42,
        "MessageID": number,
        "Email": "coordinator@example.org",
        "Details": "smtp;550 5.1.1 No such mailbox",
        "BouncedAt": "2027-04-01T08:31:00Z",
    }


def events_of(delivery: Delivery) -> list[tuple[str, str]]:
    return list(ObligationEvent.objects.filter(delivery=delivery).order_by("pk").values_list("what", "detail"))


def test_a_hard_bounce_comes_back_and_flags_the_address_once(delivery: Delivery) -> None:
    for _ in range(2):
        assert told(bounce("HardBounce")) == 200
    delivery.refresh_from_db()
    assert delivery.state == "bounced"
    assert User.objects.get(pk=delivery.recipient_id).is_address_refused
    assert events_of(delivery)[1:] == [("bounced", "Postmark: smtp;550 5.1.1 No such mailbox")]
    assert Delivery.objects.filter(state="bounced").count() == 1


@pytest.mark.parametrize(("kind", "words"), [("Blocked", "550 Policy"), ("SoftBounce", "smtp;452 4.2.2 Mailbox full")])
def test_what_was_turned_away_for_another_reason_flags_no_address(delivery: Delivery, kind: str, words: str) -> None:
    assert told({**bounce(kind), "Details": words}) == 200
    delivery.refresh_from_db()
    assert delivery.state == "bounced"
    assert not User.objects.get(pk=delivery.recipient_id).is_address_refused


def test_delivered_and_complained_of_are_noted_once_and_opened_never(delivery: Delivery) -> None:
    arrived = {"RecordType": "Delivery", "MessageID": ITS_NUMBER, "DeliveredAt": "2027-04-01T08:31:00Z"}
    for what in (arrived, arrived, {"RecordType": "Open", "MessageID": ITS_NUMBER}, bounce("Transient")):
        assert told(what) == 200
    assert told({**bounce("SpamComplaint"), "RecordType": "SpamComplaint"}) == 200
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert [what for what, _ in events_of(delivery)] == ["sent", "delivered", "complained"]


@pytest.mark.parametrize("secret", ["", "listener:wrong", "x", SECRET + "x"])
def test_without_the_secret_nothing_changes(delivery: Delivery, secret: str) -> None:
    assert told(bounce("HardBounce"), secret) == 400
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert len(events_of(delivery)) == 1


@pytest.mark.parametrize("number", ["unknown", "", "<rem-00000000-0000-0000-0000-000000000000@localhost>", "a\0b"])
def test_an_unknown_message_is_passed_over_quietly(delivery: Delivery, number: str) -> None:
    assert told(bounce("HardBounce", number)) == 200
    assert not Delivery.objects.filter(state="bounced").exists()


@pytest.mark.parametrize("body", ["", "[", "[]", "{}", '"x"', "null"])
def test_a_post_that_makes_no_sense_changes_nothing(delivery: Delivery, body: str) -> None:
    head = {"Authorization": f"Basic {base64.b64encode(SECRET.encode()).decode()}"}
    client = Client(headers=head, raise_request_exception=False)
    assert client.post(HERE, body, content_type="application/json").status_code in {200, 400}
    assert len(events_of(delivery)) == 1


@pytest.mark.parametrize(("through", "given"), [("smtp", {"WEBHOOK_SECRET": SECRET}), ("postmark", {})])
def test_nobody_is_listened_to_without_a_service_and_a_secret(
    db: None, settings: Settings, through: str, given: dict[str, str]
) -> None:
    settings.MAIL_THROUGH, settings.ANYMAIL = through, given
    assert told(bounce("HardBounce")) == 404
    assert Client().get(HERE).status_code == 404


def test_it_is_posted_to_alone(delivery: Delivery) -> None:
    assert Client().get(HERE).status_code == 405


def test_a_service_that_signs_is_asked_for_its_signature_too(cast: Cast, settings: Settings) -> None:
    """Mailgun names the message by our own Message-ID."""
    settings.MAIL_THROUGH = "mailgun"
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": "key of the tests", "WEBHOOK_SECRET": SECRET}
    meetings(cast, 1)
    run(cast, hour(4, 1), Carrier())
    delivery = coordinators(cast)
    signed = {"timestamp": "1806568260", "token": "x" * 50}
    content = f"{signed['timestamp']}{signed['token']}".encode()
    signature = hmac.new(b"key of the tests", content, hashlib.sha256).hexdigest()
    said = {
        "event": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "id": "e1",
        "timestamp": 1806568260,
        "recipient": "coordinator@example.org",
        "message": {"headers": {"message-id": message_id(delivery).strip("<>")}},
        "delivery-status": {"code": 550, "message": "No such mailbox"},
        "flags": {},
        "user-variables": {},
        "tags": [],
    }
    assert told({"signature": {**signed, "signature": "0" * 64}, "event-data": said}) == 400
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert told({"signature": {**signed, "signature": signature}, "event-data": said}) == 200
    delivery.refresh_from_db()
    assert delivery.state == "bounced"


def test_a_digest_comes_back_with_all_its_parts(cast: Cast, delivery: Delivery) -> None:
    Delivery.objects.filter(recipient=cast["coordinator"]).update(service_id=ITS_NUMBER)
    number = Delivery.objects.filter(service_id=ITS_NUMBER, state="sent").count()
    event = AnymailTrackingEvent(  # type: ignore[no-untyped-call]  # anymail has no types here
        event_type=EventType.BOUNCED, message_id=ITS_NUMBER, reject_reason=RejectReason.BOUNCED, description="Gone"
    )
    tracking.send(sender=None, event=event, esp_name="Postmark")
    assert Delivery.objects.filter(state="bounced").count() == number


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, []),
        ({"WEBHOOK_SECRET": SECRET}, []),
        ({"WEBHOOK_SECRET": "short"}, ["quorate.E040"]),
        ({"WEBHOOK_SECRET": "nocolonbutlongenoughtopass"}, ["quorate.E040"]),
    ],
)
def test_a_weak_secret_is_named_at_start(settings: Settings, given: dict[str, str], found: list[str]) -> None:
    settings.ANYMAIL = given
    assert [problem.id for problem in mail_events_are_believed_with_a_secret(None)] == found
