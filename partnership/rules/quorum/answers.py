"""The answer to "is it quorate?": an outcome, the reasons test by test, and plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from partnership.rules.clauses import Clause, Reading
from partnership.rules.quorum.terms import Phase, Strength


class Outcome(StrEnum):
    """The four answers a constitution can give."""

    QUORATE = "quorate"
    NOT_QUORATE = "not_quorate"
    NOT_QUORATE_UNLESS_DETERMINED = "not_quorate_unless_determined"
    NOT_STATED = "not_stated"


class Finding(NamedTuple):
    """One test of the tree, answered; a tuple, because it is the value made most often.

    `path` is the test's place ("quorum/half"), `group` the path of the group around it, `kind` one
    of all, any, at_least, count, share, office, organisations, distinct, stepped, linear.
    `needed` and `counted` are heads, votes or organisations, exact. `missing` holds names, or one
    phrase such as "2 more". `is_applied` is False when its condition or date leaves it out.
    """

    path: str
    group: str
    kind: str
    id: str
    name: str
    needed: Fraction
    counted: Fraction
    base: Fraction | None
    passed: bool
    is_applied: bool
    strength: Strength
    missing: tuple[str, ...]
    present: tuple[str, ...]
    clause: Clause
    reading: Reading | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whether a meeting was quorate at a moment, and why.

    `margin` is the smallest surplus (or, negative, shortfall) over the number tests that decide;
    None where the terms count no heads. `notes` say what was overridden, unknown or not checked;
    `consequences` what the terms let an inquorate meeting do.
    """

    outcome: Outcome
    sentence: str
    rule: str | None
    phase: Phase
    at: datetime | None
    heads: int
    base: int | None
    margin: Fraction | None
    tests: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()

    @property
    def is_quorate(self) -> bool | None:
        """True or False; None where the terms state no quorum."""
        if self.outcome is Outcome.NOT_STATED:
            return None
        return self.outcome is Outcome.QUORATE
