"""The attendance file: who came to a meeting, as what, from when to when."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Tag, model_validator

from partnership.constitutions.field_types import (
    FORM,
    WORDS,
    ClockTime,
    Date,
    Id,
    Label,
    Positive,
    Ratio,
    Whole,
    Words,
    YesNo,
    by_kind,
    refusal,
    yes_or_no,
)
from partnership.constitutions.forms import Form
from partnership.rules.quorum.facts import DeputyCheck
from partnership.rules.quorum.terms import Call, Phase

Labels = Annotated[Annotated[Label, Tag(WORDS)] | Annotated[list[Label], Field(min_length=1), Tag(FORM)], by_kind]


def a_verdict(value: Any) -> bool | Literal["not stated"]:
    """`yes`, `no` or `not stated`."""
    return "not stated" if value == "not stated" else yes_or_no(value)


Verdict = Annotated[bool | Literal["not stated"], BeforeValidator(a_verdict)]
Stay = Annotated[list[ClockTime], Field(min_length=1, max_length=2)]


class WithdrewForm(Form):
    """Withdrawn for an interest: from one item or from all, between two times or throughout."""

    item: Label | None = None
    since: ClockTime | None = Field(default=None, alias="from")
    until: ClockTime | None = None


class PresentForm(Form):
    """One person, or `n` people alike."""

    n: Positive = 1
    name: Label | None = None
    person: Label | None = None
    seat: Id | None = None
    org: Label | None = None
    role: Labels | None = None
    cat: Labels | None = None
    as_: Label | None = Field(default=None, alias="as")
    unit: Label | None = None
    votes: Ratio | None = None
    remote: YesNo = False
    suspended: YesNo = False
    deputy: Annotated[DeputyCheck, Field(strict=False)] = DeputyCheck.PROPER
    arrived: ClockTime | None = None
    left: ClockTime | None = None
    times: Annotated[list[Stay], Field(min_length=1)] | None = None
    withdrew: YesNo | None = None
    withdrew_from: list[WithdrewForm] = Field(default_factory=list)

    @model_validator(mode="after")
    def check_one_way(self) -> Self:
        if self.times is not None and (self.arrived or self.left):
            raise refusal('"times" and "arrived" or "left" exclude each other.')
        if self.n > 1 and (self.name or self.person):
            raise refusal(f"One name cannot stand for {self.n} people.")
        return self


class MeetingForm(Form):
    on: Date | None = None
    kind: Label = "ordinary"
    call: Annotated[Call, Field(strict=False)] = Call.FIRST
    requisitioned: YesNo = False
    circumstances: list[Label] = Field(default_factory=list)
    opened: ClockTime | None = None
    closed: ClockTime | None = None
    business: Label | None = None
    item: Label | None = None


class DeterminedForm(Form):
    by: Label
    reason: Words
    at: ClockTime | None = None
    item: Label | None = None


class MembershipForm(BaseModel):
    """Sizes by name: seats, vacancies, excluded, disqualified, conflicted, or any that a rule uses."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)
    __pydantic_extra__: dict[str, Whole]

    vacant: list[Id] = Field(default_factory=list)


class CaseForm(Form):
    """One meeting, and for a worked case the answer it should have."""

    case: Label | None = None
    membership: MembershipForm = MembershipForm()
    present: list[PresentForm]
    meeting: MeetingForm = MeetingForm()
    determinations: list[DeterminedForm] = Field(default_factory=list)
    at: ClockTime | None = None
    phase: Annotated[Phase, Field(strict=False)] | None = None
    quorate: Verdict | None = None
    why: Words | None = None
