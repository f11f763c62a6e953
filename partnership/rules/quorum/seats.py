"""Who sits round the table: organisations, offices, capacities and seats."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from partnership.rules.clauses import Clause, Reading
from partnership.rules.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation that a rule or a seat names.

    `kind` is the generic word for it (local authority, police, ICB) and, like the aliases, a label
    by which an attendance file may call it. `stands_for` names organisations that it may represent
    besides itself (a merged body, a trust standing for the board that commissions it).
    """

    id: str
    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()


class HeldBy(StrEnum):
    """Who can hold an office: the holder of a seat that has it, any member, or one outside the list."""

    SEAT = "a seat"
    MEMBER = "any member"
    OUTSIDE = "somebody outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Rule):
    """An office a person may hold (chair, scrutineer); who fills it may also hold a seat.

    `independent`: whoever holds it holds no agency's seat; `from_statutory_partner`: they should come from one.
    """

    name: str
    aliases: tuple[str, ...] = ()
    deputy_may_fill: bool = False
    held_by: HeldBy = HeldBy.SEAT
    independent: bool = False
    from_statutory_partner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity(Rule):
    """In what capacity somebody attends, and what that lets them count for.

    counts: is a head in a number; in_base: a seat of this capacity is part of the base;
    fills_offices: can satisfy an office test; represents: can satisfy an organisation test;
    votes: has a vote (for decisions and for bases "entitled to vote").
    """

    name: str
    counts: bool
    in_base: bool
    fills_offices: bool
    represents: bool
    votes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place on the body, or a counted class of like places ("22 others").

    `capacity` names a Capacity; `offices` the offices that go with the seat; `votes` is the weight
    of its vote. `unit` names the household or body that counts once however many come.
    """

    id: str
    name: str
    clause: Clause | None = None
    reading: Reading | None = None
    count: int = 1
    capacity: str = "member"
    organisation: str | None = None
    offices: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    votes: Fraction = Fraction(1)
    unit: str | None = None
