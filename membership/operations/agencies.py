"""Agencies, their names, their ladders, and a partnership's list of relevant agencies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from membership.models import (
    Agency,
    AgencyDisplayName,
    AgencyKind,
    AgencyName,
    EducationDuty,
    Grade,
    GradeLadder,
    RelevantAgency,
    StatutoryRole,
)
from membership.operations.named_agencies import keep_asking_in
from partnership.authorship import saved
from partnership.models import Partnership, User


class AgencyNameTaken(Exception):
    """The agency already bears that name."""


@transaction.atomic
def enter_agency(
    *,
    slug: str,
    name: str,
    kind: AgencyKind,
    statutory_role: StatutoryRole,
    by: User,
    since: date | None = None,
    aliases: Sequence[str] = (),
    section_11: str = "",
    education_duty: EducationDuty = EducationDuty.NONE,
    parent: Agency | None = None,
) -> Agency:
    """Enter an organisation under its name, borne `since` (None: not stated), and the names it is also known by."""
    agency = Agency(
        slug=slug,
        kind=kind,
        statutory_role=statutory_role,
        section_11=section_11,
        education_duty=education_duty,
        parent=parent,
    )
    saved(agency, by=by, reason="Agency entered")
    saved(AgencyName(agency=agency, name=name, starts_on=since), by=by, reason="Agency entered")
    for alias in aliases:
        add_alias(agency=agency, name=alias, by=by)
    return agency


@transaction.atomic
def rename_agency(*, agency: Agency, name: str, from_on: date, by: User) -> AgencyName:
    """Let the agency bear a further name from a date; the earlier one ends there and is kept.

    Raises AgencyNameTaken when it bears that name already; EndsBeforeItStarts is left to the database.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    current = AgencyName.objects.get(agency=agency, is_alias=False, until=None)
    if current.name == name:
        raise AgencyNameTaken(f"This agency is already called {name}.")
    current.until = from_on
    saved(current, by=by, reason=f"Renamed to {name}", fields=["until"])
    return saved(AgencyName(agency=agency, name=name, starts_on=from_on), by=by, reason="Agency renamed")


@transaction.atomic
def add_alias(*, agency: Agency, name: str, by: User) -> AgencyName:
    """A further name by which the agency is known. Raises AgencyNameTaken when it has it already."""
    if AgencyName.objects.filter(agency=agency, name=name, until=None).exists():
        raise AgencyNameTaken(f"This agency is already known as {name}.")
    return saved(AgencyName(agency=agency, name=name, is_alias=True), by=by, reason="Alias entered")


@transaction.atomic
def call_agency(*, agency: Agency, partnership: Partnership, name: str, by: User) -> AgencyDisplayName:
    """Say how one partnership calls the agency on its own pages."""
    called = AgencyDisplayName.objects.filter(agency=agency, partnership=partnership).first()
    called = called or AgencyDisplayName(agency=agency, partnership=partnership)
    called.name = name
    return saved(called, by=by, reason="Name on the partnership's pages")


@transaction.atomic
def enter_grade_ladder(*, agency: Agency, name: str, grades: Sequence[str], by: User) -> GradeLadder:
    """Enter an agency's ladder, the most senior grade first."""
    ladder = saved(GradeLadder(agency=agency, name=name), by=by, reason="Grade ladder entered")
    for rank, grade in enumerate(grades, start=1):
        saved(Grade(ladder=ladder, name=grade, rank=rank), by=by, reason="Grade ladder entered")
    return ladder


@transaction.atomic
def list_relevant_agency(
    *,
    partnership: Partnership,
    agency: Agency,
    category: str,
    listed_as: str,
    source: str,
    by: User,
    note: str = "",
    since: date | None = None,
) -> RelevantAgency:
    """Enter one line of the partnership's list of relevant agencies; its boards ask it to acknowledge their rules."""
    line = RelevantAgency(
        partnership=partnership,
        agency=agency,
        category=category,
        listed_as=listed_as,
        note=note,
        since=since,
        source=source,
    )
    saved(line, by=by, reason="Listed as a relevant agency")
    keep_asking_in(partnership=partnership, by=by)
    return line
