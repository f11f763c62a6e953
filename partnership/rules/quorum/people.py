"""People who may come to a meeting, or leave it, one by one: in order of preference, and who is like whom.

A row that stands for several people becomes as many; rows with the same `person` become one. What matters of a
person is what the rules can see: the labels of the rows and the seats, and who else is of the same seat, household
or organisation. Organisations that no rule names are interchangeable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from partnership.rules.quorum.demands import members
from partnership.rules.quorum.facts import Attendee
from partnership.rules.quorum.preparation import STAND_INS, Place, Prepared
from partnership.rules.quorum.questions import nodes_of
from partnership.rules.quorum.register import allows
from partnership.rules.quorum.smallest_set import Likeness
from partnership.rules.quorum.terms import (
    Distinct,
    Organisations,
    QuorumTerms,
    SameOrganisation,
)

Person = tuple[Attendee, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Persons in order of preference; `sources` gives for each row of each the row it was taken from."""

    persons: tuple[Person, ...]
    sources: tuple[tuple[Attendee, ...], ...]

    def attendees(self, mask: int) -> Person:
        """The rows of these persons."""
        return tuple([row for one in members(mask) for row in self.persons[one]])

    def rows(self, mask: int) -> Person:
        """The same, those taken from one row together again."""
        numbers: Counter[int] = Counter()
        known: dict[int, Attendee] = {}
        for one in members(mask):
            for source in self.sources[one]:
                numbers[id(source)] += 1
                known[id(source)] = source
        return tuple([_of_number(row, numbers[key]) for key, row in known.items()])


def _of_number(row: Attendee, number: int) -> Attendee:
    return row if row.number == number else replace(row, number=number)


def one_by_one(ready: Prepared, rows: Iterable[Attendee]) -> People:
    """The people of these rows: representatives before deputies, then in the order of the seats."""
    by_person: dict[Hashable, list[tuple[Attendee, Attendee]]] = {}
    for index, row in enumerate(rows):
        single = _of_number(row, 1)
        for copy in range(row.number if row.person is None else 1):
            by_person.setdefault(row.person or (index, copy), []).append((row if row.person else single, row))
    order = {seat.id: index for index, seat in enumerate(ready.terms.seats)}
    ordered = sorted(by_person.values(), key=lambda pairs: min(_preference(row, order) for row, _ in pairs))
    return People(
        persons=tuple([tuple([row for row, _ in pairs]) for pairs in ordered]),
        sources=tuple([tuple([source for _, source in pairs]) for pairs in ordered]),
    )


def is_stand_in(person: Person) -> bool:
    """Only ever there in somebody else's place."""
    return all(row.capacity in STAND_INS for row in person)


def _preference(row: Attendee, order: dict[str, int]) -> tuple[object, ...]:
    return (
        row.capacity in STAND_INS,
        order.get(row.seat or "", len(order)),
        row.name,
        row.capacity,
        row.organisation or "",
        sorted(row.offices),
        sorted(row.categories),
        row.votes,
    )


# --- who is like whom ---------------------------------------------------------------------------


def likeness(ready: Prepared, people: People, others: Sequence[Attendee]) -> Likeness:
    """Who of the people may stand for whom, with these others there whatever happens."""
    sight = _Sight(ready, people, others)
    return Likeness(
        [sight.look(index, person) for index, person in enumerate(people.persons)],
        [sight.families(person) for person in people.persons],
    )


