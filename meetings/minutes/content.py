"""What minutes say, as plain values that go to JSON and back: page, PDF and what is kept after sending are one value.

Nothing here asks the database. Sentences come from the rule core, dates are written out as they are to be read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = 1


class UnknownContent(ValueError):
    """The values are not those of minutes in a format that this version reads."""


@dataclass(frozen=True, slots=True)
class MinutesHeading:
    """Whose meeting, when and where. `times` are those of its start and close; `kind` is empty for an ordinary one."""

    partnership: str
    board: str
    short_name: str
    kind: str
    day: str
    date: str
    times: str
    place: str
    chair: str


@dataclass(frozen=True, slots=True)
class QuorumRecord:
    """The quorum over the whole meeting. `is_quorate` is None where the terms state none; `who` met its tests."""

    sentence: str
    is_quorate: bool | None
    who: str
    source: str


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A seat that counts: who came, and a letter for each meeting of the table."""

    seat: str
    who: str
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttendanceTable:
    """The members' attendance at this meeting, the last column, and at those before it in its year."""

    meetings: tuple[str, ...]
    rows: tuple[AttendanceRow, ...]
    tally: str
    expected: str


@dataclass(frozen=True, slots=True)
class Others:
    """People who are no members, under what they are: `Participant observer, not counted`."""

    label: str
    names: str


@dataclass(frozen=True, slots=True)
class MinutedRemark:
    """What is said of a decision that is another board's affair, too; `label` is empty where nothing is amiss."""

    sentence: str
    label: str


@dataclass(frozen=True, slots=True)
class MinutedDecision:
    """One decision. `label` is empty unless something has to be said of it first."""

    title: str
    text: str
    sentence: str
    label: str
    remarks: tuple[MinutedRemark, ...] = ()


@dataclass(frozen=True, slots=True)
class MinutedItem:
    """One item; `label` says so where some of it was taken while not quorate.

    `gap` stands in place of all else where the item is not the reader's to know of.
    """

    number: int
    title: str
    begun: str
    label: str
    discussion: tuple[str, ...]
    decisions: tuple[MinutedDecision, ...]
    gap: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether nothing was recorded of it, as far as the reader may know."""
        return not self.gap and not self.discussion and not self.decisions


@dataclass(frozen=True, slots=True)
class MinutedAction:
    """One line of the tracker. `state` is New, Held over, or when it was closed; `latest` the last report."""

    reference: str
    text: str
    who: str
    due: str
    state: str
    latest: str


@dataclass(frozen=True, slots=True)
class DisputeWindow:
    """Until when the minutes may be disputed, by which clause, and how its words were read."""

    until: str
    sentence: str
    clause: str
    reading: str


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next one that is planned, and what falls due before it."""

    when: str
    deadlines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version was sent, and when."""

    version: int
    sent: str


@dataclass(frozen=True, slots=True)
class MinutesContent:
    """All that the minutes say. `edition` is None while they are a draft. `signed` says how many signed the
    confidentiality agreement, and is empty where nobody was asked to.

    `items_shown` are the ids of the items that its reader must be able to read; they are not part of what it says.
    """

    heading: MinutesHeading
    quorum: QuorumRecord
    attendance: AttendanceTable
    others: tuple[Others, ...]
    summary: str
    items: tuple[MinutedItem, ...]
    actions: tuple[MinutedAction, ...]
    dispute: DisputeWindow | None
    next_meeting: NextMeeting | None
    edition: Edition | None = None
    mark: str = ""
    signed: str = ""
    items_shown: tuple[int, ...] = field(default=(), compare=False)

    @property
    def is_draft(self) -> bool:
        return self.edition is None

    @property
    def bare_items(self) -> tuple[MinutedItem, ...]:
        """The items of which nothing was recorded."""
        return tuple(item for item in self.items if item.is_bare)

    def fingerprint(self) -> str:
        """The same for two values that say the same."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """As values that JSON knows."""
        said = asdict(self)
        del said["items_shown"]
        return {"format": FORMAT, **said}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> MinutesContent:
        """The minutes that `to_json` wrote. Raises UnknownContent."""
        if values.get("format") != FORMAT:
            raise UnknownContent(f"These minutes are in format {values.get('format')}; this version reads {FORMAT}.")
        try:
            return _minutes(values)
        except (KeyError, TypeError, AttributeError) as wrong:
            raise UnknownContent("These minutes are incomplete or were changed.") from wrong


def _minutes(values: Mapping[str, Any]) -> MinutesContent:
    table = values["attendance"]
    edition, dispute, following = values["edition"], values["dispute"], values["next_meeting"]
    return MinutesContent(
        heading=MinutesHeading(**values["heading"]),
        quorum=QuorumRecord(**values["quorum"]),
        attendance=AttendanceTable(
            **{
                **table,
                "meetings": tuple(table["meetings"]),
                "rows": tuple(AttendanceRow(**{**row, "letters": tuple(row["letters"])}) for row in table["rows"]),
            }
        ),
        others=tuple(Others(**each) for each in values["others"]),
        summary=values["summary"],
        items=tuple(_item(each) for each in values["items"]),
        actions=tuple(MinutedAction(**each) for each in values["actions"]),
        dispute=DisputeWindow(**dispute) if dispute else None,
        next_meeting=NextMeeting(**{**following, "deadlines": tuple(following["deadlines"])}) if following else None,
        edition=Edition(**edition) if edition else None,
        mark=values.get("mark", ""),
        signed=values.get("signed", ""),
    )


def _item(values: Mapping[str, Any]) -> MinutedItem:
    decisions = tuple(_decision(each) for each in values["decisions"])
    return MinutedItem(**{**values, "discussion": tuple(values["discussion"]), "decisions": decisions})


def _decision(values: Mapping[str, Any]) -> MinutedDecision:
    # Minutes that were sent before delegations were known have no remarks.
    remarks = tuple(MinutedRemark(**each) for each in values.get("remarks", ()))
    return MinutedDecision(**{**values, "remarks": remarks})
