"""Who sits round the table, who counts, and what follows when the quorum does not hold."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from partnership.constitutions.field_types import (
    Date,
    Id,
    Label,
    NotStated,
    Positive,
    Ratio,
    Whole,
    Words,
    Yes,
    YesNo,
)
from partnership.constitutions.forms import ClauseForm, Form, ReadingForm, RuleForm, Stated
from partnership.constitutions.schema_tests import ConditionForm, TestForm, exactly_one, one_key_of
from partnership.rules.quorum.terms import Call, Conflict, HeldBy, Phase, SameOrganisation, Scope, Tested


class OrganisationForm(Form):
    id: Id
    name: Label
    kind: Label | None = None
    aliases: list[Label] = Field(default_factory=list)
    stands_for: list[Id] = Field(default_factory=list)


class OfficeForm(RuleForm):
    name: Label
    aliases: list[Label] = Field(default_factory=list)
    deputy_may_fill: YesNo = False
    held_by: Annotated[HeldBy, Field(strict=False)] = HeldBy.SEAT
    independent: YesNo = False
    from_statutory_partner: YesNo = False


class CapacityForm(RuleForm):
    """In what capacity somebody attends. Every yes and no is written out."""

    name: Label
    counts: YesNo
    in_base: YesNo
    fills_offices: YesNo
    represents: YesNo
    votes: YesNo


class SeatForm(Form):
    id: Id
    name: Label
    organisation: Id | None = None
    offices: list[Id] = Field(default_factory=list)
    categories: list[Label] = Field(default_factory=list)
    capacity: Id = "member"
    count: Positive = 1
    votes: Ratio | None = None
    unit: Label | None = None
    clause: ClauseForm | None = None
    reading: ReadingForm | None = None


class ConflictedForm(Form):
    effect: Annotated[Conflict, Field(strict=False)]
    floor: Whole = 0
    when: ConditionForm | None = None


COUNTING = (
    "conflicted",
    "suspended_in_base",
    "remote_counts",
    "improper_deputy_counts",
    "same_organisation",
    "unit_counts_once",
    "separate_offices",
)


class CountingForm(RuleForm):
    """One rule about who counts; exactly one of the keys below `reading`."""

    model_config = one_key_of(COUNTING)

    conflicted: ConflictedForm | None = None
    suspended_in_base: YesNo | None = None
    remote_counts: YesNo | None = None
    improper_deputy_counts: YesNo | None = None
    same_organisation: Annotated[SameOrganisation, Field(strict=False)] | None = None
    unit_counts_once: YesNo | None = None
    separate_offices: Annotated[list[Id], Field(min_length=2)] | None = None

    @model_validator(mode="after")
    def check_one(self) -> Self:
        exactly_one(
            self, COUNTING, "A counting rule needs one of {keys}.", "A counting rule says one thing, not {keys}."
        )
        return self

    @property
    def about(self) -> str:
        return next(key for key in COUNTING if getattr(self, key) is not None)


class AppliesForm(Form):
    """Which question the rule answers; what is left out means any."""

    phases: list[Annotated[Phase, Field(strict=False)]] = Field(default_factory=list)
    meetings: list[Label] = Field(default_factory=list)
    calls: list[Annotated[Call, Field(strict=False)]] = Field(default_factory=list)
    business: list[Label] = Field(default_factory=list)


class QuorumForm(TestForm):
    """One quorum: when it is tested, which meetings it is for, and exactly one test key."""

    id: Id
    clause: ClauseForm
    reading: ReadingForm | None = None
    name: Label | None = None
    tested: Annotated[Tested, Field(strict=False)] = Tested.THROUGHOUT
    applies: AppliesForm | None = None
    starts_on: Date | None = None
    until: Date | None = None


class DeterminationForm(RuleForm):
    by: Id
    scope: Annotated[Scope, Field(strict=False)]


class AdjournForm(Form):
    to: Id | NotStated


class WaitForm(Form):
    minutes: Annotated[int, Field(ge=1, le=1440)]


class RatifyForm(Form):
    by: Label


INQUORATE = (
    "adjourn",
    "adjourn_until_quorate",
    "wait",
    "discuss_only",
    "chair_picks_items",
    "limited_powers",
    "go_on_and_ratify",
    "lapse",
    "dissolve",
    "interim_plan",
    "no_two_in_a_row",
)


class InquorateForm(RuleForm):
    """One consequence; exactly one of the keys below `when`."""

    model_config = one_key_of(INQUORATE)

    when: ConditionForm | None = None
    adjourn: AdjournForm | None = None
    adjourn_until_quorate: Yes | None = None
    wait: WaitForm | None = None
    discuss_only: Yes | None = None
    chair_picks_items: Yes | None = None
    limited_powers: Words | None = None
    go_on_and_ratify: RatifyForm | None = None
    lapse: Yes | None = None
    dissolve: Yes | None = None
    interim_plan: Words | None = None
    no_two_in_a_row: Yes | None = None

    @model_validator(mode="after")
    def check_one(self) -> Self:
        exactly_one(self, INQUORATE, "A consequence needs one of {keys}.", "A consequence says one thing, not {keys}.")
        return self

    @property
    def consequence(self) -> str:
        return next(key for key in INQUORATE if getattr(self, key) is not None)


QuorumSection = Stated[list[QuorumForm]]
InquorateSection = Stated[list[InquorateForm]]
