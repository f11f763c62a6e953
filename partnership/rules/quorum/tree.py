"""The tree of tests, walked: each node becomes a finding, each group joins those inside it.

A node outside its dates or its condition is left out: its group goes by the others. What is only
expected is reported and never decides.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from partnership.rules.clauses import Clause, Reading
from partnership.rules.quorum import sentences
from partnership.rules.quorum.answers import Finding
from partnership.rules.quorum.conditions import holds
from partnership.rules.quorum.exact import exact
from partnership.rules.quorum.measured import Asked, Measured
from partnership.rules.quorum.number_tests import (
    measured_count,
    measured_linear,
    measured_share,
    measured_stepped,
)
from partnership.rules.quorum.people_tests import is_empty, measured_distinct, measured_office, measured_organisations
from partnership.rules.quorum.register import is_everyone
from partnership.rules.quorum.terms import (
    Combination,
    Count,
    Distinct,
    Group,
    Linear,
    OfficeHeld,
    Organisations,
    Share,
    Stepped,
    Strength,
    Test,
)

MEASURES: dict[type[Any], tuple[str, Callable[[Any, Asked], Measured]]] = {
    Count: ("count", measured_count),
    Share: ("share", measured_share),
    Stepped: ("stepped", measured_stepped),
    Linear: ("linear", measured_linear),
    OfficeHeld: ("office", measured_office),
    Organisations: ("organisations", measured_organisations),
    Distinct: ("distinct", measured_distinct),
}
NUMBERS = frozenset({"count", "share", "stepped", "linear"})
KINDS = {Combination.ALL: "all", Combination.ANY: "any", Combination.AT_LEAST: "at_least"}
NUMBER_TESTS = (Count, Share, Stepped, Linear)


# Named here because reaching a member through its enumeration is slow before Python 3.12.
REQUIRED = Strength.REQUIRED
ALL = Combination.ALL
ANY = Combination.ANY


class Address(NamedTuple):
    """Where a node stands in the tree, and the words it rests on: its own, or those around it."""

    path: str
    group: str
    clause: Clause
    reading: Reading | None


class Deciding(NamedTuple):
    """The number test on whose surplus a part of the tree turns."""

    margin: Fraction
    test: Count | Share | Stepped | Linear
    finding: Finding
    phrase: str

    @property
    def counts_everybody(self) -> bool:
        """Whether it counts everybody, not a category or some organisations."""
        return is_everyone(self.test.who)


class Judged(NamedTuple):
    """One node with its finding. `decides` is False when it is left out or only expected.

    `wanted` says what would satisfy it. `margin` is the least surplus over the numbers that
    decide here; `deciding` the number to show, one that counts everybody where there is one.
    Both are None where no number decides, so also where what passes instead asks for no number.
    """

    test: Test
    finding: Finding
    phrase: str
    wanted: str
    decides: bool
    parts: tuple["Judged", ...] = ()
    margin: Fraction | None = None
    deciding: Deciding | None = None


def judged(test: Test, asked: Asked, around: Address, *, is_asked: bool = True) -> Judged:
    """The node and all below it, answered; `is_asked` is False below a group that is left out."""
    at = _address(test, around)
    is_asked = (
        is_asked
        and test.in_force.covers(asked.body.facts.meeting.on)
        and (test.when is None or holds(test.when, asked.body))
        and not is_empty(test, asked)
    )
    if isinstance(test, Group):
        return _group(
            test, tuple([judged(part, asked, at, is_asked=is_asked) for part in test.of]), at, is_asked=is_asked
        )
    kind, measure = MEASURES[type(test)]
    if not is_asked:
        return _left_out(test, kind, at)
    found = measure(test, asked)
    finding = _finding(test, kind, found, at)
    decides = test.strength is REQUIRED
    if not isinstance(test, NUMBER_TESTS):
        return Judged(test, finding, found.phrase, found.wanted, decides)
    margin = exact(found.counted - found.needed)
    deciding = Deciding(margin, test, finding, found.phrase)
    return Judged(test, finding, found.phrase, found.wanted, decides, (), margin, deciding)


def findings(node: Judged) -> list[Finding]:
    """The findings of the tree in its order, groups before what is in them."""
    found = [node.finding]
    for part in node.parts:
        found += findings(part)
    return found


def _address(test: Test, around: Address) -> Address:
    path = f"{around.path}/{test.id}" if around.path else test.id
    if test.clause is None:
        return Address(path, around.path, around.clause, test.reading or around.reading)
    return Address(path, around.path, test.clause, test.reading)


def _group(test: Group, parts: tuple[Judged, ...], at: Address, *, is_asked: bool) -> Judged:
    """The parts that decide, joined; a group with none left passes only if it asks for all of them."""
    combination = test.combination
    deciding = [part for part in parts if part.decides]
    if not is_asked or (not deciding and combination is not ALL):
        return _left_out(test, KINDS[combination], at, parts)
    failing = [part for part in deciding if not part.finding.passed]
    needed = test.k
    if combination is ALL:
        needed = len(deciding)
    elif combination is ANY:
        needed = 1
    found = _joined(test, len(deciding), failing, needed)
    finding = _finding(test, KINDS[combination], found, at)
    shown = deciding if combination is ALL else [part for part in deciding if part.finding.passed is found.passed]
    numbers = [part for part in shown if part.deciding is not None]
    margin, to_show = _decisive(combination, numbers, needed)
    return Judged(test, finding, found.phrase, found.wanted, test.strength is REQUIRED, parts, margin, to_show)


def _joined(test: Group, parts: int, failing: list[Judged], needed: int) -> Measured:
    met = parts - len(failing)
    passed = met >= needed
    missing: tuple[str, ...] = ()
    wanted = ""
    if not passed and test.combination is ALL:
        missing = tuple([name for part in failing for name in part.finding.missing])
        wanted = " and ".join([part.wanted for part in failing])
    elif not passed:
        wanted = sentences.one_of_these([part.wanted for part in failing], needed - met)
        missing = (wanted,)
    phrase = sentences.group_phrase(test.name, met, parts, needed)
    return Measured(needed, met, parts, passed, missing, (), phrase, wanted)


def _decisive(combination: Combination, numbers: list[Judged], needed: int) -> tuple[Fraction | None, Deciding | None]:
    """The margin that decides: of all the tightest, of any the loosest, of k the k-th; and what to show."""
    if not numbers:
        return None, None
    if len(numbers) == 1:
        return numbers[0].margin, numbers[0].deciding
    place = 0 if combination is ALL else -needed
    margins = sorted([part.margin for part in numbers if part.margin is not None])
    shown = [part.deciding for part in numbers if part.deciding is not None]
    whole = sorted([one for one in shown if one.counts_everybody] or shown, key=lambda one: one.margin)
    return margins[max(place, -len(margins))], whole[max(place, -len(whole))]


def _finding(test: Test, kind: str, found: Measured, at: Address, *, is_applied: bool = True) -> Finding:
    is_required = test.strength is REQUIRED
    return Finding(
        path=at.path,
        group=at.group,
        kind=kind,
        id=test.id,
        name=test.name,
        needed=exact(found.needed),
        counted=exact(found.counted),
        base=None if found.base is None else exact(found.base),
        passed=found.passed,
        is_applied=is_applied,
        strength=test.strength,
        missing=found.missing,
        present=found.present,
        clause=at.clause,
        reading=at.reading,
        sentence=sentences.sentence(found.phrase if is_required else sentences.expected_only(found.phrase)),
    )


def _left_out(test: Test, kind: str, at: Address, parts: tuple[Judged, ...] = ()) -> Judged:
    """A node that its date, its condition or an empty list leaves out: it neither fails nor decides."""
    nothing = Measured(0, 0, None, True, (), (), sentences.left_out(), "")
    return Judged(test, _finding(test, kind, nothing, at, is_applied=False), "", "", decides=False, parts=parts)
