"""Whether somebody may come in a member's place, and with what standing.

A rule that says "must" refuses; one that says "should" warns, asks for a
reason and keeps it. A grade nobody could compare counts, and is flagged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, tzinfo
from enum import StrEnum

from partnership.rules.clauses import Clause, Reading
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.deadlines.due_dates import Due, TimeNeeded, due_on, is_late
from partnership.rules.quorum.facts import DeputyCheck


class WhoMayDeputise(StrEnum):
    NOBODY = "nobody"
    NAMED_DEPUTY = "named deputy"
    ANY_SUBSTITUTE = "any substitute"


class Requirement(StrEnum):
    NOT_ASKED = "not asked"
    SHOULD = "should"
    MUST = "must"


class DeputyVote(StrEnum):
    """Whether a deputy votes; `not stated` where the terms are silent."""

    SAME = "same"
    NONE = "none"
    NOT_STATED = "not stated"


class Outcome(StrEnum):
    """`incomplete` waits for an answer or a reason; nothing is settled by it."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_REASON = "accepted with reason"
    NOT_CHECKED = "not checked"
    REASON_NEEDED = "reason needed"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"


class Problem(StrEnum):
    """What stands against this deputy."""

    NOBODY_MAY = "nobody may deputise"
    NOT_THE_NAMED_DEPUTY = "not the named deputy"
    AUTHORITY_DIFFERS = "authority differs"
    AUTHORITY_NOT_DECLARED = "authority not declared"
    GRADE_TOO_LOW = "grade too low"
    GRADE_TOO_HIGH = "grade too high"
    GRADE_UNKNOWN = "grade unknown"
    NOTICE_NOT_WRITTEN = "no written notice"
    NOTICE_LATE = "notice late"


class UnknownGrade(ValueError):
    """A grade that is not on the agency's own ladder."""


