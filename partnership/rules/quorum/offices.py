"""Who fills which office, and the ways to share offices out where one person may fill only one.

Where the terms keep offices separate (the chair is not also the scrutineer for the quorum), a
person who could satisfy two such tests is put to one of them. Each way to do so is given, so that
the tree can be asked in the way that serves it best.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement, product

from partnership.rules.quorum.heads import Room
from partnership.rules.quorum.register import Here, is_deputy
from partnership.rules.quorum.terms import Group, OfficeHeld, QuorumTerms, Test

AnyOf = tuple[str, ...]
Holders = Mapping[AnyOf, Sequence[Here]]


def ways_to_fill(root: Test, terms: QuorumTerms, room: Room) -> Iterator[Holders]:
    """For each list of offices a test names, who fills one of them: every way that is allowed.

    There is one way only, unless the terms keep offices separate and somebody holds two of them.
    """
    tests = {test.any_of: test.minimum for test in _office_tests(root)}
    fillers = [one for one in room.here if one.offices and one.capacity.fills_offices] if tests else []
    if not terms.counting.separate_offices:
        yield {any_of: [one for one in fillers if fills(one, any_of, terms)] for any_of in tests}
        return
    people = _people(fillers)
    able = [[any_of for any_of in tests if any(fills(one, any_of, terms) for one in rows)] for rows in people]
    for kept in _ways(able, terms, tests):
        yield {
            any_of: [
                one
                for rows, own in zip(people, kept, strict=True)
                for one in rows
                if any_of in own and fills(one, any_of, terms)
            ]
            for any_of in tests
        }


def _ways(able: list[list[AnyOf]], terms: QuorumTerms, tests: Mapping[AnyOf, int]) -> Iterator[list[list[AnyOf]]]:
    """For each person the tests they are put to, in every way that keeps the offices separate.

    People able to do the same are alike, and no more of them than all tests need are shared out.
    """
    enough = sum(tests.values())
    alike: dict[tuple[AnyOf, ...], list[int]] = {}
    for person, own in enumerate(able):
        alike.setdefault(tuple(own), []).append(person)
    choices = [
        list(combinations_with_replacement(_allowed(own, terms), min(len(persons), enough)))
        for own, persons in alike.items()
    ]
    for way in product(*choices):
        kept: list[list[AnyOf]] = [[] for _ in able]
        for persons, chosen in zip(alike.values(), way, strict=True):
            for person, own in zip(persons, chosen, strict=False):
                kept[person] = own
        yield kept


def _allowed(own: Sequence[AnyOf], terms: QuorumTerms) -> list[list[AnyOf]]:
    """The largest sets of these tests that one person may satisfy together."""
    sets: list[list[AnyOf]] = [list(own)]
    for rule in terms.counting.separate_offices:
        divided = []
        for one in sets:
            apart = [any_of for any_of in one if not set(any_of).isdisjoint(rule.offices)]
            if len(apart) > 1:
                divided += [[any_of for any_of in one if any_of == kept or any_of not in apart] for kept in apart]
            else:
                divided.append(one)
        sets = divided
    return sets


def _people(fillers: Sequence[Here]) -> list[list[Here]]:
    """Their rows person by person; several alike in one row are taken apart."""
    by_person: dict[str | tuple[int, int], list[Here]] = {}
    for index, one in enumerate(fillers):
        if one.row.person is not None:
            by_person.setdefault(one.row.person, []).append(one)
            continue
        single = one if one.row.number == 1 else one._replace(row=replace(one.row, number=1))
        for copy in range(one.row.number):
            by_person[index, copy] = [single]
    return list(by_person.values())


def _office_tests(test: Test) -> Iterator[OfficeHeld]:
    if isinstance(test, OfficeHeld):
        yield test
    elif isinstance(test, Group):
        for part in test.of:
            yield from _office_tests(part)


def fills(one: Here, any_of: AnyOf, terms: QuorumTerms) -> bool:
    """Whether they hold one of the offices; a deputy only of an office a deputy may fill."""
    held = one.offices.intersection(any_of)
    if not held or not is_deputy(one):
        return bool(held)
    return any(office in terms.offices and terms.offices[office].deputy_may_fill for office in held)
