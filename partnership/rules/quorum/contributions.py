"""What each person could add to each test of a quorum, and the two demands made of it.

`to_reach` says what people who come must at least bring so that the tests pass; `to_end` what those who leave must
at least take away so that they fail. Both start from the findings of the tests as they stand and are generous where
people cannot simply be added up (separate offices, one person in two seats): a demand may ask for too little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor, lcm
from typing import NamedTuple

from partnership.rules.quorum.answers import Answer, Finding
from partnership.rules.quorum.demands import Demand, Spot, Sum, mask_of, members, narrowed, some_of, sum_of
from partnership.rules.quorum.heads import capacity_of, spot_of
from partnership.rules.quorum.offices import fills
from partnership.rules.quorum.register import Here, fits
from partnership.rules.quorum.terms import (
    EVERYONE,
    Base,
    Combination,
    Conflict,
    Count,
    Distinct,
    Group,
    Linear,
    Measure,
    OfficeHeld,
    Organisations,
    QuorumTerms,
    Rounding,
    Share,
    Stepped,
    Strength,
    Test,
)

Rows = Sequence[Here]  # of one person
Number = Count | Share | Stepped | Linear
Seating = tuple[str, str]  # as `heads.spot_of` names a spot


class Crowd:
    """The people who may come or leave, each with their rows, and what is known of them whoever else is there."""

    def __init__(self, terms: QuorumTerms, people: Sequence[Rows]) -> None:
        self.terms = terms
        self.people = people
        self.seatings = [spot_of(terms.counting, rows[0]) if rows else None for rows in people]
        self._sums: dict[Number, tuple[int, Sum]] = {}
        self._seated: dict[Number, dict[Seating, list[int]]] = {}
        self._named: dict[Organisations | Distinct, list[frozenset[str]]] = {}
        self._ones: dict[tuple[int, ...], Sum] = {}

    def adding_up(self, test: Number) -> tuple[int, Sum]:
        """What each brings to the number, made whole, and how many times it was taken to make it so."""
        if test not in self._sums:
            weights = [(one, _weight(test, rows)) for one, rows in enumerate(self.people)]
            times = lcm(*(weight.denominator for _, weight in weights))
            self._sums[test] = times, sum_of(0, {one: int(weight * times) for one, weight in weights})
        return self._sums[test]

    def seated(self, test: Number) -> dict[Seating, list[int]]:
        """Those who bring something to the number, by what they would sit in."""
        if test not in self._seated:
            seated = self._seated[test] = {}
            for person in members(self.adding_up(test)[1].people):
                seating = self.seatings[person]
                if seating is not None:
                    seated.setdefault(seating, []).append(person)
        return self._seated[test]

    def one_of(self, people: tuple[int, ...]) -> Sum:
        """That one of these comes."""
        if people not in self._ones:
            self._ones[people] = sum_of(1, dict.fromkeys(people, 1))
        return self._ones[people]

    def named(self, test: Organisations | Distinct) -> list[frozenset[str]]:
        """The organisations by which each can satisfy the test."""
        if test not in self._named:
            self._named[test] = [frozenset[str]().union(*(_named(test, one) for one in rows)) for rows in self.people]
        return self._named[test]

    def fillers(self, any_of: tuple[str, ...]) -> dict[int, int]:
        """1 for each who may fill one of these offices."""
        return {
            person: 1
            for person, rows in enumerate(self.people)
            if any(one.capacity.fills_offices and fills(one, any_of, self.terms) for one in rows)
        }


class Standing:
    """The tests as they stand (`findings` by path), those there (`aside`: those who have withdrawn), and the crowd."""

    def __init__(
        self, crowd: Crowd, findings: Mapping[str, Finding], on: date | None, present: Rows = (), aside: Rows = ()
    ) -> None:
        self.crowd = crowd
        self.terms = crowd.terms
        self.findings = findings
        self.on = on
        self.present = present
        self.seated: dict[Seating | None, list[Here]] = {}
        for one in present:
            self.seated.setdefault(spot_of(crowd.terms.counting, one), []).append(one)
        everybody = [*present, *aside, *(one for rows in crowd.people for one in rows)]
        rows_of = Counter(one.row.person for one in everybody)
        several = {person for person, number in rows_of.items() if person is not None and number > 1}
        self.unclear = {spot_of(crowd.terms.counting, one) for one in everybody if one.row.person in several}


def by_path(answer: Answer) -> Mapping[str, Finding]:
    """The findings of an answer, by the place of their tests."""
    return {finding.path: finding for finding in answer.tests}


def to_reach(test: Test, standing: Standing, around: str = "") -> Demand | None:
    """What those who come must bring for this test to pass; None when it does not decide."""
    path, finding = _found(test, standing, around)
    if not finding.is_applied or test.strength is not Strength.REQUIRED:
        return None
    match test:
        case Group():
            parts = [part for part in (to_reach(one, standing, path) for one in test.of) if part is not None]
            return some_of(_least(test, len(parts)), parts)
        case OfficeHeld():
            return sum_of(test.minimum - int(finding.counted), standing.crowd.fillers(test.any_of))
        case Organisations() | Distinct():
            wanted = [standing.crowd.one_of(place.people) for place in _places(test, standing) if not place.is_taken]
            return some_of(int(finding.needed - finding.counted), wanted)
        case _:
            needed, is_strict = _threshold(test, finding)
            return _added_up(test, standing, needed - finding.counted, _spots(test, standing), is_strict=is_strict)


def to_end(test: Test, standing: Standing, around: str = "") -> Demand | None:
    """What those who leave must take away for this test to fail; None when it does not decide."""
    path, finding = _found(test, standing, around)
    if not finding.is_applied or test.strength is not Strength.REQUIRED:
        return None
    if not finding.passed:
        return some_of(0, ())
    match test:
        case Group():
            parts = [part for part in (to_end(one, standing, path) for one in test.of) if part is not None]
            return some_of(len(parts) - _least(test, len(parts)) + 1, parts)
        case OfficeHeld():
            return _office_emptied(test, finding, standing)
        case Organisations() | Distinct():
            held = [place.people for place in _places(test, standing) if place.people]
            emptied = [sum_of(len(people), dict.fromkeys(people, 1)) for people in held]
            return some_of(int(finding.counted - finding.needed) + 1, emptied)
        case _:
            needed, is_strict = _threshold(test, finding)
            if _floor(standing.terms) > needed:
                needed, is_strict = _floor(standing.terms), False
            return _added_up(test, standing, finding.counted - needed, (), is_strict=not is_strict)


def _found(test: Test, standing: Standing, around: str) -> tuple[str, Finding]:
    path = f"{around}/{test.id}" if around else test.id
    return path, standing.findings[path]


def _least(group: Group, parts: int) -> int:
    return {Combination.ALL: parts, Combination.ANY: 1}.get(group.combination, group.k)


# --- numbers ------------------------------------------------------------------------------------


def _added_up(test: Number, standing: Standing, short: Fraction, spots: Iterable[Spot], *, is_strict: bool) -> Sum:
    """The sum that makes up for what is short, in whole numbers."""
    times, whole = standing.crowd.adding_up(test)
    return narrowed(whole, floor(short * times) + 1 if is_strict else ceil(short * times), spots)


def _threshold(test: Number, finding: Finding) -> tuple[Fraction, bool]:
    """The number at which the test passes, and whether it must be exceeded."""
    if not isinstance(test, Share) or test.measure is Measure.HEADS or finding.base is None:
        return finding.needed, False
    exact = test.fraction * finding.base
    if test.rounding is not Rounding.NONE:
        exact = Fraction(ceil(exact) if test.rounding is Rounding.UP else floor(exact))
    return exact, test.is_strict


def _floor(terms: QuorumTerms) -> Fraction:
    """The number below which a shrinking base does not bring a share, where the terms give one."""
    conflicted = terms.counting.conflicted
    is_given = conflicted is not None and conflicted.effect is Conflict.BASE_SHRINKS
    return Fraction(conflicted.floor if conflicted is not None and is_given else 0)


def _counts(test: Number, one: Here) -> bool:
    is_voters_only = isinstance(test, Share) and test.base is Base.ENTITLED
    return (
        one.capacity.counts
        and (one.capacity.votes or not is_voters_only)
        and fits(test.who, one.categories, one.organisations)
    )


def _is_in_votes(test: Number) -> bool:
    return isinstance(test, Count | Share) and test.measure is Measure.VOTES


def _weight(test: Number, rows: Rows) -> Fraction:
    counted = [one for one in rows if _counts(test, one)]
    if _is_in_votes(test):
        return sum((one.weight for one in counted if one.capacity.votes), Fraction(0))
    return Fraction(1 if counted else 0)


def _spots(test: Number, standing: Standing) -> list[Spot]:
    """The seats, households and organisations that hold fewer people than could come for them.

    Left out are those touched by a person with several rows, who can give way to another.
    """
    crowd = standing.crowd
    return [
        Spot(mask_of(people), max(capacity_of(seating, crowd.people[people[0]][0]) - taken, 0))
        for seating, people in crowd.seated(test).items()
        if seating not in standing.unclear and ((taken := _taken(test, seating, people, standing)) or len(people) > 1)
    ]


def _taken(test: Number, seating: Seating, people: Sequence[int], standing: Standing) -> int:
    """How many already hold the spot, none of them with a lighter vote than those who could come."""
    there = [one for one in standing.seated.get(seating, ()) if _counts(test, one)]
    if there and _is_in_votes(test):
        heaviest = max(standing.crowd.people[person][0].weight for person in people)
        there = [one for one in there if one.capacity.votes and one.weight >= heaviest]
    return sum(one.row.number for one in there)


# --- particular people --------------------------------------------------------------------------


def _office_emptied(test: OfficeHeld, finding: Finding, standing: Standing) -> Sum:
    """Too few left of those who may fill the office.

    Where offices are kept separate, anybody who leaves one of them may draw the holder of another away.
    """
    if _is_apart(test, standing):
        return sum_of(1, standing.crowd.fillers((*test.any_of, *standing.terms.offices)))
    return sum_of(int(finding.counted) - test.minimum + 1, standing.crowd.fillers(test.any_of))


def _is_apart(test: OfficeHeld, standing: Standing) -> bool:
    """Whether the office is one of those that a person may not hold together."""
    kept_apart = standing.terms.counting.separate_offices
    return any(not set(test.any_of).isdisjoint(rule.offices) for rule in kept_apart)


class _Place(NamedTuple):
    """One organisation asked for: who of the people could be there for it, and whether somebody else is."""

    people: tuple[int, ...]
    is_taken: bool


def _places(test: Organisations | Distinct, standing: Standing) -> list[_Place]:
    """The organisations the test asks for, each with those who may stand in its place."""
    by_person = standing.crowd.named(test)
    there = frozenset[str]().union(*(_named(test, one) for one in standing.present))
    if isinstance(test, Organisations):
        asked = [frozenset(choice.any_of) for choice in test.of if choice.in_force.covers(standing.on)]
    else:
        names = test.of or sorted(there.union(*by_person))
        asked = [frozenset((name,)) for name in names]
    return [
        _Place(tuple([person for person, own in enumerate(by_person) if own & names]), bool(there & names))
        for names in asked
    ]


def _named(test: Organisations | Distinct, one: Here) -> frozenset[str]:
    """The organisations by which this row can satisfy the test."""
    who = test.who if isinstance(test, Distinct) else EVERYONE
    if not one.capacity.represents or one.organisation is None or not fits(who, one.categories, one.organisations):
        return frozenset()
    is_any = isinstance(test, Distinct) and not test.of
    return frozenset((one.organisation,)) if is_any else one.organisations
