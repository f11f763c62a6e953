"""Who sends which message: a conditional UPDATE claims it, committed before anybody speaks to the mail server.

Leases and pauses count in the machine's own time, so that a stopped or corrected clock of the product moves none.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from partnership.clock import LONDON
from partnership.models import Delivery, DeliveryState, Obligation, ObligationEvent, Purpose, User
from partnership.obligations import announcements, causes, claimed_rows, digests
from partnership.obligations.courtesy import quiet_divisions
from partnership.obligations.hearers import hearers_of
from partnership.obligations.hours import told_steps
from partnership.obligations.recording import record_event

What = ObligationEvent.What


def due_ids(*, now: datetime, machine_now: datetime) -> list[int]:
    """The next messages to claim, the oldest first; where people are left in peace, no reminder among them."""
    # Asked apart, each in the order of its own index, so that neither sorts what is due or reads what is not.
    awake = Delivery.objects.awake(quiet_divisions(now))
    new = list(awake.first_due(now).values_list("send_at", "pk")[: settings.DELIVERY_BATCH])
    again = list(awake.to_try_again(machine_now).values_list("send_at", "pk")[: settings.DELIVERY_BATCH])
    return [pk for _, pk in sorted(new + again)[: settings.DELIVERY_BATCH]]


@transaction.atomic
def claim(ids: Iterable[int], *, now: datetime, machine_now: datetime, by: User) -> list[Delivery]:
    """Those of `ids` that this caller alone has claimed and may send; of the others it is written down why not."""
    worker = uuid.uuid4()
    wanted = digests.with_companions(ids, now=now, machine_now=machine_now)
    # Rows that another claims are passed over where the server can lock them; the condition is what guarantees it.
    free = Delivery.objects.filter(pk__in=wanted).select_for_update(skip_locked=True)
    free_ids = list(free.order_by("pk").values_list("pk", flat=True))
    taken = Delivery.objects.filter(pk__in=free_ids)
    taken.claimable(now=now, machine_now=machine_now).update(
        state=DeliveryState.SENDING,
        worker=worker,
        begun_at=None,
        wait_until=machine_now + timedelta(seconds=settings.DELIVERY_LEASE),
    )
    rows = Delivery.objects.filter(worker=worker).select_related(
        "recipient", "board__partnership", "obligation__constitution", "obligation__board__partnership", "announcement"
    )
    claimed = list(rows.prefetch_related("board__partnership__wordings").order_by("send_at", "pk"))
    reasons = _reasons_not_to_send(claimed, now)
    for delivery in claimed:
        if delivery.pk in reasons:
            state, reason = reasons[delivery.pk]
            settle(delivery, state, What.SKIPPED, reason, now=now, by=by)
    to_send = [delivery for delivery in claimed if delivery.pk not in reasons]
    over = digests.over_the_cap(to_send, now)
    digests.defer(over, now=now, by=by)
    return [delivery for delivery in to_send if delivery not in over]


def begin(parcel: digests.Parcel, *, machine_now: datetime) -> bool:
    """Whether the message is still this worker's to send: nothing in it moved or cancelled, half of its lease left.

    Where that holds of a part of it only, that part is put back, to be written afresh without the rest.
    """
    half = machine_now + timedelta(seconds=settings.DELIVERY_LEASE / 2)
    attempts = max(part.attempts for part in parcel) + 1
    with transaction.atomic(savepoint=False):
        begun = [
            part for part in parcel if claimed_rows.begin(part, at=machine_now, attempts=attempts, lease_beyond=half)
        ]
        if len(begun) < len(parcel):
            for part in begun:
                claimed_rows.change(
                    part,
                    state=DeliveryState.PENDING,
                    worker=None,
                    wait_until=None,
                    begun_at=None,
                    attempts=attempts - 1,
                )
    if len(begun) < len(parcel):
        return False
    for part in parcel:
        part.attempts = attempts
    return True


@transaction.atomic
def reclaim(*, now: datetime, machine_now: datetime, by: User) -> int:
    """Take back what a worker that died had claimed.

    What it had not begun waits as before. What it had begun may have arrived: it is marked uncertain and sent once
    more, and what was uncertain already is left to a person.
    """
    expired = Delivery.objects.filter(state=DeliveryState.SENDING, wait_until__lte=machine_now)
    rows = list(expired.select_related("obligation").select_for_update(of=("self",), skip_locked=True))
    for delivery in rows:
        if delivery.begun_at is None:
            Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.PENDING, worker=None, wait_until=None)
        else:
            leave_uncertain(delivery, "The worker ended while it was sending.", now=now, wait_until=machine_now, by=by)
    return len(rows)


def leave_uncertain(delivery: Delivery, words: str, *, now: datetime, wait_until: datetime, by: User) -> None:
    """A server may have taken it: once more after `wait_until`, never a third time without a person."""
    if delivery.is_uncertain:
        settle(delivery, DeliveryState.FAILED, What.FAILED, words, now=now, by=by)
        return
    settle(
        delivery, DeliveryState.RETRY, What.UNCERTAIN, words, now=now, by=by, wait_until=wait_until, is_uncertain=True
    )


@transaction.atomic(savepoint=False)
def settle(
    delivery: Delivery,
    state: DeliveryState,
    what: ObligationEvent.What,
    words: str,
    *,
    now: datetime,
    by: User,
    wait_until: datetime | None = None,
    **changes: Any,
) -> None:
    """Write down what became of a claimed message, unless somebody else has taken it meanwhile, and the event of it."""
    words = words[:500]
    if claimed_rows.change(
        delivery, state=state, answer=words, wait_until=wait_until, worker=None, begun_at=None, **changes
    ):
        record_event(delivery, what, words, at=now, by=by)


def _reasons_not_to_send(claimed: list[Delivery], now: datetime) -> dict[int, tuple[DeliveryState, str]]:
    """What speaks against sending, by the delivery's id, as things stand in this transaction."""
    found = _reasons_of_announcements(claimed, now) | _reasons_of_reminders(claimed, now)
    return {pk: reason for pk, reason in found.items() if reason is not None}


