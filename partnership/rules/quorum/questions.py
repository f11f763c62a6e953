"""One question about a quorum, asked again and again with other people: those who might come, or leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from partnership.rules.quorum.answers import Answer, Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee, Facts
from partnership.rules.quorum.preparation import prepared
from partnership.rules.quorum.register import Gathering, gather
from partnership.rules.quorum.selection import Selected, selected
from partnership.rules.quorum.terms import (
    Applies,
    Conflict,
    EveryoneConflicted,
    Group,
    Phase,
    QuorumRule,
    QuorumTerms,
    Test,
    Tested,
)


@dataclass(frozen=True, slots=True)
class Question:
    """What `assess` is asked. `facts` hold those who are there anyway."""

    terms: QuorumTerms
    facts: Facts
    at: datetime | None
    phase: Phase
    item: str | None
    business: str | None

    def outcome(self, attendees: tuple[Attendee, ...] | None = None) -> Outcome:
        """The answer, with these attendees in place of the facts' own."""
        facts = self.facts if attendees is None else replace(self.facts, attendees=attendees)
        return assess(self.terms, facts, at=self.at, phase=self.phase, item=self.item, business=self.business).outcome

    def chosen(self) -> list[Selected]:
        """The rules one of which must be met: the rule in point and, where it may be asked first, that of the start."""
        meeting = self.facts.meeting
        rule = selected(self.terms, meeting, phase=self.phase, business=self.business)
        start = selected(self.terms, meeting, phase=Phase.START, business=self.business)
        if rule is None or start is None or rule.is_as_at_opening or start.rule is rule.rule:
            return [] if rule is None else [rule]
        return [rule, start]

    def categories_turned_on(self, others: tuple[Attendee, ...] = ()) -> frozenset[str]:
        """The categories of which somebody without an interest turns a condition: that all of them have one."""
        if not any(row.withdrawals for row in (*self.facts.attendees, *others)):
            return frozenset()
        conflicted = self.terms.counting.conflicted
        conditions = [node.when for node in nodes_of(self.terms.rules)]
        conditions += [conflicted.when] if conflicted is not None else []
        return frozenset(one.category for one in conditions if isinstance(one, EveryoneConflicted))


@dataclass(frozen=True, slots=True)
class Alone:
    """The rule in point by itself, at the moment that answers: no other rule, no determination.

    Offices are not kept separate here, and members with an interest count (`conflicted`) as given; both make the
    tests easier to pass, never harder, than they are.
    """

    terms: QuorumTerms
    test: Test
    at: datetime | None
    item: str | None

    def answer(self, facts: Facts) -> Answer:
        """What it says of these facts."""
        return assess(self.terms, facts, at=self.at, phase=Phase.HOLD, item=self.item)

    def gathering(self, facts: Facts) -> Gathering:
        """The register at the moment that answers."""
        return gather(prepared(self.terms), facts, at=self.at, item=self.item)


def alone(question: Question, chosen: Selected, *, remaining_are: Conflict) -> Alone:
    """The rule by itself; `remaining_are` stands for "the remaining are a quorum"."""
    opened = question.facts.meeting.opened_at
    is_opening = chosen.is_as_at_opening and opened is not None
    rule = replace(chosen.rule, applies=Applies(), tested=Tested.THROUGHOUT)
    counting = replace(question.terms.counting, separate_offices=())
    conflicted = counting.conflicted
    if conflicted is not None and conflicted.effect is Conflict.REMAINING_ARE_QUORUM:
        counting = replace(counting, conflicted=replace(conflicted, effect=remaining_are))
    return Alone(
        terms=replace(question.terms, rules=(rule,), counting=counting, determination=None),
        test=rule.test,
        at=opened if is_opening else question.at,
        item=None if is_opening else question.item,
    )


def nodes_of(rules: tuple[QuorumRule, ...]) -> Iterator[Test]:
    """Every node of these rules' trees."""
    waiting: list[Test] = [rule.test for rule in rules]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Group):
            waiting += node.of
