"""Deadlines, attendance, deputies, decisions and frequency as a file writes them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from partnership.constitutions.field_types import (
    Calendar,
    ClockTime,
    Id,
    Label,
    Positive,
    ShareOf,
    Whole,
    Words,
    YearDay,
    YesNo,
    refusal,
)
from partnership.constitutions.forms import ClauseForm, Form, RuleForm
from partnership.constitutions.schema_tests import exactly_one, one_key_of
from partnership.rules.attendance.absences import AbsenceEffect, Basis
from partnership.rules.attendance.attendance import LeaveCounts
from partnership.rules.attendance.deputies import DeputyVote, Requirement, WhoMayDeputise
from partnership.rules.deadlines.deadlines import (
    Anchor,
    Breach,
    DeadlineKind,
    Direction,
    Limit,
    NonWorkingDay,
    Strength,
    Unit,
    WaivedBy,
)
from partnership.rules.deadlines.frequency import Per
from partnership.rules.decisions.decisions import Inquorate, TieBreak
from partnership.rules.decisions.voting import VoteBase
from partnership.rules.meeting_kinds import MeetingKind

Kind = Annotated[MeetingKind, Field(strict=False)]
Days = Annotated[int, Field(ge=-3660, le=3660)]


class TimeForm(Form):
    """So much of a unit, before or after what."""

    amount: Whole
    at_most: Whole | None = None
    unit: Annotated[Unit, Field(strict=False)]
    direction: Annotated[Direction, Field(strict=False)]
    anchor: Annotated[Anchor, Field(strict=False)]
    limit: Annotated[Limit, Field(strict=False)] | None = None
    event: Label | None = None
    fixed: YearDay | None = None
    by_time: ClockTime | None = None
    calendar: Calendar | None = None
    on_non_working_day: Annotated[NonWorkingDay, Field(strict=False)] = NonWorkingDay.STAY


class ShorteningForm(Form):
    """Who may shorten it, on what ground, and how far; without an amount, as far as they decide."""

    by: Label
    ground: Label | None = None
    amount: Whole | None = None
    unit: Annotated[Unit, Field(strict=False)] | None = None

    @model_validator(mode="after")
    def check_amount_and_unit(self) -> Self:
        if (self.amount is None) is not (self.unit is None):
            raise refusal('"amount" and "unit" go together.')
        return self


class WaiverForm(Form):
    """Who may say that it need not be done this time, and the clause that lets them."""

    by: Annotated[list[Annotated[WaivedBy, Field(strict=False)]], Field(min_length=1)]
    clause: ClauseForm
    ground: Label | None = None


class EscalationForm(Form):
    days: Days
    to: Annotated[list[Label], Field(min_length=1)]


class DeadlineForm(RuleForm):
    duty: Words
    owner: Label
    time: TimeForm
    kind: Annotated[DeadlineKind, Field(strict=False)] = DeadlineKind.DUTY
    strength: Annotated[Strength, Field(strict=False)] = Strength.REQUIRED
    applies_to: list[Kind] = Field(default_factory=list)
    only_for: Label | None = None
    shortening: ShorteningForm | None = None
    waiver: WaiverForm | None = None
    effect_of_breach: Annotated[Breach, Field(strict=False)] = Breach.RECORDED
    reminders: list[Days] = Field(default_factory=list)
    recipients: list[Label] = Field(default_factory=list)
    escalation: list[EscalationForm] = Field(default_factory=list)


class AttendanceForm(RuleForm):
    """What share of the meetings is expected; what is left out is not stated."""

    representative: ShareOf | None = None
    seat: ShareOf | None = None
    agency: ShareOf | None = None
    minimum_meetings: Whole = 0
    counts: Annotated[list[Kind], Field(min_length=1)] | None = None
    strength: Annotated[Strength, Field(strict=False)] = Strength.EXPECTED
    leave: Annotated[LeaveCounts, Field(strict=False)] = LeaveCounts.LEFT_OUT

    @model_validator(mode="after")
    def check_something(self) -> Self:
        if self.representative is None and self.seat is None and self.agency is None and not self.minimum_meetings:
            raise refusal('Nothing is expected here; write a share, or "attendance: not stated".')
        return self


ABSENCES = ("missed_in_a_row", "missed_in_year", "not_seen_for_months", "below")


class AbsenceForm(RuleForm):
    """What absence leads to: exactly one of the four ways to count it."""

    model_config = one_key_of(ABSENCES)

    missed_in_a_row: Positive | None = None
    missed_in_year: Positive | None = None
    not_seen_for_months: Positive | None = None
    below: ShareOf | None = None
    effect: Annotated[AbsenceEffect, Field(strict=False)]
    basis: Annotated[Basis, Field(strict=False)] | None = None
    kinds: Annotated[list[Kind], Field(min_length=1)] | None = None
    within_months: Positive | None = None
    months: Positive | None = None
    needs_meeting: YesNo | None = None
    unless_active: YesNo | None = None
    excused_by: Label | None = None

    @model_validator(mode="after")
    def check_one(self) -> Self:
        way = exactly_one(
            self, ABSENCES, "An absence rule needs one of {keys}.", "An absence rule counts one way, not {keys}."
        )
        allowed = {
            "missed_in_a_row": {"basis", "kinds", "within_months", "excused_by"},
            "missed_in_year": {"basis", "kinds", "excused_by"},
            "not_seen_for_months": {"needs_meeting", "excused_by"},
            "below": {"months", "unless_active", "kinds"},
        }[way]
        for key in ("basis", "kinds", "within_months", "months", "needs_meeting", "unless_active", "excused_by"):
            if getattr(self, key) is not None and key not in allowed:
                raise refusal(f'"{key}" does not go with "{way}".')
        if way.startswith("missed") and self.basis is None:
            raise refusal('Say whose absence counts: "basis: seat" or "basis: representative".')
        if way == "below" and self.months is None:
            raise refusal('"below" needs "months", the time over which the share is taken.')
        return self


class DeputyForm(RuleForm):
    """Who may come in a member's place. Whether a deputy counts is said by the capacity "deputy"."""

    who: Annotated[WhoMayDeputise, Field(strict=False)]
    authority: Annotated[Requirement, Field(strict=False)] = Requirement.NOT_ASKED
    grade: Annotated[Requirement, Field(strict=False)] = Requirement.NOT_ASKED
    grades_below: Whole = 1
    higher_grade_fits: YesNo = True
    written_notice: Id | None = None
    member_stands_aside: YesNo = False
    votes: Annotated[DeputyVote, Field(strict=False)] = DeputyVote.NOT_STATED


