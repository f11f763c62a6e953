"""The seats round the table as a picture: required ones along the top, the others round the remaining sides.

It repeats what the list says and holds no words but the count, so pages hide it from those who listen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist

from meetings.presenters.register_rows import RowOnPage

# Of the picture, in its own units; the table lies inside the way along which the seats stand.
LEFT, TOP, RIGHT, BOTTOM = 22.0, 28.0, 378.0, 180.0
TOP_LEFT, TOP_RIGHT = 64.0, 336.0
MOST_SEATS, MOST_REQUIRED = 40, 9
REQUIRED_RADIUS, RADIUS = 16, 7.5

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SeatInPicture:
    """One seat: where, how large, and its state: here, deputy, left or open."""

    x: str
    y: str
    is_required: bool
    state: str


@dataclass(frozen=True, slots=True)
class TablePicture:
    """The seats, and how many of them are filled."""

    seats: tuple[SeatInPicture, ...]
    here: int

    @property
    def of(self) -> int:
        return len(self.seats)


def table_picture(required: Sequence[RowOnPage], others: Sequence[RowOnPage]) -> TablePicture | None:
    """The picture of a board's counted seats. None without seats, and for more than can be told apart."""
    if not required and not others:
        return None
    if len(required) > MOST_REQUIRED or len(required) + len(others) > MOST_SEATS:
        return None
    places = [*_along_the_top(len(required)), *_round_the_rest(len(others), is_whole=not required)]
    rows = [*required, *others]
    seats = tuple(
        SeatInPicture(f"{x:.1f}", f"{y:.1f}", row.is_required, _state(row))
        for (x, y), row in zip(places, rows, strict=True)
    )
    return TablePicture(seats, sum(row.is_here for row in rows))


def _state(row: RowOnPage) -> str:
    if row.is_here:
        return "deputy" if row.letter == "d" else "here"
    return "left" if row.has_left else "open"


def _along_the_top(number: int) -> list[Point]:
    if number == 1:
        return [((LEFT + RIGHT) / 2, TOP)]
    return [(TOP_LEFT + (TOP_RIGHT - TOP_LEFT) * place / (number - 1), TOP) for place in range(number)]


def _round_the_rest(number: int, *, is_whole: bool) -> list[Point]:
    """At equal distances down the left side, along the bottom and up the right; along the top too if it is free."""
    top = TOP + 36
    way: list[Point] = [(LEFT, top), (LEFT, BOTTOM - 14), (40.0, BOTTOM), (360.0, BOTTOM), (RIGHT, BOTTOM - 14)]
    way.append((RIGHT, top))
    if is_whole:
        way += [(360.0, TOP + 12), (40.0, TOP + 12), (LEFT, top)]
    lengths = [dist(one, other) for one, other in pairwise(way)]
    steps = number if is_whole else max(number - 1, 1)
    return [_at(way, lengths, sum(lengths) * place / steps) for place in range(number)]


def _at(way: Sequence[Point], lengths: Iterable[float], distance: float) -> Point:
    """The point of the way at that distance from its beginning."""
    for ((x, y), (to_x, to_y)), length in zip(pairwise(way), lengths, strict=True):
        if distance <= length:
            share = distance / length
            return x + (to_x - x) * share, y + (to_y - y) * share
        distance -= length
    return way[-1]
