"""A demand asks for too little at most: its bounds against every set of a handful of people."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from partnership.rules.quorum.demands import NEVER, Demand, Some, Spot, looked_at, mask_of, members, some_of, sum_of
from tests.rules.strategies import bounded

PEOPLE = 6
EVERYBODY = (1 << PEOPLE) - 1


def a_sum(of: Random) -> Demand:
    weights = {
        one: of.choice([0, 1, 1, 1, 3]) if of.random() < 0.3 else 1 for one in range(PEOPLE) if of.random() < 0.7
    }
    order = of.sample(range(PEOPLE), PEOPLE)
    cut = of.randint(0, 3)
    spots = [Spot(mask_of(order[:cut]), of.randint(0, 2)), Spot(mask_of(order[cut : cut + 2]), of.randint(0, 1))]
    return sum_of(of.randint(-1, 5), weights, spots if of.random() < 0.5 else ())


def a_demand(of: Random, depth: int) -> Demand:
    if not depth or of.random() < 0.3:
        return a_sum(of)
    return some_of(of.randint(0, 3), [a_demand(of, depth - 1) for _ in range(of.randint(1, 4))])


def is_met(demand: Demand, people: int) -> bool:
    """Whether these people bring what is asked: in each spot only its heaviest count."""
    if isinstance(demand, Some):
        return sum(is_met(part, people) for part in demand.parts) >= demand.least
    counted = {one: demand.weights[one] for one in members(people & demand.people)}
    for spot in demand.spots:
        inside = sorted((one for one in members(spot.people) if one in counted), key=lambda one: -counted[one])
        for one in inside[spot.holds :]:
            del counted[one]
    return sum(counted.values()) >= demand.need


@bounded(1500)
@given(st.integers(0, 2**48))
def test_no_set_is_smaller_than_the_bound_nor_without_one_of_those_named(seed: int) -> None:
    of = Random(seed)
    demand = a_demand(of, 2)
    chosen = of.randrange(EVERYBODY + 1) & of.randrange(EVERYBODY + 1)
    free, preferred = EVERYBODY & ~chosen & of.randrange(EVERYBODY + 1), of.randrange(EVERYBODY + 1)
    others = of.choice([NEVER, NEVER, 0, 1])
    look = looked_at(demand, chosen, free, preferred, others)
    assert (look.more == 0) == is_met(demand, chosen)
    for more in range(EVERYBODY + 1):
        is_allowed = not more & ~free and (more & ~preferred).bit_count() <= others
        if more and is_allowed and look.more and is_met(demand, chosen | more):
            assert look.more <= more.bit_count()
            assert look.who & more


@bounded(600)
@given(st.integers(0, 2**48))
def test_the_overlap_is_the_most_parts_that_one_person_adds_to(seed: int) -> None:
    of = Random(seed)
    parts = [sum_of(1, dict.fromkeys(of.sample(range(PEOPLE), of.randint(0, 3)), 1)) for _ in range(of.randint(0, 16))]
    adding = [sum(part.people >> one & 1 for part in parts) for one in range(PEOPLE)]
    assert some_of(1, parts).overlap == max(1, *adding)
    assert some_of(1, parts).people == mask_of(one for one in range(PEOPLE) if adding[one])


def test_what_people_bring_is_looked_at_heaviest_first() -> None:
    assert list(sum_of(4, {0: 1, 1: 3, 2: 0}).weights) == [1, 0]
    assert looked_at(sum_of(4, {0: 1, 1: 3, 2: 0}), 0, 0b111, 0b111, NEVER) == (2, 0b011)
    assert looked_at(sum_of(5, {0: 1, 1: 3}), 0, 0b11, 0b11, NEVER).more == NEVER
