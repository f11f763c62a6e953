"""The fewest people whose coming makes a meeting quorate, and whose departure ends it: against brute force."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import combinations
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.instances import isle_of_wight, shrinking, sixty_seats, weighted
from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.departures import EndsIfStatus, ends_if
from partnership.rules.quorum.facts import Attendee, Facts, Interval
from partnership.rules.quorum.fewest import FewestStatus, fewest_people
from partnership.rules.quorum.selection import selected
from partnership.rules.quorum.terms import QuorumTerms
from tests.rules import plain_values
from tests.rules.strategies import World, bounded, world

Person = tuple[Attendee, ...]


def one_by_one(rows: tuple[Attendee, ...]) -> list[Person]:
    """Each person with their rows; a row that stands for several people stands for each of them."""
    persons: dict[object, list[Attendee]] = {}
    for index, row in enumerate(rows):
        for copy in range(row.number if row.person is None else 1):
            persons.setdefault(row.person or (index, copy), []).append(replace(row, number=1))
    return [tuple(own) for own in persons.values()]


def fewest_by_trying(
    terms: QuorumTerms, facts: Facts, rows: tuple[Attendee, ...], asked: dict[str, Any]
) -> tuple[str, int | None]:
    """Every set of people, the smallest first."""
    persons = one_by_one(rows)
    for size in range(len(persons) + 1):
        for chosen in combinations(persons, size):
            came = facts.attendees + tuple(row for person in chosen for row in person)
            outcome = assess(terms, replace(facts, attendees=came), **asked).outcome
            if outcome is Outcome.QUORATE:
                return ("found" if size else "already"), size
            if outcome is Outcome.NOT_STATED and not size:
                return "not stated", None
    return "impossible", None


def a_meeting_and_candidates(seed: int, most_seats: int) -> tuple[QuorumTerms, Facts, Person, dict[str, Any]]:
    """A random meeting of which some rows are taken away: those could still come."""
    of = Random(seed)
    terms, facts, question = world(seed, most_seats, 7)
    rows = [row | {"suspended": row["suspended"] and of.random() < 0.3} for row in facts["attendees"]]
    of.shuffle(rows)
    there = of.randint(0, min(2, len(rows)))
    candidates = tuple(map(plain_values.attendee, rows[there:]))
    plain = facts | {"attendees": rows[:there]}
    return plain_values.terms(terms), plain_values.facts(plain), candidates, plain_values.question(question)


@bounded(300)
@given(st.integers(0, 2**48), st.integers(2, 6))
def test_the_fewest_are_those_that_trying_every_set_finds(seed: int, most_seats: int) -> None:
    terms, facts, candidates, asked = a_meeting_and_candidates(seed, most_seats)
    found = fewest_people(terms, facts, candidates, **asked)
    assert (found.status, found.size) == fewest_by_trying(terms, facts, candidates, asked)
    if found.status is FewestStatus.FOUND:
        came = replace(facts, attendees=facts.attendees + found.people)
        assert assess(terms, came, **asked).outcome is Outcome.QUORATE
        assert len(one_by_one(found.people)) == found.size


@bounded(100)
@given(st.integers(0, 2**48), st.integers(0, 2**20))
def test_the_order_in_which_candidates_are_given_is_irrelevant(seed: int, order: int) -> None:
    terms, facts, candidates, asked = a_meeting_and_candidates(seed, 6)
    shuffled = list(candidates)
    Random(order).shuffle(shuffled)
    found, other = (fewest_people(terms, facts, rows, **asked) for rows in (candidates, tuple(shuffled)))
    assert (found.status, found.size) == (other.status, other.size)
    assert sorted(row.name for row in found.people) == sorted(row.name for row in other.people)


@bounded(150)
@given(st.integers(0, 2**48))
def test_what_guides_the_search_never_changes_its_answer(seed: int) -> None:
    """Neither the demand (here none is made) nor who is alike (here nobody is) may lose a smaller set."""
    terms, facts, candidates, asked = a_meeting_and_candidates(seed, 6)
    found = fewest_people(terms, facts, candidates, **asked)
    with patch("partnership.rules.quorum.fewest.to_reach", return_value=None):
        unguided = fewest_people(terms, facts, candidates, **asked)
    with patch("partnership.rules.quorum.smallest_set.Likeness.colours", lambda *_: range(64)):
        each_alone = fewest_people(terms, facts, candidates, **asked)
    assert (unguided.status, unguided.size) == (found.status, found.size)
    assert (each_alone.status, each_alone.size) == (found.status, found.size)


# --- whose departure ends it --------------------------------------------------------------------


def having_left(row: Attendee, at: datetime | None) -> Attendee:
    if at is None:
        return replace(row, here=())
    stays = [one for one in row.here if one.arrived is None or one.arrived < at]
    return replace(
        row, here=tuple(Interval(one.arrived, at if one.left is None else min(at, one.left)) for one in stays)
    )


def ends_by_trying(terms: QuorumTerms, facts: Facts, asked: dict[str, Any]) -> tuple[int, int | None]:
    """How many people end it alone, and the least number of the others who do so together."""
    at = asked["at"]
    absent = tuple(row for row in facts.attendees if not row.is_here(at))
    persons = one_by_one(tuple(row for row in facts.attendees if row.is_here(at)))

    def ends(leaving: tuple[Person, ...]) -> bool:
        rows = [having_left(row, at) if person in leaving else row for person in persons for row in person]
        now = replace(facts, attendees=(*absent, *rows))
        return assess(terms, now, **asked).outcome is not Outcome.QUORATE

    marked = [tuple(replace(row, name=f"{index}") for row in person) for index, person in enumerate(persons)]
    persons = marked
    single = [person for person in persons if ends((person,))]
    rest = [person for person in persons if person not in single]
    sizes = (size for size in range(2, len(rest) + 1) for leaving in combinations(rest, size) if ends(leaving))
    return len(single), next(sizes, None)


def quorate(seed: int) -> World | None:
    """A random world whose meeting is quorate, by people who could end it by leaving; None when this seed has none."""
    terms, facts, question = world(seed, 6, 7)
    body, meeting, asked = plain_values.terms(terms), plain_values.facts(facts), plain_values.question(question)
    rule = selected(body, meeting.meeting, phase=asked["phase"], business=asked["business"])
    opened = meeting.meeting.opened_at
    is_past = opened is not None and (asked["at"] is None or opened < asked["at"])
    is_settled = rule is None or (rule.is_as_at_opening and is_past)
    is_quorate = assess(body, meeting, **asked).outcome is Outcome.QUORATE
    return (terms, facts, question) if is_quorate and not is_settled else None


def next_quorate(seed: int) -> World:
    """The first such world from this seed on."""
    return next(found for found in map(quorate, range(seed, seed + 1000)) if found is not None)


@bounded(120)
@given(st.integers(0, 2**48).map(next_quorate))
def test_the_quorum_ends_when_trying_every_departure_says_so(known: World) -> None:
    body, meeting = plain_values.terms(known[0]), plain_values.facts(known[1])
    asked = plain_values.question(known[2])
    found = ends_if(body, meeting, **asked)
    single, others = ends_by_trying(body, meeting, asked)
    assert (len(one_by_one(found.people)), found.others) == (single, others)
    assert found.status is (EndsIfStatus.FOUND if single or others else EndsIfStatus.STANDS)


# --- the named instances ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instance", "size"), [(isle_of_wight, 7), (sixty_seats, 26), (weighted, 7), (shrinking, 15)]
)  # fmt: skip
def test_a_named_instance_has_its_known_answer(instance: Any, size: int) -> None:
    case = instance()
    found = fewest_people(case.terms, case.facts, case.candidates, item=case.item)
    assert (found.status, found.size) == (FewestStatus.FOUND, size)
    came = replace(case.facts, attendees=case.facts.attendees + found.people)
    assert assess(case.terms, came, item=case.item).outcome is Outcome.QUORATE


def test_representatives_come_before_deputies_and_in_the_order_of_the_seats() -> None:
    case = isle_of_wight()
    found = fewest_people(case.terms, case.facts, tuple(reversed(case.candidates)))
    assert [row.seat for row in found.people] == [f"seat-{number:02}" for number in range(7)]
    assert {row.capacity for row in found.people} == {"member"}


def test_a_deputy_is_named_where_there_is_nobody_else() -> None:
    case = isle_of_wight()
    council = [row for row in case.candidates if row.seat != "seat-02" or row.capacity == "deputy"]
    found = fewest_people(case.terms, case.facts, tuple(council))
    assert [row.name for row in found.people if row.capacity == "deputy"] == ["Deputy for Seat 2"]


def test_beyond_the_work_allowed_nothing_is_guessed() -> None:
    case = sixty_seats()
    found = fewest_people(case.terms, case.facts, case.candidates, work=12)
    assert (found.status, found.people, found.size) == (FewestStatus.NOT_COMPUTED, (), None)
    came = replace(case.facts, attendees=case.facts.attendees + case.candidates)
    assert ends_if(case.terms, came, work=12).status is EndsIfStatus.NOT_COMPUTED


def test_what_nobody_can_bring_is_impossible() -> None:
    case = isle_of_wight()
    without_chair = tuple(row for row in case.candidates if row.seat != "seat-00")
    assert fewest_people(case.terms, case.facts, without_chair).status is FewestStatus.IMPOSSIBLE


def test_the_mock_up_sentence_three_of_the_others_or_any_of_five() -> None:
    case = isle_of_wight()
    came = tuple(row for row in case.candidates if row.capacity == "member")[:9]
    found = ends_if(case.terms, replace(case.facts, attendees=case.facts.attendees + came))
    assert [row.seat for row in found.people] == [f"seat-{number:02}" for number in range(5)]
    assert found.others == 3
