"""What every rule of a constitution has, and from when to when it is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partnership.rules.clauses import Clause, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule has: a permanent id, the clause behind it, the reading chosen."""

    id: str
    clause: Clause
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """In force from a date (inclusive) until a date (exclusive); None is open."""

    starts_on: date | None = None
    until: date | None = None

    def covers(self, on: date | None) -> bool:
        """Whether it holds on that date; with no date given, only what is undated at its start."""
        if on is None:
            return self.starts_on is None
        return (self.starts_on is None or self.starts_on <= on) and (self.until is None or on < self.until)


ALWAYS_IN_FORCE = Period()
