"""Seats and agencies as the pages print them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from membership.models import Leave, RelevantAgency
from membership.presenters.inductions import InductionRow
from membership.queries import HeldSeat, NamedAgency
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.plain_dates import plain_date


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """Who deputises, since when; for the team the words and colour of a tag, where they cannot sign in yet."""

    name: str
    since: str
    tag: tuple[str, str]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat: who represents it since when, and who deputises, in order.

    `leave` is for the team: until when the representative is away; and `tag`, where they cannot sign in yet;
    `inductions`, how far those of the seat's people are.
    """

    key: str
    name: str
    agency: str
    is_partner: bool
    representative: str
    since: str
    leave: str
    tag: tuple[str, str]
    deputies: tuple[DeputyRow, ...]
    is_vacant: bool
    left_vacant: str
    inductions: tuple[InductionRow, ...]


@dataclass(frozen=True, slots=True)
class SeatGroup:
    """The seats of one capacity, under the name of the capacity."""

    title: str
    rows: tuple[SeatRow, ...]
    vacancies: int
    without_deputy: int


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency as the partnership knows it."""

    name: str
    also_known_as: str
    kind: str
    seats: tuple[str, ...]
    listed_as: str


A_DAY = timedelta(days=1)
NO_TAG = ("", "")
COUNTED = "Members who count"
NOT_COUNTED = "Not counted"


def seat_groups(
    seats: Sequence[HeldSeat],
    agencies: Mapping[int, str],
    terms: Terms | None,
    *,
    partners: Collection[int] = (),
    left_vacant: Mapping[int, str] | None = None,
    tags: Mapping[int, tuple[str, str]] | None = None,
    inductions: Mapping[int, InductionRow] | None = None,
    is_team: bool = False,
) -> list[SeatGroup]:
    """Counted seats first, then those that are not; one group when no constitution is in force.

    `agencies` says how the partnership calls each agency, by its id; `partners` are the ids of statutory partners;
    `left_vacant` says why a seat is left vacant on purpose, by its id; `tags` who cannot sign in yet and
    `inductions` how far an induction is, by their people's ids.
    """
    uncounted = uncounted_keys(terms)
    groups = (
        (COUNTED if uncounted else "Members", [held for held in seats if held.seat.key not in uncounted]),
        (NOT_COUNTED, [held for held in seats if held.seat.key in uncounted]),
    )
    return [
        SeatGroup(
            title=title,
            rows=tuple(
                _seat_row(
                    held,
                    agencies.get(held.seat.agency_id or 0, ""),
                    is_partner=held.seat.agency_id in partners,
                    left_vacant=(left_vacant or {}).get(held.seat.pk, ""),
                    tags=tags or {},
                    inductions=inductions or {},
                    is_team=is_team,
                )
                for held in rows
            ),
            vacancies=sum(held.is_vacant for held in rows),
            without_deputy=sum(not held.is_vacant and not held.deputies for held in rows),
        )
        for title, rows in groups
        if rows
    ]


def uncounted_keys(terms: Terms | None) -> set[str]:
    """The seats whose holders are there without being counted as members."""
    if terms is None:
        return set()
    capacities = terms.quorum.capacities
    return {
        seat.id for seat in terms.quorum.seats if seat.capacity in capacities and not capacities[seat.capacity].counts
    }


def _seat_row(
    held: HeldSeat,
    agency: str,
    *,
    is_partner: bool,
    left_vacant: str,
    tags: Mapping[int, tuple[str, str]],
    inductions: Mapping[int, InductionRow],
    is_team: bool,
) -> SeatRow:
    representative = held.representative
    leave = held.leave_of(representative) if representative is not None and is_team else None
    return SeatRow(
        key=held.seat.key,
        name=held.seat.name,
        agency="" if agency == held.seat.name else agency,
        is_partner=is_partner,
        representative=representative.person.name if representative else "",
        since=plain_date(representative.starts_on) if representative else "",
        leave=_away(leave) if leave else "",
        tag=tags.get(representative.person_id, NO_TAG) if representative else NO_TAG,
        deputies=tuple(
            DeputyRow(one.person.name, plain_date(one.starts_on), tags.get(one.person_id, NO_TAG))
            for one in held.deputies
        ),
        is_vacant=held.is_vacant,
        left_vacant=left_vacant,
        inductions=tuple(
            inductions[one.person_id]
            for one in (*((representative,) if representative else ()), *held.deputies)
            if one.person_id in inductions
        ),
    )


def _away(leave: Leave) -> str:
    return f"On leave until {plain_date(leave.until - A_DAY)}" if leave.until else "On leave"


def agency_rows(agencies: Iterable[NamedAgency], listed: Iterable[RelevantAgency]) -> list[AgencyRow]:
    """Agencies by name; `listed_as` says under which heading of the partnership's list one stands."""
    headings = {line.agency_id: line.category for line in listed}
    return [
        AgencyRow(
            name=named.name,
            also_known_as=", ".join(named.also_known_as),
            kind=named.agency.get_kind_display(),
            seats=tuple(f"{seat.board.short_name}: {seat.name}" for seat in named.seats),
            listed_as=headings.get(named.agency.pk, ""),
        )
        for named in agencies
    ]
