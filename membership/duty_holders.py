"""The kinds of body with the duty of section 11 of the Children Act 2004: data, from the arrangements that ship."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SECTION_11 = Path(__file__).parent / "data" / "section-11-duty-holders.csv"


@dataclass(frozen=True, slots=True)
class DutyHolder:
    """One kind of body: `includes` says whom the source counts to it, `note` where the source is out of date."""

    id: str
    kind: str
    includes: str
    note: str


@cache
def section_11_holders() -> tuple[DutyHolder, ...]:
    """The kinds, in the order of the source."""
    with SECTION_11.open(encoding="utf-8", newline="") as file:
        return tuple(DutyHolder(**row) for row in csv.DictReader(file))


def section_11_choices() -> list[tuple[str, str]]:
    """What may be said of an agency: the id of a kind, and its words."""
    return [(holder.id, holder.kind[0].upper() + holder.kind[1:]) for holder in section_11_holders()]
