"""What the board's own rule makes of whoever comes in a member's place: rows in, the core's answer out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from meetings.models import DeputyStanding, Meeting, Reply
from membership.deputy_naming import grades_lower
from membership.models import Appointment, AppointmentKind
from partnership.clock import LONDON
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.attendance.deputies import DeputyAnswer, DeputyRule, MeetingTime, Proposal, check_deputy


@dataclass(frozen=True, slots=True)
class DeputyFindings:
    """What the register keeps: proper, not proper or not checked, and in a few words why."""

    standing: DeputyStanding
    note: str


@dataclass(frozen=True, slots=True)
class DeputySaid:
    """What was said of a deputy (None: nothing), when in writing, and why one comes whom the rules would not choose."""

    has_same_authority: bool | None = None
    grades_lower: int | None = None
    reason: str = ""
    written_at: datetime | None = None


NOTHING_SAID = DeputySaid()


def said_in(given: Reply) -> DeputySaid:
    """What a seat's reply said of its deputy."""
    return DeputySaid(given.said_authority, given.said_grades_lower, given.deputy_reason, given.replied_at)


def deputies_rule(*, meeting: Meeting) -> DeputyRule | None:
    """The rule on deputies in force on the meeting's date; None where the terms have none."""
    constitution = constitution_in_force(board=meeting.board, on=meeting.on)
    return terms_of(constitution=constitution).deputies if constitution else None


def checked_deputy(
    *, meeting: Meeting, holders: Sequence[Appointment], person_id: int | None, name: str, said: DeputySaid
) -> DeputyFindings:
    """Check a deputy or substitute by the deputies' rule in force on the meeting's date; without a rule all are proper.

    What was said wins over what the appointment declares.
    """
    rule = deputies_rule(meeting=meeting)
    if rule is None:
        return DeputyFindings(DeputyStanding.PROPER, "")
    return findings_in(judged_deputy(rule, meeting=meeting, holders=holders, person_id=person_id, name=name, said=said))


def findings_in(answer: DeputyAnswer) -> DeputyFindings:
    """The core's answer as the register keeps it."""
    note = ", ".join(problem.value for problem in answer.problems)
    return DeputyFindings(DeputyStanding(answer.for_quorum.value), note)


def judged_deputy(
    rule: DeputyRule,
    *,
    meeting: Meeting,
    holders: Sequence[Appointment],
    person_id: int | None,
    name: str,
    said: DeputySaid,
) -> DeputyAnswer:
    """What that rule says of somebody in a seat's place; `holders` are those named for the seat. No query."""
    deputy = next((holder for holder in holders if person_id and holder.person_id == person_id), None)
    member = next((holder for holder in holders if holder.kind == AppointmentKind.REPRESENTATIVE), None)
    declared = deputy.has_same_authority if deputy else None
    lower = grades_lower(member, deputy)
    written = said.written_at.astimezone(LONDON) if said.written_at else None
    proposal = Proposal(
        name=name or str(deputy.person if deputy else ""),
        is_named_deputy=deputy is not None,
        has_same_authority=declared if said.has_same_authority is None else said.has_same_authority,
        grades_lower=lower if said.grades_lower is None else said.grades_lower,
        reason=said.reason,
        notified_on=written.date() if written else None,
        notified_at=written.time() if written else None,
    )
    return check_deputy(rule, proposal, MeetingTime(on=meeting.on, at=meeting.starts_at, tz=LONDON))
