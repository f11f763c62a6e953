"""The fewest people whose coming would make a meeting quorate, exactly.

Whether a set of people is enough, `assess` says. The search (`smallest_set`) is steered by what each person could
add to each test (`contributions`), which holds as long as the tests themselves stay as they are. People whose coming
changes the tests (members with an interest, for whom a base may shrink; the suspended; those on whom a condition
turns) are chosen first, in every way that matters, and the tests looked at anew for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.contributions import Crowd, Standing, by_path, to_reach
from partnership.rules.quorum.demands import Demand, mask_of, members, some_of
from partnership.rules.quorum.facts import Attendee, Facts
from partnership.rules.quorum.people import is_stand_in, likeness, one_by_one
from partnership.rules.quorum.preparation import prepared
from partnership.rules.quorum.questions import Alone, Question, alone
from partnership.rules.quorum.smallest_set import Search, TooMuchWork, Work
from partnership.rules.quorum.terms import Conflict, Phase, QuorumTerms

WORK = 20_000  # steps of a search: a second or two


class FewestStatus(StrEnum):
    """How the question was answered."""

    ALREADY = "already"
    FOUND = "found"
    IMPOSSIBLE = "impossible"  # whoever of the candidates comes
    NOT_STATED = "not stated"  # the terms state no quorum
    NOT_COMPUTED = "not computed"  # beyond the work allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Fewest:
    """One smallest set as rows, each with the number of people of it who come; `size` counts people.

    `size` is 0 when the meeting is quorate already and None when no set was found. Of equally small sets it is one
    with few deputies, then one of people early in the order of the seats.
    """

    status: FewestStatus
    people: tuple[Attendee, ...] = ()
    size: int | None = None


def fewest_people(
    terms: QuorumTerms,
    facts: Facts,
    candidates: tuple[Attendee, ...],
    *,
    at: datetime | None = None,
    phase: Phase = Phase.HOLD,
    item: str | None = None,
    business: str | None = None,
    work: int = WORK,
) -> Fewest:
    """The smallest set of candidates whose coming makes the meeting of `facts` quorate.

    Candidates come as their rows say: from the start, unless `here` says otherwise. All rows with the same `person`
    come together; of a row that stands for several people any number may. `work` is the number of steps allowed.
    Raises SizeNotGiven as `assess` does.
    """
    question = Question(terms, facts, at, phase, item, business)
    outcome = question.outcome()
    if outcome is Outcome.QUORATE:
        return Fewest(status=FewestStatus.ALREADY, size=0)
    if outcome is Outcome.NOT_STATED:
        return Fewest(status=FewestStatus.NOT_STATED)
    choice = _Choice(question, candidates, Work(work))
    try:
        found = choice.smallest()
    except TooMuchWork:
        return Fewest(status=FewestStatus.NOT_COMPUTED)
    if found is None:
        return Fewest(status=FewestStatus.IMPOSSIBLE)
    return Fewest(status=FewestStatus.FOUND, people=choice.people.rows(found), size=found.bit_count())


class _Way(NamedTuple):
    """A choice of people who change the tests, and those of them who may still be added to it."""

    chosen: int
    free: int


class _Choice:
    """The candidates sorted into those who leave the tests as they are and those who change them."""

    def __init__(self, question: Question, candidates: tuple[Attendee, ...], work: Work) -> None:
        self.question = question
        self.work = work
        self.rules = [alone(question, one, remaining_are=Conflict.STILL_COUNTED) for one in question.chosen()]
        self.ready = prepared(question.terms)
        self.people = one_by_one(self.ready, _of_use(self.rules, question, candidates))
        self.crowds = [
            Crowd(
                rule.terms,
                [rule.gathering(replace(question.facts, attendees=person)).here for person in self.people.persons],
            )
            for rule in self.rules
        ]
        self.everybody = (1 << len(self.people.persons)) - 1
        self.preferred = mask_of(one for one, person in enumerate(self.people.persons) if not is_stand_in(person))
        self.turning = question.categories_turned_on(candidates)
        self.changing = mask_of(
            one for one, person in enumerate(self.people.persons) if any(self._changes(row) for row in person)
        )
        self.likeness = likeness(self.ready, self.people, question.facts.attendees)
        self.searches: dict[int, Search] = {}

    def smallest(self) -> int | None:
        """A smallest set of candidates that is enough, as a mask; None when there is none."""
        ways = [_Way(0, self.changing)]
        newest = ways
        for size in range(1, self.everybody.bit_count() + 1):
            newest = [way for before in newest for way in self._one_more(before)]
            ways += newest
            still = [way for way in ways if not self._search(way.chosen).is_exhausted]
            if not still and not newest:
                return None
            for way in still:
                found = self._within(way.chosen, size)
                if found is not None:
                    return found
            ways = still
        return None

    def _within(self, chosen: int, size: int) -> int | None:
        """A set of at most that size with just these of the people who change the tests."""
        search = self._search(chosen)
        left = size - chosen.bit_count()
        if search.least > left:
            return None
        found = search.of_at_most(left)
        return None if found is None else chosen | search.with_fewest_others(found, left)

    def _one_more(self, before: _Way) -> Iterator[_Way]:
        """The ways with one more of the people who change the tests; of people alike, one."""
        free = before.free
        colours = self.likeness.colours(before.chosen, free | (self.everybody & ~self.changing)) if free else ()
        tried: set[int] = set()
        for one in members(free):
            free &= ~(1 << one)
            if colours[one] not in tried:
                tried.add(colours[one])
                self.work.spend()
                yield _Way(before.chosen | 1 << one, free)

    def _search(self, chosen: int) -> Search:
        """The search among those who change nothing, with these others there."""
        known = self.searches.get(chosen)
        if known is not None:
            return known
        self.work.spend(2 * Work.ANSWER)
        there = self.question.facts.attendees + self.people.attendees(chosen)
        facts = replace(self.question.facts, attendees=there)
        demands = [self._demand(rule, crowd, facts) for rule, crowd in zip(self.rules, self.crowds, strict=True)]
        search = Search(
            some_of(1, demands),
            self.everybody & ~self.changing,
            self.preferred,
            lambda mask: self.question.outcome(there + self.people.attendees(mask)) is Outcome.QUORATE,
            lambda mask, open_: self.likeness.colours(chosen | mask, open_),
            self.work,
        )
        self.searches[chosen] = search
        return search

    def _demand(self, rule: Alone, crowd: Crowd, facts: Facts) -> Demand:
        """What the others must bring to those of `facts` for the rule to be met."""
        answer = rule.answer(facts)
        gathering = rule.gathering(facts)
        standing = Standing(crowd, by_path(answer), facts.meeting.on, gathering.here, gathering.withdrawn)
        return (to_reach(rule.test, standing) if answer.tests else None) or some_of(0, ())

    def _changes(self, row: Attendee) -> bool:
        """Whether the row's coming can change what the tests ask for."""
        if row.is_suspended or any(one.item in {None, self.question.item} for one in row.withdrawals):
            return True
        seat = self.ready.places.get(row.seat or "")
        categories = row.categories | (seat.categories if seat else frozenset())
        return not categories.isdisjoint(self.turning)


def _of_use(rules: list[Alone], question: Question, candidates: tuple[Attendee, ...]) -> list[Attendee]:
    """Without those whose coming can change nothing: observers, improper deputies, those who come too late."""
    asked = rules if len(question.terms.rules) == 1 else [replace(rule, at=None) for rule in rules]
    facts = question.facts
    return [row for row in candidates if any(_is_of_use(one, replace(facts, attendees=(row,))) for one in asked)]


def _is_of_use(rule: Alone, facts: Facts) -> bool:
    gathering = rule.gathering(facts)
    if gathering.conflicted or gathering.suspended:
        return True
    return any(one.capacity.counts or one.capacity.represents or one.capacity.fills_offices for one in gathering.here)