class _Sight:
    """What the rules can tell of a person, and by whose company."""

    def __init__(self, ready: Prepared, people: People, others: Sequence[Attendee]) -> None:
        self.ready = ready
        self.others = others
        self.named = named_organisations(ready.terms)
        self.units_count_once = allows(ready.terms.counting.unit_counts_once, default=False)
        self.organisations_matter = _organisations_matter(ready.terms)
        rows = [*others, *(row for person in people.persons for row in person)]
        self.in_two_rows = _named_twice(row.person for row in rows)
        self.seats_of_several = _named_twice(row.seat for row in rows)
        self.unclear = self._unclear(rows)
        self.known: dict[Hashable, Hashable] = {}

    def look(self, index: int, person: Person) -> Hashable:
        """All that can be told of a person: of themselves, and of the others there with whom they belong."""
        small, large = self.families(person)
        is_one_of_a_kind = person[0].person in self.in_two_rows or not self.unclear.isdisjoint((small, large))
        beside = [self._beside(family) for family in (small, large) if family is not None]
        return (index if is_one_of_a_kind else -1, self._row(person[0]), tuple(beside))

    def _beside(self, family: Hashable) -> Hashable:
        """What can be told of those of the family who are there whatever happens."""
        if family not in self.known:
            there = [self._row(row) for row in self.others if family in self._families(row)]
            self.known[family] = tuple(sorted(map(repr, there)))
        return self.known[family]

    def families(self, person: Person) -> tuple[Hashable, Hashable]:
        """The small family (seat or household) and the large (organisation)."""
        return self._families(person[0])

    def _families(self, row: Attendee) -> tuple[Hashable, Hashable]:
        place = self._place(row)
        unit = row.unit or (place.seat.unit if place else None)
        small = ("seat", row.seat) if row.seat is not None else None
        if unit is not None and self.units_count_once:
            small = ("unit", unit)
        organisation = self._organisation(row)
        is_family = self.organisations_matter and organisation is not None and organisation not in self.named
        return small, ("organisation", organisation) if is_family else None

    def _row(self, row: Attendee) -> Hashable:
        place = self._place(row)
        organisation = self._organisation(row)
        is_seat_told = self.units_count_once and row.seat in self.seats_of_several
        return (
            row.capacity,
            organisation if organisation in self.named else organisation is not None,
            tuple(sorted(row.offices)),
            tuple(sorted(row.categories)),
            str(row.votes),
            row.number,
            row.is_remote,
            row.is_suspended,
            row.deputy_check,
            row.here,
            row.withdrawals,
            row.seat if is_seat_told else "",
            None if place is None else replace(place.seat, id="", name="", organisation=None, unit=None),
        )

    def _place(self, row: Attendee) -> Place | None:
        return self.ready.places.get(row.seat) if row.seat is not None else None

    def _organisation(self, row: Attendee) -> str | None:
        place = self._place(row)
        return row.organisation or (place.seat.organisation if place else None)

    def _unclear(self, rows: Iterable[Attendee]) -> set[Hashable]:
        """The families tied to others: by a person with several rows, or by members of several large families."""
        tied: set[Hashable] = set()
        large_of: dict[Hashable, set[Hashable]] = {}
        for row in rows:
            small, large = self._families(row)
            large_of.setdefault(small, set()).add(large)
            if row.person in self.in_two_rows:
                tied |= {small, large}
        tied |= {small for small, large in large_of.items() if len(large) > 1}
        return tied - {None}


def _named_twice(names: Iterable[str | None]) -> frozenset[str]:
    return frozenset(name for name, number in Counter(names).items() if name is not None and number > 1)


def named_organisations(terms: QuorumTerms) -> frozenset[str]:
    """The organisations that some rule names, or that stand for others."""
    named: set[str] = set()
    for one in terms.organisations.values():
        if one.stands_for:
            named |= {one.id, *one.stands_for}
    for node in nodes_of(terms.rules):
        if isinstance(node, Organisations):
            named.update(*(choice.any_of for choice in node.of))
        else:
            named.update(node.of if isinstance(node, Distinct) else ())
            who = getattr(node, "who", None)
            named.update(who.organisations if who else ())
    return frozenset(named)


def _organisations_matter(terms: QuorumTerms) -> bool:
    """Whether it matters who is of the same organisation, whichever it is."""
    once = terms.counting.same_organisation
    if once is not None and once.value is SameOrganisation.ONCE:
        return True
    return any(isinstance(node, Distinct) and not node.of for node in nodes_of(terms.rules))
