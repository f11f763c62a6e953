"""What a file would do to a register, row by row. Nothing is written here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum

from membership import register_columns as columns
from membership.models import EducationDuty
from membership.queries.agency_register import agencies_named_anywhere
from membership.queries.register_snapshot import KnownAgency, snapshot
from partnership.models import Partnership
from partnership.rules.plain_dates import listed
from partnership.workbooks import Sheet, SheetRefused

LONGEST = {columns.AGENCY: 200, columns.OUR_NAME: 200, columns.HEADING: 100, columns.LISTED_AS: 250}
LONGEST_ALIAS = 200
SHARED = "Another partnership uses this agency too, so what it is cannot be changed from here"


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One cell that says something else than the register."""

    column: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row cannot be taken, and the column it is about."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row of the file; `number` counts as a spreadsheet does. `cells` are what it says.

    `slug` is the agency's own address, `parent` that of the agency it is to be part of.
    """

    number: int
    name: str
    fate: Fate
    slug: str = ""
    parent: str = ""
    changes: tuple[FieldChange, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every row of the file with its fate."""

    rows: tuple[PlannedRow, ...]

    def of(self, fate: Fate) -> tuple[PlannedRow, ...]:
        return tuple(row for row in self.rows if row.fate is fate)

    @property
    def mark(self) -> str:
        """By which the plan is known again: another register or another file has another one."""
        return hashlib.sha256(json.dumps([asdict(row) for row in self.rows], sort_keys=True).encode()).hexdigest()


def headings_of(sheet: Sheet) -> dict[int, str]:
    """Which column is which. Raises SheetRefused."""
    by_words = {column.casefold(): column for column in columns.COLUMNS}
    found: dict[int, str] = {}
    for number, heading in enumerate(sheet.rows[0]):
        if not heading:
            continue
        column = by_words.get(heading.casefold())
        if column is None:
            known = listed(list(columns.READ), last="or")
            raise SheetRefused(f"The heading “{heading[:60]}” is not known. The first row has headings such as {known}")
        if column in found.values():
            raise SheetRefused(f"The heading “{column}” stands there twice")
        found[number] = column
    if columns.AGENCY not in found.values():
        raise SheetRefused("The heading “Agency” is missing from the first row")
    if len(sheet.rows) == 1:
        raise SheetRefused("The selected file has headings and no row")
    return found


def plan_of(*, sheet: Sheet, partnership: Partnership, on: date) -> Plan:
    """What the file would do to the register as it stands. A fixed number of queries. Raises SheetRefused."""
    headings = headings_of(sheet)
    rows = [
        (number, {column: row[place] if place < len(row) else "" for place, column in headings.items()})
        for number, row in enumerate(sheet.rows[1:], start=1)
        if any(row)
    ]
    names = {cells[columns.AGENCY] for _, cells in rows}
    register = _Register(snapshot(partnership=partnership, on=on), agencies_named_anywhere(names=names, on=on))
    faults: dict[int, list[Refusal]] = {}
    for (number, place), sentence in sorted(sheet.faults.items()):
        faults.setdefault(number, []).append(Refusal(headings.get(place, f"Column {place + 1}"), sentence))
    planned = [_planned(number + 1, cells, register, faults.get(number, [])) for number, cells in rows]
    return Plan(tuple(planned))


class _Register:
    """The register by its addresses and by every name, and what earlier rows of the file took already."""

    def __init__(self, known: Sequence[KnownAgency], elsewhere: set[str]) -> None:
        self.by_slug = {one.agency.slug: one for one in known}
        self.by_name: dict[str, list[KnownAgency]] = {}
        for one in known:
            for name in dict.fromkeys(name.casefold() for name in (one.name, one.own_name, *one.aliases) if name):
                self.by_name.setdefault(name, []).append(one)
        here = {name.casefold() for one in known for name in (one.name, *one.aliases)}
        self.elsewhere = elsewhere - here
        self.taken: dict[str, int] = {}

    def called(self, name: str) -> list[KnownAgency]:
        return self.by_name.get(name.casefold(), [])


