"""The tests of a quorum as a file writes them: a node has exactly one key that says what it asks."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, Tag, model_validator

from partnership.constitutions.field_types import (
    FORM,
    WORDS,
    Date,
    Id,
    Label,
    Positive,
    Ratio,
    ShareOf,
    Whole,
    by_kind,
    refusal,
)
from partnership.constitutions.forms import ClauseForm, Form, ReadingForm
from partnership.rules.quorum.terms import Base, Measure, Rounding, Strength

AnyOf = Annotated[list[Id], Field(min_length=1)]


def exactly_one(form: Form, keys: tuple[str, ...], none: str, several: str) -> str:
    """The one of those keys that the form has; otherwise the sentence for none, or for several."""
    written = [key for key in keys if getattr(form, _field(form, key)) is not None]
    if not written:
        raise refusal(none.format(keys=" or ".join(keys)))
    if len(written) > 1:
        raise refusal(several.format(keys=" and ".join(f'"{key}"' for key in written)))
    return written[0]


def _field(form: Form, key: str) -> str:
    return next(name for name, info in type(form).model_fields.items() if (info.alias or name) == key)


def one_key_of(keys: tuple[str, ...]) -> ConfigDict:
    """The same for the JSON Schema."""
    return ConfigDict(json_schema_extra={"oneOf": [{"required": [key]} for key in keys]})


class ConditionForm(Form):
    """When something applies. One kind of condition at a time."""

    more_than: ShareOf | None = None
    at_least: Ratio | None = None
    at_most: Whole | None = None
    are: Label | None = None
    size: Label | None = None
    everyone_conflicted: Label | None = None
    anyone_conflicted: Label | None = None
    circumstance: Label | None = None
    without_circumstance: Label | None = None

    @model_validator(mode="after")
    def check_one_kind(self) -> Self:
        kinds = ("are", "size", "everyone_conflicted", "anyone_conflicted", "circumstance", "without_circumstance")
        kind = exactly_one(
            self, kinds, "A condition needs one of {keys}.", "A condition has one kind, and here are {keys}."
        )
        self._check_limits(kind)
        return self

    def _check_limits(self, kind: str) -> None:
        limits = {key for key in ("more_than", "at_least", "at_most") if getattr(self, key) is not None}
        if kind == "are" and limits not in ({"more_than"}, {"at_least"}):
            raise refusal('A condition with "are" needs either "more_than" or "at_least", a share of the seats.')
        if kind == "are" and self.at_least is not None and not 0 < self.at_least <= 1:
            raise refusal(f"A share lies above 0 and at most at 1, and {self.at_least} does not.")
        if kind == "size" and (not limits or "more_than" in limits):
            raise refusal('A condition with "size" needs "at_least" or "at_most", or both.')
        if kind == "size" and self.at_least is not None and self.at_least.denominator != 1:
            raise refusal(f"A size is a whole number, and {self.at_least} is not.")
        if kind not in {"are", "size"} and limits:
            raise refusal(f'A condition with "{kind}" takes no limit.')


class WhoForm(Form):
    """Whom a number counts; nothing written means everybody who counts."""

    category: Label | None = None
    not_category: Label | None = None
    organisations: AnyOf | None = None

    @model_validator(mode="after")
    def check_one_category(self) -> Self:
        if self.category is not None and self.not_category is not None:
            raise refusal('"category" and "not_category" exclude each other.')
        return self


class CountForm(WhoForm):
    min: Positive
    measure: Annotated[Measure, Field(strict=False)] = Measure.HEADS


class ShareForm(WhoForm):
    at_least: ShareOf | None = None
    more_than: ShareOf | None = None
    base: Annotated[Base, Field(strict=False)]
    rounding: Annotated[Rounding, Field(strict=False)] = Rounding.NONE
    measure: Annotated[Measure, Field(strict=False)] = Measure.HEADS

    @model_validator(mode="after")
    def check_fraction(self) -> Self:
        exactly_one(
            self, ("at_least", "more_than"), "A share needs {keys}.", "A share has one fraction, and here are {keys}."
        )
        if self.more_than == 1:
            raise refusal("More than the whole of the base can never be there.")
        return self


class OfficeTestForm(Form):
    any_of: AnyOf
    min: Positive = 1


class ChoiceForm(Form):
    """One place in a list of organisations that several may take, or that is dated."""

    any_of: AnyOf
    starts_on: Date | None = None
    until: Date | None = None


Place = Annotated[Annotated[Id, Tag(WORDS)] | Annotated[ChoiceForm, Tag(FORM)], by_kind]


class SomeOfForm(Form):
    min: Positive
    of: Annotated[list[Place], Field(min_length=1)]


class DistinctForm(WhoForm):
    min: Positive
    of: AnyOf | None = None


class StepForm(Form):
    up_to: Positive | None = None
    min: Whole


class SteppedForm(WhoForm):
    by: Label
    steps: Annotated[list[StepForm], Field(min_length=1)]


class LinearForm(WhoForm):
    by: Label
    times: Ratio
    plus: int = 0


TESTS = ("all", "any", "at_least", "count", "share", "office", "each_of", "some_of", "distinct", "stepped", "linear")


class TestForm(Form):
    """Exactly one of these keys says what is asked for."""

    model_config = one_key_of(TESTS)

    all_of: Annotated[list[NodeForm], Field(min_length=1)] | None = Field(default=None, alias="all")
    any_of: Annotated[list[NodeForm], Field(min_length=1)] | None = Field(default=None, alias="any")
    at_least: AtLeastForm | None = None
    count: CountForm | None = None
    share: ShareForm | None = None
    office: OfficeTestForm | None = None
    each_of: Annotated[list[Place], Field(min_length=1)] | None = None
    some_of: SomeOfForm | None = None
    distinct: DistinctForm | None = None
    stepped: SteppedForm | None = None
    linear: LinearForm | None = None

    @model_validator(mode="after")
    def check_one_test(self) -> Self:
        exactly_one(
            self,
            TESTS,
            "Nothing is asked for here; write one of {keys}.",
            'One place asks for one thing, and here are {keys}; put them in a list under "all" or "any".',
        )
        return self

    @property
    def test(self) -> tuple[str, Any]:
        """The key that was written, and what stands under it."""
        return next((key, value) for key in TESTS if (value := getattr(self, _field(self, key))) is not None)


class NodeForm(TestForm):
    """One test of the tree. A clause left out is that of the rule around it."""

    id: Id
    name: Label | None = None
    clause: ClauseForm | None = None
    reading: ReadingForm | None = None
    strength: Annotated[Strength, Field(strict=False)] = Strength.REQUIRED
    when: ConditionForm | None = None
    starts_on: Date | None = None
    until: Date | None = None


class AtLeastForm(Form):
    k: Positive
    of: Annotated[list[NodeForm], Field(min_length=1)]


TestForm.model_rebuild()
NodeForm.model_rebuild()
AtLeastForm.model_rebuild()
