"""A file of agencies between its dry run and its commit, and the commit: all of it or nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from membership import register_columns as columns
from membership.models import Agency, AgencyImport, AgencyKind, AgencyName, EducationDuty, StatutoryRole
from membership.operations.agencies import add_alias
from membership.operations.agency_identity import Identity, change_identity
from membership.operations.agency_register import list_agency, name_locally, register_agency
from membership.queries.register_plan import Fate, Plan, PlannedRow, plan_of
from partnership import clock
from partnership.models import Partnership, User
from partnership.rules.plain_dates import plain_date
from partnership.workbooks import Sheet

KEPT = timedelta(hours=1)
LONGEST_FILE_NAME = 120
REASON = "Brought in from a file"


class RegisterMoved(Exception):
    """The register, or the file, is not what the dry run was of; `plan` is what the file would do now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("The register changed since you looked. Nothing was saved. Check what the file does now.")
        self.plan = plan


class RowsRefused(Exception):
    """The file holds rows that cannot be taken."""


@transaction.atomic
def keep_import(*, partnership: Partnership, sheet: Sheet, file_name: str, by: User) -> AgencyImport:
    """Keep the cells of a file until its commit, for their sender alone, in the place of an earlier file of theirs."""
    drop_old_imports(now=clock.now())
    AgencyImport.objects.filter(partnership=partnership, person=by).delete()
    faults = [[number, column, sentence] for (number, column), sentence in sheet.faults.items()]
    return AgencyImport.objects.create(
        partnership=partnership,
        person=by,
        file_name=file_name.replace("\x00", "")[:LONGEST_FILE_NAME],
        cells={"rows": sheet.rows, "faults": faults},
        made_at=clock.now(),
    )


def drop_old_imports(*, now: datetime) -> None:
    """Throw away what nobody committed in time."""
    AgencyImport.objects.filter(made_at__lt=now - KEPT).delete()


def sheet_in(draft: AgencyImport) -> Sheet:
    """The cells that were kept."""
    cells: dict[str, Any] = draft.cells
    return Sheet(cells["rows"], {(number, column): sentence for number, column, sentence in cells["faults"]})


@transaction.atomic
def commit_import(*, draft: AgencyImport, partnership: Partnership, mark: str, by: User) -> Plan:
    """Do what the dry run showed, `mark` says which. Raises RegisterMoved, RowsRefused; `NameKnownHere` and its like
    where rows of the file get in each other's way.
    """
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    today = clock.today()
    plan = plan_of(sheet=sheet_in(draft), partnership=partnership, on=today)
    if plan.mark != mark:
        raise RegisterMoved(plan)
    if plan.of(Fate.REFUSED):
        raise RowsRefused("Rows of this file cannot be taken. Mend them and bring the file in again.")
    for row in plan.of(Fate.NEW):
        _enter(row, partnership, today, by)
    for row in plan.of(Fate.CHANGED):
        _change(row, partnership, today, by)
    draft.delete()
    return plan


def _enter(row: PlannedRow, partnership: Partnership, today: date, by: User) -> None:
    cells = row.cells
    agency = register_agency(
        partnership=partnership,
        name=cells[columns.AGENCY],
        identity=_identity(row),
        aliases=[name for name in columns.several(cells.get(columns.ALIASES, "")) if name != cells[columns.AGENCY]],
        by=by,
    )
    if cells.get(columns.OUR_NAME) and cells[columns.OUR_NAME] != cells[columns.AGENCY]:
        name_locally(agency=agency, partnership=partnership, name=cells[columns.OUR_NAME], by=by)
    if cells.get(columns.HEADING):
        _list(agency, row, partnership, today, by)


def _change(row: PlannedRow, partnership: Partnership, today: date, by: User) -> None:
    agency = Agency.objects.select_related("parent").get(slug=row.slug)
    changed = {change.column for change in row.changes}
    if changed & {*columns.CHOSEN, columns.PARENT}:
        identity = _identity(row, was=agency)
        change_identity(agency=agency, partnership=partnership, identity=identity, reason=REASON, by=by)
    for change in row.changes:
        if change.column == columns.ALIASES:
            for name in columns.several(change.now):
                add_alias(agency=agency, name=name, by=by)
        elif change.column == columns.OUR_NAME:
            name_locally(agency=agency, partnership=partnership, name=change.now, by=by)
        elif change.column == columns.HEADING:
            _list(agency, row, partnership, today, by)


def _list(agency: Agency, row: PlannedRow, partnership: Partnership, today: date, by: User) -> None:
    name = AgencyName.objects.get(agency=agency, is_alias=False, until=None).name
    list_agency(
        agency=agency,
        partnership=partnership,
        category=row.cells[columns.HEADING],
        listed_as=row.cells.get(columns.LISTED_AS) or name,
        source=f"File brought in on {plain_date(today)}",
        since=today,
        by=by,
    )


def _identity(row: PlannedRow, was: Agency | None = None) -> Identity:
    """What the cells say the agency is; an empty one leaves what it was."""
    before, cells = was or Agency(), row.cells

    def said(column: str, otherwise: str) -> str:
        value = columns.value_of(column, cells[column]) if cells.get(column) else None
        return otherwise if value is None else value

    parent = Agency.objects.get(slug=row.parent) if row.parent else before.parent
    return Identity(
        AgencyKind(said(columns.KIND, before.kind)),
        StatutoryRole(said(columns.ROLE, before.statutory_role)),
        said(columns.SECTION_11, before.section_11),
        EducationDuty(said(columns.EDUCATION, before.education_duty)),
        parent,
    )
