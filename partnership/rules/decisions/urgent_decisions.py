"""An urgent decision outside a meeting: who may take it, and who must be asked first."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from partnership.rules.clauses import Clause, Reading
from partnership.rules.deadlines.deadlines import Deadline


class Ground(StrEnum):
    """Why the vice-chair decides: the chair is away, or has handed it over."""

    NONE = "none"
    UNAVAILABLE = "chair unavailable"
    DELEGATED = "delegated by the chair"


class UrgentFinding(StrEnum):
    NOT_URGENT = "not urgent"
    WRONG_OFFICE = "not an office that may decide"
    GROUND_MISSING = "why the stand-in decided is not recorded"
    DECISION_MISSING = "the decision or its date is not recorded"
    NOT_CONSULTED = "somebody who must be consulted was not"
    REASON_MISSING = "why a member was not consulted is not recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentRule:
    """`decided_by` decides, `stand_in` only on one of the `grounds`; `consult` are always asked.

    `as_many_as_practicable`: every other member is asked, or the reason kept
    why not. `when` is the deadline that says what is urgent; None where nothing does.
    """

    id: str
    clause: Clause
    decided_by: str
    stand_in: str = ""
    grounds: tuple[Ground, ...] = (Ground.UNAVAILABLE, Ground.DELEGATED)
    consult: tuple[str, ...] = ()
    as_many_as_practicable: bool = False
    when: Deadline | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """One office or organisation asked: when, and what they said. Both are needed."""

    who: str
    on: date | None = None
    view: str = ""

    @property
    def is_complete(self) -> bool:
        return self.on is not None and bool(self.view.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentRecord:
    """`members` are all members; `not_consulted` gives a reason for each who was not asked."""

    decided_by: str
    needed_on: date
    decided_on: date | None = None
    decision: str = ""
    ground: Ground = Ground.NONE
    consulted: tuple[Consulted, ...] = ()
    members: tuple[str, ...] = ()
    not_consulted: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UrgentVerdict:
    """`missing` whom the record must still show as consulted, in the order of the rule."""

    rule: UrgentRule
    findings: tuple[UrgentFinding, ...]
    missing: tuple[str, ...]
    unexplained: tuple[str, ...]
    members_consulted: int
    members: int

    @property
    def is_valid(self) -> bool:
        return not self.findings


def judge_urgent(rule: UrgentRule, record: UrgentRecord, *, latest_urgent_on: date) -> UrgentVerdict:
    """Whether an urgent decision may be recorded.

    `latest_urgent_on` is the last day that still counts as urgent:
    `due_dates.due_on` of the deadline that defines urgency.
    """
    asked = {answer.who for answer in record.consulted if answer.is_complete}
    reasons = {who for who, reason in record.not_consulted if reason.strip()}
    missing = tuple(who for who in rule.consult if who not in asked)
    others = [member for member in record.members if member not in rule.consult]
    unexplained: tuple[str, ...] = ()
    if rule.as_many_as_practicable:
        unexplained = tuple(who for who in others if who not in asked | reasons)
    tests = (
        (record.needed_on > latest_urgent_on, UrgentFinding.NOT_URGENT),
        (record.decided_by not in {rule.decided_by, rule.stand_in}, UrgentFinding.WRONG_OFFICE),
        (_lacks_ground(rule, record), UrgentFinding.GROUND_MISSING),
        (
            record.decided_on is None or not record.decision.strip(),
            UrgentFinding.DECISION_MISSING,
        ),
        (bool(missing), UrgentFinding.NOT_CONSULTED),
        (bool(unexplained), UrgentFinding.REASON_MISSING),
    )
    return UrgentVerdict(
        rule=rule,
        findings=tuple(finding for is_found, finding in tests if is_found),
        missing=missing,
        unexplained=unexplained,
        members_consulted=sum(member in asked for member in record.members),
        members=len(record.members),
    )


def _lacks_ground(rule: UrgentRule, record: UrgentRecord) -> bool:
    is_stand_in = bool(rule.stand_in) and record.decided_by == rule.stand_in
    return is_stand_in and record.ground not in rule.grounds
