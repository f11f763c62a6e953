"""Entering the messages whose hour comes near. Lost, late or doubled ticks do no harm: the database is the schedule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from partnership import pulse
from partnership.clock import LONDON
from partnership.models import UNSENT, Channel, Delivery, DeliveryState, Heartbeat, Obligation, Purpose
from partnership.obligations.courtesy import awake_since, quiet_divisions
from partnership.obligations.digests import arranged
from partnership.obligations.hearers import hearers_of
from partnership.obligations.hours import late_step, next_look, timed_steps

BATCH = 200


def plan(*, now: datetime) -> int:
    """Enter what is to be sent within the time planned ahead, for whomever it concerns now; the obligations looked at.

    Two at once enter each message once: rows are locked where the server can, unique everywhere.
    """
    looked_at = 0
    while batch := _plan_batch(now):
        looked_at += batch
    pulse.record(Heartbeat.Process.PLANNER)
    return looked_at


@transaction.atomic
def _plan_batch(now: datetime) -> int:
    rows = Obligation.objects.to_plan(now).select_related("constitution", "board__partnership")
    obligations = list(rows.select_for_update(of=("self",), skip_locked=True, no_key=True)[:BATCH])
    if not obligations:
        return 0
    on = now.astimezone(LONDON).date()
    hearers = hearers_of(obligations, on)
    already_told = _already_told(obligations)
    deliveries: list[Delivery] = []
    for obligation in obligations:
        steps = timed_steps(obligation)
        deliveries += [
            arranged(_reminder(obligation, person.pk, step.offset, at), person)
            for step, at in steps
            if at <= now + settings.REMINDERS_PLANNED_AHEAD
            for person in hearers[obligation.pk].at(step)
            if (obligation.pk, person.pk, step.offset) not in already_told
        ]
        obligation.plan_at = next_look((at for _, at in steps), now)
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    Obligation.objects.bulk_update(obligations, ["plan_at"])
    return len(obligations)


def _reminder(obligation: Obligation, person_id: int, offset: int, at: datetime) -> Delivery:
    return Delivery(
        board_id=obligation.board_id,
        obligation=obligation,
        due_version=obligation.due_version,
        recipient_id=person_id,
        offset=offset,
        channel=Channel.EMAIL,
        purpose=Purpose.REMINDER,
        send_at=at,
    )


def _already_told(obligations: Iterable[Obligation]) -> set[tuple[int, int, int]]:
    """Obligation, person and offset of each reminder that went out for an earlier date: it is not sent again.

    Whoever is told that the date changed needs not be told that it was entered late.
    """
    by_pk = {obligation.pk: obligation for obligation in obligations}
    gone = Delivery.objects.filter(obligation__in=by_pk)
    reminders = gone.filter(purpose=Purpose.REMINDER, state__in=(DeliveryState.SENT, DeliveryState.SENDING))
    told = set(reminders.values_list("obligation_id", "recipient_id", "offset"))
    late = {pk: step.offset for pk, step in ((pk, late_step(each)) for pk, each in by_pk.items()) if step is not None}
    if late:
        changed = gone.filter(obligation__in=late, purpose=Purpose.CHANGED).filter(
            state__in=(DeliveryState.SENT, DeliveryState.SENDING, *UNSENT)
        )
        for pk, person, version in changed.values_list("obligation_id", "recipient_id", "due_version"):
            if version == by_pk[pk].due_version:
                told.add((pk, person, late[pk]))
    return told


def oldest_due(*, now: datetime, machine_now: datetime) -> timedelta | None:
    """For how long the oldest message that could go has not gone; None when nothing waits. The one figure to watch.

    Pauses after a refusal, leases that run and quiet hours are no lateness.
    """
    awake = Delivery.objects.awake(quiet_divisions(now))
    waiting = awake.first_due(now).values_list("send_at", flat=True)
    left = awake.filter(state__in=(DeliveryState.RETRY, DeliveryState.SENDING), wait_until__lte=machine_now)
    left = left.order_by("wait_until")
    ages = [now - max(at, awake_since(now)) for at in waiting[:1]]
    ages += [machine_now - at for at in left.values_list("wait_until", flat=True)[:1] if at is not None]
    return max((max(age, timedelta(0)) for age in ages), default=None)
