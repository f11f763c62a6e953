"""What the terms say of somebody who is to be named as a seat's deputy. The rule is that of the reply page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from membership.models import Appointment, Grade, Seat
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.attendance.deputies import DeputyAnswer, DeputyRule, Proposal, check_deputy


def deputies_rule_on(*, seat: Seat, on: date) -> DeputyRule | None:
    """The rule on deputies in force on that day; None where the terms have none."""
    constitution = constitution_in_force(board=seat.board, on=on)
    return terms_of(constitution=constitution).deputies if constitution else None


def judged_naming(
    rule: DeputyRule,
    *,
    name: str,
    member: Grade | None,
    grade: Grade | None,
    has_same_authority: bool | None,
    reason: str,
) -> DeputyAnswer:
    """What that rule says of a deputy to be named. Written notice is asked before a meeting, not before a naming."""
    proposal = Proposal(
        name=name,
        is_named_deputy=True,
        has_same_authority=has_same_authority,
        grades_lower=_lower(member, grade),
        reason=reason,
    )
    return check_deputy(replace(rule, written_notice=None), proposal)


def grades_lower(member: Appointment | None, deputy: Appointment | None) -> int | None:
    """How many grades the deputy is below the member on one ladder; None where that cannot be said."""
    if member is None or deputy is None:
        return None
    return _lower(member.grade, deputy.grade)


def _lower(member: Grade | None, deputy: Grade | None) -> int | None:
    if member is None or deputy is None or member.ladder_id != deputy.ladder_id:
        return None
    return deputy.rank - member.rank
