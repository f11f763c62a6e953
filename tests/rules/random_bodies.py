"""Random bodies and their rules, as the plain dicts that the oracle reads.

All choices come from one `Random`, so that a world is made in a millisecond and known again by its seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

Plain = dict[str, Any]

ORGANISATIONS = ("police", "icb", "council", "trust", "school")
OFFICES = ("chair", "vice", "scrutineer")
CATEGORIES = ("x", "y")
BASES = ("seats", "filled seats", "in office", "remaining", "entitled to vote")
ANYBODY: Plain = {"category": None, "not_category": None, "organisations": ()}
FRACTIONS = tuple(map(Fraction, ("1/2", "1/2", "1/3", "2/3", "2/5", "3/4", "1")))

FLAGS = ("counts", "in_base", "fills_offices", "represents", "votes")
MEMBER = dict.fromkeys(FLAGS, True)
WATCHER = dict.fromkeys(FLAGS, False)


def some(of: Random, values: Sequence[str], *, least: int = 0, most: int = 2) -> tuple[str, ...]:
    return tuple(of.sample(values, of.randint(least, most)))


def is_one_in(of: Random, number: int) -> bool:
    return of.randrange(number) == 0


def period(of: Random, *, dated: int = 8) -> Plain:
    """Always in force, but for one in `dated`."""
    starts, until = of.choice([(0, None), (1, None), (None, 1), (2, 5)]) if is_one_in(of, dated) else (None, None)
    return {"from": starts, "until": until}


def condition(of: Random) -> Plain:
    match of.randrange(5):
        case 0:
            quantity = of.choice(["conflicted", "vacancies", "excluded", "disqualified"])
            fraction, is_strict = of.choice(FRACTIONS), is_one_in(of, 2)
            return {"kind": "share", "quantity": quantity, "fraction": fraction, "is_strict": is_strict}
        case 1:
            size = of.choice(["seats", "in office", "vacancies", "branches"])
            least, most = of.choice([None, 0, 1, 3]), of.choice([None, 2, 4, 6])
            return {"kind": "size", "size": size, "at_least": least, "at_most": most}
        case 2:
            return {"kind": "everyone conflicted", "category": of.choice(CATEGORIES)}
        case 3:
            return {"kind": "anyone conflicted", "category": of.choice([None, *CATEGORIES])}
        case _:
            return {"kind": "circumstance", "name": of.choice(["urgent", "ordinary"]), "is_absent": is_one_in(of, 2)}


def who(of: Random) -> Plain:
    match of.randrange(8):
        case 0 | 1:
            return ANYBODY | {"category": of.choice(CATEGORIES)}
        case 2:
            return ANYBODY | {"not_category": of.choice(CATEGORIES)}
        case 3:
            return ANYBODY | {"organisations": some(of, ORGANISATIONS, least=1)}
        case _:
            return ANYBODY


# --- the tree -----------------------------------------------------------------------------------


def count(of: Random) -> Plain:
    measure = of.choice(["heads", "heads", "votes"])
    return {"kind": "count", "minimum": of.randint(0, 5), "who": who(of), "measure": measure}


def share(of: Random) -> Plain:
    return {
        "kind": "share",
        "fraction": of.choice(FRACTIONS),
        "is_strict": is_one_in(of, 2),
        "base": of.choice(BASES),
        "who": who(of),
        "measure": of.choice(["heads", "heads", "votes"]),
        "rounding": of.choice(["none", "none", "up", "down"]),
    }


def office(of: Random) -> Plain:
    return {"kind": "office", "any_of": some(of, OFFICES, least=1), "minimum": 1}


def organisations(of: Random) -> Plain:
    choices = tuple({"any_of": some(of, ORGANISATIONS, least=1)} | period(of) for _ in range(of.randint(1, 3)))
    return {"kind": "organisations", "of": choices, "minimum": of.choice([None, None, 1, 2])}


def distinct(of: Random) -> Plain:
    return {"kind": "distinct", "minimum": of.randint(1, 3), "of": some(of, ORGANISATIONS, most=4), "who": who(of)}


def stepped(of: Random) -> Plain:
    steps = of.choice([((2, 1), (None, 2)), ((3, 2), (5, 3), (None, 4))])
    return {"kind": "stepped", "by": of.choice(["seats", "in office", "branches"]), "steps": steps, "who": who(of)}


def linear(of: Random) -> Plain:
    times, plus = of.choice([Fraction(1), Fraction(2), Fraction(1, 2)]), of.randint(-1, 1)
    return {"kind": "linear", "by": of.choice(["branches", "seats"]), "times": times, "plus": plus, "who": who(of)}


LEAVES: tuple[Callable[[Random], Plain], ...] = (
    count, count, share, share, share, office, organisations, organisations, distinct, stepped, linear,
)  # fmt: skip


def tree(of: Random, depth: int, *, is_root: bool = True) -> Plain:
    """A tree of tests of at most so many levels of groups."""
    if depth and of.random() < (0.8 if is_root else 0.4):
        parts = tuple(tree(of, depth - 1, is_root=False) for _ in range(of.randint(1, 3)))
        node: Plain = {"kind": of.choice(["all", "all", "any", "at_least"]), "of": parts, "k": of.randint(1, 2)}
    else:
        node = of.choice(LEAVES)(of)
    is_expected = is_one_in(of, 60 if is_root else 10)
    when = condition(of) if is_one_in(of, 30 if is_root else 8) else None
    return node | period(of, dated=30 if is_root else 8) | {
        "strength": "expected" if is_expected else "required", "when": when,
    }  # fmt: skip


# --- the body -----------------------------------------------------------------------------------


def seat(of: Random, number: int) -> Plain:
    return {
        "id": f"s{number}",
        "count": of.choice([1, 1, 1, 1, 3]),
        "capacity": of.choice(["member", "member", "member", "emeritus"]) if number else "member",
        "organisation": of.choice([None, *ORGANISATIONS]),
        "offices": some(of, OFFICES) if number == 0 or is_one_in(of, 5) else (),
        "categories": some(of, CATEGORIES, most=1),
        "votes": of.choice([Fraction(1), Fraction(1), Fraction(3), Fraction(1, 2)]),
        "unit": of.choice([None, None, "u", "v"]),
    }


def flags(of: Random) -> Plain:
    return {name: not is_one_in(of, 4) for name in FLAGS}


def conflict_rule(of: Random) -> Plain | None:
    if is_one_in(of, 3):
        return None
    return {
        "effect": of.choice(["not counted", "still counted", "base shrinks", "remaining are a quorum"]),
        "floor": of.randint(0, 2),
        "when": condition(of) if is_one_in(of, 4) else None,
    }


def counting(of: Random) -> Plain:
    once = of.choice(["nothing", "nothing", "nothing", "organisations", "organisations", "units"])
    return {
        "conflicted": conflict_rule(of),
        "suspended_in_base": is_one_in(of, 4),
        "remote_counts": not is_one_in(of, 4),
        "improper_deputy_counts": is_one_in(of, 5),
        "same_organisation": "once" if once == "organisations" else "each",
        "unit_counts_once": once == "units",  # no body counts households and organisations both once
        "separate_offices": (),
    }


def applies(of: Random) -> Plain:
    return {
        "phases": of.choice([(), (), ("start",), ("hold", "vote"), ("vote",), ("item",)]),
        "meetings": of.choice([(), (), ("extraordinary",), ("ordinary",)]),
        "calls": of.choice([(), (), ("second",)]),
        "business": of.choice([(), (), ("budget",)]),
    }


def rule(of: Random, number: int, depth: int, *, is_only: bool) -> Plain:
    nothing_named: Plain = {"phases": (), "meetings": (), "calls": (), "business": ()}
    return {
        "id": f"q{number}",
        "test": tree(of, depth),
        "tested": of.choice(["throughout", "throughout", "start", "every vote"]),
        "applies": nothing_named if is_only else applies(of),
    } | period(of, dated=30 if is_only else 6)


def leaves(node: Plain) -> list[Plain]:
    """The tests below a node, groups left aside."""
    if node["kind"] in {"all", "any", "at_least"}:
        return [leaf for part in node["of"] for leaf in leaves(part)]
    return [node]


def with_separate_offices(of: Random, body: Plain) -> Plain:
    """The body with chair and scrutineer kept apart, asked for side by side."""
    chair = of.choice([("chair",), ("chair", "vice")])
    both = [office(of) | {"any_of": any_of} for any_of in (chair, ("scrutineer",))]
    plain: Plain = {"from": None, "until": None, "strength": "required", "when": None}
    tests = tuple(test | plain for test in (*both, count(of)))
    body["rules"] = [body["rules"][0] | {"test": plain | {"kind": "all", "k": 0, "of": tests}}]
    body["counting"]["separate_offices"] = (("chair", "scrutineer"),)
    for seat_of_two in body["seats"][1:3]:
        seat_of_two["offices"] = some(of, OFFICES, least=1)
    return body


def body(of: Random, *, most_seats: int = 5, depth: int = 2) -> Plain:
    """The terms of one body."""
    is_several = is_one_in(of, 4)
    trust = of.choice([(), ("icb",), ("icb", "police")])
    number_of_rules = 3 if is_several else 1
    made = {"by": "chair", "scope": of.choice(["meeting", "item"])}
    plain: Plain = {
        "organisations": {name: {"stands_for": trust if name == "trust" else ()} for name in ORGANISATIONS},
        "offices": {name: {"deputy_may_fill": is_one_in(of, 2)} for name in OFFICES},
        "capacities": {
            "member": MEMBER,
            "observer": WATCHER,
            "deputy": flags(of) | {"in_base": False},
            "emeritus": flags(of),
        },
        "seats": [seat(of, number) for number in range(of.randint(1, most_seats))],
        "counting": counting(of),
        "rules": [rule(of, number, depth, is_only=not is_several) for number in range(number_of_rules)],
        "determination": made if is_one_in(of, 5) else None,
    }
    return with_separate_offices(of, plain) if is_one_in(of, 8) else plain
