"""The register as a table to take away, and a file's dry run in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from membership import register_columns as columns
from membership.queries.register_plan import Fate, Plan, PlannedRow, identity_words, listing_words
from membership.queries.register_snapshot import KnownAgency
from partnership.rules.plain_dates import counted

FATES = {
    Fate.NEW: ("New", "soon"),
    Fate.CHANGED: ("Changed", "deputy"),
    Fate.UNCHANGED: ("Unchanged", "plain"),
    Fate.REFUSED: ("Refused", "no"),
}
EXAMPLE = {
    columns.AGENCY: "Example Primary School",
    columns.ALIASES: "EPS; Example School",
    columns.KIND: "School, college or early years",
    columns.ROLE: "Relevant agency",
    columns.SECTION_11: columns.NONE,
    columns.EDUCATION: "Section 175",
    columns.HEADING: "education",
}


@dataclass(frozen=True, slots=True)
class FateRow:
    """A row of the file and what becomes of it."""

    number: int
    name: str
    slug: str
    fate: str
    style: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    """What the file would do, in words."""

    lead: str
    rows: tuple[FateRow, ...]
    mark: str
    may_commit: bool
    button: str


def register_lines(agencies: Iterable[KnownAgency]) -> Iterator[list[str]]:
    """The register as lines of a table, the headings first."""
    yield list(columns.COLUMNS)
    for known in agencies:
        headings, listed_as = listing_words(known)
        cells = identity_words(known) | {
            columns.AGENCY: known.name,
            columns.ADDRESS: known.agency.slug,
            columns.OUR_NAME: known.own_name,
            columns.ALIASES: columns.BETWEEN.join(known.aliases),
            columns.PARENT: known.parent,
            columns.HEADING: headings,
            columns.LISTED_AS: listed_as,
            columns.SEATS: columns.BETWEEN.join(known.seats),
            columns.OFFICER: known.officer,
            columns.FOLLOWED: known.followed,
        }
        yield [cells[column] for column in columns.COLUMNS]


def template_lines() -> list[list[str]]:
    """A table to fill in: its headings, and one row as an example."""
    return [list(columns.READ), [EXAMPLE.get(column, "") for column in columns.READ]]


def dry_run(plan: Plan) -> DryRun:
    """What to show before anything is stored: refused rows first."""
    order = (Fate.REFUSED, Fate.CHANGED, Fate.NEW, Fate.UNCHANGED)
    rows = [_fate_row(row) for fate in order for row in plan.of(fate)]
    counts = ", ".join(f"{len(plan.of(fate))} {fate.value}" for fate in order)
    changing = len(plan.of(Fate.NEW)) + len(plan.of(Fate.CHANGED))
    return DryRun(
        lead=f"{counted(len(plan.rows), 'row')}: {counts}.",
        rows=tuple(rows),
        mark=plan.mark,
        may_commit=bool(changing) and not plan.of(Fate.REFUSED),
        button=f"Bring in {counted(changing, 'agency', 'agencies')}",
    )


def _fate_row(row: PlannedRow) -> FateRow:
    words, style = FATES[row.fate]
    if row.fate is Fate.REFUSED:
        lines = tuple(f"{refusal.column}: {refusal.reason}." for refusal in row.refusals)
    elif row.fate is Fate.NEW:
        lines = tuple(f"{column}: {text}" for column, text in row.cells.items() if text and column != columns.AGENCY)
    else:
        lines = tuple(f"{change.column}: {change.was or 'nothing'} → {change.now}" for change in row.changes)
    return FateRow(row.number, row.name or "No name", row.slug, words, style, lines)
