"""A duty waived where a clause lets somebody, by whom it lets, with a reason; withdrawn; and never done and waived."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from meetings.models import Meeting
from meetings.operations.calling import cancel
from partnership.clock import LONDON
from partnership.models import Delivery, DutyWaiver, EventWritten, Obligation
from partnership.obligations.operations import ensure_obligation, meet_obligation, reopen_obligation
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import sweep
from partnership.obligations.waivers import CannotBeWaived, NoReason, NotWaived, waive, withdraw_waiver
from tests.cast import TODAY, Cast
from tests.terms_with_waiver import let_waive

APRIL = date(2027, 4, 22)
FIRST = datetime(2027, 4, 1, 8, 30, tzinfo=LONDON)
REASON = "The meeting has one item, and it is read out."


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    let_waive(cast, "chair")
    return cast.meeting(on=APRIL)


@pytest.fixture
def papers(meeting: Meeting) -> Obligation:
    return Obligation.objects.get(cause_id=meeting.pk, duty="papers")


def whats(obligation: Obligation) -> list[str]:
    return list(obligation.events.values_list("what", flat=True))


def states(obligation: Obligation) -> set[str]:
    return set(Delivery.objects.filter(obligation=obligation).values_list("state", flat=True))


def test_a_waived_duty_is_neither_open_nor_done_and_says_by_whom_and_why(cast: Cast, papers: Obligation) -> None:
    waive(obligation=papers, reason=REASON, by=cast["chair"])
    papers.refresh_from_db()
    assert (papers.is_open, papers.met_on, whats(papers)) == (False, None, ["planned", "waived"])
    row = DutyWaiver.objects.get()
    assert (row.by, row.role, row.clause, row.reason) == (cast["chair"], "chair", "9.4", REASON)
    with pytest.raises(EventWritten):
        row.save()


def test_its_reminders_stop_with_it_and_come_back_with_it(cast: Cast, papers: Obligation) -> None:
    plan(now=FIRST)
    assert states(papers) == {"pending"}
    waive(obligation=papers, reason=REASON, by=cast["chair"])
    assert states(papers) == {"skipped waived"}
    withdraw_waiver(obligation=papers, reason="There are papers after all.", by=cast["chair"])
    papers.refresh_from_db()
    assert (papers.is_open, states(papers)) == (True, {"pending"})
    assert whats(papers) == ["planned", "waived", "unwaived"]
    assert list(DutyWaiver.objects.values_list("what", flat=True)) == ["waived", "withdrawn"]


def test_a_message_claimed_meanwhile_is_not_sent(cast: Cast, papers: Obligation) -> None:
    plan(now=FIRST)
    Obligation.objects.filter(pk=papers.pk).update(waived_at=FIRST)
    sweep(now=FIRST, by=cast.author)
    assert set(Delivery.objects.filter(obligation=papers, send_at__lte=FIRST).values_list("state", flat=True)) == {
        "skipped waived"
    }


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("manager", r"Only the chair may waive this \(9\.4\)\."),
        ("coordinator", "Only the chair or the manager may waive a duty"),
        ("member", "Only the chair or the manager may waive a duty"),
    ],
)
def test_nobody_waives_whom_the_clause_does_not_name(cast: Cast, papers: Obligation, name: str, words: str) -> None:
    with pytest.raises(CannotBeWaived, match=words):
        waive(obligation=papers, reason=REASON, by=cast[name])
    papers.refresh_from_db()
    assert papers.is_open
    assert not DutyWaiver.objects.exists()


def test_where_no_clause_lets_anybody_the_refusal_names_the_clause_that_asks(cast: Cast, meeting: Meeting) -> None:
    minutes = Obligation.objects.get(cause_id=meeting.pk, duty="minutes-and-tracker")
    with pytest.raises(CannotBeWaived, match="Nobody may waive this: Support 3 asks for it and lets nobody off"):
        waive(obligation=minutes, reason=REASON, by=cast["chair"])


def test_a_reason_is_given_for_both(cast: Cast, papers: Obligation) -> None:
    with pytest.raises(NoReason):
        waive(obligation=papers, reason="  Because  ", by=cast["chair"])
    waive(obligation=papers, reason=REASON, by=cast["chair"])
    with pytest.raises(NoReason):
        withdraw_waiver(obligation=papers, reason="", by=cast["chair"])
    papers.refresh_from_db()
    assert papers.waived_at is not None


def test_what_is_done_is_not_waived_and_what_is_waived_is_not_waived_again(
    cast: Cast, meeting: Meeting, papers: Obligation
) -> None:
    with pytest.raises(NotWaived):
        withdraw_waiver(obligation=papers, reason=REASON, by=cast["chair"])
    waive(obligation=papers, reason=REASON, by=cast["chair"])
    with pytest.raises(CannotBeWaived, match="waived already"):
        waive(obligation=papers, reason=REASON, by=cast["chair"])
    meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="Agenda, version 1", by=cast.author)
    papers.refresh_from_db()
    assert (papers.met_on, papers.waived_at) == (TODAY, None)
    with pytest.raises(CannotBeWaived, match="done on 17 March 2027"):
        waive(obligation=papers, reason=REASON, by=cast["chair"])
    reopen_obligation(duty="papers", cause=meeting, reason="Withdrawn", by=cast.author)
    papers.refresh_from_db()
    assert papers.is_open


def test_a_meeting_that_moves_keeps_its_waiver_and_one_cancelled_takes_it_along(
    cast: Cast, meeting: Meeting, papers: Obligation
) -> None:
    waive(obligation=papers, reason=REASON, by=cast["chair"])
    ensure_obligation(
        duty="papers",
        cause=meeting,
        owner="coordinator",
        due_on=date(2027, 4, 20),
        constitution=papers.constitution,
        by=cast.author,
    )
    papers.refresh_from_db()
    assert (papers.due_on, papers.waived_at is not None) == (date(2027, 4, 20), True)
    cancel(meeting=meeting, reason="Too few can come", by=cast["manager"])
    papers.refresh_from_db()
    assert papers.cancelled_at is not None
    with pytest.raises(NotWaived):
        withdraw_waiver(obligation=papers, reason=REASON, by=cast["chair"])


def test_the_table_of_rights_lets_nobody_else_whatever_a_standing_says(cast: Cast, papers: Obligation) -> None:
    with pytest.raises(CannotBeWaived):
        waive(obligation=papers, reason=REASON, by=cast["neighbour"])
    with pytest.raises(CannotBeWaived):
        waive(obligation=papers, reason=REASON, by=cast["outsider"])
