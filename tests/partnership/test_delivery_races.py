"""Several sweeps and planners at once, on whichever database the run uses; each race with its negative control."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier, Event, Lock

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from pytest_django import Settings

from partnership.clock import LONDON
from partnership.models import Delivery
from partnership.models.obligation import DeliveryQuerySet
from partnership.obligations import claims
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import sweep
from partnership.obligations.transport import Answer, Outcome, nothing
from tests.cast import Cast, assembled

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = datetime(2027, 4, 1, 8, 30, tzinfo=LONDON)


class CountingCarrier:
    """Takes everything, and counts the copies of each message."""

    def __init__(self) -> None:
        self.copies: Counter[str] = Counter()
        self.lock = Lock()

    def prepare(self, message: EmailMultiAlternatives) -> None:
        """It goes as it stands."""

    def deliver(self, message: EmailMultiAlternatives, meanwhile: Callable[[], None] = nothing) -> Answer:
        with self.lock:
            self.copies[message.extra_headers["Message-ID"]] += 1
        return Answer(Outcome.ACCEPTED, "250 Kept")

    def close(self) -> None:
        """There is no connection."""


@pytest.fixture
def ledger(stopped_clock: Settings) -> Cast:
    """Papers of several meetings, all to be reminded of at the same hour."""
    cast = assembled()
    for minute in range(5):
        cast.meeting(on=date(2027, 4, 22), starts_at=datetime(2027, 4, 22, 9, minute).time())  # noqa: DTZ001
    return cast


def test_planners_at_once_enter_each_message_once(ledger: Cast) -> None:
    together = Barrier(4)

    def one(_: int) -> None:
        together.wait(20)
        plan(now=HOUR)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(4)))
    assert Delivery.objects.filter(offset=-14).count() == 10


def test_sweeps_at_once_send_each_message_once(ledger: Cast) -> None:
    plan(now=HOUR)
    carrier, together = CountingCarrier(), Barrier(4)

    def one(_: int) -> None:
        together.wait(20)
        sweep(now=HOUR, by=ledger.author, transport=carrier)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(4)))
    assert len(carrier.copies) == 10
    assert set(carrier.copies.values()) == {1}
    assert set(Delivery.objects.filter(offset=-14).values_list("state", flat=True)) == {"sent"}


def copies_when_one_claims_late(ledger: Cast, monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Two sweeps choose the same messages; the second claims them when the first has sent them all."""
    plan(now=HOUR)
    carrier, chosen, sent = CountingCarrier(), Event(), Event()
    choose = claims.due_ids
    is_first_choice = [True]

    def chosen_and_held(*, now: datetime, machine_now: datetime) -> list[int]:
        ids = choose(now=now, machine_now=machine_now)
        if is_first_choice.pop() if is_first_choice else False:
            chosen.set()
            assert sent.wait(60)
        return ids

    monkeypatch.setattr(claims, "due_ids", chosen_and_held)

    def late() -> None:
        sweep(now=HOUR, by=ledger.author, transport=carrier)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(late)
        assert chosen.wait(60)
        sweep(now=HOUR, by=ledger.author, transport=carrier)
        sent.set()
        second.result()
    return set(carrier.copies.values())


def test_a_late_claim_gets_nothing(ledger: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert copies_when_one_claims_late(ledger, monkeypatch) == {1}


def test_without_its_condition_a_late_claim_sends_twice(ledger: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: what the tests above see is the work of the condition."""
    due = DeliveryQuerySet.claimable

    def unconditional(rows: DeliveryQuerySet, *, now: datetime, machine_now: datetime) -> DeliveryQuerySet:
        is_choosing = not rows.query.where.children
        return due(rows, now=now, machine_now=machine_now) if is_choosing else rows

    monkeypatch.setattr(DeliveryQuerySet, "claimable", unconditional)
    assert copies_when_one_claims_late(ledger, monkeypatch) == {2}
