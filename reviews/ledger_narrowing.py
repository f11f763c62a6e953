"""To what a reader narrows the ledger: by state, by duty, by meeting. Page, files and PDF go by the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Self
from urllib.parse import urlencode

from reviews.queries.ledger import CountedDuty, Ledger
from reviews.queries.year import DutyOfYear

# What a reader may narrow the ledger to, in the address and in words.
STATES = {"": "All", "late": "Late", "open": "Not done yet", "done": "Done", "waived": "Waived"}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """`duty` is a rule's permanent id, `meeting` a day such as 2027-04-22; empty for all of them."""

    state: str = ""
    duty: str = ""
    meeting: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str], ledger: Ledger) -> Self:
        """What an address or a form asks for; what the ledger of that year does not know narrows nothing."""
        asked = {name: values.get(name, "") for name in ("state", "duty", "meeting")}
        known: dict[str, Collection[str]] = {"state": STATES, "duty": duties_in(ledger), "meeting": meetings_in(ledger)}
        return cls(**{name: value if value in known[name] else "" for name, value in asked.items()})

    @property
    def query(self) -> str:
        """`?state=late&duty=papers`; empty where nothing is narrowed."""
        given = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(given)}" if given else ""

    def by_state(self, state: str) -> Narrowing:
        return replace(self, state=state)

    def keeps(self, row: DutyOfYear, today: date) -> bool:
        is_its_duty = not self.duty or row.obligation.duty == self.duty
        is_of_meeting = not self.meeting or _day(row) == self.meeting
        return is_its_duty and is_of_meeting and _is_in(row, self.state, today)

    def keeps_counted(self, each: CountedDuty) -> bool:
        """What is each member's own hangs on no meeting, and its numbers are of every state."""
        return not self.meeting and self.duty in {"", each.id}


def duties_in(ledger: Ledger) -> dict[str, str]:
    """The duties of the year by their ids, as the terms call them, in the order of those words."""
    found = {"": "All duties"}
    words = {row.obligation.duty: row.rule.duty for row in ledger.rows} | {one.id: one.duty for one in ledger.counted}
    return found | dict(sorted(words.items(), key=lambda each: each[1]))


def meetings_in(ledger: Ledger) -> dict[str, date | None]:
    """The days of the meetings on which duties of the year hang, the first first."""
    days = sorted({row.meeting_on for row in ledger.rows if row.meeting_on is not None})
    return {"": None, **{day.isoformat(): day for day in days}}


def _day(row: DutyOfYear) -> str:
    return row.meeting_on.isoformat() if row.meeting_on else ""


def _is_in(row: DutyOfYear, state: str, today: date) -> bool:
    met_on, due_on, is_waived = row.obligation.met_on, row.obligation.due_on, row.obligation.waived_at is not None
    match state:
        case "late":
            return not is_waived and (met_on or today) > due_on
        case "open":
            return met_on is None and not is_waived
        case "waived":
            return is_waived
        case "done":
            return met_on is not None
        case _:
            return True
