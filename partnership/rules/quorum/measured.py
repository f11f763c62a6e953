"""What one test finds: how many it needs, how many it counted, who is missing, in words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from partnership.rules.quorum.base import Body
from partnership.rules.quorum.exact import Amount
from partnership.rules.quorum.heads import Room
from partnership.rules.quorum.register import Here


class Asked(NamedTuple):
    """Everything a test is asked about: the body on the day, and the room at the moment.

    `holders` gives for each list of offices that a test names the people who fill one of them,
    `represented` for each organisation those who represent it; `floor` is the number that a rule
    on conflicts never lets a share fall below.
    """

    body: Body
    room: Room
    holders: Mapping[tuple[str, ...], Sequence[Here]]
    represented: Mapping[str, Sequence[Here]]
    floor: int


class Measured(NamedTuple):
    """The finding of one test before it gets its place in the tree.

    `phrase` is the sentence without capital and full stop ("12 of 24 members present (12
    needed)"); `wanted` says what would satisfy it ("2 more members", "the chair").
    """

    needed: Amount
    counted: Amount
    base: Amount | None
    passed: bool
    missing: tuple[str, ...]
    present: tuple[str, ...]
    phrase: str
    wanted: str


def named(rows: Sequence[Here]) -> tuple[str, ...]:
    """The names of these people, of those whose name is known."""
    return tuple([one.row.name for one in rows if one.row.name])
