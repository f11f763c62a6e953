"""Sending what is due. Any number of sweeps may run at once; each message is claimed by one of them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction

from partnership import clock, pulse
from partnership.models import Delivery, DeliveryState, Heartbeat, ObligationEvent, User
from partnership.obligations import bounces, claims, holding, steadiness
from partnership.obligations.digests import Parcel, parcels
from partnership.obligations.messages import Drawings, Message, message_for, rows_behind
from partnership.obligations.recording import record_event
from partnership.obligations.transport import Answer, CannotBeWritten, Outcome, Transport, chosen_transport

log = logging.getLogger(__name__)

# The job that signs what a sweep writes down.
AUTHOR = "reminders"

What = ObligationEvent.What
# A message sent this long after its hour says so in the record.
LATE_AFTER = timedelta(hours=1)


def sweep(*, now: datetime, by: User, transport: Transport | None = None) -> Counter[str]:
    """Send every message due at `now`; how many came to what. `by` signs what is written down.

    No transaction is open while a message is with the mail server. Nothing goes while mail is held, or while the
    machine's clock cannot be believed.
    """
    tally: Counter[str] = Counter()
    steadiness.MACHINE.compare(_last_sweep)
    if not steadiness.MACHINE.is_kept():
        return tally
    holding.hold_if_behind(now=now, by=by)
    carrier = transport or chosen_transport()
    try:
        claims.reclaim(now=now, machine_now=clock.machine_now(), by=by)
        # The next tick goes on with what this one leaves.
        until = clock.machine_now() + timedelta(seconds=settings.DELIVERY_LEASE / 2)
        last: list[int] = []
        while clock.machine_now() < until and not holding.held_because():
            ids = claims.due_ids(now=now, machine_now=clock.machine_now())
            if ids in ([], last):
                break
            last = ids
            claimed = claims.claim(ids, now=now, machine_now=clock.machine_now(), by=by)
            tally += _send_all(claimed, carrier, now=now, by=by)
            tally["not sent"] += max(0, len(ids) - len(claimed))
    finally:
        carrier.close()
    pulse.record(Heartbeat.Process.SWEEP)
    return tally


class _Ready(NamedTuple):
    """A message that is written, and what it is for."""

    parcel: Parcel
    message: Message


class _Told(NamedTuple):
    """A message that was handed over, and what the mail server said; or why it was none that could be."""

    sent: _Ready
    answer: Answer | CannotBeWritten


def _last_sweep() -> float | None:
    seen = pulse.last_seen().get(Heartbeat.Process.SWEEP)
    return seen.timestamp() if seen is not None else None


def _send_all(claimed: list[Delivery], carrier: Transport, *, now: datetime, by: User) -> Counter[str]:
    """Send them one after another; what the server said of one is committed before the next is handed over.

    It is committed together with the beginning of that next one, for a database that forces every commit to the disk
    takes longer over two of them than over the message.
    """
    tally: Counter[str] = Counter()
    newest: Delivery | None = None
    told: _Told | None = None
    queue = _Queue(_written(claimed, carrier, tally, now=now, by=by))
    while (ready := queue.take()) is not None or told is not None:
        with transaction.atomic():
            outcome = _written_down(told, now=now, by=by) if told else None
            begun = ready is not None and claims.begin(ready.parcel, machine_now=clock.machine_now())
        if told and outcome:
            tally[outcome] += len(told.sent.parcel)
            newest = told.sent.parcel[0] if outcome == Outcome.ACCEPTED else newest
        if ready and not begun:
            tally["dropped"] += len(ready.parcel)
        told = _handed_over(ready, carrier, queue.write_next) if ready and begun else None
    if newest is not None:
        holding.note_sent(newest)
    return tally


class _Queue:
    """The messages of a batch. The next one is written while the mail server thinks about the one before."""

    def __init__(self, messages: Iterator[_Ready]) -> None:
        self.messages = messages
        self.following: _Ready | None = None

    def write_next(self) -> None:
        if self.following is None:
            self.following = next(self.messages, None)

    def take(self) -> _Ready | None:
        self.write_next()
        taken, self.following = self.following, None
        return taken


def _written(
    claimed: list[Delivery], carrier: Transport, tally: Counter[str], *, now: datetime, by: User
) -> Iterator[_Ready]:
    """The messages in the order they are due, each written when it is asked for; what cannot be written is settled."""
    rows, drawings = rows_behind(claimed), Drawings()
    for parcel in parcels(claimed):
        try:
            message = message_for(parcel, rows, now=now, drawings=drawings)
            carrier.prepare(message)
        except Exception as error:
            # Whatever is wrong with one message, the others go; after a few tries a person sees it as failed.
            log.exception("message not written")
            tally[_unwritten(parcel, error, now=now, by=by)] += len(parcel)
        else:
            yield _Ready(parcel, message)


def _handed_over(ready: _Ready, carrier: Transport, meanwhile: Callable[[], None]) -> _Told:
    try:
        return _Told(ready, carrier.deliver(ready.message, meanwhile))
    except CannotBeWritten as error:
        log.exception("message not written")
        return _Told(ready, error)


def _written_down(told: _Told, *, now: datetime, by: User) -> str:
    (parcel, message), answer = told
    if isinstance(answer, CannotBeWritten):
        return _unwritten(parcel, answer, now=now, by=by)
    person = parcel[0].recipient
    facts: dict[str, Any] = {"address": person.email, "subject": message.subject[:250]}
    match answer.outcome:
        case Outcome.ACCEPTED:
            _sent(parcel, answer, now=now, by=by, **facts)
            if message.fell_back:
                _note_standard_words(parcel, message.fell_back, now=now, by=by)
            bounces.clear_flag(person, by=by)
        case Outcome.REFUSED:
            _failed(parcel, answer.words, now=now, by=by, **facts)
            if answer.is_about_address:
                bounces.flag_address(person, person.email, answer.words, by=by)
        case Outcome.PUT_OFF:
            _try_again(parcel, answer.words, parcel[0].attempts, now=now, by=by, **facts)
        case Outcome.UNKNOWN:
            wait_until = clock.machine_now() + timedelta(seconds=settings.DELIVERY_LEASE)
            for delivery in parcel:
                claims.leave_uncertain(delivery, answer.words, now=now, wait_until=wait_until, by=by)
    return answer.outcome.value


def _sent(parcel: Parcel, answer: Answer, *, now: datetime, by: User, **told: Any) -> None:
    for delivery in parcel:
        late: dict[str, Any] = {"is_late": now - delivery.send_at > LATE_AFTER, "sent_at": now}
        late["service_id"] = answer.service_id
        claims.settle(delivery, DeliveryState.SENT, What.SENT, answer.words, now=now, by=by, **late, **told)


def _note_standard_words(parcel: Parcel, why: str, *, now: datetime, by: User) -> None:
    """Tell the team, beside the message, that their own wording could not be used."""
    for delivery in parcel:
        record_event(delivery, What.STANDARD, why, at=now, by=by)


def _failed(parcel: Parcel, words: str, *, now: datetime, by: User, **changes: Any) -> None:
    for delivery in parcel:
        claims.settle(delivery, DeliveryState.FAILED, What.FAILED, words, now=now, by=by, **changes)


@transaction.atomic
def _unwritten(parcel: Parcel, error: Exception, *, now: datetime, by: User) -> str:
    failures = max(delivery.render_failures for delivery in parcel) + 1
    words = f"The message could not be written: {type(error).__name__}"
    # A digest that cannot be written is taken apart, so that what is wrong with one part holds no other.
    changes: dict[str, Any] = {"render_failures": failures, "in_digest": False, "digest": None}
    if failures >= settings.RENDERINGS_TRIED:
        _failed(parcel, words, now=now, by=by, **changes)
    else:
        _try_again(parcel, words, failures, now=now, by=by, **changes)
    return "not written"


def _try_again(parcel: Parcel, words: str, tries: int, *, now: datetime, by: User, **changes: Any) -> None:
    pauses = settings.DELIVERY_PAUSES
    if tries > len(pauses):
        _failed(parcel, words, now=now, by=by, **changes)
        return
    wait_until = clock.machine_now() + pause_of(parcel[0], pauses[tries - 1])
    for delivery in parcel:
        claims.settle(
            delivery, DeliveryState.RETRY, What.RETRY, words, now=now, by=by, wait_until=wait_until, **changes
        )


def pause_of(delivery: Delivery, minutes: int) -> timedelta:
    """The pause, longer or shorter by up to a fifth, so that what failed together is not tried together."""
    thousandths = (delivery.uuid.int + delivery.attempts * 7919) % 401 - 200
    return timedelta(minutes=minutes) * (1000 + thousandths) / 1000
