"""Deadlines, frequency, attendance, absences, deputies and decisions: forms to rule core."""

from __future__ import annotations

from collections.abc import Sequence

from partnership.constitutions.build_body import note_rule
from partnership.constitutions.build_tests import reading_of
from partnership.constitutions.declared import Declared
from partnership.constitutions.problems import Path
from partnership.constitutions.schema import ConstitutionForm
from partnership.constitutions.schema_duties import (
    AbsenceForm,
    DeadlineForm,
    DecisionForm,
    ShorteningForm,
    ThresholdForm,
    WaiverForm,
)
from partnership.rules.attendance.absences import Basis, LowShare, MissedInARow, MissedInYear, NotSeenFor
from partnership.rules.attendance.attendance import AttendancePolicy
from partnership.rules.attendance.deputies import DeputyRule, WhoMayDeputise
from partnership.rules.clauses import Clause
from partnership.rules.constitution import AbsenceRule
from partnership.rules.deadlines.deadlines import (
    ContradictoryDeadline,
    Deadline,
    Direction,
    Escalation,
    Limit,
    Shortening,
    Waiver,
)
from partnership.rules.deadlines.frequency import NEW_YEAR, Frequency
from partnership.rules.decisions.decisions import DecisionRule
from partnership.rules.decisions.voting import Threshold
from partnership.rules.meeting_kinds import MeetingKind
from partnership.rules.quorum.terms import Counting

DEPUTY = "deputy"


def deadlines(declared: Declared, form: ConstitutionForm) -> tuple[Deadline, ...]:
    """The deadlines that are sound; what contradicts itself is a problem."""
    if not isinstance(form.deadlines, list):
        return ()
    found = [_deadline(declared, ("deadlines", index), one) for index, one in enumerate(form.deadlines)]
    _check_anchors(declared, form.deadlines)
    return tuple(one for one in found if one)


def _deadline(declared: Declared, path: Path, form: DeadlineForm) -> Deadline | None:
    clause = note_rule(declared, "deadlines", path, form, form.duty)
    time = form.time
    usual = Limit.NOT_LESS_THAN if time.direction is Direction.BEFORE else Limit.WITHIN
    try:
        return Deadline(
            id=form.id,
            duty=form.duty,
            owner=form.owner,
            amount=time.amount,
            unit=time.unit,
            direction=time.direction,
            anchor=time.anchor,
            limit=time.limit or usual,
            clause=clause,
            at_most=time.at_most,
            event=time.event or "",
            fixed=time.fixed,
            by_time=time.by_time,
            calendar=time.calendar,
            on_non_working_day=time.on_non_working_day,
            kind=form.kind,
            strength=form.strength,
            applies_to=tuple(form.applies_to),
            only_for=form.only_for or "",
            shortening=_shortening(form.shortening),
            waiver=_waiver(form.waiver),
            effect_of_breach=form.effect_of_breach,
            reminders=tuple(form.reminders),
            recipients=tuple(form.recipients),
            escalation=tuple(Escalation(one.days, tuple(one.to)) for one in form.escalation),
            reading=reading_of(form.reading),
        )
    except ContradictoryDeadline as contradiction:
        reason = str(contradiction).removeprefix(f"{form.id}: ")
        declared.problem((*path, "time"), f"This time contradicts itself: {reason}.")
        return None


def deadline_named(declared: Declared, path: Path, name: str | None, found: Sequence[Deadline]) -> Deadline | None:
    """The deadline with that id, if one is named; an unknown one is a problem."""
    deadline = next((one for one in found if one.id == name), None)
    if name is not None and deadline is None and "deadlines" not in declared.incomplete:
        declared.problem(path, f'No deadline has the id "{name}".')
    return deadline


def _shortening(form: ShorteningForm | None) -> Shortening | None:
    return Shortening(form.by, form.ground or "", form.amount, form.unit) if form else None


def _waiver(form: WaiverForm | None) -> Waiver | None:
    if form is None:
        return None
    return Waiver(tuple(form.by), Clause(form.clause.ref, form.clause.words), form.ground or "")


def _check_anchors(declared: Declared, forms: Sequence[DeadlineForm]) -> None:
    """A deadline may hang on another (`event` is then its id), but not in a circle."""
    hangs_on = {one.id: one.time.event for one in forms if one.time.event}
    for index, one in enumerate(forms):
        chain, here = [one.id], hangs_on.get(one.id)
        while here in hangs_on and here not in chain:
            chain.append(str(here))
            here = hangs_on[str(here)]
        if here == one.id and one.id == min(chain):
            circle = " → ".join([*chain, one.id])
            declared.problem(("deadlines", index, "time", "event"), f"These deadlines hang on each other: {circle}.")


def frequencies(declared: Declared, form: ConstitutionForm) -> tuple[Frequency, ...]:
    if not isinstance(form.frequency, list):
        return ()
    return tuple(
        Frequency(
            id=one.id,
            clause=note_rule(declared, "frequency", ("frequency", index), one),
            reading=reading_of(one.reading),
            at_least=one.at_least,
            per=one.per,
            kind=one.kind,
            year_starts=one.year_starts or NEW_YEAR,
            strength=one.strength,
        )
        for index, one in enumerate(form.frequency)
    )


