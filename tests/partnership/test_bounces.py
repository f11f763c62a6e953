"""Addresses that are refused, at once or by a report that comes back."""

from __future__ import annotations

import io
import sys
import uuid
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from partnership.models import Delivery, ObligationEvent, User
from partnership.obligations.bounces import NotABounce, bounce_in
from partnership.obligations.messages import message_id
from partnership.obligations.transport import Answer, Outcome
from tests.cast import Cast
from tests.partnership.test_courtesies import meetings
from tests.partnership.test_deliveries import Carrier, hour, run

REPORT = """From: mailer-daemon@example.net
To: quorate@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your message.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.net

Final-Recipient: rfc822; coordinator@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 No such mailbox

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: something

--b--
"""


def report(message: str, action: str = "failed", status: str = "5.1.1") -> bytes:
    return REPORT.format(message_id=message, action=action, status=status).encode("ascii")


def coordinators(cast: Cast) -> Delivery:
    return Delivery.objects.get(recipient=cast["coordinator"], offset=-14, purpose="reminder")


def pipe(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    call_command("record_bounce")


def test_a_message_that_comes_back_is_written_down_and_its_address_flagged(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    meetings(cast, 1)
    run(cast, hour(4, 1), Carrier())
    delivery = coordinators(cast)
    for _ in range(2):
        pipe(monkeypatch, report(message_id(delivery)))
    delivery.refresh_from_db()
    person = User.objects.get(pk=delivery.recipient_id)
    assert (delivery.state, delivery.answer) == ("bounced", "5.1.1 smtp; 550 5.1.1 No such mailbox")
    assert person.is_address_refused
    events = ObligationEvent.objects.filter(delivery=delivery).values_list("what", flat=True)
    assert list(events) == ["sent", "bounced"]
    run(cast, hour(4, 8), Carrier())
    assert not User.objects.get(pk=person.pk).is_address_refused, "a server took the next one"


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: Out of office\r\n\r\nI am away.",
        report(f"<rem-{uuid.uuid4()}@localhost>", action="delayed", status="4.4.1"),
        report("<somebody-elses@example.net>"),
    ],
)
def test_what_is_no_report_of_a_failure_changes_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    with pytest.raises(NotABounce):
        bounce_in(content)
    with pytest.raises(CommandError):
        pipe(monkeypatch, content)


def test_a_mailbox_refused_flags_its_address_and_a_refused_message_does_not(cast: Cast) -> None:
    meetings(cast, 1)
    no_mailbox = Answer(Outcome.REFUSED, "550 No such mailbox", is_about_address=True)
    run(cast, hour(4, 1), Carrier([no_mailbox, Answer(Outcome.REFUSED, "554 Spam")] * 9))
    flagged = {person.email for person in User.objects.people() if person.is_address_refused}
    first = Delivery.objects.order_by("send_at", "pk").first()
    assert first is not None
    assert first.recipient.email in flagged
    assert 0 < len(flagged) < Delivery.objects.exclude(state="pending").values("recipient").distinct().count()


def test_another_address_begins_afresh(cast: Cast) -> None:
    person = cast["coordinator"]
    for email, is_refused in ((person.email, True), ("new.address@example.org", False)):
        assert User(email=email, refused_address=person.email).is_address_refused is is_refused
