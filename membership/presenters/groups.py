"""The groups of one person, partnership by partnership."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from membership.models import Appointment, AppointmentKind
from partnership.models import Board
from partnership.navigation import address_of
from partnership.rules.plain_dates import plain_date


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: as what the person is there, since when, and until when where that is set."""

    name: str
    href: str
    places: tuple[str, ...]
    contacts_href: str


@dataclass(frozen=True, slots=True)
class PartnershipGroups:
    name: str
    rows: tuple[GroupRow, ...]


def group_rows(
    *, boards: Iterable[Board], held: Iterable[Appointment], agencies: Mapping[tuple[int, int], str]
) -> list[PartnershipGroups]:
    """`boards` are those that are theirs; `agencies` the names of agencies by (agency, partnership)."""
    places: dict[int, list[str]] = {}
    for each in held:
        places.setdefault(each.seat.board_id, []).append(_place(each, agencies))
    by_partnership: dict[str, list[GroupRow]] = {}
    for board in boards:
        row = GroupRow(
            name=board.name,
            href=reverse("board", args=address_of(board)),
            places=tuple(places.get(board.pk, ("Partnership team",) if board.may_administer else ())),
            contacts_href=reverse("contacts", args=address_of(board)) if board.may_read_contacts else "",
        )
        by_partnership.setdefault(board.partnership.name, []).append(row)
    return [PartnershipGroups(name, tuple(rows)) for name, rows in by_partnership.items()]


def _place(each: Appointment, agencies: Mapping[tuple[int, int], str]) -> str:
    """`Deputy for Constabulary, since 5 January 2026`."""
    seat = each.seat
    agency = agencies.get((seat.agency_id or 0, seat.board.partnership_id), "")
    where = seat.name if agency in {"", seat.name} else f"{seat.name} ({agency})"
    words = f"Deputy for {where}" if each.kind == AppointmentKind.DEPUTY else where
    until = f", until {plain_date(each.until - timedelta(days=1))}" if each.until else ""
    return f"{words}, since {plain_date(each.starts_on)}{until}"
