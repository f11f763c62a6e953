"""How many heads people make: the first half of every quorum question.

A head is a person in a spot. A spot holds so many: a seat as many as its count, so that a
representative and the deputy of one seat are one head; a household, or an organisation whose
staff count once, holds one. A person who sits in two seats is one head.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from partnership.rules.quorum import notes
from partnership.rules.quorum.matching import matched
from partnership.rules.quorum.preparation import Spot
from partnership.rules.quorum.register import Here, is_deputy
from partnership.rules.quorum.terms import Counting, SameOrganisation

# Named here because reaching a member through its enumeration is slow before Python 3.12.
ONCE = SameOrganisation.ONCE


class Room(NamedTuple):
    """The people whom the tests are asked about; `counted` are those whose capacity counts."""

    here: Sequence[Here]
    counted: Sequence[Here]
    heads: int
    notes: tuple[str, ...]


def room_of(counting: Counting, here: Sequence[Here]) -> Room:
    """The room with its heads, and a note on each person whose place is counted already."""
    counted = [one for one in here if one.capacity.counts]
    spots = _spots(counting, counted)
    if _is_plain(counted, spots):
        return Room(here, counted, sum([one.row.number for one in counted]), ())
    heads, passed_over = _matched(counted, spots)
    return Room(here, counted, heads, tuple(dict.fromkeys(notes.same_place(one.row) for one in passed_over)))


def heads_of(counting: Counting, people: Sequence[Here]) -> int:
    """How many heads these people make."""
    spots = _spots(counting, people)
    if _is_plain(people, spots):
        return sum([one.row.number for one in people])
    return _matched(people, spots)[0]


def votes_of(counting: Counting, people: Sequence[Here]) -> Fraction:
    """The weight of the votes they carry: each spot votes no more often than it holds people.

    A person who holds two seats votes for both.
    """
    total = Fraction(0)
    by_spot: dict[Spot, list[Fraction]] = {}
    limits: dict[Spot, int] = {}
    for one in people:
        spot = spot_of(counting, one)
        if not one.capacity.votes:
            continue
        if spot is None:
            total += one.weight * one.row.number
        else:
            limits[spot] = capacity_of(spot, one)
            by_spot.setdefault(spot, []).extend([one.weight] * min(one.row.number, limits[spot]))
    return total + sum((sum(sorted(weights)[-limits[spot] :]) for spot, weights in by_spot.items()), Fraction(0))


def _spots(counting: Counting, people: Sequence[Here]) -> list[Spot | None]:
    if counting.same_organisation is None and counting.unit_counts_once is None:
        return [one.place.spot if one.place else None for one in people]
    return [spot_of(counting, one) for one in people]


def spot_of(counting: Counting, one: Here) -> Spot | None:
    """What this head occupies, if anything that holds a limited number."""
    rule = counting.same_organisation
    if rule is not None and rule.value is ONCE and one.organisation is not None:
        return ("organisation", one.organisation)
    if counting.unit_counts_once is not None and counting.unit_counts_once.value:
        unit = one.row.unit or (one.place.seat.unit if one.place else None)
        if unit is not None:
            return ("unit", unit)
    return one.place.spot if one.place else None


def capacity_of(spot: Spot, one: Here) -> int:
    return one.place.seat.count if spot[0] == "seat" and one.place else 1


def _is_plain(people: Sequence[Here], spots: Sequence[Spot | None]) -> bool:
    """Whether each row is simply its own heads: nobody twice, no spot asked to hold too many."""
    persons = [one.row.person for one in people if one.row.person is not None]
    if len(set(persons)) < len(persons):
        return False
    if len(set(spots)) == len(spots) and max([one.row.number for one in people], default=1) == 1:
        return True
    used: Counter[Spot] = Counter()
    for one, spot in zip(people, spots, strict=True):
        if spot is not None:
            used[spot] += one.row.number
            if used[spot] > capacity_of(spot, one):
                return False
    return True


Pair = tuple[Here, Spot | None]


def _matched(people: Sequence[Here], spots: Sequence[Spot | None]) -> tuple[int, list[Here]]:
    """The heads where a person has several rows or a spot is asked to hold too many; and who is passed over.

    As many people as possible are heads, each in one of their spots; representatives come before
    deputies, and people with one row before people with several.
    """
    persons = _persons(people, spots)
    free = [pairs for pairs in persons if any(spot is None for _, spot in pairs)]
    bound = [pairs for pairs in persons if all(spot is not None for _, spot in pairs)]
    limits = {spot: capacity_of(spot, one) for one, spot in zip(people, spots, strict=True) if spot is not None}
    given = matched([[spot for _, spot in pairs if spot is not None] for pairs in bound], limits)
    passed_over = [one for pairs, spot in zip(bound, given, strict=True) if spot is None for one, _ in pairs]
    heads = sum(max(one.row.number for one, spot in pairs if spot is None) for pairs in free)
    return heads + sum(spot is not None for spot in given), passed_over


def _persons(people: Sequence[Here], spots: Sequence[Spot | None]) -> list[list[Pair]]:
    """The rows person by person; `number` alike in a spot become as many people as it holds, and one."""
    by_person: dict[str | int, list[Pair]] = {}
    alike: list[list[Pair]] = []
    for index, (one, spot) in enumerate(zip(people, spots, strict=True)):
        if one.row.person is None and spot is not None and one.row.number > 1:
            alike += [[(one, spot)]] * min(one.row.number, capacity_of(spot, one) + 1)
        else:
            by_person.setdefault(index if one.row.person is None else one.row.person, []).append((one, spot))
    return sorted(
        (*by_person.values(), *alike),
        key=lambda pairs: (all(is_deputy(one) for one, _ in pairs), len(pairs), pairs[0][0].row.name),
    )
