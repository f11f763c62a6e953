"""What a fraction is a fraction of, and the other sizes a rule may depend on.

Every base starts from the seats that the terms put in it and takes away what the base leaves out:
vacancies, the suspended, the disqualified or conflicted. A number given with the facts (`sizes`)
stands in place of what the seats would give.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from partnership.rules.quorum.exact import Amount
from partnership.rules.quorum.facts import Facts
from partnership.rules.quorum.preparation import Place, Prepared
from partnership.rules.quorum.register import Gathering, Here, allows, fits, is_everyone
from partnership.rules.quorum.terms import EVERYONE, Base, Conflict, Measure, Who

# Named here because reaching a member through its enumeration is slow before Python 3.12.
VOTES = Measure.VOTES
HEADS = Measure.HEADS
SEATS = Base.SEATS
ENTITLED = Base.ENTITLED
IN_OFFICE = Base.IN_OFFICE
REMAINING = Base.REMAINING
BASE_SHRINKS = Conflict.BASE_SHRINKS


BASES = frozenset(base.value for base in Base)
SUSPENDED_LEFT_OUT = frozenset({IN_OFFICE, REMAINING, ENTITLED})


class SizeNotGiven(ValueError):
    """A rule depends on a size that neither the facts nor the seats give."""

    def __init__(self, size: str) -> None:
        super().__init__(
            f'The quorum depends on "{size}", which is not given. Give it with the sizes of the membership.'
        )
        self.size = size


class Body(NamedTuple):
    """One body on the day: its terms, the facts, the register at the moment, what conflict does."""

    prepared: Prepared
    facts: Facts
    gathering: Gathering
    conflict: Conflict


class Extent(NamedTuple):
    """How far a base reaches: which seats, what they are weighed by, and whether they are all of them."""

    places: Sequence[Place]
    who: Who
    measure: Measure
    voters_only: bool
    is_whole: bool


def base_of(body: Body, base: Base, who: Who = EVERYONE, measure: Measure = HEADS) -> Amount:
    """The number of seats (or the weight of votes) the base holds; never below nothing.

    Raises SizeNotGiven where the terms list no seats and the facts do not say how many there are.
    """
    extent = _extent(body.prepared, base, who, measure)
    total = _given(body.facts, base, who, extent)
    if total is None:
        if not body.prepared.base:
            raise SizeNotGiven("seats")
        total = _whole(body.prepared, extent)
    if base is not SEATS:
        total -= _vacant(body.facts, extent)
    if base in SUSPENDED_LEFT_OUT and not allows(body.prepared.terms.counting.suspended_in_base, default=False):
        total -= _told(body.facts, "excluded", _held_by(body.gathering.suspended, extent), extent)
    if base is REMAINING or body.conflict is BASE_SHRINKS:
        conflicted = body.facts.sizes.get("conflicted", _held_by(body.gathering.conflicted, extent))
        disqualified = body.facts.sizes.get("disqualified", 0) if base is REMAINING else 0
        total -= max(disqualified, conflicted)
    return max(total, 0)


def seats_known(body: Body) -> int | None:
    """All the seats in the base, where the terms list them or the facts say how many there are."""
    if not body.prepared.base and "seats" not in body.facts.sizes:
        return None
    return int(base_of(body, SEATS))


def size_of(body: Body, name: str) -> int:
    """A named size: given with the facts, or known from the seats and the register.

    Raises SizeNotGiven for a name that neither knows.
    """
    if name in body.facts.sizes:
        return body.facts.sizes[name]
    prepared = body.prepared
    whole = _extent(prepared, SEATS, EVERYONE, HEADS)
    if name in BASES and prepared.base:
        return int(base_of(body, Base(name)))
    if name == "vacancies":
        return int(_vacant(body.facts, whole))
    if name == "excluded":
        return int(_held_by(body.gathering.suspended, whole))
    if name in {"conflicted", "disqualified"}:
        return int(_held_by(body.gathering.conflicted, whole))
    if any(name in place.categories for place in prepared.base):
        return int(base_of(body, IN_OFFICE, Who(category=name)))
    raise SizeNotGiven(name)


def _extent(prepared: Prepared, base: Base, who: Who, measure: Measure) -> Extent:
    """The seats of those whom `who` names; all of them where the seats do not tell them apart."""
    voters_only = base is ENTITLED or measure is VOTES
    places: Sequence[Place] = prepared.base
    if voters_only:
        places = [place for place in places if place.has_vote]
    is_told_apart = who.category is None or any(who.category in place.categories for place in prepared.base)
    if is_everyone(who) or not is_told_apart:
        return Extent(places, EVERYONE, measure, voters_only, is_whole=True)
    within = [place for place in places if fits(who, place.categories, place.organisations)]
    return Extent(within, who, measure, voters_only, is_whole=False)


def _given(facts: Facts, base: Base, who: Who, extent: Extent) -> Amount | None:
    """The total that the facts give in place of the seats' own."""
    if not facts.sizes:
        return None
    names = ["seats"] if extent.is_whole else []
    if extent.measure is VOTES:
        is_weighted = any(place.seat.votes != 1 for place in extent.places)
        names = ["votes"] if is_weighted else ["votes", *names]
    elif who.category is not None and who.category in facts.sizes:
        names = [who.category]
    elif base is ENTITLED:
        names = ["entitled to vote", *names]
    return next((facts.sizes[name] for name in names if name in facts.sizes), None)


def _whole(prepared: Prepared, extent: Extent) -> Amount:
    return prepared.seats if extent.places is prepared.base else _weights(extent.places, extent)


def _weights(places: Iterable[Place], extent: Extent) -> Amount:
    if extent.measure is VOTES:
        return sum([place.seat.votes * place.seat.count for place in places])
    return sum([place.seat.count for place in places])


def _told(facts: Facts, name: str, known: Amount, extent: Extent) -> Amount:
    """A quantity of the whole body as the facts give it, or as it is known from the register."""
    return facts.sizes[name] if extent.is_whole and name in facts.sizes else known


def _vacant(facts: Facts, extent: Extent) -> Amount:
    vacant = [place for place in extent.places if place.seat.id in facts.vacant] if facts.vacant else []
    return _told(facts, "vacancies", _weights(vacant, extent), extent)


def _held_by(rows: Iterable[Here], extent: Extent) -> Amount:
    """How much of the base these people hold: a seat no more often than its count, a person without one once."""
    total: Amount = 0
    left: dict[tuple[str, str], int] = {}
    for one in sorted(rows, key=lambda one: one.place is None):
        if not _is_within(one, extent):
            continue
        number = one.row.number
        person = ("person", one.row.person or "")
        if one.place is not None:
            number = min(number, left.setdefault(one.place.spot, one.place.seat.count))
            left[one.place.spot] -= number
        elif one.row.person is not None:
            number = left.get(person, number)
        if one.row.person is not None:
            left[person] = 0
        total += number * (one.weight if extent.measure is VOTES else 1)
    return total


def _is_within(one: Here, extent: Extent) -> bool:
    """Whether they hold a part of the base, themselves or for another; who only watches holds none."""
    is_in_base = one.place.is_in_base if one.place else one.capacity.in_base
    has_vote = one.place.has_vote if one.place else one.capacity.votes
    return (
        is_in_base
        and (one.capacity.counts or one.capacity.in_base)
        and (has_vote or not extent.voters_only)
        and fits(extent.who, one.categories, one.organisations)
    )