class ThresholdForm(Form):
    at_least: ShareOf | None = None
    more_than: ShareOf | None = None
    base: Annotated[VoteBase, Field(strict=False)]
    among: Label | None = None

    @model_validator(mode="after")
    def check_fraction(self) -> Self:
        exactly_one(
            self,
            ("at_least", "more_than"),
            "A threshold needs {keys}.",
            "A threshold has one fraction, and here are {keys}.",
        )
        if self.more_than == 1:
            raise refusal("More than the whole of the votes can never be reached.")
        return self


class DecisionForm(RuleForm):
    consent: YesNo = False
    thresholds: list[ThresholdForm] = Field(default_factory=list)
    required: list[Id] = Field(default_factory=list)
    required_as: Label | None = None
    dissent_recorded: YesNo = False
    everyone_answers: YesNo = False
    casting_vote: Id | None = None
    no_casting_vote_on: list[Label] = Field(default_factory=list)
    tie: Annotated[TieBreak, Field(strict=False)] = TieBreak.FAILS
    unanimous_at_bare_quorum: YesNo = False
    escalate_to: list[Label] = Field(default_factory=list)
    agreement_of: Id | None = None
    inquorate: Annotated[Inquorate, Field(strict=False)] = Inquorate.PROVISIONAL

    @model_validator(mode="after")
    def check_a_way(self) -> Self:
        if not self.consent and not self.thresholds:
            raise refusal('A decision needs a way to be taken: "consent: yes", "thresholds", or both.')
        if self.no_casting_vote_on and self.casting_vote is None:
            raise refusal('"no_casting_vote_on" needs "casting_vote".')
        return self


class FrequencyForm(RuleForm):
    at_least: Positive
    per: Annotated[Per, Field(strict=False)]
    kind: Kind = MeetingKind.ORDINARY
    year_starts: YearDay | None = None
    strength: Annotated[Strength, Field(strict=False)] = Strength.REQUIRED
