"""One message for several reminders: for who chose it, and for who would get too many in a day."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time

from django.conf import settings

from partnership.clock import LONDON
from partnership.models import Delivery, DeliveryState, Division, ObligationEvent, Purpose, RemindersAs, User
from partnership.obligations.courtesy import digest_after, digest_of_the_day
from partnership.obligations.recording import record_event
from partnership.rules.deadlines.wall_clock import instant_of

# What each message is for: one delivery, or those of one digest.
Parcel = list[Delivery]


def arranged(delivery: Delivery, person: User) -> Delivery:
    """A reminder that is being planned, as that person wants to get it."""
    if person.reminders_as == RemindersAs.DIGEST:
        delivery.in_digest, delivery.send_at = True, digest_of_the_day(delivery.send_at)
    return delivery


def with_companions(ids: Iterable[int], *, now: datetime, machine_now: datetime) -> set[int]:
    """Those messages, and of each digest among them every part that is due, so that a batch divides none."""
    chosen = set(ids)
    parts = Delivery.objects.filter(pk__in=chosen, in_digest=True)
    keys = set(parts.values_list("recipient_id", "board__partnership_id"))
    if keys:
        people, places = zip(*keys, strict=True)
        due = Delivery.objects.claimable(now=now, machine_now=machine_now).filter(
            in_digest=True, recipient__in=people, board__partnership__in=places
        )
        chosen |= set(due.values_list("pk", flat=True))
    return chosen


def parcels(claimed: Iterable[Delivery]) -> list[Parcel]:
    """The messages to send, in the order they are due. A digest tried before goes again as it was, with nothing new.

    Each digest without a uuid is given one.
    """
    by_key: dict[object, Parcel] = {}
    for delivery in claimed:
        key: object = delivery.pk
        if delivery.in_digest:
            key = delivery.digest or (delivery.recipient_id, delivery.board.partnership_id)
        by_key.setdefault(key, []).append(delivery)
    for parcel in by_key.values():
        if parcel[0].in_digest and parcel[0].digest is None:
            _numbered(parcel)
    return list(by_key.values())


def _numbered(parcel: Parcel) -> None:
    number = uuid.uuid4()
    Delivery.objects.filter(pk__in=[part.pk for part in parcel]).update(digest=number)
    for part in parcel:
        part.digest = number


def over_the_cap(claimed: Iterable[Delivery], now: datetime) -> list[Delivery]:
    """Those of the claimed that would be more than a person gets in a day. Call it in the claiming transaction.

    Digests, changed dates and what is told once are never among them, nor what was tried before.
    """
    first_tries = [row for row in claimed if _counts(row) and not row.in_digest and row.attempts == 0]
    if not first_tries:
        return []
    people = sorted({row.recipient_id for row in first_tries})
    # Two workers that count for one person wait for each other.
    list(User.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    had = _messages_today(people, {row.pk for row in first_tries}, now)
    over = []
    for row in first_tries:
        had[row.recipient_id] += 1
        if had[row.recipient_id] > settings.REMINDERS_A_DAY:
            over.append(row)
    return over


def defer(rows: Iterable[Delivery], *, now: datetime, by: User) -> None:
    """Keep them for the digest of the next working day."""
    words = f"More than {settings.REMINDERS_A_DAY} messages in a day: kept for one with the others."
    for row in rows:
        ours = Delivery.objects.filter(pk=row.pk, worker=row.worker, state=DeliveryState.SENDING)
        ours.update(
            state=DeliveryState.PENDING,
            worker=None,
            wait_until=None,
            in_digest=True,
            send_at=digest_after(now, Division(row.board.partnership.bank_holidays)),
            answer=words,
        )
        record_event(row, ObligationEvent.What.DEFERRED, words, at=now, by=by)


def _counts(row: Delivery) -> bool:
    return row.purpose == Purpose.REMINDER


def _messages_today(people: Iterable[int], but: set[int], now: datetime) -> Counter[int]:
    midnight = instant_of(now.astimezone(LONDON).date(), time(0), LONDON)
    theirs = Delivery.objects.filter(recipient__in=people, purpose=Purpose.REMINDER).exclude(pk__in=but)
    messages = {
        (person, digest or pk)
        for rows in (theirs.filter(sent_at__gte=midnight), theirs.filter(state=DeliveryState.SENDING))
        for person, digest, pk in rows.values_list("recipient_id", "digest", "pk")
    }
    return Counter(person for person, _ in messages)
