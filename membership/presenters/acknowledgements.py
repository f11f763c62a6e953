"""Acknowledgements of the arrangements: for who speaks for an agency, and for the team which sees who has not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from membership.queries.acknowledgements import Asked
from partnership.navigation import address_of
from partnership.rules.plain_dates import long_date, plain_date


@dataclass(frozen=True, slots=True)
class OwnArrangement:
    """A version that the reader is asked about, or has acknowledged, for one agency."""

    agency: str
    board: str
    version: str
    in_force: str
    state: str
    is_open: bool
    is_late: bool
    href: str


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency on the team's page; `href` leads to where the team records or takes back what it said."""

    agency: str
    state: str
    style: str
    detail: str
    is_open: bool
    href: str


@dataclass(frozen=True, slots=True)
class AcknowledgementsPage:
    """How many were asked and have acknowledged, then agency by agency: who has not comes first."""

    version: str
    summary: str
    waiting: tuple[AgencyRow, ...]
    given: tuple[AgencyRow, ...]


Names = Mapping[tuple[int, int], str]


def name_of(asked: Asked, names: Names) -> str:
    """The agency as its partnership calls it."""
    return names.get((asked.row.agency_id, asked.row.constitution.board.partnership_id), str(asked.row.agency_id))


def own_arrangements(found: Iterable[Asked], names: Names, *, today: date) -> list[OwnArrangement]:
    """What is asked first, the earliest first; then what was acknowledged. What was never answered is left out."""
    shown = [each for each in found if each.is_open or each.row.acknowledged_on is not None]
    lines = []
    for each in sorted(shown, key=lambda one: (not one.is_open, one.obligation.due_on if one.obligation else today)):
        version = each.row.constitution
        lines.append(
            OwnArrangement(
                agency=name_of(each, names),
                board=version.board.name,
                version=f"Version {version.version}",
                in_force=f"in force from {plain_date(version.in_force_from)}",
                state=_own_state(each, today),
                is_open=each.is_open,
                is_late=each.obligation is not None and each.obligation.due_on < today,
                href=reverse("my_arrangement", args=[each.row.uuid]),
            )
        )
    return lines


def _own_state(each: Asked, today: date) -> str:
    if each.obligation is None:
        on = each.row.acknowledged_on
        return f"Acknowledged by {each.row.name} on {plain_date(on)}." if on else ""
    due = long_date(each.obligation.due_on)
    return f"Asked for by {due}." if each.obligation.due_on >= today else f"It was due on {due}."


def acknowledgements_page(
    found: Iterable[Asked], names: Names, *, may_write: bool, today: date
) -> AcknowledgementsPage | None:
    """None where nobody is asked: the terms do not say so, or name no agency."""
    those = [each for each in found if each.is_open or each.row.acknowledged_on is not None]
    if not those:
        return None
    version = those[0].row.constitution
    rows = sorted((_row(each, names, may_write=may_write, today=today) for each in those), key=lambda row: row.agency)
    given = tuple(row for row in rows if not row.is_open)
    return AcknowledgementsPage(
        version=f"Version {version.version}, in force from {plain_date(version.in_force_from)}.",
        summary=f"{len(given)} of {len(rows)} named agencies have acknowledged it.",
        waiting=tuple(row for row in rows if row.is_open),
        given=given,
    )


def _row(each: Asked, names: Names, *, may_write: bool, today: date) -> AgencyRow:
    row = each.row
    href = reverse("acknowledgement", args=[*address_of(row.constitution.board), row.pk]) if may_write else ""
    if each.obligation is not None:
        is_late = each.obligation.due_on < today
        detail = f"{'Was due' if is_late else 'Due'} {plain_date(each.obligation.due_on)}"
        return AgencyRow(
            name_of(each, names), "Late" if is_late else "Asked", "no" if is_late else "soon", detail, True, href
        )
    on = plain_date(row.acknowledged_on) if row.acknowledged_on else ""
    how = f", recorded by the team: {row.how}" if row.how else ""
    return AgencyRow(name_of(each, names), "Acknowledged", "yes", f"{row.name}, {on}{how}", False, href)
