"""Standing arrangements: what is on every agenda, who receives what, who signs a version, what is delegated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from partnership.rules.meeting_kinds import MeetingKind
from partnership.rules.quorum.terms import Rule


class ItemKind(StrEnum):
    """What the meeting does with an item."""

    DECISION = "decision"
    ASSURANCE = "assurance"
    INFORMATION = "information"
    STANDING = "standing"


class Occasion(StrEnum):
    """At which meetings a standing item comes up. A development day is no meeting unless it is named."""

    EVERY_MEETING = "every meeting"
    EVERY_ORDINARY_MEETING = "every ordinary meeting"
    EVERY_EXTRAORDINARY_MEETING = "every extraordinary meeting"
    EVERY_ANNUAL_MEETING = "every annual meeting"
    EVERY_DEVELOPMENT_DAY = "every development day"

    def covers(self, kind: MeetingKind) -> bool:
        """Whether a meeting of that kind is one of them."""
        if self is Occasion.EVERY_MEETING:
            return kind is not MeetingKind.DEVELOPMENT_DAY
        return self == f"every {kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingItem(Rule):
    """An item on each agenda of those meetings; `minutes` is None where no time is set aside."""

    title: str
    kind: ItemKind
    when: Occasion
    minutes: int | None = None


class Document(StrEnum):
    """What a body hands out."""

    AGENDA_AND_PAPERS = "agenda and papers"
    MINUTES = "minutes"
    ACTION_TRACKER = "action tracker"
    WRITTEN_REPORTS = "written reports"
    ANNUAL_REPORT = "annual report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution(Rule):
    """Who receives a document: people by capacity ("member", "observer"), by office, and others in words."""

    document: Document
    capacities: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatories(Rule):
    """Who signs a version before it comes into force: holders of offices, and the lead representative of
    each of these organisations.
    """

    offices: tuple[str, ...] = ()
    lead_representatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation(Rule):
    """Functions given to other bodies, by their ids. No `functions`: the terms do not say which.

    What such a body decides under it is final once `needs_agreement_of` (a body, or empty) has agreed.
    """

    to: tuple[str, ...]
    functions: tuple[str, ...] = ()
    needs_agreement_of: str = ""
