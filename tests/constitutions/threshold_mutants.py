"""Every number of a quorum moved by one step: a count by one, a fraction to its neighbour, strict to not."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from partnership.rules.quorum.terms import (
    Count,
    Distinct,
    Group,
    Linear,
    OfficeHeld,
    Organisations,
    QuorumTerms,
    Rounding,
    Share,
    ShareOfSeats,
    Step,
    Stepped,
    Test,
)

LADDER = tuple(
    Fraction(numerator, denominator)
    for numerator, denominator in ((1, 6), (1, 5), (1, 4), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (3, 4), (4, 5))
)
OTHER_ROUNDING = {Rounding.UP: Rounding.DOWN, Rounding.DOWN: Rounding.UP}


def mutants(terms: QuorumTerms) -> Iterator[tuple[str, QuorumTerms]]:
    """Each mutant with a label: the id of the test and what was done to it."""
    for index, rule in enumerate(terms.rules):
        for label, test in _of_node(rule.test):
            rules = (*terms.rules[:index], replace(rule, test=test), *terms.rules[index + 1 :])
            yield label, replace(terms, rules=rules)


def _of_node(node: Test) -> Iterator[tuple[str, Test]]:
    for what, mutant in _of_itself(node):
        yield f"{node.id}: {what}", mutant
    if isinstance(node.when, ShareOfSeats):
        for what, fraction, is_strict in _of_fraction(node.when.fraction, is_strict=node.when.is_strict):
            when = replace(node.when, fraction=fraction, is_strict=is_strict)
            yield f"{node.id}: when {what}", replace(node, when=when)
    if isinstance(node, Group):
        for index, part in enumerate(node.of):
            for label, mutant in _of_node(part):
                yield label, replace(node, of=(*node.of[:index], mutant, *node.of[index + 1 :]))


def _of_itself(node: Test) -> Iterator[tuple[str, Test]]:
    match node:
        case Group(k=k) if k:
            yield from ((f"k {other}", replace(node, k=other)) for other in (k - 1, k + 1))
        case Count() | OfficeHeld() | Distinct():
            yield from ((f"min {other}", replace(node, minimum=other)) for other in _around(node.minimum))
        case Organisations():
            yield from _of_organisations(node)
        case Share():
            for what, fraction, is_strict in _of_fraction(node.fraction, is_strict=node.is_strict):
                yield what, replace(node, fraction=fraction, is_strict=is_strict)
            if other := OTHER_ROUNDING.get(node.rounding):
                yield f"rounded {other}", replace(node, rounding=other)
        case Stepped():
            yield from _of_steps(node)
        case Linear():
            yield from ((f"times {other}", replace(node, times=other)) for other in (node.times - 1, node.times + 1))
            yield from ((f"plus {other}", replace(node, plus=other)) for other in (node.plus - 1, node.plus + 1))


def _of_organisations(node: Organisations) -> Iterator[tuple[str, Test]]:
    minimum = len(node.of) if node.minimum is None else node.minimum
    for other in _around(minimum):
        if other <= len(node.of):
            yield f"min {other}", replace(node, minimum=other)


def _of_steps(node: Stepped) -> Iterator[tuple[str, Test]]:
    for index, step in enumerate(node.steps):
        for other in _around(step.minimum):
            yield f"step {index + 1} min {other}", _with_step(node, index, replace(step, minimum=other))
        for other in _around(step.up_to) if step.up_to is not None else ():
            yield f"step {index + 1} up to {other}", _with_step(node, index, replace(step, up_to=other))


def _with_step(node: Stepped, index: int, step: Step) -> Stepped:
    return replace(node, steps=(*node.steps[:index], step, *node.steps[index + 1 :]))


def _of_fraction(fraction: Fraction, *, is_strict: bool) -> Iterator[tuple[str, Fraction, bool]]:
    for lower, higher in pairwise(LADDER):
        if fraction in {lower, higher}:
            other = higher if fraction == lower else lower
            yield f"{other}", other, is_strict
    yield ("at least" if is_strict else "more than"), fraction, not is_strict


def _around(number: int) -> tuple[int, int]:
    return number - 1, number + 1