@dataclass(frozen=True, slots=True)
class GradeLadder:
    """An agency's own grades, the highest first."""

    agency: str
    grades: tuple[str, ...]

    def grades_lower(self, *, member: str, deputy: str) -> int:
        """How many grades the deputy is below the member: 0 the same, -1 one higher.

        Raises `UnknownGrade`.
        """
        return self._rung(deputy) - self._rung(member)

    def _rung(self, grade: str) -> int:
        if grade not in self.grades:
            raise UnknownGrade(f"{self.agency} has no grade {grade}.")
        return self.grades.index(grade)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyRule:
    """`improper_counts`: whether one who fails a "should" still counts for quorum.

    `written_notice` is a deadline before the meeting by which the member must
    have told the chair in writing. `member_stands_aside`: the member is not a
    member for that meeting, even if they come after all.
    """

    id: str
    clause: Clause
    who: WhoMayDeputise
    authority: Requirement = Requirement.NOT_ASKED
    grade: Requirement = Requirement.NOT_ASKED
    grades_below: int = 1
    higher_grade_fits: bool = True
    written_notice: Deadline | None = None
    member_stands_aside: bool = False
    counts_for_quorum: bool = True
    improper_counts: bool = False
    votes: DeputyVote = DeputyVote.NOT_STATED
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Who is to come. None means that nobody has said.

    `grades_lower` as `GradeLadder.grades_lower` counts. `notified_on` and
    `notified_at` are the local date and time of the written notice.
    """

    name: str
    is_named_deputy: bool
    has_same_authority: bool | None = None
    grades_lower: int | None = None
    reason: str = ""
    notified_on: date | None = None
    notified_at: time | None = None


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """When the meeting begins, in local time; only rules about notice ask for it."""

    on: date
    at: time
    tz: tzinfo


@dataclass(frozen=True, slots=True)
class DeputyAnswer:
    """The answer, with what it rests on. `for_quorum` is what the register passes on."""

    rule: DeputyRule
    proposal: Proposal
    outcome: Outcome
    problems: tuple[Problem, ...]
    for_quorum: DeputyCheck
    notice_due: Due | None = None

    @property
    def counts_for_quorum(self) -> bool:
        if self.outcome is Outcome.REFUSED or not self.rule.counts_for_quorum:
            return False
        return self.for_quorum is not DeputyCheck.IMPROPER or self.rule.improper_counts


UNANSWERED = frozenset({Problem.AUTHORITY_NOT_DECLARED, Problem.GRADE_UNKNOWN})
GRADE_PROBLEMS = frozenset({Problem.GRADE_TOO_LOW, Problem.GRADE_TOO_HIGH})


def check_deputy(rule: DeputyRule, proposal: Proposal, meeting: MeetingTime | None = None) -> DeputyAnswer:
    """Whether this person may come in the member's place.

    Raises `due_dates.TimeNeeded` when the rule asks for notice and `meeting` is missing.
    """
    notice_due = _notice_due(rule, meeting)
    problems = tuple(_problems(rule, proposal, notice_due))
    outcome = _outcome(rule, proposal, problems)
    return DeputyAnswer(
        rule=rule,
        proposal=proposal,
        outcome=outcome,
        problems=problems,
        for_quorum=_standing(problems),
        notice_due=notice_due,
    )


def _problems(rule: DeputyRule, proposal: Proposal, notice_due: Due | None) -> Iterator[Problem]:
    if rule.who is WhoMayDeputise.NOBODY:
        yield Problem.NOBODY_MAY
    if rule.who is WhoMayDeputise.NAMED_DEPUTY and not proposal.is_named_deputy:
        yield Problem.NOT_THE_NAMED_DEPUTY
    if rule.authority is not Requirement.NOT_ASKED:
        if proposal.has_same_authority is None:
            yield Problem.AUTHORITY_NOT_DECLARED
        elif not proposal.has_same_authority:
            yield Problem.AUTHORITY_DIFFERS
    if rule.grade is not Requirement.NOT_ASKED:
        yield from _grade_problems(rule, proposal.grades_lower)
    if notice_due is not None:
        yield from _notice_problems(notice_due, proposal)


def _grade_problems(rule: DeputyRule, grades_lower: int | None) -> Iterator[Problem]:
    if grades_lower is None:
        yield Problem.GRADE_UNKNOWN
    elif grades_lower > rule.grades_below:
        yield Problem.GRADE_TOO_LOW
    elif grades_lower < 0 and not rule.higher_grade_fits:
        yield Problem.GRADE_TOO_HIGH


def _notice_problems(due: Due, proposal: Proposal) -> Iterator[Problem]:
    if proposal.notified_on is None:
        yield Problem.NOTICE_NOT_WRITTEN
    elif is_late(due, proposal.notified_on, proposal.notified_at):
        yield Problem.NOTICE_LATE


def _notice_due(rule: DeputyRule, meeting: MeetingTime | None) -> Due | None:
    if rule.written_notice is None:
        return None
    if meeting is None:
        raise TimeNeeded(f"{rule.id} asks for notice before the meeting: say when it begins.")
    return due_on(rule.written_notice, meeting.on, anchor_at=meeting.at, tz=meeting.tz)


def _outcome(rule: DeputyRule, proposal: Proposal, problems: tuple[Problem, ...]) -> Outcome:
    strengths = {problem: _strength(rule, problem) for problem in problems}
    if any(strengths[p] is Requirement.MUST for p in problems if p not in UNANSWERED):
        return Outcome.REFUSED
    if Problem.AUTHORITY_NOT_DECLARED in strengths:
        return Outcome.INCOMPLETE
    if any(problem not in UNANSWERED for problem in problems):
        return Outcome.ACCEPTED_WITH_REASON if proposal.reason.strip() else Outcome.REASON_NEEDED
    return Outcome.NOT_CHECKED if problems else Outcome.ACCEPTED


def _strength(rule: DeputyRule, problem: Problem) -> Requirement:
    if problem in GRADE_PROBLEMS:
        return rule.grade
    if problem is Problem.AUTHORITY_DIFFERS:
        return rule.authority
    return Requirement.MUST


def _standing(problems: tuple[Problem, ...]) -> DeputyCheck:
    if any(problem not in UNANSWERED for problem in problems):
        return DeputyCheck.IMPROPER
    return DeputyCheck.NOT_CHECKED if problems else DeputyCheck.PROPER
