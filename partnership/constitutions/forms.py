"""What every part of a file has in common: strict keys, a clause, a reading."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Tag, ValidationInfo, model_validator

from partnership.constitutions.field_types import FORM, Id, Label, NotStated, Words, by_kind

T = TypeVar("T")


class Form(BaseModel):
    """A mapping of the file. Unknown keys are mistakes; nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def remember(cls, value: Any, info: ValidationInfo) -> Any:
        """Note which form a mapping was held against, so that a mistake can name the keys it has."""
        if isinstance(info.context, dict) and isinstance(value, dict):
            info.context[id(value)] = cls
        return value


class ClauseForm(Form):
    """Where the rule stands in its source, and our paraphrase of it."""

    ref: Label = Field(description="The clause as the source numbers it, always in quotation marks.")
    words: Words = Field(description="Our paraphrase, never a quotation.")


class ReadingForm(Form):
    """The meaning chosen where the words leave it open."""

    chosen: Words
    why: Words | None = None
    others: list[Words] = Field(default_factory=list)


class RuleForm(Form):
    """A rule: a permanent id, the clause behind it, and the reading if one was needed."""

    id: Id
    clause: ClauseForm
    reading: ReadingForm | None = None


Stated = Annotated[Annotated[T, Tag(FORM)] | NotStated, by_kind]
