"""Boards of the benchmarks: fictional, one for each difficulty of the quorum."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from partnership.rules.clauses import Clause
from partnership.rules.quorum.facts import Attendee, Facts, Withdrawal
from partnership.rules.quorum.terms import (
    Base,
    Capacity,
    Choice,
    Combination,
    Conflict,
    ConflictRule,
    Count,
    Counting,
    Distinct,
    Group,
    Measure,
    Office,
    OfficeHeld,
    Organisation,
    Organisations,
    QuorumRule,
    QuorumTerms,
    Seat,
    Share,
    Test,
)

CLAUSE = Clause("1", "In our words.")
HALF = Fraction(1, 2)
ITEM = "item-6"

DEPUTY = Capacity(
    id="deputy",
    clause=CLAUSE,
    name="deputy",
    counts=True,
    in_base=False,
    fills_offices=True,
    represents=True,
    votes=True,
)


class Instance(NamedTuple):
    """A board, a meeting of it that is not quorate, and everybody who could still come."""

    name: str
    terms: QuorumTerms
    facts: Facts
    candidates: tuple[Attendee, ...]
    item: str | None = None


def seat(number: int, organisation: str | None = None, **more: object) -> Seat:
    return replace(Seat(id=f"seat-{number:02}", name=f"Seat {number}", organisation=organisation), **more)  # type: ignore[arg-type]


def board(body: str, seats: list[Seat], tests: list[Test], counting: Counting | None = None) -> QuorumTerms:
    named = dict.fromkeys(one.organisation for one in seats if one.organisation)
    offices = dict.fromkeys(office for one in seats for office in one.offices)
    return QuorumTerms(
        body=body,
        organisations={name: Organisation(id=name, name=name.title()) for name in named},
        offices={name: Office(id=name, clause=CLAUSE, name=name) for name in offices},
        capacities={"deputy": DEPUTY},
        seats=tuple(seats),
        counting=counting or Counting(),
        rules=(
            QuorumRule(
                id="quorum",
                clause=CLAUSE,
                test=Group(id="all", combination=Combination.ALL, of=tuple(tests)),
            ),
        ),
    )


def representative(one: Seat) -> Attendee:
    return Attendee(name=f"Representative of {one.name}", seat=one.id, organisation=one.organisation)


def deputy(one: Seat) -> Attendee:
    return Attendee(name=f"Deputy for {one.name}", seat=one.id, organisation=one.organisation, capacity="deputy")


def meeting(
    name: str, terms: QuorumTerms, there: int, *, conflicted: range = range(0), item: str | None = None
) -> Instance:
    """The last `there` representatives are there; all others and every deputy could come."""
    withdrawn = {seat.id for index, seat in enumerate(terms.seats) if index in conflicted}

    def coming(one: Seat) -> Attendee:
        row = representative(one)
        return replace(row, withdrawals=(Withdrawal(item=item),)) if one.id in withdrawn else row

    absent, present = terms.seats[: len(terms.seats) - there], terms.seats[len(terms.seats) - there :]
    facts = Facts(attendees=tuple(map(coming, present)))
    return Instance(name, terms, facts, (*map(coming, absent), *map(deputy, absent)), item)


def half(base: Base = Base.SEATS, measure: Measure = Measure.HEADS) -> Share:
    return Share(id="half", name="half", fraction=HALF, is_strict=False, base=base, measure=measure)


def each_of(*names: str) -> Organisations:
    return Organisations(id="partners", name="partners", of=tuple(Choice(any_of=(name,)) for name in names))


def isle_of_wight() -> Instance:
    """24 seats: half of them, the chair, the scrutineer and three partners; five there."""
    partners = ("council", "constabulary", "icb")
    seats = [
        seat(0, offices=("chair",)),
        seat(1, offices=("scrutineer",)),
        *(seat(2 + index, name) for index, name in enumerate(partners)),
        *(seat(number, f"agency-{number:02}") for number in range(5, 24)),
    ]
    tests: list[Test] = [
        half(),
        OfficeHeld(id="chair", any_of=("chair",)),
        OfficeHeld(id="scrutineer", any_of=("scrutineer",)),
        each_of(*partners),
    ]
    return meeting("24 seats, half, two offices, three partners", board("24", seats, tests), 5)


def sixty_seats() -> Instance:
    """60 seats of 31 organisations: half, each of three, and 20 different organisations."""
    partners = ("council", "constabulary", "icb")
    names = [*partners, *(f"agency-{number:02}" for number in range(28))]
    seats = [seat(number, names[number % len(names)]) for number in range(60)]
    tests: list[Test] = [half(), each_of(*partners), Distinct(id="different", minimum=20)]
    return meeting("60 seats, half, three partners, 20 organisations", board("60", seats, tests), 4)


def weighted() -> Instance:
    """30 seats with votes of seven weights: more than half the votes, 9 members, two partners."""
    weights = [Fraction(number) for number in (1, 2, 3, 5, 8, 13, 21)] + [Fraction(5, 2)]
    seats = [seat(number, f"owner-{number:02}", votes=weights[number % len(weights)]) for number in range(30)]
    votes = Share(id="votes", fraction=HALF, is_strict=True, base=Base.SEATS, measure=Measure.VOTES)
    tests: list[Test] = [votes, Count(id="nine", minimum=9), each_of("owner-00", "owner-08")]
    return meeting("30 seats, weighted votes, 9 members", board("weighted", seats, tests), 2)


def shrinking() -> Instance:
    """40 seats, half of the remaining: nine have an interest in the item, four of them not there yet."""
    seats = [
        seat(number, f"agency-{number % 17:02}", categories=("elected",) if number % 3 else ()) for number in range(40)
    ]
    rule = ConflictRule(id="interests", clause=CLAUSE, effect=Conflict.BASE_SHRINKS)
    tests: list[Test] = [half(), Count(id="five", minimum=5), Distinct(id="different", minimum=6)]
    terms = board("shrinking", seats, tests, Counting(conflicted=rule))
    return meeting("40 seats, half of a base that shrinks", terms, 8, conflicted=range(28, 37), item=ITEM)


INSTANCES = (isle_of_wight, sixty_seats, weighted, shrinking)
