"""What the PDF of a ledger of duties says, as plain values that go to JSON and back: as its reader has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1


class UnknownLedger(ValueError):
    """The values are not those of a ledger in a format that this version reads."""


@dataclass(frozen=True, slots=True)
class LedgerHeading:
    """Whose ledger, of which year, as of which day; `narrowed` says to what, and is empty where to nothing."""

    partnership: str
    board: str
    short_name: str
    year: int
    date: str
    lead: str
    narrowed: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One duty, due once."""

    what: str
    of_what: str
    kind: str
    clause: str
    due: str
    state: str
    done: str
    days: str
    by_what: str
    reason: str


@dataclass(frozen=True, slots=True)
class CountedLine:
    """What each member owes for themselves, told by how many."""

    duty: str
    on_time: int
    late: int
    overdue: int
    to_come: int
    waived: int


@dataclass(frozen=True, slots=True)
class LedgerContent:
    """All that the sheet says."""

    heading: LedgerHeading
    lines: tuple[LedgerLine, ...]
    counted: tuple[CountedLine, ...]
    mark: str = ""

    def to_json(self) -> dict[str, Any]:
        """As values that JSON knows."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> LedgerContent:
        """The ledger that `to_json` wrote. Raises UnknownLedger."""
        if values.get("format") != FORMAT:
            raise UnknownLedger(f"This ledger is in format {values.get('format')}; this version reads {FORMAT}.")
        try:
            return cls(
                heading=LedgerHeading(**values["heading"]),
                lines=tuple(LedgerLine(**each) for each in values["lines"]),
                counted=tuple(CountedLine(**each) for each in values["counted"]),
                mark=values["mark"],
            )
        except (KeyError, TypeError) as wrong:
            raise UnknownLedger("This ledger is incomplete or was changed.") from wrong
