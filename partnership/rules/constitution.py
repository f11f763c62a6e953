"""One version of the terms of reference of one body, whole: the value a constitution file becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from partnership.rules.arrangements import Delegation, Distribution, Signatories, StandingItem
from partnership.rules.attendance.absences import LowShare, MissedInARow, MissedInYear, NotSeenFor
from partnership.rules.attendance.attendance import AttendancePolicy
from partnership.rules.attendance.deputies import DeputyRule
from partnership.rules.clauses import Clause, Reading
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.deadlines.frequency import Frequency
from partnership.rules.decisions.decisions import DecisionRule
from partnership.rules.decisions.urgent_decisions import UrgentRule
from partnership.rules.decisions.written_resolutions import WrittenRule
from partnership.rules.quorum.terms import QuorumTerms, Rule

AbsenceRule = MissedInARow | MissedInYear | NotSeenFor | LowShare


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Whose terms of reference these are. `partnership` is empty for a body outside any."""

    id: str
    name: str
    short_name: str
    kind: str
    partnership: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Which version, from when, and by when it is to be reviewed; None where not stated."""

    number: int
    title: str
    in_force_from: date | None
    review_by: date | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Rule):
    """A rule whose content is its words. `owner` is whose standing duty it is, if anybody's."""

    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accountability(Rule):
    """The body to which this one answers (or with which it answers mutually)."""

    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One rule in the list of all: its section of the file, what it is called, its clause.

    `clause` is None only for a seat or a test that takes the clause of what is around it.
    """

    id: str
    section: str
    name: str
    clause: Clause | None
    reading: Reading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Constitution:
    """Everything a constitution file says.

    `not_stated` names the sections on which the source is silent (written so, or left out).
    `entries` holds every rule, seat and test that has an id, in the order of the file.
    """

    body: Body
    version: Version
    calendar: str | None = None
    purpose: tuple[Statement, ...] = ()
    objectives: tuple[Statement, ...] = ()
    responsibilities: tuple[Statement, ...] = ()
    accountable_to: Accountability | None = None
    mutual_accountability: tuple[Accountability, ...] = ()
    are_seats_given_at_meeting: bool = False
    quorum: QuorumTerms
    deadlines: tuple[Deadline, ...] = ()
    frequency: tuple[Frequency, ...] = ()
    attendance: AttendancePolicy | None = None
    absences: tuple[AbsenceRule, ...] = ()
    deputies: DeputyRule | None = None
    decisions: tuple[DecisionRule, ...] = ()
    urgent_decisions: tuple[UrgentRule, ...] = ()
    written_resolutions: tuple[WrittenRule, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    standing_items: tuple[StandingItem, ...] = ()
    documents: tuple[Distribution, ...] = ()
    signatories: Signatories | None = None
    support: tuple[Statement, ...] = ()
    provisions: tuple[Statement, ...] = ()
    not_stated: frozenset[str] = frozenset()
    entries: tuple[Entry, ...] = ()

    @property
    def rules(self) -> tuple[Entry, ...]:
        """The entries that are rules with a clause of their own."""
        return tuple(entry for entry in self.entries if entry.clause is not None)

    @property
    def readings(self) -> tuple[Entry, ...]:
        """The entries whose words needed a reading."""
        return tuple(entry for entry in self.entries if entry.reading is not None)


def accountability_cycle(answers_to: Mapping[str, str]) -> tuple[str, ...]:
    """The bodies that answer to each other in a circle, or nothing. `answers_to` maps body ids."""
    for start in answers_to:
        chain = [start]
        while (above := answers_to.get(chain[-1])) is not None:
            if above in chain:
                return tuple(chain[chain.index(above) :])
            chain.append(above)
    return ()
