"""The delivery engine under any order of acts and accidents, on whichever database the run uses (Hypothesis).

A step is an act of the office, a tick, a worker that dies, or time that passes. After each one the promises are read
off what the mail server took and what the database says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from unittest import mock

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from meetings.models import Meeting
from meetings.operations import cancel, move
from partnership import clock
from partnership.clock import LONDON
from partnership.models import Delivery, DeliveryState, Purpose, RemindersAs, User
from partnership.obligations import claims, holding
from partnership.obligations.operations import meet_obligation, reopen_obligation
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import sweep
from partnership.obligations.transport import Answer, Outcome, nothing
from partnership.operations import choose_reminders
from tests.cast import NOW, Cast

LEASE = timedelta(seconds=600)
ANSWERS = {
    "yes": Answer(Outcome.ACCEPTED, "250 Kept"),
    "later": Answer(Outcome.PUT_OFF, "451 Later"),
    "no": Answer(Outcome.REFUSED, "550 No such mailbox", is_about_address=True),
    "lost": Answer(Outcome.UNKNOWN, "SMTPServerDisconnected"),
    "lost and taken": Answer(Outcome.UNKNOWN, "SMTPServerDisconnected"),
}
CAP = 3


class Killed(BaseException):
    """The worker is gone: nothing in it runs any more."""


@dataclass
class Server:
    """The mail server: answers as told, and knows what it took, when and with what in it."""

    answers: list[str] = field(default_factory=list)
    dies: str = ""
    taken: Counter[str] = field(default_factory=Counter)
    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    at: list[tuple[str, datetime]] = field(default_factory=list)
    now: datetime = NOW

    def prepare(self, message: EmailMultiAlternatives) -> None:
        """It goes as it stands."""

    def deliver(self, message: EmailMultiAlternatives, meanwhile: Callable[[], None] = nothing) -> Answer:
        if self.dies == "before the server":
            raise Killed
        answer = self.answers.pop(0) if self.answers else "yes"
        uuid = message.extra_headers["X-Quorate-Delivery"]
        if answer in {"yes", "lost and taken"}:
            self.taken[uuid] += 1
            self.ids[uuid].add(message.extra_headers["Message-ID"])
            if Delivery.objects.filter(uuid=uuid).exclude(purpose=Purpose.REMINDER).count() == 0:
                self.at.append((message.to[0], self.now))
        if self.dies == "after its yes":
            raise Killed
        return ANSWERS[answer]

    def close(self) -> None:
        """There is no connection."""


class Engine(RuleBasedStateMachine):
    """`world` is the cast that every example begins with; what an example writes is undone at its end."""

    world: ClassVar[Cast]

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = deepcopy(self.world)
        self.server, self.now = Server(), NOW
        self.machine_now = clock.machine_now()
        self.patches = (
            override_settings(CLOCK_STOPPED_AT=NOW, REMINDERS_A_DAY=CAP),
            mock.patch.object(clock, "machine_now", side_effect=self._machine_now),
        )
        for each in self.patches:
            each.__enter__()
        self.revoked: dict[int, int] = {}
        days = (date(2027, 4, 22), date(2027, 4, 23))
        self.meetings: list[Meeting] = [self.cast.meeting(on=on, starts_at=time(9)) for on in days]
        # The first reminders are entered and due within days.
        self._pass(datetime.combine(date(2027, 3, 31), time(8, 31), LONDON) - NOW)
        plan(now=self.now)

    def teardown(self) -> None:
        if not hasattr(self, "atomic"):
            return
        for each in self.patches:
            each.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # --- the office ---------------------------------------------------------------------------------------------------

    @rule(minute=st.integers(1, 59))
    @precondition(lambda self: len(self.meetings) < 6)
    def call(self, minute: int) -> None:
        on = self.now.date() + timedelta(days=22)
        if not Meeting.objects.filter(on=on, starts_at=time(10, minute)).exists():
            self.meetings.append(self.cast.meeting(on=on, starts_at=time(10, minute)))

    @rule(which=st.integers(0, 9), days=st.integers(1, 30))
    def move(self, which: int, days: int) -> None:
        meeting = self._meeting(which)
        if meeting is not None:
            on = max(meeting.on, self.now.date()) + timedelta(days=days)
            starts_at = time(11, Meeting.objects.count() % 60)
            if not Meeting.objects.filter(on=on, starts_at=starts_at).exists():
                move(meeting=meeting, on=on, starts_at=starts_at, reason="Snow", by=self.cast["coordinator"])

    @rule(which=st.integers(0, 9))
    def cancel(self, which: int) -> None:
        meeting = self._meeting(which)
        if meeting is not None:
            cancel(meeting=meeting, reason="Snow", by=self.cast["coordinator"])
            self.meetings = [each for each in self.meetings if each.pk != meeting.pk]

    @rule(which=st.integers(0, 9), again=st.sampled_from(("", "again")))
    def meet(self, which: int, again: str) -> None:
        meeting = self._meeting(which)
        if meeting is not None:
            by = self.cast["coordinator"]
            meet_obligation(duty="papers", cause=meeting, on=self.now.date(), evidence="Agenda 1", by=by)
            if again:
                reopen_obligation(duty="papers", cause=meeting, reason="Withdrawn", by=by)

    @rule(name=st.sampled_from(("coordinator", "manager")))
    def revoke(self, name: str) -> None:
        person = self.cast[name]
        if person.pk not in self.revoked:
            User.objects.filter(pk=person.pk).update(is_active=False)
            self.revoked[person.pk] = self._begun(person.pk)

    @rule(name=st.sampled_from(("coordinator", "manager")), how=st.sampled_from(RemindersAs))
    def choose(self, name: str, how: RemindersAs) -> None:
        person = User.objects.get(pk=self.cast[name].pk)
        choose_reminders(person=person, reminders_as=how, by=self.cast.author)

    # --- the machine --------------------------------------------------------------------------------------------------

    @rule(answers=st.lists(st.sampled_from(tuple(ANSWERS)), max_size=4))
    def tick(self, answers: list[str]) -> None:
        plan(now=self.now)
        self.server.answers, self.server.now, self.server.dies = list(answers), self.now, ""
        sweep(now=self.now, by=self.cast.author, transport=self.server)
        self._nothing_that_could_go_is_left()

    @rule(moment=st.sampled_from(("before it begins", "before the server", "after its yes")))
    def tick_and_die(self, moment: str) -> None:
        plan(now=self.now)
        self.server.answers, self.server.now, self.server.dies = [], self.now, moment
        dying = mock.patch.object(claims, "begin", side_effect=Killed) if moment == "before it begins" else _nothing()
        with dying, suppress(Killed):
            sweep(now=self.now, by=self.cast.author, transport=self.server)
        self.server.dies = ""

    @rule()
    def plan_alone(self) -> None:
        plan(now=self.now)

    @rule()
    def hold_for_a_while(self) -> None:
        plan(now=self.now)
        taken = sum(self.server.taken.values())
        holding.hold(reason="Restored", now=self.now, by=self.cast.author)
        sweep(now=self.now, by=self.cast.author, transport=self.server)
        assert sum(self.server.taken.values()) == taken, "mail went while it was held"
        holding.release(reason="Looked through", now=self.now, by=self.cast.author)

    @rule(passed=st.sampled_from((timedelta(minutes=2), timedelta(minutes=11), timedelta(hours=5), timedelta(days=1))))
    def wait(self, passed: timedelta) -> None:
        self._pass(passed)

    @rule(days=st.integers(1, 16))
    def come_to_half_past_eight(self, days: int) -> None:
        day = self.now.astimezone(LONDON).date() + timedelta(days=days)
        self._pass(datetime.combine(day, time(8, 31), LONDON) - self.now)

    # --- the promises -------------------------------------------------------------------------------------------------

    @invariant()
    def at_most_once_and_twice_where_nobody_can_know(self) -> None:
        if not hasattr(self, "server"):
            return
        perhaps = {str(row.message_uuid) for row in Delivery.objects.filter(is_uncertain=True)}
        for uuid, copies in self.server.taken.items():
            assert copies <= 2, f"{copies} copies of {uuid}"
            assert copies == 1 or uuid in perhaps or self._in_flight(uuid), "two copies of what was certain"
            assert len(self.server.ids[uuid]) == 1, "two copies with two names"

    @invariant()
    def what_is_said_to_be_sent_was_taken(self) -> None:
        if hasattr(self, "server"):
            sent = Delivery.objects.filter(state=DeliveryState.SENT)
            assert all(self.server.taken[str(row.message_uuid)] for row in sent), "lost"

    @invariant()
    def a_reminder_of_one_date_is_sent_to_a_person_once(self) -> None:
        if hasattr(self, "server"):
            sent = Delivery.objects.filter(state=DeliveryState.SENT, purpose=Purpose.REMINDER)
            keys = Counter(sent.values_list("obligation", "recipient", "offset"))
            assert not keys or max(keys.values()) == 1

    @invariant()
    def nobody_who_is_gone_is_written_to(self) -> None:
        if hasattr(self, "server"):
            for person, before in self.revoked.items():
                assert self._begun(person) == before, "begun after access was revoked"

    @invariant()
    def people_are_spared(self) -> None:
        if not hasattr(self, "server"):
            return
        per_day = Counter((to, at.astimezone(LONDON).date()) for to, at in self.server.at)
        # One digest, and what was perhaps sent before, may come on top.
        assert not per_day or max(per_day.values()) <= 2 * (CAP + 1)
        for _, at in self.server.at:
            assert time(7, 30) <= at.astimezone(LONDON).time() < time(19)
            assert at.astimezone(LONDON).isoweekday() <= 5

    def _nothing_that_could_go_is_left(self) -> None:
        left = claims.due_ids(now=self.now, machine_now=self.machine_now)
        assert left == [], "due, and left"
        old = Delivery.objects.filter(state__in=(DeliveryState.PENDING, DeliveryState.RETRY), obligation__isnull=False)
        for row in old.select_related("obligation"):
            assert row.obligation is not None
            assert row.due_version == row.obligation.due_version, "a date of before the move waits to be sent"

    # --- helpers ------------------------------------------------------------------------------------------------------

    def _machine_now(self) -> datetime:
        return self.machine_now

    def _pass(self, passed: timedelta) -> None:
        self.now, self.machine_now = self.now + passed, self.machine_now + passed
        self.patches[0].disable()
        self.patches[0].options["CLOCK_STOPPED_AT"] = self.now
        self.patches[0].enable()

    def _meeting(self, which: int) -> Meeting | None:
        mine = [each.pk for each in self.meetings]
        ahead = list(Meeting.objects.filter(pk__in=mine, on__gte=self.now.date()).order_by("pk"))
        return ahead[which % len(ahead)] if ahead else None

    def _in_flight(self, uuid: str) -> bool:
        rows = Delivery.objects.filter(state=DeliveryState.SENDING, begun_at__isnull=False)
        return uuid in {str(row.message_uuid) for row in rows}

    def _begun(self, person_id: int) -> int:
        return sum(Delivery.objects.filter(recipient=person_id).values_list("attempts", flat=True))


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def run_machine(world: Cast, *, examples: int, steps: int, phases: tuple[Phase, ...] = tuple(Phase)) -> None:
    machine = type("EngineHere", (Engine,), {"world": world})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=phases,
            report_multiple_bugs=False,
        ),
    )


def test_any_order_of_acts_and_accidents_keeps_the_promises(cast: Cast) -> None:
    run_machine(cast, examples=12, steps=20)


def unconditional_begin(parcel: list[Delivery], *, machine_now: datetime) -> bool:
    """As if nobody looked again before the mail server is spoken to, nor counted the tries."""
    return True


def forgetful(delivery: Delivery, words: str, *, now: datetime, wait_until: datetime, by: User) -> None:
    """As if what was perhaps sent were tried for ever."""
    claims.settle(delivery, DeliveryState.RETRY, claims.What.RETRY, words, now=now, by=by, wait_until=wait_until)


@pytest.mark.parametrize(("name", "broken"), [("leave_uncertain", forgetful), ("_reasons_not_to_send", lambda *_: {})])
def test_an_engine_that_is_broken_is_found_out(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str, broken: Callable[..., Any]
) -> None:
    """The negative control: without the rule for what is uncertain, or the second look at a claim, a promise breaks."""
    monkeypatch.setattr(claims, name, broken)
    with pytest.raises(AssertionError):
        run_machine(cast, examples=60, steps=25, phases=(Phase.generate,))
