"""Addresses that a mail server refuses, at once or by a message that comes back."""

from __future__ import annotations

import email
import re
import uuid
from collections.abc import Iterable
from datetime import datetime
from email import policy
from email.message import EmailMessage
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from partnership.authorship import saved
from partnership.models import Delivery, DeliveryState, ObligationEvent, User
from partnership.obligations.recording import record_event

PERMANENT = "5"
# Our Message-ID and our own header, as they stand in what came back.
OURS = re.compile(
    r"(?:^x-quorate-delivery:\s*|<rem-)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE | re.MULTILINE
)


class NotABounce(Exception):
    """The message is no report of a delivery that failed for good."""


class Bounce(NamedTuple):
    """What a report says: whose message came back, and the server's words."""

    message_uuid: uuid.UUID
    words: str


def bounce_in(report: bytes) -> Bounce:
    """Reads a delivery status notification (RFC 3464). Raises NotABounce."""
    message = email.message_from_bytes(report, policy=policy.default)
    status = next((part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None)
    found = OURS.search(report.decode("latin-1"))
    if status is None or found is None:
        raise NotABounce("This is no delivery report about a message of ours.")
    fields = [block for block in status.iter_parts() if isinstance(block, EmailMessage)]
    for block in fields:
        code = str(block.get("Status", "")).strip()
        if str(block.get("Action", "")).strip().lower() == "failed" and code.startswith(PERMANENT):
            return Bounce(uuid.UUID(found[1]), f"{code} {block.get('Diagnostic-Code', '')}".strip())
    raise NotABounce("The report names no failure for good.")


@transaction.atomic
def record_bounce(bounce: Bounce, *, now: datetime, by: User) -> list[Delivery]:
    """The message came back: it has not been received, and its address is flagged. Repeated, it changes nothing."""
    rows = Delivery.objects.filter(Q(uuid=bounce.message_uuid) | Q(digest=bounce.message_uuid))
    found = list(rows.select_related("recipient", "obligation").select_for_update(of=("self",)).order_by("pk"))
    return came_back(found, bounce.words, is_for_good=True, now=now, by=by)


def came_back(rows: Iterable[Delivery], words: str, *, is_for_good: bool, now: datetime, by: User) -> list[Delivery]:
    """Of these messages those that were sent have not been received; `is_for_good` flags their address.

    Call it in a transaction that holds the rows. Repeated, it changes nothing.
    """
    sent = [row for row in rows if row.state == DeliveryState.SENT]
    words = words[:500]
    Delivery.objects.filter(pk__in=[row.pk for row in sent]).update(state=DeliveryState.BOUNCED, answer=words)
    for delivery in sent:
        record_event(delivery, ObligationEvent.What.BOUNCED, words, at=now, by=by)
        if is_for_good:
            flag_address(delivery.recipient, delivery.address, words, by=by)
    return sent


def flag_address(person: User, address: str, words: str, *, by: User) -> None:
    """Mail to the address came to nothing."""
    if person.refused_address != address:
        person.refused_address = address
        saved(person, by=by, reason=f"Mail to this address failed: {words}"[:500], fields=["refused_address"])


def clear_flag(person: User, *, by: User) -> None:
    """A mail server took mail for this person again."""
    if person.refused_address:
        person.refused_address = ""
        saved(person, by=by, reason="A mail server took a message to this person", fields=["refused_address"])
