"""A committee's decision on practice waits for the executive: due at its next meeting, met by its answer."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pytest_django import Settings

from meetings.agreement_duties import AGREED
from meetings.models import Decision, Meeting
from meetings.operations import Basis, answer_decision, cancel, close_register, move, send_minutes
from partnership.clock import LONDON
from partnership.models import Obligation
from partnership.obligations.causes import recipients_of
from partnership.obligations.features import plan_board
from tests.cast import TODAY, Cast, at
from tests.delegations import City, city_of, decided_at, open_at

ASKS = Basis(asks_agreement=True)
APRIL, MAY = date(2027, 4, 14), date(2027, 5, 12)


@pytest.fixture
def city(cast: Cast) -> City:
    return city_of(cast)


@pytest.fixture
def decision(cast: Cast, city: City) -> Decision:
    """Decided today by the committee, in minutes that were sent."""
    meeting = open_at(cast, city.committee)
    found = decided_at(cast, meeting, ASKS)
    close_register(meeting=meeting, at=at(10, 4), by=cast["clerk"])
    send_minutes(meeting=meeting, by=cast["clerk"])
    found.refresh_from_db()
    return found


def of_executive(cast: Cast, city: City, on: date) -> Meeting:
    return cast.meeting(on=on, board=city.executive)


def asked(cast: Cast, city: City) -> list[Obligation]:
    plan_board(board=city.committee, by=cast.author)
    return list(Obligation.objects.filter(duty=AGREED, cancelled_at=None))


def test_it_is_due_at_the_executives_next_meeting_and_told_to_the_committee(
    cast: Cast, city: City, decision: Decision
) -> None:
    assert asked(cast, city) == [], "the executive has no meeting yet"
    of_executive(cast, city, MAY)
    of_executive(cast, city, APRIL)
    (row,) = asked(cast, city)
    assert (row.due_on, row.board, row.owner) == (APRIL, city.committee, "committee chair")
    assert [person.name for person in recipients_of([row], TODAY)[row.pk]] == ["Clerk"]


def test_it_follows_the_executives_calendar(cast: Cast, city: City, decision: Decision) -> None:
    meeting = of_executive(cast, city, APRIL)
    of_executive(cast, city, MAY)
    asked(cast, city)
    later = date(2027, 4, 21)
    move(meeting=meeting, on=later, starts_at=meeting.starts_at, reason="The chair is away", by=cast["clerk"])
    assert [row.due_on for row in asked(cast, city)] == [date(2027, 4, 21)]
    meeting.refresh_from_db()
    cancel(meeting=meeting, reason="Too few can come", by=cast["clerk"])
    assert [row.due_on for row in asked(cast, city)] == [MAY]


@pytest.mark.parametrize("words", ["agreed", "did not agree"])
def test_the_answer_is_the_act_whichever_it_is(
    cast: Cast, city: City, decision: Decision, settings: Settings, words: str
) -> None:
    of_executive(cast, city, APRIL)
    asked(cast, city)
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 16, 9, tzinfo=LONDON)
    answer_decision(
        decision=decision,
        board=city.executive,
        is_agreed=words == "agreed",
        answered_on=APRIL,
        where="Executive Committee, item 2",
        version=decision.version,
        by=cast["clerk"],
    )
    (row,) = asked(cast, city)
    assert (row.met_on, row.evidence) == (APRIL, f"{city.executive.short_name} {words}")


def test_one_not_answered_at_that_meeting_is_late(
    cast: Cast, city: City, decision: Decision, settings: Settings
) -> None:
    of_executive(cast, city, APRIL)
    of_executive(cast, city, MAY)
    asked(cast, city)
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 20, 9, tzinfo=LONDON)
    (row,) = asked(cast, city)
    assert (row.due_on, row.is_open, row.due_version) == (APRIL, True, 1)


def test_a_draft_falls_due_for_nobody(cast: Cast, city: City) -> None:
    of_executive(cast, city, APRIL)
    meeting = open_at(cast, city.committee)
    found = decided_at(cast, meeting, ASKS)
    assert asked(cast, city) == []
    close_register(meeting=meeting, at=at(10, 4), by=cast["clerk"])
    send_minutes(meeting=meeting, by=cast["clerk"])
    (row,) = asked(cast, city)
    assert row.cause_id == found.pk
