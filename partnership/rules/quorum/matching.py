"""Giving people to places, where each person wants one of several and a place holds so many.

Used where one person could be counted in two ways and must be counted in one: a deputy who comes
for two seats, a chair who is also the scrutineer where the two must be kept apart.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Place = TypeVar("Place", bound=Hashable)


def matched(wants: Sequence[Sequence[Place]], room: Mapping[Place, int]) -> list[Place | None]:
    """For each person the place given, or None; as many people as possible are given one.

    `wants` holds each person's places, earlier people first: whoever has been given a place keeps
    one, so the order decides only between people for whom there is not enough room.
    """
    given: list[Place | None] = [None] * len(wants)
    holders: dict[Place, list[int]] = {}

    def seated(person: int, tried: set[Place]) -> bool:
        for place in wants[person]:
            if place in tried:
                continue
            tried.add(place)
            here = holders.setdefault(place, [])
            if len(here) < room[place]:
                here.append(person)
                given[person] = place
                return True
            for holder in list(here):
                if seated(holder, tried):
                    here.remove(holder)
                    here.append(person)
                    given[person] = place
                    return True
        return False

    for person in range(len(wants)):
        seated(person, set())
    return given
