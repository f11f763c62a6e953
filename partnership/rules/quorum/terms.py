"""The terms of reference of one body as values: what a constitution file says, parsed.

Nothing here decides anything: `partnership.rules.quorum.assess` reads these values together with the
facts of a meeting. Every rule carries a permanent `id`, the `Clause` it comes from and, where the
source's words allow two readings, the `Reading` that was chosen.

`QuorumTerms`, at the end, is the whole. Who sits round the table is in `seats`, the tests and
their conditions in `quorum_tree`; both are to be had from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from partnership.rules.quorum.quorum_tree import (
    EVERYONE,
    AnyoneConflicted,
    Base,
    Choice,
    Circumstance,
    Combination,
    Condition,
    Count,
    Distinct,
    EveryoneConflicted,
    Group,
    Linear,
    Measure,
    Node,
    OfficeHeld,
    Organisations,
    Rounding,
    Share,
    ShareOfSeats,
    SizeWithin,
    Step,
    Stepped,
    Strength,
    Test,
    Who,
)
from partnership.rules.quorum.seats import (
    Capacity,
    HeldBy,
    Office,
    Organisation,
    Seat,
)
from partnership.rules.rule import (
    ALWAYS_IN_FORCE,
    Period,
    Rule,
)

__all__ = [
    "ALWAYS_IN_FORCE",
    "EVERYONE",
    "AnyoneConflicted",
    "Applies",
    "Base",
    "Call",
    "Capacity",
    "Choice",
    "Circumstance",
    "Combination",
    "Condition",
    "Conflict",
    "ConflictRule",
    "Count",
    "Counting",
    "DeterminationRule",
    "Distinct",
    "EveryoneConflicted",
    "Group",
    "HeldBy",
    "Inquorate",
    "InquorateRule",
    "Linear",
    "Measure",
    "Node",
    "Office",
    "OfficeHeld",
    "Organisation",
    "Organisations",
    "Period",
    "Phase",
    "QuorumRule",
    "QuorumTerms",
    "Rounding",
    "Rule",
    "SameOrganisation",
    "SameOrganisationRule",
    "Scope",
    "Seat",
    "SeparateOfficesRule",
    "Share",
    "ShareOfSeats",
    "SizeWithin",
    "Step",
    "Stepped",
    "Strength",
    "Test",
    "Tested",
    "Who",
    "YesNoRule",
]


class Tested(StrEnum):
    """When the quorum must hold."""

    START = "start"  # at the opening; later departures do not undo it
    THROUGHOUT = "throughout"
    EVERY_VOTE = "every vote"  # at the opening and again at each vote


class Phase(StrEnum):
    """The moment a question is asked about."""

    START = "start"
    HOLD = "hold"
    VOTE = "vote"
    ITEM = "item"


class Call(StrEnum):
    """First convened, or reconvened after an inquorate meeting."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applies:
    """Which question a quorum rule answers; empty means any. The most specific rule wins."""

    phases: frozenset[Phase] = frozenset()
    meetings: frozenset[str] = frozenset()
    calls: frozenset[Call] = frozenset()
    business: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumRule(Rule):
    """One quorum: a tree of tests, when it is tested and which meetings it is for."""

    test: Test
    tested: Tested = Tested.THROUGHOUT
    applies: Applies = Applies()
    in_force: Period = ALWAYS_IN_FORCE


# --- what counts, and what follows when it does not hold ----------------------------------------


class Conflict(StrEnum):
    """What a conflict of interest does to the quorum for the item."""

    NOT_COUNTED = "not counted"
    STILL_COUNTED = "still counted"
    BASE_SHRINKS = "base shrinks"
    REMAINING_ARE_QUORUM = "remaining are a quorum"


class SameOrganisation(StrEnum):
    """Whether several people of one organisation count as one head or each."""

    EACH = "each"
    ONCE = "once"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRule(Rule):
    """How conflicted members count, when, and the number below which it never falls."""

    effect: Conflict
    floor: int = 0
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNoRule(Rule):
    """A plain yes or no: do remote attendees count, are the suspended in the base, …"""

    value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SameOrganisationRule(Rule):
    """How several staff of one organisation count."""

    value: SameOrganisation


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparateOfficesRule(Rule):
    """Offices that one person may not fill at the same time for the quorum."""

    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Who counts, where the capacities alone do not say. None takes the default in brackets."""

    conflicted: ConflictRule | None = None  # [not counted]
    suspended_in_base: YesNoRule | None = None  # [no]
    remote_counts: YesNoRule | None = None  # [yes]
    improper_deputy_counts: YesNoRule | None = None  # [no]
    same_organisation: SameOrganisationRule | None = None  # [each]
    unit_counts_once: YesNoRule | None = None  # [no]
    separate_offices: tuple[SeparateOfficesRule, ...] = ()  # [one person may fill several]


class Scope(StrEnum):
    """How far a determination by the chair reaches."""

    MEETING = "meeting"
    ITEM = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeterminationRule(Rule):
    """Not quorate unless the holder of `by` (an office) determines otherwise, with a reason."""

    by: str
    scope: Scope


class Inquorate(StrEnum):
    """What the terms let, or make, an inquorate meeting do."""

    ADJOURN = "adjourn"
    ADJOURN_UNTIL_QUORATE = "adjourn until quorate"
    WAIT = "wait"
    DISCUSS_ONLY = "discuss only"
    CHAIR_PICKS_ITEMS = "chair picks the items"
    LIMITED_POWERS = "limited powers"
    RATIFY_LATER = "go on and ratify"
    LAPSE = "lapse"
    DISSOLVE = "dissolve"
    INTERIM_PLAN = "interim plan"
    NO_TWO_IN_A_ROW = "no two in a row"


@dataclass(frozen=True, slots=True, kw_only=True)
class InquorateRule(Rule):
    """One consequence. `words` says in our words who may do what; the rest is by kind.

    `wait` is how long to wait first; `reconvene` names the deadline rule by which the meeting is
    held again; `by` who ratifies or decides; `when` narrows it (only a requisitioned meeting).
    """

    kind: Inquorate
    words: str
    wait: timedelta | None = None
    reconvene: str | None = None
    by: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumTerms:
    """All that the quorum question needs of a constitution. `rules` empty: none is stated."""

    body: str
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    offices: Mapping[str, Office] = field(default_factory=dict)
    capacities: Mapping[str, Capacity] = field(default_factory=dict)
    seats: tuple[Seat, ...] = ()
    counting: Counting = Counting()
    rules: tuple[QuorumRule, ...] = ()
    determination: DeterminationRule | None = None
    inquorate: tuple[InquorateRule, ...] = ()
