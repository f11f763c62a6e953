"""The ways in to the ledger: made once, moved, met, reopened, cancelled; and what the planner makes of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytest_django import Settings

from meetings.models import Meeting
from partnership import clock
from partnership.clock import LONDON
from partnership.models import Delivery, DeliveryState, EventWritten, Obligation, ObligationEvent
from partnership.obligations import causes
from partnership.obligations.hours import NoSuchDuty, Step, hour_of, hours_of
from partnership.obligations.operations import (
    NoConstitutionInForce,
    NoEvidence,
    NoSuchObligation,
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
    reopen_obligation,
)
from partnership.obligations.planning import oldest_due, plan
from tests.cast import TODAY, Cast

APRIL, DUE = date(2027, 4, 22), date(2027, 4, 15)
# The terms name no day after the due date: that it passed is told the day after.
OFFSETS = [-14, -7, -3, -1, 0, 1]


def hour(month: int, day: int, minute: int = 30) -> datetime:
    """Half past eight in London, or a moment beside it."""
    return datetime(2027, month, day, 8, minute, tzinfo=LONDON)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(on=APRIL)


@pytest.fixture
def papers(meeting: Meeting) -> Obligation:
    return Obligation.objects.get(cause_id=meeting.pk, duty="papers")


def rows_of(obligation: Obligation) -> list[tuple[int, int, str]]:
    rows = Delivery.objects.filter(obligation=obligation, recipient__name="Coordinator")
    return list(rows.order_by("pk").values_list("due_version", "offset", "state"))


def whats(obligation: Obligation) -> list[str]:
    return list(obligation.events.values_list("what", flat=True))


def test_made_twice_it_is_there_once(cast: Cast, meeting: Meeting, papers: Obligation) -> None:
    again = ensure_obligation(duty="papers", cause=meeting, owner="coordinator", due_on=DUE, by=cast["manager"])
    assert (again.pk, again.due_version, whats(papers)) == (papers.pk, 1, ["planned"])


def test_occurrences_of_one_duty_are_kept_apart(cast: Cast, meeting: Meeting, papers: Obligation) -> None:
    other = ensure_obligation(
        duty="papers", cause=meeting, owner="coordinator", due_on=DUE, occurrence="supplement", by=cast.author
    )
    assert other.pk != papers.pk
    meet_obligation(
        duty="papers", cause=meeting, on=TODAY, evidence="Supplement", occurrence="supplement", by=cast.author
    )
    papers.refresh_from_db()
    assert papers.is_open


def test_what_no_terms_ask_for_is_refused(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(NoSuchDuty, match="has no duty tea"):
        ensure_obligation(duty="tea", cause=meeting, owner="coordinator", due_on=DUE, by=cast.author)
    unruled = cast.meeting(on=APRIL, board=cast.neighbours)
    with pytest.raises(NoConstitutionInForce, match="Executive Group"):
        ensure_obligation(duty="papers", cause=unruled, owner="coordinator", due_on=DUE, by=cast.author)
    with pytest.raises(causes.UnknownCause, match=r"partnership\.partnership"):
        ensure_obligation(duty="papers", cause=cast.partnership, owner="coordinator", due_on=DUE, by=cast.author)


def test_an_act_meets_it_and_stops_its_reminders(cast: Cast, meeting: Meeting, papers: Obligation) -> None:
    plan(now=hour(3, 26))
    assert rows_of(papers) == [(1, -14, "pending")]
    with pytest.raises(NoEvidence):
        meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="", by=cast["coordinator"])
    for _ in range(2):
        meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="Agenda 1", by=cast["coordinator"])
    papers.refresh_from_db()
    assert (papers.met_on, papers.evidence, whats(papers)) == (TODAY, "Agenda 1", ["planned", "met"])
    assert rows_of(papers) == [(1, -14, "skipped met")]
    plan(now=hour(4, 14))
    assert rows_of(papers) == [(1, -14, "skipped met")]


def test_an_act_undone_opens_it_again_with_the_reminders_to_come(
    cast: Cast, meeting: Meeting, papers: Obligation
) -> None:
    plan(now=hour(3, 26))
    meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="Agenda 1", by=cast["coordinator"])
    for _ in range(2):
        reopen_obligation(duty="papers", cause=meeting, reason="Withdrawn", by=cast["manager"])
    papers.refresh_from_db()
    assert papers.is_open
    assert whats(papers) == ["planned", "met", "reopened"]
    assert rows_of(papers) == [(1, -14, "pending")]
    plan(now=hour(4, 15))
    assert [offset for _, offset, _ in rows_of(papers)] == OFFSETS


def test_cancelled_it_can_be_made_again_and_not_met(cast: Cast, meeting: Meeting, papers: Obligation) -> None:
    cancel_obligations(cause=meeting, reason="Snow", by=cast["coordinator"])
    assert cancel_obligations(cause=meeting, reason="Snow", by=cast["coordinator"]) == []
    with pytest.raises(NoSuchObligation):
        meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="Agenda 1", by=cast["coordinator"])
    ensure_obligation(duty="papers", cause=meeting, owner="coordinator", due_on=DUE, by=cast["manager"])
    papers.refresh_from_db()
    assert (papers.is_open, papers.due_version) == (True, 2)


def test_of_what_lay_in_the_past_when_it_was_made_nothing_is_sent(cast: Cast) -> None:
    soon = cast.meeting(on=date(2027, 3, 26))
    papers = Obligation.objects.get(cause_id=soon.pk, duty="papers")
    # Due on 19 March; today is the 17th, five past ten.
    days = {-1: date(2027, 3, 18), 0: papers.due_on, 1: date(2027, 3, 22)}
    assert {offset: at.date() for offset, at in hours_of(papers).items()} == days


def test_each_reminder_is_entered_once_as_its_day_comes_near(papers: Obligation) -> None:
    # A week of hours before it: the clocks go forward within.
    assert papers.plan_at == hour(3, 25) - timedelta(hours=1)
    assert plan(now=hour(3, 25) - timedelta(hours=1, seconds=1)) == 0
    assert plan(now=hour(3, 25)) == 1
    assert rows_of(papers) == [(1, -14, "pending")]
    for _ in range(3):
        plan(now=hour(4, 15))
    assert [row[1] for row in rows_of(papers)] == OFFSETS
    hours = Delivery.objects.filter(recipient__name="Coordinator", obligation=papers).values_list("send_at", flat=True)
    assert {at.astimezone(LONDON).strftime("%H:%M") for at in hours} == {"08:30"}


def test_days_of_the_settings_stand_in_where_the_terms_name_none(
    papers: Obligation, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    silent = type("Rule", (), {"reminders": (), "calendar": "", "escalation": ()})
    monkeypatch.setattr("partnership.obligations.hours.rule_of", lambda _: silent)
    settings.REMINDER_DAYS = (-7, -1, 1)
    assert list(hours_of(papers)) == [-7, -1, 1]


@pytest.mark.parametrize(
    ("due", "offset", "sent"),
    [
        (date(2027, 4, 4), 0, date(2027, 4, 2)),  # a Sunday: the Friday before
        (date(2027, 4, 2), 1, date(2027, 4, 5)),  # a Saturday after it: the Monday
        (date(2027, 3, 30), -1, date(2027, 3, 25)),  # Easter Monday: the Thursday before Good Friday
        (date(2027, 3, 25), 1, date(2027, 3, 30)),  # Good Friday: the Tuesday after Easter
        (date(2027, 5, 3), 0, date(2027, 4, 30)),  # a bank holiday itself
        (date(2040, 4, 8), 0, date(2040, 4, 8)),  # nobody knows yet: the Sunday
    ],
)
def test_nobody_is_reminded_on_a_weekend_or_a_bank_holiday(
    papers: Obligation, due: date, offset: int, sent: date
) -> None:
    papers.due_on = due
    assert hour_of(papers, offset).astimezone(LONDON).date() == sent


def test_of_reminders_that_fall_together_the_last_alone_is_sent(
    papers: Obligation, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    papers.due_on = date(2027, 3, 30)
    steps = tuple(Step(days, is_reminder=True) for days in (-7, -3, -1, 0))
    monkeypatch.setattr("partnership.obligations.hours.steps_of", lambda _: steps)
    # Saturday the 27th and Easter Monday both become Thursday the 25th.
    assert {offset: at.day for offset, at in hours_of(papers).items()} == {-7: 23, -1: 25, 0: 30}


def test_a_move_sends_nothing_twice_and_tells_of_the_new_date_once(
    cast: Cast, meeting: Meeting, papers: Obligation, settings: Settings
) -> None:
    plan(now=hour(4, 1))
    first = Delivery.objects.get(obligation=papers, recipient__name="Coordinator", offset=-14)
    Delivery.objects.filter(pk=first.pk).update(state=DeliveryState.SENT, sent_at=hour(4, 1))
    settings.CLOCK_STOPPED_AT = hour(4, 2)
    later = DUE + timedelta(days=14)
    for _ in range(2):
        ensure_obligation(duty="papers", cause=meeting, owner="coordinator", due_on=later, by=cast["coordinator"])
    plan(now=hour(4, 29))
    coordinators = Delivery.objects.filter(obligation=papers, recipient__name="Coordinator", due_version=2)
    assert [(row.purpose, row.offset) for row in coordinators.order_by("pk")] == [
        ("date changed", 0), ("reminder", -7), ("reminder", -3), ("reminder", -1), ("reminder", 0),
        ("reminder", 1),
    ]  # fmt: skip
    # The manager was not told of the first date, and so is reminded of every day of the new one.
    managers = Delivery.objects.filter(obligation=papers, recipient__name="Manager", due_version=2)
    assert [(row.purpose, row.offset) for row in managers.order_by("pk")] == [("reminder", day) for day in OFFSETS]


def test_somebody_who_joins_is_entered_at_the_next_reminder(cast: Cast, papers: Obligation) -> None:
    plan(now=hour(4, 1))
    standing = cast["coordinator"].standings.get()
    new = cast.person("new coordinator")
    type(standing).objects.filter(pk=standing.pk).update(person=new)
    plan(now=hour(4, 15))
    mine = Delivery.objects.filter(obligation=papers, recipient=new).values_list("offset", flat=True)
    assert sorted(mine) == OFFSETS


def test_the_oldest_message_due_is_the_one_figure_to_watch(papers: Obligation) -> None:
    def oldest(now: datetime) -> timedelta | None:
        return oldest_due(now=now, machine_now=clock.machine_now())

    assert oldest(hour(4, 1)) is None
    plan(now=hour(3, 26))
    assert oldest(hour(3, 31)) is None
    assert oldest(hour(4, 1, 50)) == timedelta(minutes=20)
    # Quiet hours are no lateness, neither while they last nor in the morning.
    assert oldest(hour(4, 1).replace(hour=20)) is None
    assert oldest(hour(4, 3)) is None, "a Saturday"
    assert oldest(hour(4, 6)) == timedelta(hours=1)
    Delivery.objects.update(state=DeliveryState.RETRY, wait_until=clock.machine_now() + timedelta(minutes=5))
    assert oldest(hour(4, 1, 50)) is None, "it waits after a refusal"
    assert oldest_due(now=hour(4, 1), machine_now=clock.machine_now() + timedelta(minutes=9)) is not None


def test_events_are_only_ever_added(papers: Obligation) -> None:
    event = ObligationEvent.objects.get(obligation=papers)
    for change in (
        event.save,
        event.delete,
        lambda: ObligationEvent.objects.update(detail="never"),
        lambda: ObligationEvent.objects.all().delete(),
    ):
        with pytest.raises(EventWritten):
            change()
