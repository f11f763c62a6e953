"""A slow second opinion on the quorum, for the tests alone: which rule answers, and what it says.

It reads plain dicts and tuples (times and dates are whole numbers) and imports nothing of the product, so that
no misunderstanding can be shared. It is written to be obviously right, not to be quick.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from tests.rules.oracle_room import Room, is_in_force

Plain = dict[str, Any]

# What a phase falls back on where the terms have no rule for it.
FALLING_BACK = {
    "start": ("start",),
    "hold": ("hold", "start"),
    "vote": ("vote", "hold", "start"),
    "item": ("item", "hold", "start"),
}


class Verdict(NamedTuple):
    """The outcome, the heads, and what each test that applies counted (by its path) and whether it passed."""

    outcome: str
    heads: int
    tests: dict[str, tuple[Fraction, bool]]


def outcome(terms: Plain, facts: Plain, question: Plain) -> str:
    """One of quorate, not_quorate, not_quorate_unless_determined, not_stated."""
    return verdict(terms, facts, question).outcome


def verdict(terms: Plain, facts: Plain, question: Plain) -> Verdict:
    """The answer to a question about a meeting."""
    found = rule_in_point(terms, facts, question)
    if found is None:
        return nothing_stated(terms, facts, question)
    rule, phase = found
    if is_judged_by_the_opening(rule, phase, question):
        if facts["meeting"]["opened"] is not None:
            question = question | {"at": facts["meeting"]["opened"], "item": None}
    elif not has_started(terms, facts, rule, question):
        return verdict(terms, facts, question | {"phase": "start"})
    room, met = judged(terms, facts, rule, question)
    if met is None:
        return nothing_stated(terms, facts, question)
    heads = Room(terms, facts, question["at"], question["item"])
    said = "not_quorate" if terms["determination"] is None else "not_quorate_unless_determined"
    if met or any(is_covered(terms["determination"], made, question) for made in facts["determinations"]):
        said = "quorate"
    return Verdict(said, heads.heads(heads.counted()), room.findings(rule["test"], rule["id"], rule["id"]))


def nothing_stated(terms: Plain, facts: Plain, question: Plain) -> Verdict:
    room = Room(terms, facts, question["at"], question["item"])
    return Verdict("not_stated", room.heads(room.counted()), {})


def is_covered(rule: Plain | None, made: Plain, question: Plain) -> bool:
    """Whether a recorded determination lets this question go ahead."""
    if rule is None or made["by"] != rule["by"] or not made["reason"].strip():
        return False
    if made["at"] is not None and question["at"] is not None and made["at"] > question["at"]:
        return False
    if rule["scope"] == "meeting" and made["item"] is None:
        return True
    return made["item"] is not None and made["item"] == question["item"]


def rule_in_point(terms: Plain, facts: Plain, question: Plain) -> tuple[Plain, str] | None:
    """The rule that answers and the phase it was found for: the most conditions named, the first of equals."""
    for phase in FALLING_BACK[question["phase"]]:
        asked = {
            "phases": phase,
            "meetings": facts["meeting"]["kind"],
            "calls": facts["meeting"]["call"],
            "business": question["business"],
        }
        best: Plain | None = None
        for rule in terms["rules"]:
            applies = rule["applies"]
            fits = all(not applies[key] or asked[key] in applies[key] for key in asked)
            if fits and is_in_force(rule, facts["meeting"]["on"]) and (best is None or named(rule) > named(best)):
                best = rule
        if best is not None:
            return best, phase
    return None


def named(rule: Plain) -> int:
    return sum(1 for values in rule["applies"].values() if values)


def is_judged_by_the_opening(rule: Plain, phase: str, question: Plain) -> bool:
    """A rule for the start answers for the rest of the meeting; one tested at votes answers between them."""
    if question["phase"] == "start":
        return False
    if phase == "start" or rule["tested"] == "start":
        return True
    return bool(rule["tested"] == "every vote" and question["phase"] == "hold")


def has_started(terms: Plain, facts: Plain, rule: Plain, question: Plain) -> bool:
    """Whether a number of its own for the start, where there is one, was reached between the opening and now."""
    opened = facts["meeting"]["opened"]
    if question["phase"] == "start" or question["at"] is None or opened is None:
        return True
    start = rule_in_point(terms, facts, {"phase": "start", "business": None})
    if start is None or start[0] is rule or "start" not in start[0]["applies"]["phases"]:
        return True
    asked = {"phase": "start", "item": None, "business": None}
    minutes = {opened, *range(opened, question["at"] + 1)}
    return any(outcome(terms, facts, asked | {"at": minute}) == "quorate" for minute in minutes)


def judged(terms: Plain, facts: Plain, rule: Plain, question: Plain) -> tuple[Room, bool | None]:
    """Whether the tree is met, or the members left by conflicts are the quorum, and by whom; None: nothing applies."""
    at, item = question["at"], question["item"]
    room = Room(terms, facts, at, item)
    met = room.meets(rule["test"])
    if met is not False or room.effect != "remaining are a quorum" or not room.withdrawn():
        return room, met
    as_if = Room(terms, facts, at, item, conflicted_count=True)
    floor = max(1, terms["counting"]["conflicted"]["floor"])
    if as_if.meets(rule["test"]) is True and room.heads(room.counted()) >= floor:
        return as_if, True
    return room, False
