"""What the board's own rule makes of whoever comes in a member's place: rows in, the core's answer out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from meetings.models import DeputyStanding, Meeting
from membership.models import Appointment, AppointmentKind
from partnership.clock import LONDON
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.attendance.deputies import MeetingTime, Proposal, check_deputy


@dataclass(frozen=True, slots=True)
class DeputyFindings:
    """What the register keeps: proper, not proper or not checked, and in a few words why."""

    standing: DeputyStanding
    note: str


def checked_deputy(
    *,
    meeting: Meeting,
    holders: Sequence[Appointment],
    person_id: int | None,
    name: str,
    reason: str,
    said_authority: bool | None = None,
    said_grades_lower: int | None = None,
) -> DeputyFindings:
    """Check a deputy or substitute by the deputies' rule in force on the meeting's date; without a rule all are proper.

    What was said on the day wins over what the appointment declares.
    """
    constitution = constitution_in_force(board=meeting.board, on=meeting.on)
    rule = terms_of(constitution=constitution).deputies if constitution else None
    if rule is None:
        return DeputyFindings(DeputyStanding.PROPER, "")
    deputy = next((holder for holder in holders if person_id and holder.person_id == person_id), None)
    member = next((holder for holder in holders if holder.kind == AppointmentKind.REPRESENTATIVE), None)
    declared = deputy.has_same_authority if deputy else None
    lower = grades_lower(member, deputy)
    proposal = Proposal(
        name=name or str(deputy.person if deputy else ""),
        is_named_deputy=deputy is not None,
        has_same_authority=declared if said_authority is None else said_authority,
        grades_lower=lower if said_grades_lower is None else said_grades_lower,
        reason=reason,
    )
    answer = check_deputy(rule, proposal, MeetingTime(on=meeting.on, at=meeting.starts_at, tz=LONDON))
    note = ", ".join(problem.value for problem in answer.problems)
    return DeputyFindings(DeputyStanding(answer.for_quorum.value), note)


def grades_lower(member: Appointment | None, deputy: Appointment | None) -> int | None:
    """How many grades the deputy is below the member on one ladder; None where that cannot be said."""
    if member is None or deputy is None or member.grade is None or deputy.grade is None:
        return None
    if member.grade.ladder_id != deputy.grade.ladder_id:
        return None
    return deputy.grade.rank - member.grade.rank
