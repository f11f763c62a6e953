"""The table of bank holidays changed: what counts working days falls due anew, by the table as it stands.

The job that keeps duties asks the same, so that a table installed anew is counted by within the quarter of an hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from partnership import clock
from partnership.models import Delivery, DeliveryState, Obligation, Purpose, User
from partnership.obligations import causes
from partnership.obligations.hours import NoSuchDuty, hours_of, rule_of
from partnership.obligations.operations import ensure_obligation
from partnership.proclaimed_days import ProclaimedDay, entered
from partnership.rules.deadlines.calendars import BeyondHorizon, Division
from partnership.rules.deadlines.deadlines import Deadline

BATCH = 500


def proclaim(*, days: Iterable[date], division: Division, is_holiday: bool, reason: str, by: User) -> list[Obligation]:
    """Enter bank holidays, or take them back, and date anew what counts by them: both, or neither.

    The obligations whose date moved.
    """
    at = clock.machine_now().isoformat(timespec="seconds")
    path = Path(settings.PROCLAIMED_DAYS)
    before = path.read_bytes() if path.exists() else None
    entered(ProclaimedDay(day, division, is_holiday, by.email, at, reason) for day in days)
    try:
        return recount(why=reason, by=by)
    except BaseException:
        # The file is no part of the transaction; processes that read it meanwhile read it again.
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        raise


@transaction.atomic
def recount(*, why: str, by: User) -> list[Obligation]:
    """Every open obligation that counts working days, by today's table: moved where that gives another date.

    Messages of the old date that nobody has begun to send are superseded, and who was told of it is told of the new
    one; what was sent stays as it was. Reminders of any open duty that would fall on a new holiday go by the rule for
    such days. Three queries a batch and one for each kind of cause, where nothing moves.
    """
    moved: list[Obligation] = []
    for batch in _batches():
        counting = [each for each in batch if _counts_working_days(each)]
        rows = causes.loaded(counting)
        for each in counting:
            due = _due_again(each, rows[each.pk], rule_of(each))
            if due is not None and due != each.due_on:
                moved.append(_redated(each, rows[each.pk], due, why, by))
        _rehour([each for each in batch if each.pk not in {one.pk for one in moved}])
    return moved


def _batches() -> Iterator[list[Obligation]]:
    last = 0
    while True:
        rows = Obligation.objects.open().filter(pk__gt=last).select_related("constitution", "board__partnership")
        batch = list(rows.order_by("pk")[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1].pk


def _counts_working_days(obligation: Obligation) -> bool:
    # A duty that a later version dropped keeps its date until its part takes it back.
    with suppress(NoSuchDuty):
        return rule_of(obligation).needs_working_days
    return False


def _due_again(obligation: Obligation, cause: object, rule: Deadline) -> date | None:
    """None where it cannot be said: the cause is gone, is not counted from a day, or the table ends before."""
    again = causes.cause_of(obligation.cause_type).due_again
    if cause is None or again is None:
        return None
    with suppress(BeyondHorizon):
        return again(cause, obligation, rule)
    return None


def _redated(obligation: Obligation, cause: object, due: date, why: str, by: User) -> Obligation:
    kind = causes.cause_of(obligation.cause_type)
    row = ensure_obligation(
        duty=obligation.duty,
        cause=cause,  # type: ignore[arg-type]  # each cause is a row of its own model
        occurrence=obligation.occurrence,
        owner=obligation.owner,
        due_on=due,
        constitution=obligation.constitution,
        by=by,
        why=why,
    )
    if kind.redated is not None:
        kind.redated(cause, due, by)
    return row


def _rehour(obligations: list[Obligation]) -> None:
    """Reminders not sent yet of what keeps its date go at their hour by the table as it stands."""
    waiting = Delivery.objects.filter(
        obligation__in=[each.pk for each in obligations],
        state=DeliveryState.PENDING,
        purpose=Purpose.REMINDER,
        in_digest=False,
    )
    by_pk = {each.pk: each for each in obligations}
    for delivery in waiting:
        obligation = by_pk[delivery.obligation_id or 0]
        if delivery.due_version != obligation.due_version:
            continue
        at = hours_of(obligation).get(delivery.offset)
        if at is not None and at != delivery.send_at:
            Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.PENDING).update(send_at=at)