def attendance_policy(declared: Declared, form: ConstitutionForm) -> AttendancePolicy | None:
    policy = form.attendance
    if policy is None or isinstance(policy, str):
        return None
    usual = (MeetingKind.ORDINARY, MeetingKind.EXTRAORDINARY, MeetingKind.ANNUAL)
    return AttendancePolicy(
        id=policy.id,
        clause=note_rule(declared, "attendance", ("attendance",), policy),
        reading=reading_of(policy.reading),
        representative=policy.representative,
        seat=policy.seat,
        agency=policy.agency,
        minimum_meetings=policy.minimum_meetings,
        counts=tuple(policy.counts or usual),
        strength=policy.strength,
        leave=policy.leave,
    )


def absence_rules(declared: Declared, form: ConstitutionForm) -> tuple[AbsenceRule, ...]:
    if not isinstance(form.absences, list):
        return ()
    return tuple(_absence(declared, ("absences", index), one) for index, one in enumerate(form.absences))


def _absence(declared: Declared, path: Path, form: AbsenceForm) -> AbsenceRule:
    clause, reading = note_rule(declared, "absences", path, form), reading_of(form.reading)
    kinds = tuple(form.kinds or (MeetingKind.ORDINARY,))
    basis, excused_by = form.basis or Basis.SEAT, form.excused_by or ""
    if form.missed_in_a_row is not None:
        return MissedInARow(
            id=form.id,
            clause=clause,
            reading=reading,
            times=form.missed_in_a_row,
            basis=basis,
            effect=form.effect,
            kinds=kinds,
            within_months=form.within_months,
            excused_by=excused_by,
        )
    if form.missed_in_year is not None:
        return MissedInYear(
            id=form.id,
            clause=clause,
            reading=reading,
            times=form.missed_in_year,
            basis=basis,
            effect=form.effect,
            kinds=kinds,
            excused_by=excused_by,
        )
    if form.below is not None:
        return LowShare(
            id=form.id,
            clause=clause,
            reading=reading,
            below=form.below,
            months=form.months or 0,
            effect=form.effect,
            unless_active=bool(form.unless_active),
            kinds=kinds,
        )
    return NotSeenFor(
        id=form.id,
        clause=clause,
        reading=reading,
        months=form.not_seen_for_months or 0,
        effect=form.effect,
        needs_meeting=form.needs_meeting is not False,
        excused_by=excused_by,
    )


def deputy_rule(
    declared: Declared, form: ConstitutionForm, counting: Counting, found: Sequence[Deadline]
) -> DeputyRule | None:
    """Who may come in a member's place; how they count is taken from `capacities` and `counting`."""
    rule = form.deputies
    if rule is None or isinstance(rule, str):
        _check_silence(declared, form)
        return None
    notice = deadline_named(declared, ("deputies", "written_notice"), rule.written_notice, found)
    improper = counting.improper_deputy_counts
    capacity = next((one for one in form.capacities if one.id == DEPUTY), None)
    if capacity and rule.who is WhoMayDeputise.NOBODY:
        declared.problem(("deputies", "who"), 'Nobody may deputise, and yet the capacity "deputy" is declared.')
    return DeputyRule(
        id=rule.id,
        clause=note_rule(declared, "deputies", ("deputies",), rule),
        reading=reading_of(rule.reading),
        who=rule.who,
        authority=rule.authority,
        grade=rule.grade,
        grades_below=rule.grades_below,
        higher_grade_fits=rule.higher_grade_fits,
        written_notice=notice,
        member_stands_aside=rule.member_stands_aside,
        counts_for_quorum=capacity.counts if capacity else False,
        improper_counts=improper.value if improper else False,
        votes=rule.votes,
    )


def _check_silence(declared: Declared, form: ConstitutionForm) -> None:
    """Where the source says nothing of deputies and they count all the same, that is a reading."""
    if form.deputies is None:
        return
    for index, one in enumerate(form.capacities):
        if one.id == DEPUTY and one.counts and one.reading is None:
            declared.problem(
                ("capacities", index),
                "Deputies are not stated and yet they count here; give the reading that lets them.",
            )


def decision_rules(declared: Declared, form: ConstitutionForm) -> tuple[DecisionRule, ...]:
    if not isinstance(form.decisions, list):
        return ()
    return tuple(_decision(declared, ("decisions", index), one) for index, one in enumerate(form.decisions))


def _decision(declared: Declared, path: Path, form: DecisionForm) -> DecisionRule:
    declared.check_each("organisations", form.required, (*path, "required"))
    if form.casting_vote is not None:
        declared.check("offices", form.casting_vote, (*path, "casting_vote"))
    return DecisionRule(
        id=form.id,
        clause=note_rule(declared, "decisions", path, form),
        reading=reading_of(form.reading),
        consent=form.consent,
        thresholds=tuple(
            _threshold(declared, (*path, "thresholds", index), one) for index, one in enumerate(form.thresholds)
        ),
        required=tuple(form.required),
        required_as=form.required_as or "",
        dissent_recorded=form.dissent_recorded,
        everyone_answers=form.everyone_answers,
        casting_vote=form.casting_vote or "",
        no_casting_vote_on=tuple(form.no_casting_vote_on),
        tie=form.tie,
        unanimous_at_bare_quorum=form.unanimous_at_bare_quorum,
        escalate_to=tuple(form.escalate_to),
        agreement_of=form.agreement_of or "",
        inquorate=form.inquorate,
    )


def _threshold(declared: Declared, path: Path, form: ThresholdForm) -> Threshold:
    declared.check_category(form.among, (*path, "among"))
    share = form.at_least or form.more_than
    if share is None:
        raise AssertionError("the form has checked that there is one")
    return Threshold(share=share, more_than=form.more_than is not None, base=form.base, among=form.among or "")