def _planned(number: int, cells: dict[str, str], register: _Register, faults: list[Refusal]) -> PlannedRow:
    name = cells[columns.AGENCY]
    refusals = [*faults, *_too_long(cells)]
    found, refused = _which(cells, register)
    refusals += refused
    key = f"address {found.agency.slug}" if found else f"name {name.casefold()}"
    if key in register.taken:
        refusals.append(Refusal(columns.AGENCY, f"It is the same agency as in row {register.taken[key]}"))
    register.taken.setdefault(key, number)
    refusals += _bad_words(cells, register, is_new=found is None)
    changes: list[FieldChange] = []
    if found is not None and not refusals:
        changes, refused = _differences(found, cells, register)
        refusals += refused
    if refusals:
        return PlannedRow(number, name, Fate.REFUSED, refusals=tuple(refusals), cells=cells)
    if found is None:
        return PlannedRow(number, name, Fate.NEW, parent=_parent(cells, register), cells=cells)
    fate = Fate.CHANGED if changes else Fate.UNCHANGED
    slug, parent = found.agency.slug, _parent(cells, register)
    return PlannedRow(number, found.shown, fate, slug, parent, tuple(changes), cells=cells)


def _parent(cells: Mapping[str, str], register: _Register) -> str:
    above = register.called(cells[columns.PARENT]) if cells.get(columns.PARENT) else []
    return above[0].agency.slug if above else ""


def _which(cells: Mapping[str, str], register: _Register) -> tuple[KnownAgency | None, list[Refusal]]:
    """The agency of the register that the row is about; none where it is a new one."""
    address, name = cells.get(columns.ADDRESS, ""), cells[columns.AGENCY]
    if not name:
        return None, [Refusal(columns.AGENCY, "Enter its name")]
    return _by_address(address, name, register) if address else _by_name(name, register)


def _by_address(address: str, name: str, register: _Register) -> tuple[KnownAgency | None, list[Refusal]]:
    found = register.by_slug.get(address)
    if found is None:
        return None, [Refusal(columns.ADDRESS, "No agency of this register has that address")]
    if found.name != name:
        reason = f"It is called {found.name}. A new name needs its first day: rename it on its page"
        return found, [Refusal(columns.AGENCY, reason)]
    return found, []


def _by_name(name: str, register: _Register) -> tuple[KnownAgency | None, list[Refusal]]:
    called = register.called(name)
    if len(called) > 1:
        return None, [Refusal(columns.AGENCY, "More than one agency is known by that name. Give its address, too")]
    if not called and name.casefold() in register.elsewhere:
        reason = "Another partnership knows an agency of that name. Add it on the page Add an agency"
        return None, [Refusal(columns.AGENCY, reason)]
    return (called[0] if called else None), []


def _too_long(cells: Mapping[str, str]) -> list[Refusal]:
    found = [
        Refusal(column, f"Use at most {longest} characters")
        for column, longest in LONGEST.items()
        if len(cells.get(column, "")) > longest
    ]
    if any(len(alias) > LONGEST_ALIAS for alias in columns.several(cells.get(columns.ALIASES, ""))):
        found.append(Refusal(columns.ALIASES, f"Use at most {LONGEST_ALIAS} characters for each name"))
    return found


