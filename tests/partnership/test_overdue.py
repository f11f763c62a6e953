"""Somebody hears that a duty passed: whom it concerns, the team, and those to whom the terms escalate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.mail import EmailMultiAlternatives
from pytest_django import DjangoAssertNumQueries, Settings

from meetings.operations import agree_action
from partnership.clock import LONDON
from partnership.models import Delivery, Obligation, Standing
from partnership.obligations.features import plan_board
from partnership.obligations.hours import Step, hours_of, steps_of
from partnership.obligations.operations import ensure_obligation, meet_obligation
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import sweep
from partnership.obligations.transport import Answer, Outcome, nothing
from partnership.rights import Role
from tests.cast import TODAY, Cast

APRIL = date(2027, 4, 22)
# Papers are due on Thursday 15 April.
THURSDAY, FRIDAY = datetime(2027, 4, 15, 9, tzinfo=LONDON), datetime(2027, 4, 16, 9, tzinfo=LONDON)


class Carrier:
    """A mail server that takes everything."""

    def prepare(self, message: EmailMultiAlternatives) -> None:
        """It goes as it stands."""

    def deliver(self, message: EmailMultiAlternatives, meanwhile: Callable[[], None] = nothing) -> Answer:
        return Answer(Outcome.ACCEPTED, f"250 Kept {message.subject}")

    def close(self) -> None:
        """There is no connection."""


CARRIER = Carrier()


@pytest.fixture
def papers(cast: Cast) -> Obligation:
    meeting = cast.meeting(on=APRIL)
    return Obligation.objects.get(cause_id=meeting.pk, duty="papers")


def told(obligation: Obligation, offset: int) -> list[str]:
    rows = Delivery.objects.filter(obligation=obligation, offset=offset)
    return sorted(rows.values_list("recipient__name", flat=True))


def test_a_duty_without_a_later_reminder_tells_team_and_whoever_hears_next_that_it_passed(papers: Obligation) -> None:
    assert [step.offset for step in steps_of(papers)] == [-14, -7, -3, -1, 0, 1]
    assert steps_of(papers)[-1] == Step(1, True, frozenset({Role.COORDINATOR, Role.MANAGER, Role.CHAIR}))
    plan(now=THURSDAY)
    assert told(papers, 0) == ["Coordinator", "Manager"]
    assert told(papers, 1) == ["Chair", "Coordinator", "Manager"]


def test_it_is_sent_the_day_after_and_says_by_how_much_it_is_late(
    cast: Cast, papers: Obligation, settings: Settings
) -> None:
    plan(now=FRIDAY)
    settings.CLOCK_STOPPED_AT = FRIDAY
    sweep(now=FRIDAY, by=cast.author, transport=CARRIER)
    sent = Delivery.objects.filter(obligation=papers, offset=1, state="sent")
    assert sorted(sent.values_list("recipient__name", flat=True)) == ["Chair", "Coordinator", "Manager"]
    assert "were due on" in sent[0].subject


def test_a_done_duty_is_told_to_nobody(cast: Cast, papers: Obligation) -> None:
    plan(now=THURSDAY)
    meeting = cast.board.meetings.get(on=APRIL)
    meet_obligation(duty="papers", cause=meeting, on=date(2027, 4, 15), evidence="Agenda, version 1", by=cast.author)
    sweep(now=FRIDAY, by=cast.author, transport=CARRIER)
    assert not Delivery.objects.filter(obligation=papers, offset=1, state="sent").exists()


def test_a_chair_who_left_by_then_is_not_told(cast: Cast, papers: Obligation) -> None:
    plan(now=THURSDAY)
    Standing.objects.filter(pk__in=Standing.objects.filter(person=cast["chair"])).update(until=TODAY)
    sweep(now=FRIDAY, by=cast.author, transport=CARRIER)
    row = Delivery.objects.get(obligation=papers, offset=1, recipient=cast["chair"])
    assert row.state == "skipped no access"


def test_an_escalation_before_the_due_date_is_told_to_its_office_alone(cast: Cast) -> None:
    plan_board(board=cast.board, by=cast.author)
    quarter = Obligation.objects.get(duty="quarterly-meeting", occurrence="2027-Q2")
    assert Step(-14, False, frozenset({Role.CHAIR})) in steps_of(quarter)
    plan(now=datetime(2027, 6, 16, 9, tzinfo=LONDON))
    assert told(quarter, -14) == ["Chair"]


def test_steps_that_fall_on_one_morning_tell_everybody_once(cast: Cast) -> None:
    """Due on a Friday, the day after is a Saturday; escalated after 3 days, both go on Monday."""
    meeting = cast.meeting(on=date(2027, 4, 30))
    row = ensure_obligation(
        duty="minutes-and-tracker", cause=meeting, owner="coordinator", due_on=date(2027, 5, 7), by=cast.author
    )
    at = hours_of(row)
    assert at[1] == datetime(2027, 5, 10, 8, 30, tzinfo=LONDON)
    assert len(set(at.values())) == len(at)


def test_what_is_one_members_own_is_told_to_its_people_alone_until_the_terms_name_somebody(cast: Cast) -> None:
    agree_action(board=cast.board, text="Review it", owner=cast["member"], due_on=APRIL, by=cast["coordinator"])
    action = Obligation.objects.get(duty="action-done")
    assert all(not step.roles for step in steps_of(action))
    plan(now=datetime(2027, 4, 22, 9, tzinfo=LONDON))
    assert told(action, 0) == ["Deputy", "Member"]


def test_more_obligations_cost_no_more_queries_to_plan(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    numbers = []
    for days in ((5,), (6,), (7, 8, 9)):
        for day in days:
            cast.meeting(on=date(2027, 5, day))
        with django_assert_max_num_queries(30) as asked:
            plan(now=datetime(2027, 4, 22 + days[0] - 5, 9, tzinfo=LONDON))
        numbers.append(len(asked))
    assert numbers[1] == numbers[2]
