"""The sweep: what is sent, to whom, how often, and what is written down of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from pytest_django import Settings

from meetings.models import Meeting
from meetings.operations import cancel, move
from partnership import clock
from partnership.clock import LONDON
from partnership.models import Delivery, DeliveryState, Obligation
from partnership.obligations import claims, messages, sweeping
from partnership.obligations.digests import Parcel
from partnership.obligations.operations import meet_obligation
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import pause_of, sweep
from partnership.obligations.transport import Answer, Outcome, nothing
from partnership.operations import release_from_team
from tests.cast import Cast, assembled

APRIL = date(2027, 4, 22)
YES = Answer(Outcome.ACCEPTED, "250 Kept")


def hour(month: int, day: int, minute: int = 30) -> datetime:
    return datetime(2027, month, day, 8, minute, tzinfo=LONDON)


@dataclass
class Carrier:
    """Takes messages as told: one answer for each, `YES` when they run out; `meanwhile` happens as each is taken."""

    answers: list[Answer] = field(default_factory=list)
    taken: list[EmailMultiAlternatives] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None

    def prepare(self, message: EmailMultiAlternatives) -> None:
        """It goes as it stands."""

    def deliver(self, message: EmailMultiAlternatives, meanwhile: Callable[[], None] = nothing) -> Answer:
        self.taken.append(message)
        self.meanwhile()
        return self.answers.pop(0) if self.answers else YES

    def close(self) -> None:
        self.answers.clear()

    @property
    def subjects(self) -> list[str]:
        return sorted({str(message.subject) for message in self.taken})


@pytest.fixture
def cast(db: None, stopped_clock: Settings) -> Cast:
    """Assembled for each test: one of them commits."""
    return assembled()


@pytest.fixture
def meeting(cast: Cast, settings: Settings) -> Meeting:
    cast.board.short_name = "IOW Board"
    type(cast.board).objects.filter(pk=cast.board.pk).update(short_name="IOW Board")
    return cast.meeting(on=APRIL)


@pytest.fixture
def papers(meeting: Meeting) -> Obligation:
    return Obligation.objects.get(cause_id=meeting.pk, duty="papers")


@pytest.fixture
def machine_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Moves the machine's own time on."""
    began = clock.machine_now()
    ahead = [timedelta(0)]
    monkeypatch.setattr(clock, "machine_now", lambda: began + ahead[0])

    def pass_by(time: timedelta) -> None:
        ahead[0] += time

    return pass_by


def run(cast: Cast, at: datetime, carrier: Carrier) -> Carrier:
    plan(now=at)
    sweep(now=at, by=cast.author, transport=carrier)
    return carrier


def coordinators(papers: Obligation, offset: int = -14) -> Delivery:
    """The coordinator's message of one day; the first is that of 1 April."""
    return Delivery.objects.get(obligation=papers, recipient__name="Coordinator", offset=offset)


def states(papers: Obligation) -> list[str]:
    rows = Delivery.objects.filter(obligation=papers, recipient__name="Coordinator").order_by("pk")
    return list(rows.values_list("state", flat=True))


def test_a_reminder_goes_at_its_hour_and_once(cast: Cast, papers: Obligation) -> None:
    assert run(cast, hour(4, 1, 29), Carrier()).taken == []
    carrier = run(cast, hour(4, 1), Carrier())
    assert sorted(message.to[0] for message in carrier.taken) == [
        "Coordinator <coordinator@example.org>", "Manager <manager@example.org>"
    ]  # fmt: skip
    assert run(cast, hour(4, 1, 31), Carrier()).taken == []
    sent = coordinators(papers)
    assert (sent.state, sent.answer, sent.address) == ("sent", "250 Kept", "coordinator@example.org")
    assert (sent.sent_at, sent.attempts, sent.is_late) == (hour(4, 1), 1, False)
    assert list(sent.events.values_list("what", "detail")) == [("sent", "250 Kept")]


def test_the_message_says_what_is_due_and_names_no_more(cast: Cast, papers: Obligation) -> None:
    message = run(cast, hour(4, 1), Carrier()).taken[0]
    delivery = coordinators(papers)
    assert message.subject == "The agenda and papers for IOW Board, 22 April, are due by 15 April"
    assert "are due by Thursday 15 April 2027: 14 days left." in message.body
    assert "/p/isle-of-wight/main-board/meetings/2027-04-22/agenda/" in message.body
    assert message.extra_headers["Message-ID"] == f"<rem-{delivery.uuid}@localhost>"
    assert message.extra_headers["X-Quorate-Delivery"] == str(delivery.uuid)
    assert message.from_email == "Isle of Wight SCP <quorate@example.org>"
    assert (len(message.to), message.cc, message.bcc, message.attachments) == (1, [], [], [])
    html = str(message.alternatives[0][0])
    assert "background:#08363f" in html
    assert "<b>Thursday 15 April 2027</b>: 14 days left." in html


