"""What the register of a demo meeting is to say, seat by seat: the story's marks, the rest by seeded chance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from meetings.models import Mode, Recorded
from membership.queries import HeldSeat
from partnership.rules.constitution import Constitution as Terms
from reviews.demo.stories import Story

MARK = re.compile(r"(?P<came>[YRDAN])(?:@(?P<arrived>\d+))?(?:-(?P<left>\d+)(?:\+(?P<back>\d+))?)?")
RECORDED = {
    "Y": Recorded.PRESENT,
    "R": Recorded.PRESENT,
    "D": Recorded.DEPUTY,
    "A": Recorded.APOLOGIES,
    "N": Recorded.NOT_RECORDED,
}
# Of a hundred: how often a seat of a board without a story is attended, and how those come who come.
ATTENDED_OF_100, DEPUTIES_OF_100, REMOTE_OF_100, APOLOGIES_OF_100 = 84, 12, 20, 70
EARLIEST_BEFORE_START = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: what is recorded, how, and when, in minutes from the start (negative: before it)."""

    recorded: Recorded
    mode: Mode = Mode.IN_THE_ROOM
    arrived: int = 0
    left: int | None = None
    back: int | None = None


def marks_of(*, key: str, seats: Sequence[HeldSeat], terms: Terms, story: Story | None) -> dict[int, Mark]:
    """By seat's id: the mark of every held seat. `key` names the meeting, and seeds what chance decides."""
    held = [one for one in seats if not one.is_vacant]
    named = {one.seat.pk: story.marks[one.seat.key] for one in held if story and one.seat.key in story.marks}
    marks = {
        one.seat.pk: read_mark(named[one.seat.pk], key=f"{key}/{one.seat.key}") for one in held if one.seat.pk in named
    }
    voting = _voting(terms)
    rest = sorted((one for one in held if one.seat.pk not in marks), key=lambda one: chance(key, one.seat.key, "turn"))
    wanted = None
    if story is not None:
        is_counted = {one.seat.pk: one.seat.key in voting for one in held}
        wanted = story.heads - sum(has_come(mark) and is_counted[pk] for pk, mark in marks.items())
    for one in rest:
        seed = f"{key}/{one.seat.key}"
        comes = chance(seed, "comes") < ATTENDED_OF_100
        if wanted is not None and one.seat.key in voting:
            comes = wanted > 0
            wanted -= comes
        marks[one.seat.pk] = _by_chance(seed, comes=comes, has_deputy=bool(one.deputies))
    return marks


def read_mark(text: str, *, key: str) -> Mark:
    """A mark as a story writes it. Raises ValueError for any other text."""
    found = MARK.fullmatch(text)
    if found is None:
        raise ValueError(f"A mark looks like Y, R@6 or Y-82+104, not {text!r}.")
    return Mark(
        RECORDED[found["came"]],
        Mode.REMOTE if found["came"] == "R" else Mode.IN_THE_ROOM,
        int(found["arrived"]) if found["arrived"] else _early(key),
        int(found["left"]) if found["left"] else None,
        int(found["back"]) if found["back"] else None,
    )


def has_come(mark: Mark) -> bool:
    return mark.recorded in {Recorded.PRESENT, Recorded.DEPUTY}


def chance(*parts: str) -> int:
    """A number from 0 to 99 that is always the same for the same words."""
    return int.from_bytes(sha256("/".join(parts).encode()).digest()[:4]) % 100


def _by_chance(seed: str, *, comes: bool, has_deputy: bool) -> Mark:
    if not comes:
        sends_apologies = chance(seed, "apologies") < APOLOGIES_OF_100
        return Mark(Recorded.APOLOGIES if sends_apologies else Recorded.NOT_RECORDED)
    if has_deputy and chance(seed, "deputy") < DEPUTIES_OF_100:
        return Mark(Recorded.DEPUTY, arrived=_early(seed))
    is_remote = chance(seed, "remote") < REMOTE_OF_100
    return Mark(Recorded.PRESENT, Mode.REMOTE if is_remote else Mode.IN_THE_ROOM, arrived=_early(seed))


def _early(key: str) -> int:
    return -(chance(key, "early") % (EARLIEST_BEFORE_START + 1))


def _voting(terms: Terms) -> set[str]:
    """The seats whose holders vote: those that the stories count as heads."""
    capacities = terms.quorum.capacities
    return {seat.id for seat in terms.quorum.seats if seat.capacity == "member" or capacities[seat.capacity].votes}
