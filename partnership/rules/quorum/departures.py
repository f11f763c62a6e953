"""Whose departure would end the quorum: single people, and how many of the others together.

Whether it ends, `assess` says; the search is the same as for the fewest people whose coming would make it quorate,
steered by what those who leave would have to take away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.contributions import Crowd, Standing, by_path, to_end
from partnership.rules.quorum.demands import Demand, mask_of, members, some_of, sum_of
from partnership.rules.quorum.facts import Attendee, Facts, Interval, precedes
from partnership.rules.quorum.fewest import WORK
from partnership.rules.quorum.people import People, likeness, one_by_one
from partnership.rules.quorum.preparation import prepared
from partnership.rules.quorum.questions import Question, alone
from partnership.rules.quorum.smallest_set import Search, TooMuchWork, Work
from partnership.rules.quorum.terms import Conflict, Phase, QuorumTerms


class EndsIfStatus(StrEnum):
    """How the question was answered."""

    FOUND = "found"
    STANDS = "stands"  # whoever leaves
    NOT_QUORATE = "not quorate"  # or no quorum stated: there is nothing to end
    NOT_COMPUTED = "not computed"  # beyond the work allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class EndsIf:
    """Whose single departure ends the quorum, and the least number of others whose leaving together does.

    `others` is None where it cannot be ended by people of whom none is in `people`; so in the worst case
    `others - 1` of them may leave.
    """

    status: EndsIfStatus
    people: tuple[Attendee, ...] = ()
    others: int | None = None


def ends_if(
    terms: QuorumTerms,
    facts: Facts,
    *,
    at: datetime | None = None,
    phase: Phase = Phase.HOLD,
    item: str | None = None,
    business: str | None = None,
    work: int = WORK,
) -> EndsIf:
    """Who may not leave the meeting of `facts` at `at`, if it is to stay quorate.

    All rows with the same `person` leave together; several people of one row leave one by one. `work` is the number
    of steps allowed. Raises SizeNotGiven as `assess` does.
    """
    question = Question(terms, facts, at, phase, item, business)
    if question.outcome() is not Outcome.QUORATE:
        return EndsIf(status=EndsIfStatus.NOT_QUORATE)
    if _is_settled(question):
        return EndsIf(status=EndsIfStatus.STANDS)
    leaving = _Leaving(question, Work(work))
    try:
        single = leaving.single()
        others = leaving.others(single)
    except TooMuchWork:
        return EndsIf(status=EndsIfStatus.NOT_COMPUTED)
    if not single and others is None:
        return EndsIf(status=EndsIfStatus.STANDS)
    return EndsIf(status=EndsIfStatus.FOUND, people=leaving.people.rows(single), others=others)


def _is_settled(question: Question) -> bool:
    """Whether no departure can matter: the opening has answered, or the chair has determined it."""
    opened = question.facts.meeting.opened_at
    is_past = opened is not None and (question.at is None or precedes(opened, question.at))
    if is_past and any(rule.is_as_at_opening for rule in question.chosen()):
        return True
    undetermined = replace(question, facts=replace(question.facts, determinations=()))
    return undetermined.outcome() is not Outcome.QUORATE


class _Leaving:
    """The people who are there, and what it takes to end the quorum."""

    def __init__(self, question: Question, work: Work) -> None:
        self.question = question
        self.work = work
        self.ready = prepared(question.terms)
        rows = question.facts.attendees
        there = [row for row in rows if row.is_here(question.at) and not row.is_suspended]
        self.absent = tuple([row for row in rows if not row.is_here(question.at) or row.is_suspended])
        self.people: People = one_by_one(self.ready, there)
        self.everybody = (1 << len(self.people.persons)) - 1
        self.likeness = likeness(self.ready, self.people, self.absent)

    def single(self) -> int:
        """Those each of whom ends the quorum by leaving, as a mask; of people alike one is tried."""
        colours = self.likeness.colours(0, self.everybody)
        ends: dict[int, bool] = {}
        for one in members(self.everybody):
            if colours[one] not in ends:
                self.work.spend(Work.ANSWER)
                ends[colours[one]] = self._ends(1 << one)
        return mask_of(one for one in members(self.everybody) if ends[colours[one]])

    def others(self, single: int) -> int | None:
        """The least number of people, none of them in `single`, whose leaving together ends the quorum."""
        rest = self.everybody & ~single
        search = Search(self._demand(), rest, rest, self._ends, self.likeness.colours, self.work)
        for size in range(2, rest.bit_count() + 1):
            if search.is_exhausted:
                return None
            if search.of_at_most(size) is not None:
                return size
        return None

    def _ends(self, mask: int) -> bool:
        staying = self.people.attendees(self.everybody & ~mask)
        left = tuple([_having_left(row, self.question.at) for row in self.people.attendees(mask)])
        return self.question.outcome(self.absent + staying + left) is not Outcome.QUORATE

    def _demand(self) -> Demand:
        """What those who leave must take away: enough of the tests, or everybody who counts."""
        rules = self.question.chosen()
        interests = self.question.terms.counting.conflicted
        still_count = interests is not None and interests.effect is Conflict.STILL_COUNTED
        may_still_count = still_count and interests is not None and interests.when is not None
        if len(rules) > 1 or self.question.categories_turned_on() or may_still_count:
            return some_of(0, ())
        rule = alone(self.question, rules[0], remaining_are=Conflict.NOT_COUNTED)
        facts = self.question.facts
        sorted_out = [rule.gathering(replace(facts, attendees=person)) for person in self.people.persons]
        here = [one.here + one.withdrawn if still_count else one.here for one in sorted_out]
        answer = rule.answer(facts)
        counting = {one: 1 for one, rows in enumerate(here) if any(row.capacity.counts for row in rows)}
        nobody = sum_of(answer.heads, counting)
        crowd = Crowd(replace(rule.terms, counting=self.question.terms.counting), here)
        standing = Standing(crowd, by_path(answer), facts.meeting.on)
        tests = to_end(rule.test, standing) if answer.tests else None
        return nobody if tests is None else some_of(1, (tests, nobody))


def _having_left(row: Attendee, at: datetime | None) -> Attendee:
    """The row of somebody who has left at that moment, or (at None) never came."""
    if at is None:
        return replace(row, here=())
    ended = [
        Interval(one.arrived, at if one.left is None or precedes(at, one.left) else one.left)
        for one in row.here
        if one.arrived is None or precedes(one.arrived, at)
    ]
    return replace(row, here=tuple(ended))
