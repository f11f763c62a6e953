"""What a set of people must at least bring: numbers to be reached, joined by "so many of these".

A demand is looked at for a set of people who have been chosen and those who are still open to choice, and tells
how many more must be chosen at least, and from whom one must come. It may ask for too little, never for too much.

People are the whole numbers from 0, sets of them are bit masks, and every number has been made whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

NEVER = 1 << 30  # more people than there are


class Spot(NamedTuple):
    """People of whom only so many add to a number: a representative and a deputy of one seat."""

    people: int
    holds: int


class Sum(NamedTuple):
    """What the chosen people bring, added up, must reach `need`.

    `weights` holds each person who brings something, the heaviest first; `spots` are disjoint; `is_even` says that
    everybody brings 1.
    """

    need: int
    people: int
    weights: Mapping[int, int]
    spots: tuple[Spot, ...]
    is_even: bool


class Some(NamedTuple):
    """At least `least` of the parts; one person can add to `overlap` of them at most."""

    least: int
    parts: tuple[Demand, ...]
    people: int
    overlap: int


Demand = Sum | Some


class Look(NamedTuple):
    """At least `more` must still be chosen (NEVER: they cannot be found), one of them from `who`."""

    more: int
    who: int


MET = Look(0, 0)
HOPELESS = Look(NEVER, 0)


def mask_of(people: Iterable[int]) -> int:
    """The set as a bit mask."""
    mask = 0
    for person in people:
        mask |= 1 << person
    return mask


def members(mask: int) -> Iterator[int]:
    """The people of a bit mask, in order."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def sum_of(need: int, weights: Mapping[int, int], spots: Iterable[Spot] = ()) -> Sum:
    """A sum, of the weights that are more than nothing."""
    known = dict(sorted(((one, weight) for one, weight in weights.items() if weight > 0), key=lambda pair: -pair[1]))
    whole = Sum(need, mask_of(known), known, (), all(weight == 1 for weight in known.values()))
    return narrowed(whole, need, spots)


def narrowed(whole: Sum, need: int, spots: Iterable[Spot]) -> Sum:
    """The sum of the same weights with another need, and with spots."""
    mask = whole.people
    shared = [Spot(spot.people & mask, spot.holds) for spot in spots]
    return whole._replace(need=need, spots=tuple([spot for spot in shared if spot.people.bit_count() > spot.holds]))


def some_of(least: int, parts: Iterable[Demand]) -> Some:
    """At least so many of the parts."""
    known = tuple(parts)
    adding = [0]  # the people who add to one part at least, to two, to three, …
    for part in known:
        once_more = adding[-1] & part.people
        for level in range(len(adding) - 1, 0, -1):
            adding[level] |= adding[level - 1] & part.people
        adding[0] |= part.people
        adding += [once_more] if once_more else []
    return Some(least, known, adding[0], len(adding))


def looked_at(demand: Demand, chosen: int, free: int, preferred: int, others: int) -> Look:
    """What the demand still asks when, of those free, at most `others` may come who are not `preferred`."""
    if isinstance(demand, Some):
        return _some(demand, chosen, free, preferred, others)
    return _even(demand, chosen, free, preferred, others) if demand.is_even else _uneven(demand, chosen, free)


def _even(demand: Sum, chosen: int, free: int, preferred: int, others: int) -> Look:
    in_it = chosen & demand.people
    short = demand.need - in_it.bit_count()
    who = free & demand.people
    for people, holds in demand.spots:
        short += max((in_it & people).bit_count() - holds, 0)
        if (in_it & people).bit_count() >= holds:
            who &= ~people
    if short <= 0:
        return MET
    if _room(demand, in_it, who) < short or _room(demand, in_it, who & preferred) + others < short:
        return HOPELESS
    return Look(short, who)


def _room(demand: Sum, in_it: int, who: int) -> int:
    """How many of these people can add to the number at once."""
    room = who.bit_count()
    for people, holds in demand.spots:
        room -= max(
            (who & people).bit_count() + (in_it & people).bit_count() - max(holds, (in_it & people).bit_count()), 0
        )
    return room


def _uneven(demand: Sum, chosen: int, free: int) -> Look:
    taken = dict.fromkeys(demand.spots, 0)
    lightest: dict[Spot, int] = {}
    spot_of = {one: spot for spot in demand.spots for one in members(spot.people)}
    short = demand.need
    for one, weight in demand.weights.items():  # the heaviest first, so a spot holds its heaviest
        spot = spot_of.get(one)
        if not chosen >> one & 1 or (spot is not None and taken[spot] >= spot.holds):
            continue
        short -= weight
        if spot is not None:
            taken[spot] += 1
            lightest[spot] = weight
    if short <= 0:
        return MET
    more = who = 0
    for one, weight in demand.weights.items():
        spot = spot_of.get(one)
        is_full = spot is not None and taken[spot] >= spot.holds
        if not free >> one & 1 or (is_full and weight <= lightest.get(spot, weight)):  # type: ignore[arg-type]
            continue
        who |= 1 << one
        more += short > 0
        short -= weight
    return Look(more, who) if short <= 0 else HOPELESS


def _some(demand: Some, chosen: int, free: int, preferred: int, others: int) -> Look:
    unmet = []
    still = demand.least
    for part in demand.parts:
        look = looked_at(part, chosen, free, preferred, others)
        if not look.more:
            still -= 1
        elif look.more < NEVER:
            unmet.append(look)
    if still <= 0:
        return MET
    if len(unmet) < still:
        return HOPELESS
    unmet.sort(key=lambda look: look.more)
    asked = [look.more for look in unmet[:still]]
    more = max(asked[-1], -(-sum(asked) // demand.overlap))
    if len(unmet) == still:
        return Look(more, min((look.who for look in unmet), key=int.bit_count))
    who = 0
    for look in unmet:
        who |= look.who
    return Look(more, who)
