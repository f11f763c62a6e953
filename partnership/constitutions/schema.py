"""The whole of a constitution file, and its published JSON Schema (draft 2020-12)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, Tag
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from partnership.constitutions.field_types import FORM, WORDS, Calendar, Id, Label, OpenDate, Positive, Words, by_kind
from partnership.constitutions.forms import Form, RuleForm, Stated
from partnership.constitutions.schema_arrangements import (
    DelegationForm,
    DocumentForm,
    SignatoriesForm,
    StandingItemForm,
    UrgentForm,
    WrittenForm,
)
from partnership.constitutions.schema_body import (
    CapacityForm,
    CountingForm,
    DeterminationForm,
    InquorateSection,
    OfficeForm,
    OrganisationForm,
    QuorumSection,
    SeatForm,
)
from partnership.constitutions.schema_duties import (
    AbsenceForm,
    AttendanceForm,
    DeadlineForm,
    DecisionForm,
    DeputyForm,
    FrequencyForm,
)

FORMAT = 1


class BodyForm(Form):
    """Whose terms of reference these are."""

    id: Id
    name: Label
    short_name: Label | None = None
    kind: Label
    partnership: Id | None = None


class VersionForm(Form):
    number: Positive
    title: Label
    in_force_from: OpenDate
    review_by: OpenDate
    note: Words | None = None


class AccountableForm(RuleForm):
    body: Id


class StatementForm(RuleForm):
    """A rule whose content is its words: a purpose, an objective, a duty without a date."""


class SupportForm(RuleForm):
    """A standing duty without a date of its own."""

    owner: Label


Statements = Stated[list[StatementForm]]
SeatsSection = Annotated[
    Annotated[list[SeatForm], Tag(FORM)] | Annotated[Literal["given at the meeting", "not stated"], Tag(WORDS)],
    by_kind,
]


class ConstitutionForm(Form):
    """One version of the terms of reference of one body. A section left out is not stated."""

    format: Literal[1]
    body: BodyForm
    version: VersionForm
    calendar: Calendar | None = None
    purpose: Statements | None = None
    objectives: Statements | None = None
    responsibilities: Statements | None = None
    accountable_to: Stated[AccountableForm] | None = None
    mutual_accountability: list[AccountableForm] = Field(default_factory=list)
    organisations: list[OrganisationForm] = Field(default_factory=list)
    offices: list[OfficeForm] = Field(default_factory=list)
    capacities: list[CapacityForm] = Field(default_factory=list)
    seats: SeatsSection
    counting: list[CountingForm] = Field(default_factory=list)
    quorum: QuorumSection
    determination: DeterminationForm | None = None
    inquorate: InquorateSection | None = None
    deadlines: Stated[list[DeadlineForm]] | None = None
    frequency: Stated[list[FrequencyForm]] | None = None
    attendance: Stated[AttendanceForm] | None = None
    absences: Stated[list[AbsenceForm]] | None = None
    deputies: Stated[DeputyForm] | None = None
    decisions: Stated[list[DecisionForm]] | None = None
    urgent_decisions: Stated[list[UrgentForm]] | None = None
    written_resolutions: Stated[list[WrittenForm]] | None = None
    delegations: Stated[list[DelegationForm]] | None = None
    standing_items: Stated[list[StandingItemForm]] | None = None
    documents: Stated[list[DocumentForm]] | None = None
    signatories: Stated[SignatoriesForm] | None = None
    support: Stated[list[SupportForm]] | None = None
    provisions: list[StatementForm] = Field(default_factory=list)


class _Published(GenerateJsonSchema):
    """Nothing may be null in a file, and a default that stands for silence is not shown."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        published = super().default_schema(schema)
        return {key: value for key, value in published.items() if key != "default" or value not in (None, [])}


def json_schema() -> dict[str, Any]:
    """The published schema. Cross-references between parts of a file are beyond it."""
    schema = ConstitutionForm.model_json_schema(schema_generator=_Published, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Quorate constitution"}
