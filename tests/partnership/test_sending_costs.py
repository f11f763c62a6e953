"""What a batch of messages asks of the database: the same for one as for fifty, and three statements for each."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from partnership import clock
from partnership.access import Role
from partnership.clock import LONDON
from partnership.models import Delivery, Obligation, ObligationEvent
from partnership.obligations import claimed_rows, claims
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import sweep
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, Cast, assembled
from tests.partnership.test_deliveries import Carrier

HOUR = datetime(2027, 4, 1, 8, 31, tzinfo=LONDON)
LONG_BEFORE = HOUR - timedelta(days=30)
BATCH = 50
# Its beginning, its end and the event of that.
FOR_EACH = 3
# Choosing, claiming, looking at each once more, and what they are about.
QUERIES = 22
BEFORE_AND_AFTER = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.fixture
def cast(db: None, stopped_clock: Settings) -> Cast:
    return assembled()


def to_remind(cast: Cast, number: int) -> None:
    """Plan the reminders of one meeting's papers to so many people."""
    for further in range(number - 2):
        person = cast.person(f"coordinator {further}")
        admit_to_team(person=person, role=Role.COORDINATOR, board=cast.board, starts_on=LONG_AGO, by=cast.author)
    cast.meeting(on=date(2027, 4, 22))
    plan(now=HOUR)
    superfluous = Delivery.objects.filter(send_at__lte=HOUR).order_by("pk").values_list("pk", flat=True)[number:]
    Delivery.objects.filter(pk__in=list(superfluous)).delete()


def statements_of_a_sweep(cast: Cast, number: int) -> list[str]:
    carrier = Carrier()
    sweep(now=LONG_BEFORE, by=cast.author, transport=carrier)  # the first of a process looks at the machine's clock
    with CaptureQueriesContext(connection) as asked:
        sweep(now=HOUR, by=cast.author, transport=carrier)
    assert len(carrier.taken) == number
    return [query["sql"] for query in asked.captured_queries]


@pytest.mark.parametrize("number", [1, 3, BATCH])
def test_a_batch_asks_the_same_however_many_it_holds(cast: Cast, number: int) -> None:
    to_remind(cast, number)
    asked = [sql for sql in statements_of_a_sweep(cast, number) if not sql.startswith(BEFORE_AND_AFTER)]
    assert len(asked) - FOR_EACH * number == QUERIES, asked


def test_each_message_is_one_transaction_with_none_inside(transactional_db: None, cast: Cast) -> None:
    to_remind(cast, 3)
    asked = [sql.split()[0] for sql in statements_of_a_sweep(cast, 3)]
    between = ("BEGIN", "UPDATE", "INSERT", "UPDATE", "COMMIT")
    assert sum(1 for place in range(len(asked)) if tuple(asked[place : place + 5]) == between) == 2


# --- the statements themselves ----------------------------------------------------------------------------------------


def claimed(cast: Cast, number: int) -> list[Delivery]:
    to_remind(cast, number)
    now = clock.machine_now()
    return claims.claim(claims.due_ids(now=HOUR, machine_now=now), now=HOUR, machine_now=now, by=cast.author)


def test_only_what_its_worker_still_has_is_begun_or_changed(cast: Cast) -> None:
    taken, lost, ours = claimed(cast, 3)
    now, lease = clock.machine_now(), timedelta(seconds=300)
    Delivery.objects.filter(pk=taken.pk).update(worker="0" * 32)
    Delivery.objects.filter(pk=lost.pk).update(state="cancelled")
    for row in (taken, lost):
        assert not claimed_rows.begin(row, at=now, attempts=1, lease_beyond=now + lease)
        assert not claimed_rows.change(row, answer="250 Kept")
    assert claimed_rows.begin(ours, at=now, attempts=1, lease_beyond=now + lease)
    assert claimed_rows.change(ours, answer="250 Kept", is_late=True)
    rows = Delivery.objects.filter(pk__in=[taken.pk, lost.pk, ours.pk]).order_by("pk")
    assert list(rows.values_list("answer", "attempts", "is_late", "begun_at")) == [
        ("", 0, False, None), ("", 0, False, None), ("250 Kept", 1, True, now)
    ]  # fmt: skip


def test_nothing_is_begun_twice_or_with_half_of_its_lease_gone(cast: Cast) -> None:
    first, second = claimed(cast, 2)
    now = clock.machine_now()
    assert claimed_rows.begin(first, at=now, attempts=1, lease_beyond=now)
    assert not claimed_rows.begin(first, at=now, attempts=2, lease_beyond=now)
    assert not claimed_rows.begin(second, at=now, attempts=1, lease_beyond=now + timedelta(days=1))


def test_an_event_is_written_as_it_is(cast: Cast) -> None:
    to_remind(cast, 1)
    duty = Obligation.objects.get(duty="papers")
    delivery = Delivery.objects.filter(obligation=duty).first()
    event = ObligationEvent(
        obligation=duty, delivery=delivery, what="sent", at=HOUR, by=cast.author, due_on=duty.due_on, detail="250 %s §"
    )
    claimed_rows.record(event)
    [kept] = ObligationEvent.objects.filter(delivery=delivery)
    for column in ("obligation", "delivery", "what", "at", "by", "due_on", "detail"):
        assert getattr(kept, column) == getattr(event, column)