def _bad_words(cells: Mapping[str, str], register: _Register, *, is_new: bool) -> list[Refusal]:
    """Cells that have to be one of a list, or the name of an agency, and are not."""
    found = []
    for column in columns.CHOSEN:
        text = cells.get(column, "")
        if text and columns.value_of(column, text) is None:
            found.append(Refusal(column, f"“{text[:60]}” is not known here"))
        elif not text and is_new and column in {columns.KIND, columns.ROLE}:
            found.append(Refusal(column, "A new agency needs it"))
    parent = cells.get(columns.PARENT, "")
    if parent and len(register.called(parent)) != 1:
        found.append(Refusal(columns.PARENT, "No one agency of this register is known by that name"))
    if cells.get(columns.LISTED_AS) and not cells.get(columns.HEADING):
        found.append(Refusal(columns.HEADING, "Say under which heading it is listed"))
    found += [
        Refusal(column, f"Another agency is known as {name}")
        for column in (columns.ALIASES, columns.OUR_NAME)
        for name in columns.several(cells.get(column, ""))
        if any(not _is_named(other, cells) for other in register.called(name))
    ]
    return found


def _is_named(known: KnownAgency, cells: Mapping[str, str]) -> bool:
    """Whether the row is about that agency."""
    name = cells[columns.AGENCY].casefold()
    return cells.get(columns.ADDRESS) == known.agency.slug or name in {
        one.casefold() for one in (known.name, known.own_name, *known.aliases)
    }


def _differences(
    known: KnownAgency, cells: Mapping[str, str], register: _Register
) -> tuple[list[FieldChange], list[Refusal]]:
    """Where the row says something else than the register; an empty cell says nothing."""
    changes = [change for change in _identity_changes(known, cells, register) if change.was != change.now]
    new_aliases = _new_aliases(known, cells)
    if new_aliases:
        changes.append(FieldChange(columns.ALIASES, "", columns.BETWEEN.join(new_aliases)))
    if changes and known.is_shared:
        return [], [Refusal(changes[0].column, SHARED)]
    own = cells.get(columns.OUR_NAME, "")
    if own and own != known.own_name:
        changes.append(FieldChange(columns.OUR_NAME, known.own_name, own))
    heading, refusals = cells.get(columns.HEADING, ""), []
    if heading:
        line = listing_words(known)
        wanted = (heading, cells.get(columns.LISTED_AS) or (line[1] if known.listings else known.shown))
        if known.listings and wanted != line:
            reason = f"It is listed as {line[1]} under {line[0]}. Change that on its page, where a day goes with it"
            refusals.append(Refusal(columns.HEADING, reason))
        elif not known.listings:
            changes.append(FieldChange(columns.HEADING, "", f"{wanted[0]}: {wanted[1]}"))
    return changes, refusals


def listing_words(known: KnownAgency) -> tuple[str, str]:
    """The headings and the names under which it is listed."""
    headings = columns.BETWEEN.join(line.category for line in known.listings)
    return headings, columns.BETWEEN.join(line.listed_as for line in known.listings)


def _new_aliases(known: KnownAgency, cells: Mapping[str, str]) -> list[str]:
    named = {known.name.casefold(), *(alias.casefold() for alias in known.aliases)}
    return [name for name in columns.several(cells.get(columns.ALIASES, "")) if name.casefold() not in named]


def _identity_changes(known: KnownAgency, cells: Mapping[str, str], register: _Register) -> list[FieldChange]:
    agency = known.agency
    says = identity_words(known)
    changes = []
    for column in columns.CHOSEN:
        value = columns.value_of(column, cells[column]) if cells.get(column) else None
        if value is not None:
            changes.append(FieldChange(column, says[column], dict(columns.choices_of(column))[value]))
    parent = cells.get(columns.PARENT, "")
    if parent:
        above = register.called(parent)[0]
        now = above.name if above.agency.pk != agency.parent_id else known.parent
        changes.append(FieldChange(columns.PARENT, known.parent, now))
    return changes


def identity_words(known: KnownAgency) -> dict[str, str]:
    """What the agency is, in the words of the columns."""
    agency = known.agency
    return {
        columns.KIND: agency.get_kind_display(),
        columns.ROLE: agency.get_statutory_role_display(),
        columns.SECTION_11: agency.get_section_11_display() or columns.NONE,
        columns.EDUCATION: str(EducationDuty(agency.education_duty).label),
    }
