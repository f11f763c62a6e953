"""The induction that ships: role descriptions and checklists after Portsmouth's Appendix 5, in our words. Data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).parent / "data" / "induction.csv"
SOURCE = "Portsmouth's arrangements, Appendix 5, in our words; the checklists are usual practice."


@dataclass(frozen=True, slots=True)
class RoleSet:
    """What one role is given: the description as lines of text, and who marks which line of the checklist."""

    role: str
    description: str
    for_member: tuple[str, ...]
    for_team: tuple[str, ...]


@cache
def shipped_sets() -> tuple[RoleSet, ...]:
    """One for each role that the file has, in its order."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [(row["role"], row["what"], row["text"]) for row in csv.DictReader(file)]

    def texts(role: str, what: str) -> tuple[str, ...]:
        return tuple(text for its_role, its_what, text in rows if (its_role, its_what) == (role, what))

    return tuple(
        RoleSet(role, "\n".join(texts(role, "description")), texts(role, "member"), texts(role, "team"))
        for role in dict.fromkeys(role for role, _, _ in rows)
    )