@pytest.mark.parametrize(
    ("day", "subject", "told", "became"),
    [
        (15, "The agenda and papers for IOW Board, 22 April, are due today", 2, ["sent", "pending"]),
        # The chair hears, too, once it has passed.
        (16, "The agenda and papers for IOW Board, 22 April, were due on 15 April", 3, ["skipped stale", "sent"]),
    ],
)
def test_after_three_days_away_one_message_says_how_things_stand(
    cast: Cast, papers: Obligation, day: int, subject: str, told: int, became: list[str]
) -> None:
    run(cast, hour(4, 11), Carrier())
    carrier = run(cast, hour(4, day, 45), Carrier())
    assert carrier.subjects == [subject]
    assert len(carrier.taken) == told
    assert states(papers)[-4:] == ["skipped stale", "skipped stale", *became]


def test_what_is_too_old_is_not_sent_but_that_it_passed_is_and_is_late(cast: Cast, papers: Obligation) -> None:
    carrier = run(cast, hour(4, 19), Carrier())
    assert carrier.subjects == ["The agenda and papers for IOW Board, 22 April, were due on 15 April"]
    assert (set(states(papers)[:-1]), states(papers)[-1]) == ({"skipped stale"}, "sent")
    assert coordinators(papers, offset=1).is_late


def test_what_was_done_is_not_asked_for(cast: Cast, meeting: Meeting, papers: Obligation) -> None:
    plan(now=hour(4, 1))
    meet_obligation(duty="papers", cause=meeting, on=date(2027, 3, 31), evidence="Agenda 1", by=cast["coordinator"])
    assert run(cast, hour(4, 1), Carrier()).taken == []


def test_whoever_left_between_planning_and_sending_gets_nothing(cast: Cast, papers: Obligation) -> None:
    plan(now=hour(3, 30))
    standing = cast["coordinator"].standings.get()
    release_from_team(standing=standing, ends_on=date(2027, 3, 31), reason="A new post", by=cast.author)
    carrier = run(cast, hour(4, 1), Carrier())
    assert [message.to for message in carrier.taken] == [["Manager <manager@example.org>"]]
    assert coordinators(papers).state == DeliveryState.SKIPPED_NO_ACCESS


def test_a_deactivated_person_gets_nothing(cast: Cast, papers: Obligation) -> None:
    plan(now=hour(3, 30))
    type(cast["manager"]).objects.filter(pk=cast["manager"].pk).update(is_active=False)
    assert [message.to for message in run(cast, hour(4, 1), Carrier()).taken] == [
        ["Coordinator <coordinator@example.org>"]
    ]


def test_put_off_it_is_tried_again_after_growing_pauses_and_then_failed(
    cast: Cast, papers: Obligation, machine_time: Callable[[timedelta], None]
) -> None:
    no = Answer(Outcome.PUT_OFF, "451 Try later")
    Delivery.objects.all().delete()
    plan(now=hour(4, 1))
    Delivery.objects.filter(recipient__name="Manager").delete()
    attempts = []
    for minutes in (0, 1, 5, 15, 60, 240, 240):
        machine_time(timedelta(minutes=minutes) * 1.21)
        attempts.append(len(run(cast, hour(4, 1), Carrier([no] * 9)).taken))
        assert run(cast, hour(4, 1), Carrier()).taken == []
    assert attempts == [1, 1, 1, 1, 1, 1, 0]
    row = coordinators(papers)
    assert (row.state, row.attempts, row.answer, row.is_uncertain) == ("failed", 6, "451 Try later", False)
    assert list(row.events.values_list("what", flat=True)) == ["retry"] * 5 + ["failed"]


def test_pauses_differ_by_a_fifth_at_most(cast: Cast, papers: Obligation) -> None:
    plan(now=hour(4, 15))
    pauses = [pause_of(delivery, 60) for delivery in Delivery.objects.all()]
    assert len(set(pauses)) > 1
    assert all(timedelta(minutes=48) <= pause <= timedelta(minutes=72) for pause in pauses)


def test_refused_for_good_it_has_failed_and_the_others_go(cast: Cast, papers: Obligation) -> None:
    carrier = run(cast, hour(4, 1), Carrier([Answer(Outcome.REFUSED, "550 No such mailbox"), YES]))
    assert len(carrier.taken) == 2
    rows = Delivery.objects.filter(obligation=papers, offset=-14).values_list("state", "answer")
    assert sorted(rows) == [("failed", "550 No such mailbox"), ("sent", "250 Kept")]
    assert run(cast, hour(4, 1, 40), Carrier()).taken == []


def test_perhaps_sent_goes_once_more_with_the_same_id_and_never_a_third_time(
    cast: Cast, papers: Obligation, machine_time: Callable[[timedelta], None]
) -> None:
    lost = Answer(Outcome.UNKNOWN, "SMTPServerDisconnected: Connection unexpectedly closed")
    first = run(cast, hour(4, 1), Carrier([lost, lost]))
    assert run(cast, hour(4, 1, 35), Carrier()).taken == []
    machine_time(timedelta(minutes=11))
    second = run(cast, hour(4, 1, 41), Carrier([lost, lost]))
    ids = [sorted(message.extra_headers["Message-ID"] for message in each.taken) for each in (first, second)]
    assert ids[0] == ids[1]
    machine_time(timedelta(days=1))
    assert run(cast, hour(4, 2), Carrier()).taken == []
    row = coordinators(papers)
    assert (row.state, row.is_uncertain, row.attempts) == ("failed", True, 2)


