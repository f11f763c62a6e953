"""The tree of tests that a quorum is, and the conditions under which a part of it is asked.

A group holds tests and groups; a test asks for heads, votes, offices or organisations. Nothing
here is computed: `partnership.rules.quorum.tree` walks these values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from partnership.rules.clauses import Clause, Reading
from partnership.rules.rule import ALWAYS_IN_FORCE, Period

# --- conditions ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShareOfSeats:
    """Holds when more than (or at least) a fraction of the seats are of a named size.

    `quantity` is the name of a size: disqualified, conflicted, vacancies, excluded.
    """

    quantity: str
    fraction: Fraction
    is_strict: bool


@dataclass(frozen=True, slots=True)
class SizeWithin:
    """Holds when a named size lies within [at_least, at_most]; None is open."""

    size: str
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class EveryoneConflicted:
    """Holds when at least one person of the category attends and all of them are conflicted."""

    category: str


@dataclass(frozen=True, slots=True)
class AnyoneConflicted:
    """Holds when somebody (of the category, or anybody when None) is conflicted."""

    category: str | None = None


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Holds when the meeting has a named circumstance (requisitioned, extraordinary, urgent);
    with `is_absent`, when it has not.
    """

    name: str
    is_absent: bool = False


Condition = ShareOfSeats | SizeWithin | EveryoneConflicted | AnyoneConflicted | Circumstance


# --- the quorum tree ----------------------------------------------------------------------------


class Strength(StrEnum):
    """Required fails the quorum; expected is reported and does not."""

    REQUIRED = "required"
    EXPECTED = "expected"


class Base(StrEnum):
    """What a fraction is a fraction of."""

    SEATS = "seats"  # every seat in the base, vacant or not
    FILLED_SEATS = "filled seats"  # less vacancies
    IN_OFFICE = "in office"  # less vacancies and less those suspended from the meeting
    REMAINING = "remaining"  # in office, less those disqualified or conflicted
    ENTITLED = "entitled to vote"  # seats in office whose capacity votes


class Rounding(StrEnum):
    """How a fraction becomes a number of heads; NONE compares exactly."""

    NONE = "none"
    UP = "up"
    DOWN = "down"


class Measure(StrEnum):
    """What is added up: heads, or the weight of their votes."""

    HEADS = "heads"
    VOTES = "votes"


@dataclass(frozen=True, slots=True)
class Who:
    """Narrows a count: only a category, all but a category, only these organisations."""

    category: str | None = None
    not_category: str | None = None
    organisations: tuple[str, ...] = ()


EVERYONE = Who()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every node of the tree has. A node without a clause takes that of its parent.

    `name` is the plain name of what it asks for ("statutory safeguarding partners"); a node whose
    `when` does not hold, or which is not in force on the day, is left out of the tree.
    """

    id: str
    name: str = ""
    clause: Clause | None = None
    reading: Reading | None = None
    strength: Strength = Strength.REQUIRED
    when: Condition | None = None
    in_force: Period = ALWAYS_IN_FORCE


class Combination(StrEnum):
    """How a group joins its parts."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Node):
    """All, any, or at least `k` of the tests inside it."""

    combination: Combination
    of: tuple[Test, ...]
    k: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Node):
    """At least `minimum` heads (or votes), of those whom `who` names."""

    minimum: int
    who: Who = EVERYONE
    measure: Measure = Measure.HEADS


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Node):
    """At least, or more than, a fraction of a declared base; exact unless rounded."""

    fraction: Fraction
    is_strict: bool
    base: Base
    who: Who = EVERYONE
    measure: Measure = Measure.HEADS
    rounding: Rounding = Rounding.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHeld(Node):
    """A holder of one of these offices is there: the first named, or a stand-in after it."""

    any_of: tuple[str, ...]
    minimum: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One place in a list of organisations: the organisation, or any that may stand there."""

    any_of: tuple[str, ...]
    in_force: Period = ALWAYS_IN_FORCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisations(Node):
    """`minimum` of the listed organisations are represented; None asks for each of them."""

    of: tuple[Choice, ...]
    minimum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct(Node):
    """At least `minimum` different organisations, of those listed or (empty) of any."""

    minimum: int
    of: tuple[str, ...] = ()
    who: Who = EVERYONE


@dataclass(frozen=True, slots=True)
class Step:
    """Up to `up_to` (inclusive; None is without end) the number needed is `minimum`."""

    up_to: int | None
    minimum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped(Node):
    """A number of heads that depends on the size of something, read from a table."""

    by: str
    steps: tuple[Step, ...]
    who: Who = EVERYONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear(Node):
    """`times` the size of something, plus `plus`: twice a committee and one more."""

    by: str
    times: Fraction
    plus: int = 0
    who: Who = EVERYONE


Test = Group | Count | Share | OfficeHeld | Organisations | Distinct | Stepped | Linear
