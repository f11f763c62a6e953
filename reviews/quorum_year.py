"""The quorum of each meeting of a year, from its register: when it held, by how much, and who of those named was there.

Whether a meeting or one organisation of its quorum is there, the rule core says; nothing is computed here but minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction

from meetings.models import Meeting
from meetings.queries import Register
from meetings.quoracy import NoTermsInForce, facts_of, quorum_terms_of
from partnership.rules.quorum.base import SizeNotGiven
from partnership.rules.quorum.facts import Facts
from partnership.rules.quorum.terms import Group, Organisations, QuorumRule, QuorumTerms, Strength, Test
from partnership.rules.quorum.timeline import Span, timeline

A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some time of a meeting, from an instant up to another."""

    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at) / A_MINUTE)


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that the quorum asks for, and when it was missing. `clause` is where the terms ask for it."""

    name: str
    clause: str
    missing: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class MeetingQuorum:
    """A meeting whose register is closed. `partners` is empty where the quorum names no organisation; `asks_for_more`
    where it is not simply each of them.

    `margin` is the smallest surplus (or, negative, shortfall) of the meeting; None where no heads are counted.
    """

    meeting: Meeting
    whole: Stretch
    without: tuple[Stretch, ...]
    partners: tuple[Bar, ...]
    margin: Fraction | None
    asks_for_more: bool

    @property
    def is_throughout(self) -> bool:
        return not self.without

    @property
    def minutes_without(self) -> int:
        return sum(stretch.minutes for stretch in self.without)


def meeting_quorums(registers: Iterable[Register]) -> list[MeetingQuorum]:
    """Of the meetings held whose terms state a quorum, in the order given."""
    return [found for register in registers if (found := _meeting_quorum(register)) is not None]


def _meeting_quorum(register: Register) -> MeetingQuorum | None:
    began, closed = register.meeting.began, register.meeting.closed_at
    if began is None or closed is None or closed <= began:
        return None
    try:
        terms, facts = quorum_terms_of(register), facts_of(register)
        spans = timeline(terms, facts)
    except (NoTermsInForce, SizeNotGiven):
        return None
    if not spans or any(span.answer.is_quorate is None for span in spans):
        return None
    margins = [span.answer.margin for span in spans if span.answer.margin is not None]
    rule = next((rule for rule in terms.rules if rule.id == spans[0].answer.rule), None)
    named = list(_organisation_tests(rule.test)) if rule else []
    return MeetingQuorum(
        meeting=register.meeting,
        whole=Stretch(began, closed),
        without=_missing(spans, closed),
        partners=tuple(_bars(terms, facts, rule, named, closed)) if rule else (),
        margin=min(margins, default=None),
        asks_for_more=any(test.minimum is not None for test in named) or bool(rule and rule.test not in named),
    )


def _missing(spans: Iterable[Span], closed: datetime) -> tuple[Stretch, ...]:
    """The time that is not quorate, neighbouring spans together."""
    stretches: list[Stretch] = []
    for span in spans:
        if span.is_quorate:
            continue
        if stretches and stretches[-1].ends_at == span.starts_at:
            stretches[-1] = Stretch(stretches[-1].starts_at, span.ends_at or closed)
        else:
            stretches.append(Stretch(span.starts_at, span.ends_at or closed))
    return tuple(stretches)


# --- one organisation at a time ---------------------------------------------------------------------------------------


def _organisation_tests(test: Test) -> Iterator[Organisations]:
    """The tests that name organisations and decide the quorum."""
    if test.strength is Strength.EXPECTED:
        return
    if isinstance(test, Organisations):
        yield test
    elif isinstance(test, Group):
        for part in test.of:
            yield from _organisation_tests(part)


def _bars(
    terms: QuorumTerms, facts: Facts, rule: QuorumRule, named: Iterable[Organisations], closed: datetime
) -> Iterator[Bar]:
    """The core is asked about a quorum of that one organisation, and of nobody else."""
    for test in named:
        clause = test.clause or rule.clause
        for choice in test.of:
            alone = replace(test, of=(choice,), minimum=None, clause=clause)
            asked = replace(terms, rules=(replace(rule, test=alone),), determination=None)
            name = " or ".join(terms.organisations[one].name for one in choice.any_of)
            yield Bar(name=name, clause=clause.ref, missing=_missing(timeline(asked, facts), closed))
