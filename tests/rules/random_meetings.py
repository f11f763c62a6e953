"""Random meetings of a random body: who sits where, when, in which capacity, and what is asked."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.rules.random_bodies import CATEGORIES, OFFICES, ORGANISATIONS, is_one_in, some

Plain = dict[str, Any]

ALWAYS = ((None, None),)
SPANS = (ALWAYS, ALWAYS, ALWAYS, (), ((1, 5),), ((2, None),), ((None, 3),), ((0, 2), (4, None)))
WITHDRAWALS = ((), (), (), ((None, None, None),), (("a", None, None),), (("b", 1, 4),), ((None, 2, 5),))
WHO_COMES = ((), ("own",), ("own",), ("own",), ("deputy",), ("own", "deputy"), ("deputy", "deputy"))
SIZES: tuple[Plain, ...] = (
    {}, {}, {}, {"seats": 5}, {"vacancies": 1}, {"seats": 7, "excluded": 1, "disqualified": 2},
)  # fmt: skip


def row_of(of: Random, seat: Plain, capacity: str, person: str | None) -> Plain:
    """Somebody in a seat, with what the seat says of them."""
    return {
        "name": f"{capacity} {seat['id']}",
        "number": of.randint(1, 3) if seat["count"] > 1 and person is None else 1,
        "person": person,
        "seat": seat["id"],
        "capacity": capacity,
        **{key: seat[key] for key in ("organisation", "offices", "categories", "votes", "unit")},
        "remote": is_one_in(of, 5),
        "suspended": is_one_in(of, 12),
        "deputy": of.choice(["proper", "not checked", "improper"]) if capacity == "deputy" else "proper",
        "here": of.choice(SPANS),
        "withdrawals": of.choice(WITHDRAWALS),
    }


def guest(of: Random, number: int) -> Plain:
    """Somebody without a seat."""
    place: Plain = {
        "id": None,
        "count": 1,
        "organisation": of.choice([None, *ORGANISATIONS]),
        "offices": some(of, OFFICES) if is_one_in(of, 4) else (),
        "categories": some(of, CATEGORIES, most=1),
        "votes": of.choice([1, 2]),
        "unit": of.choice([None, None, "u", "v"]),
    }
    capacity = of.choice(["member", "member", "deputy", "observer", "emeritus"])
    person = of.choice([None, None, None, "p", "q"])
    row = row_of(of, place, capacity, person) | {"name": f"guest {number}"}
    return row | {"number": of.choice([1, 1, 2]) if person is None else 1}


def rows(of: Random, body: Plain, most: int) -> list[Plain]:
    """Rows of the register: representatives, deputies, both of one seat, people in two seats, guests."""
    made: list[Plain] = []
    for seat in body["seats"]:
        for capacity in of.choice(WHO_COMES):
            person = of.choice([None, None, None, None, "p", "q"])
            made.append(row_of(of, seat, seat["capacity"] if capacity == "own" else capacity, person))
    made += [guest(of, number) for number in range(of.choice([0, 0, 1, 3]))]
    kept: list[Plain] = []
    for row in made:
        if sum(one["number"] for one in kept) + row["number"] <= most:
            kept.append(row)
    return kept


def determinations(of: Random) -> list[Plain]:
    made = {
        "by": of.choice(["chair", "chair", "vice"]),
        "at": of.choice([None, 1, 4]),
        "reason": of.choice(["Too urgent to wait.", "Too urgent to wait.", " "]),
        "item": of.choice([None, "a", "b"]),
    }
    return [made] if is_one_in(of, 2) else []


def meeting(of: Random, body: Plain, *, most_people: int = 7) -> Plain:
    """The facts of one meeting of the body."""
    present = rows(of, body, most_people)
    taken = {row["seat"] for row in present}
    sizes: Plain = of.choice(SIZES)
    return {
        "attendees": present,
        "meeting": {
            "on": of.choice([None, 0, 1, 3]),
            "kind": of.choice(["ordinary", "ordinary", "extraordinary"]),
            "call": of.choice(["first", "first", "second"]),
            "circumstances": of.choice([(), (), ("urgent",)]),
            "opened": of.choice([None, 0, 2]),
        },
        "sizes": sizes | {"branches": of.randint(0, 3)},
        "vacant": [seat["id"] for seat in body["seats"] if seat["id"] not in taken and is_one_in(of, 2)],
        "determinations": determinations(of),
    }


def question(of: Random) -> Plain:
    return {
        "at": of.choice([None, None, 0, 1, 2, 3, 4, 5]),
        "phase": of.choice(["hold", "hold", "start", "vote", "item"]),
        "item": of.choice([None, "a", "b"]),
        "business": of.choice([None, None, "budget"]),
    }
