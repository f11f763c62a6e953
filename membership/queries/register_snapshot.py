"""A whole register at once, as a file has it: for taking it away, and for comparing a file with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q

from membership.models import (
    Agency,
    AgencyDisplayName,
    AgencyName,
    AgencyOfficer,
    AgencySuccession,
    RegisteredAgency,
    RelevantAgency,
    Seat,
)
from membership.queries.agency_register import Narrowing, named, narrowed
from partnership import access
from partnership.models import Partnership


@dataclass(slots=True)
class KnownAgency:
    """One agency with everything that a file says of it."""

    agency: Agency
    shown: str
    is_shared: bool
    name: str = ""
    own_name: str = ""
    aliases: list[str] = field(default_factory=list)
    parent: str = ""
    listings: list[RelevantAgency] = field(default_factory=list)
    seats: list[str] = field(default_factory=list)
    officer: str = ""
    followed: str = ""


def snapshot(
    *, partnership: Partnership, on: date, narrowing: Narrowing | None = None, user: access.Asker | None = None
) -> list[KnownAgency]:
    """The agencies of a register in their order; seats only for a reader who may see them. Eight queries at most."""
    asked = narrowing or Narrowing()
    chosen = narrowed(asked, partnership=partnership, on=on)
    ordered = named(chosen, partnership=partnership, on=on, sort=asked.sort)
    known = {
        agency.pk: KnownAgency(agency, agency.shown, agency.is_shared)  # type: ignore[attr-defined]  # annotated
        for agency in ordered.annotate(is_shared=_is_shared(partnership))
    }
    _add_names(known, on)
    for called in AgencyDisplayName.objects.filter(partnership=partnership):
        if called.agency_id in known:
            known[called.agency_id].own_name = called.name
    for line in RelevantAgency.objects.standing(on).filter(partnership=partnership).order_by("pk"):
        if line.agency_id in known:
            known[line.agency_id].listings.append(line)
    for officer in AgencyOfficer.objects.filter(partnership=partnership, until=None):
        if officer.agency_id in known:
            known[officer.agency_id].officer = str(officer)
    if user is not None:
        seats = Seat.objects.visible_to(user, on).on_board(on).filter(board__partnership=partnership)
        for seat in seats.filter(agency__isnull=False).select_related("board"):
            if seat.agency_id in known:
                known[seat.agency_id].seats.append(f"{seat.board.short_name}: {seat.name}")
    return list(known.values())


def _is_shared(partnership: Partnership) -> Q:
    other = ~Q(partnership=partnership)
    return (
        Q(Exists(RegisteredAgency.objects.filter(other, agency=OuterRef("pk"))))
        | Q(Exists(RelevantAgency.objects.filter(other, agency=OuterRef("pk"))))
        | Q(Exists(Seat.objects.filter(~Q(board__partnership=partnership), agency=OuterRef("pk"))))
    )


def _add_names(known: dict[int, KnownAgency], on: date) -> None:
    """Own names, aliases, and those of the agencies above and after."""
    followed = dict(AgencySuccession.objects.filter(withdrawn_on=None).values_list("agency", "successor"))
    called: dict[int, str] = {}
    wanted = {*known, *(one.agency.parent_id for one in known.values()), *followed.values()}
    names: Iterable[AgencyName] = AgencyName.objects.in_use(on).order_by("name")
    for name in names:
        if name.agency_id not in wanted:
            continue
        if not name.is_alias:
            called[name.agency_id] = name.name
        elif name.agency_id in known:
            known[name.agency_id].aliases.append(name.name)
    for number, one in known.items():
        one.name = called.get(number, one.agency.slug)
        one.parent = called.get(one.agency.parent_id or 0, "")
        one.followed = called.get(followed.get(number, 0), "")
