"""What a mail service tells of a message after taking it: delivered, come back, complained of.

It comes through the service's own webhook as django-anymail reads and verifies it. Who opened a message or followed its
button is never written down, whatever a service tells.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from partnership import clock
from partnership.models import Delivery, ObligationEvent, User
from partnership.obligations.bounces import OURS, came_back
from partnership.obligations.recording import record_event
from partnership.obligations.sweeping import AUTHOR
from partnership.operations import system_author

log = logging.getLogger(__name__)

What = ObligationEvent.What  # As much of a service's number as is kept.
SERVICE_ID = 200
# It did not arrive; for these reasons it never will at that address.
RETURNED = frozenset({EventType.BOUNCED, EventType.REJECTED, EventType.FAILED})
FOR_GOOD = frozenset({RejectReason.BOUNCED, RejectReason.INVALID})
# Some services call it a bounce, too, when a server put a message off until they gave up.
PUT_OFF = re.compile(r"\b4\.\d{1,3}\.\d{1,3}\b|\b4\d\d[ -]")
TOLD = {EventType.DELIVERED: What.DELIVERED, EventType.COMPLAINED: What.COMPLAINED}


def is_listening() -> bool:
    """Whether a service sends our mail and shares a secret with us, without which nobody is believed."""
    return settings.MAIL_THROUGH != "smtp" and bool(settings.ANYMAIL.get("WEBHOOK_SECRET"))


def listen() -> None:
    """Write down what django-anymail reads; once, when the app starts."""
    tracking.connect(_heard, dispatch_uid="quorate.service_events")


def _heard(sender: Any, event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    record_service_event(event, service=esp_name, now=clock.now(), by=system_author(job=AUTHOR))


@transaction.atomic
def record_service_event(event: AnymailTrackingEvent, *, service: str, now: datetime, by: User) -> list[Delivery]:
    """Write it down at the message it is about, or nowhere, if it is about none of ours. Repeated it is nothing new."""
    kind = event.event_type
    if kind not in RETURNED and kind not in TOLD:
        return []
    rows = _deliveries_of(event)
    if not rows:
        log.info("service event of no message", extra={"what": kind})
    elif kind in RETURNED:
        words = f"{service}: {_words(event)}"
        is_for_good = event.reject_reason in FOR_GOOD and not PUT_OFF.search(words)
        came_back(rows, words, is_for_good=is_for_good, now=now, by=by)
    else:
        _note(rows, TOLD[kind], f"{service}: {_words(event)}", now=now, by=by)
    return rows


def _deliveries_of(event: AnymailTrackingEvent) -> list[Delivery]:
    """By the service's own number of the message, or by ours, where the service uses it."""
    number = str(event.message_id or "")
    if not number or "\0" in number:
        return []
    which = Q(service_id=number[:SERVICE_ID])
    ours = OURS.search(number)
    if ours is not None:
        which |= Q(uuid=ours[1]) | Q(digest=ours[1])
    rows = Delivery.objects.filter(which).select_related("recipient", "obligation")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _words(event: AnymailTrackingEvent) -> str:
    said = " ".join(str(event.mta_response or event.description or event.event_type).split())
    return said.replace("\0", "")[:400]


def _note(rows: list[Delivery], what: ObligationEvent.What, words: str, *, now: datetime, by: User) -> None:
    noted = ObligationEvent.objects.filter(delivery__in=[row.pk for row in rows], what=what)
    already = set(noted.values_list("delivery_id", flat=True))
    for delivery in rows:
        if delivery.pk not in already:
            record_event(delivery, what, words, at=now, by=by)
