"""Deciding outside meetings, delegation, standing items, documents and signatories as a file writes them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from partnership.constitutions.field_types import Id, Label, ShareOf, Words, YesNo, refusal
from partnership.constitutions.forms import Form, RuleForm, Stated
from partnership.constitutions.schema_tests import exactly_one, one_key_of
from partnership.rules.arrangements import Document, ItemKind, Occasion

Reason = Literal["chair unavailable", "delegated by the chair"]
Minutes = Annotated[int, Field(ge=1, le=1440)]
SHARES = ("at_least", "more_than")


def _something(form: Form, sentence: str) -> None:
    if not any(getattr(form, name) for name in type(form).model_fields):
        raise refusal(sentence)


class ConsultForm(Form):
    """Who is always asked before an urgent decision."""

    offices: list[Id] = Field(default_factory=list)
    organisations: list[Id] = Field(default_factory=list)
    others: list[Label] = Field(default_factory=list)

    @model_validator(mode="after")
    def check_somebody(self) -> Self:
        _something(self, "Nobody is consulted here; name offices, organisations or others.")
        return self


class UrgentForm(RuleForm):
    """Who may decide what cannot wait for a meeting, and whom they ask first."""

    decided_by: Id
    stand_in: Id | None = None
    grounds: Annotated[list[Reason], Field(min_length=1)] | None = None
    consult: ConsultForm | None = None
    as_many_as_practicable: YesNo = False
    when: Id | None = None

    @model_validator(mode="after")
    def check_stand_in(self) -> Self:
        if self.grounds is not None and self.stand_in is None:
            raise refusal('"grounds" needs "stand_in", the office that then decides.')
        return self


class WrittenForm(RuleForm):
    """What share of those entitled must sign a resolution outside a meeting, and within what time."""

    model_config = one_key_of(SHARES)

    at_least: ShareOf | None = None
    more_than: ShareOf | None = None
    within: Id | None = None

    @model_validator(mode="after")
    def check_share(self) -> Self:
        exactly_one(
            self,
            SHARES,
            "A written resolution needs {keys}, the share that signs.",
            "A written resolution has one share, and here are {keys}.",
        )
        if self.more_than == 1:
            raise refusal("More than all of those entitled can never sign.")
        return self


class DelegationForm(RuleForm):
    """Which functions which bodies exercise for this one."""

    to: Annotated[list[Id], Field(min_length=1)]
    functions: Stated[Annotated[list[Words], Field(min_length=1)]]
    needs_agreement_of: Id | None = None


class StandingItemForm(RuleForm):
    """An item on the agenda of each of those meetings."""

    title: Label
    kind: Annotated[ItemKind, Field(strict=False)]
    when: Annotated[Occasion, Field(strict=False)]
    minutes: Minutes | None = None


class RecipientsForm(Form):
    """Who receives a document."""

    capacities: list[Id] = Field(default_factory=list)
    offices: list[Id] = Field(default_factory=list)
    others: list[Label] = Field(default_factory=list)

    @model_validator(mode="after")
    def check_somebody(self) -> Self:
        _something(self, "Nobody receives this; name capacities, offices or others.")
        return self


class DocumentForm(RuleForm):
    document: Annotated[Document, Field(strict=False)]
    recipients: RecipientsForm


class SignedByForm(Form):
    """Holders of offices, and the lead representatives of organisations."""

    offices: list[Id] = Field(default_factory=list)
    lead_representatives: list[Id] = Field(default_factory=list)

    @model_validator(mode="after")
    def check_somebody(self) -> Self:
        _something(self, "Nobody signs here; name offices or organisations.")
        return self


class SignatoriesForm(RuleForm):
    """Who signs a version before it comes into force."""

    by: SignedByForm