def test_a_message_that_cannot_be_written_fails_after_three_tries_and_holds_nobody_up(
    cast: Cast, papers: Obligation, machine_time: Callable[[timedelta], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = messages.message_for

    def poisoned(parcel: Parcel, rows: dict[int, Meeting], **how: Any) -> EmailMultiAlternatives:
        if parcel[0].recipient.name == "Coordinator":
            raise LookupError("no such words")
        return written(parcel, rows, **how)

    monkeypatch.setattr(sweeping, "message_for", poisoned)
    taken = []
    for _ in range(4):
        taken += run(cast, hour(4, 1), Carrier()).taken
        machine_time(timedelta(hours=1))
    assert [message.to for message in taken] == [["Manager <manager@example.org>"]]
    row = coordinators(papers)
    assert (row.state, row.render_failures, row.attempts) == ("failed", 3, 0)


def test_a_worker_that_dies_before_it_begins_loses_nothing(
    cast: Cast, papers: Obligation, machine_time: Callable[[timedelta], None]
) -> None:
    plan(now=hour(4, 1))
    for _ in range(3):  # however often
        now = clock.machine_now()
        ids = claims.due_ids(now=hour(4, 1), machine_now=now)
        assert len(claims.claim(ids, now=hour(4, 1), machine_now=now, by=cast.author)) == 2
        assert run(cast, hour(4, 1), Carrier()).taken == []
        machine_time(timedelta(seconds=601))
        claims.reclaim(now=hour(4, 1), machine_now=clock.machine_now(), by=cast.author)
    assert len(run(cast, hour(4, 1, 41), Carrier()).taken) == 2
    assert (coordinators(papers).attempts, coordinators(papers).is_uncertain) == (1, False)


def test_a_worker_that_dies_while_sending_leaves_it_uncertain_and_one_copy_more(
    cast: Cast, papers: Obligation, machine_time: Callable[[timedelta], None]
) -> None:
    plan(now=hour(4, 1))
    for copies in (2, 2, 0):
        now = clock.machine_now()
        ids = claims.due_ids(now=hour(4, 1), machine_now=now)
        begun = [
            delivery
            for delivery in claims.claim(ids, now=hour(4, 1), machine_now=now, by=cast.author)
            if claims.begin([delivery], machine_now=now)
        ]
        assert len(begun) == copies
        machine_time(timedelta(seconds=601))
        claims.reclaim(now=hour(4, 1), machine_now=clock.machine_now(), by=cast.author)
    row = coordinators(papers)
    assert (row.state, row.is_uncertain, row.attempts) == ("failed", True, 2)


def test_when_half_the_lease_is_gone_nothing_more_is_begun(cast: Cast, papers: Obligation) -> None:
    plan(now=hour(4, 1))
    now = clock.machine_now()
    ids = claims.due_ids(now=hour(4, 1), machine_now=now)
    first, second = claims.claim(ids, now=hour(4, 1), machine_now=now, by=cast.author)
    assert claims.begin([first], machine_now=now + timedelta(seconds=299)) is True
    assert claims.begin([second], machine_now=now + timedelta(seconds=301)) is False


@pytest.mark.parametrize("change", ["moved", "cancelled"])
def test_what_changes_in_flight_stops_what_is_not_begun(
    cast: Cast, meeting: Meeting, papers: Obligation, change: str
) -> None:
    """The first of two messages is on its way when the meeting moves: it goes, the second does not."""
    by = cast["coordinator"]

    def change_it() -> None:
        carrier.meanwhile = lambda: None
        if change == "moved":
            move(meeting=meeting, on=date(2027, 4, 29), starts_at=meeting.starts_at, reason="Snow", by=by)
        else:
            cancel(meeting=meeting, reason="Snow", by=by)

    carrier = Carrier(meanwhile=change_it)
    run(cast, hour(4, 1), carrier)
    old = Delivery.objects.filter(obligation=papers, due_version=1, offset=-14)
    expected = "superseded" if change == "moved" else "cancelled"
    assert sorted(old.values_list("state", flat=True)) == sorted(["sent", expected])
    told = [str(message.subject) for message in carrier.taken[1:]]
    assert [subject for subject in told if "papers" in subject] == (
        ["Changed: the agenda and papers for IOW Board, 29 April, are now due by 22 April"] if change == "moved" else []
    )


def test_no_transaction_is_open_while_the_server_speaks(transactional_db: None, cast: Cast, papers: Obligation) -> None:
    seen: list[bool] = []
    carrier = Carrier(meanwhile=lambda: seen.append(connection.in_atomic_block))
    run(cast, hour(4, 1), carrier)
    assert seen == [False, False]
