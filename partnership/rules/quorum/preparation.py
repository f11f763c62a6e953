"""What can be looked up in terms of reference once, before any meeting is asked about.

A board is assessed many times on the same terms (each arrival, each reply, each forecast), so
the look-ups that depend on the terms alone are made once and kept for the values last used.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from partnership.rules.clauses import Clause
from partnership.rules.quorum.sentences import office_name
from partnership.rules.quorum.terms import Capacity, Organisation, QuorumTerms, Seat

WATCHING = ("observer", "adviser", "guest")
STAND_INS = frozenset({"deputy", "substitute", "alternate", "proxy"})
KEPT = 256


def _built_in(name: str, *, is_member: bool) -> Capacity:
    words = "A member counts." if is_member else f"An {name} watches or advises and never counts."
    return Capacity(
        id=name,
        clause=Clause("built in", words),
        name=name,
        counts=is_member,
        in_base=is_member,
        fills_offices=is_member,
        represents=is_member,
        votes=is_member,
    )


MEMBER = _built_in("member", is_member=True)
WATCHERS: Mapping[str, Capacity] = {name: _built_in(name, is_member=False) for name in WATCHING}


Spot = tuple[str, str]  # what a head occupies: ("seat", id), ("unit", name), ("organisation", id)


@dataclass(frozen=True, slots=True)
class Place:
    """A seat with its labels ready to be joined to those of whoever sits in it."""

    seat: Seat
    spot: Spot
    is_in_base: bool
    has_vote: bool
    organisations: frozenset[str]
    offices: frozenset[str]
    categories: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Terms with their look-ups.

    `standing_for` gives, for an organisation, itself and whatever else it may represent; an
    organisation absent from it stands for itself alone. `base` are the places that are in the base, `seats` how
    many seats they are; `office_names` are the names as they stand inside a sentence.
    """

    terms: QuorumTerms
    capacities: Mapping[str, Capacity]
    places: Mapping[str, Place]
    base: tuple[Place, ...]
    seats: int
    standing_for: Mapping[str, frozenset[str]]
    office_names: Mapping[str, str]

    def stands_for(self, organisation: str | None) -> frozenset[str]:
        """The organisations that somebody from this one represents."""
        if organisation is None:
            return frozenset()
        return self.standing_for.get(organisation) or frozenset((organisation,))

    def name_of(self, organisation: str) -> str:
        """The organisation's name; an id nobody declared is shown as it stands."""
        known: Organisation | None = self.terms.organisations.get(organisation)
        return known.name if known else organisation


def _prepare(terms: QuorumTerms) -> Prepared:
    capacities = {"member": MEMBER, **terms.capacities, **WATCHERS}
    standing_for = {
        own: frozenset((own, *organisation.stands_for)) for own, organisation in terms.organisations.items()
    }

    def place(seat: Seat) -> Place:
        capacity = capacities.get(seat.capacity)
        return Place(
            seat=seat,
            spot=("seat", seat.id),
            is_in_base=capacity is not None and capacity.in_base,
            has_vote=capacity is not None and capacity.votes,
            organisations=standing_for.get(seat.organisation or "")
            or frozenset((seat.organisation,) if seat.organisation else ()),
            offices=frozenset(seat.offices),
            categories=frozenset(seat.categories),
        )

    places = {seat.id: place(seat) for seat in terms.seats}
    base = tuple(one for one in places.values() if one.is_in_base)
    return Prepared(
        terms=terms,
        capacities=capacities,
        places=places,
        base=base,
        seats=sum(one.seat.count for one in base),
        standing_for=standing_for,
        office_names={office.id: office_name(office.name) for office in terms.offices.values()},
    )


_kept: OrderedDict[int, Prepared] = OrderedDict()


def prepared(terms: QuorumTerms) -> Prepared:
    """The same terms prepared, from those kept where they are among them.

    Terms are known again by identity: their mappings have no hash, and the kept value holds the
    terms themselves, so that an id cannot come to mean another object.
    """
    known = _kept.get(id(terms))
    if known is not None and known.terms is terms:
        return known
    fresh = _prepare(terms)
    _kept[id(terms)] = fresh
    if len(_kept) > KEPT:
        _kept.popitem(last=False)
    return fresh