def _reasons_of_reminders(claimed: list[Delivery], now: datetime) -> dict[int, tuple[DeliveryState, str] | None]:
    reminders = [(delivery, delivery.obligation) for delivery in claimed if delivery.obligation is not None]
    obligations = {obligation.pk: obligation for _, obligation in reminders}
    rows = causes.loaded(obligations.values())
    on = now.astimezone(LONDON).date()
    hearers = hearers_of(obligations.values(), on)
    # Once for each obligation, which has as many messages as hearers.
    allowed = {pk: {person.pk for person in hearers[pk].at_any(told_steps(each))} for pk, each in obligations.items()}
    newest = _newest_due(obligations, now)
    found = {}
    for delivery, obligation in reminders:
        key = (obligation.pk, delivery.due_version, delivery.recipient_id)
        found[delivery.pk] = (
            _reason_of_the_obligation(delivery, obligation, rows[obligation.pk])
            or _reason_of_the_person(delivery, allowed[obligation.pk])
            or _reason_of_time(delivery, newest.get(key, delivery.send_at), now)
        )
    return found


def _reasons_of_announcements(claimed: list[Delivery], now: datetime) -> dict[int, tuple[DeliveryState, str] | None]:
    told = [(delivery, delivery.announcement) for delivery in claimed if delivery.announcement is not None]
    known = {announcement.pk: announcement for _, announcement in told}
    rows = announcements.loaded(known.values())
    today = now.astimezone(LONDON).date()
    concerned = {pk: announcements.concerned_by(announcement, rows[pk], today) for pk, announcement in known.items()}
    return {
        delivery.pk: announcements.reason_not_to_tell(
            announcement, rows[announcement.pk], concerned[announcement.pk], delivery.recipient_id
        )
        or _reason_of_active(delivery)
        for delivery, announcement in told
    }


def _reason_of_active(delivery: Delivery) -> tuple[DeliveryState, str] | None:
    if delivery.recipient.is_active:
        return None
    return DeliveryState.SKIPPED_NO_ACCESS, "By then the account was closed."


def _reason_of_the_obligation(
    delivery: Delivery, obligation: Obligation, cause: Any
) -> tuple[DeliveryState, str] | None:
    if obligation.met_on is not None:
        return DeliveryState.SKIPPED_MET, "It was done by then."
    if obligation.waived_at is not None:
        return DeliveryState.SKIPPED_WAIVED, "It was waived by then."
    is_open = cause is not None and causes.cause_of(obligation.cause_type).is_open(cause, obligation)
    if obligation.cancelled_at is not None or not is_open:
        return DeliveryState.CANCELLED, "What it hung on is no longer open."
    if delivery.due_version != obligation.due_version:
        return DeliveryState.SUPERSEDED, "The date moved."
    return None


def _reason_of_the_person(delivery: Delivery, allowed: set[int]) -> tuple[DeliveryState, str] | None:
    if delivery.recipient_id in allowed:
        return None
    return DeliveryState.SKIPPED_NO_ACCESS, "By then it no longer concerned this person."


def _reason_of_time(delivery: Delivery, newest: datetime, now: datetime) -> tuple[DeliveryState, str] | None:
    if delivery.purpose == Purpose.CHANGED:
        return None
    if newest > delivery.send_at:
        return DeliveryState.SKIPPED_STALE, "A later reminder of the same thing was due too."
    if delivery.offset <= 0 and now - delivery.send_at > settings.REMINDER_STALE_AFTER:
        return DeliveryState.SKIPPED_STALE, "Its hour was too long ago."
    return None


def _newest_due(obligations: Iterable[int], now: datetime) -> dict[tuple[int, int, int], datetime]:
    """The hour of the newest reminder already due, by obligation, version and person."""
    due = Delivery.objects.filter(obligation__in=list(obligations), purpose=Purpose.REMINDER, send_at__lte=now)
    newest: dict[tuple[int, int, int], datetime] = {}
    for obligation, version, person, send_at in due.order_by("send_at").values_list(
        "obligation_id", "due_version", "recipient_id", "send_at"
    ):
        newest[obligation, version, person] = send_at
    return newest
