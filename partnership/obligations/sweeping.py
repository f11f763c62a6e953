"""Sending what is due. Any number of sweeps may run at once; each message is claimed by one of them."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from partnership import clock
from partnership.models import Delivery, DeliveryState, ObligationEvent, User
from partnership.obligations import claims
from partnership.obligations.messages import message_for, rows_behind
from partnership.obligations.transport import Answer, Outcome, SmtpTransport, Transport

log = logging.getLogger(__name__)

# The job that signs what a sweep writes down.
AUTHOR = "reminders"

What = ObligationEvent.What
# A message sent this long after its hour says so in the record.
LATE_AFTER = timedelta(hours=1)


def sweep(*, now: datetime, by: User, transport: Transport | None = None) -> Counter[str]:
    """Send every message due at `now`; how many came to what. `by` signs what is written down.

    No transaction is open while a message is with the mail server.
    """
    tally: Counter[str] = Counter()
    carrier = transport or SmtpTransport()
    try:
        claims.reclaim(now=now, machine_now=clock.machine_now(), by=by)
        # The next tick goes on with what this one leaves.
        until = clock.machine_now() + timedelta(seconds=settings.DELIVERY_LEASE / 2)
        last: list[int] = []
        while clock.machine_now() < until:
            ids = claims.due_ids(now=now, machine_now=clock.machine_now())
            if ids in ([], last):
                break
            last = ids
            claimed = claims.claim(ids, now=now, machine_now=clock.machine_now(), by=by)
            found = rows_behind(claimed)
            for delivery in claimed:
                tally[_send(delivery, found[delivery.pk], carrier, now=now, by=by)] += 1
            tally["not sent"] += len(ids) - len(claimed)
    finally:
        carrier.close()
    return tally


def _send(delivery: Delivery, row: Any, carrier: Transport, *, now: datetime, by: User) -> str:
    try:
        message = message_for(delivery, row, now=now)
    except Exception as error:
        # Whatever is wrong with one message, the others go; after a few tries a person sees it as failed.
        log.exception("message not written")
        return _unwritten(delivery, error, now=now, by=by)
    if not claims.begin(delivery, machine_now=clock.machine_now()):
        return "dropped"
    return _written_down(delivery, message, carrier.deliver(message), now=now, by=by)


def _written_down(
    delivery: Delivery, message: EmailMultiAlternatives, answer: Answer, *, now: datetime, by: User
) -> str:
    told: dict[str, Any] = {"address": delivery.recipient.email, "subject": message.subject[:250]}
    match answer.outcome:
        case Outcome.ACCEPTED:
            is_late = now - delivery.send_at > LATE_AFTER
            claims.settle(
                delivery,
                DeliveryState.SENT,
                What.SENT,
                answer.words,
                now=now,
                by=by,
                sent_at=now,
                is_late=is_late,
                **told,
            )
        case Outcome.REFUSED:
            claims.settle(delivery, DeliveryState.FAILED, What.FAILED, answer.words, now=now, by=by, **told)
        case Outcome.PUT_OFF:
            _try_again(delivery, answer.words, delivery.attempts, now=now, by=by, **told)
        case Outcome.UNKNOWN:
            lease = timedelta(seconds=settings.DELIVERY_LEASE)
            claims.leave_uncertain(delivery, answer.words, now=now, wait_until=clock.machine_now() + lease, by=by)
    return answer.outcome.value


def _unwritten(delivery: Delivery, error: Exception, *, now: datetime, by: User) -> str:
    failures = delivery.render_failures + 1
    words = f"The message could not be written: {type(error).__name__}"
    if failures >= settings.RENDERINGS_TRIED:
        claims.settle(delivery, DeliveryState.FAILED, What.FAILED, words, now=now, by=by, render_failures=failures)
    else:
        _try_again(delivery, words, failures, now=now, by=by, render_failures=failures)
    return "not written"


def _try_again(delivery: Delivery, words: str, tries: int, *, now: datetime, by: User, **changes: Any) -> None:
    pauses = settings.DELIVERY_PAUSES
    if tries > len(pauses):
        claims.settle(delivery, DeliveryState.FAILED, What.FAILED, words, now=now, by=by, **changes)
        return
    wait_until = clock.machine_now() + pause_of(delivery, pauses[tries - 1])
    claims.settle(delivery, DeliveryState.RETRY, What.RETRY, words, now=now, by=by, wait_until=wait_until, **changes)


def pause_of(delivery: Delivery, minutes: int) -> timedelta:
    """The pause, longer or shorter by up to a fifth, so that what failed together is not tried together."""
    thousandths = (delivery.uuid.int + delivery.attempts * 7919) % 401 - 200
    return timedelta(minutes=minutes) * (1000 + thousandths) / 1000
