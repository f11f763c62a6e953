"""What an agency is, to everybody: its names, kind, duties, parent, and who came after it.

A partnership's team changes these only while no other partnership uses the agency; see docs/decisions/0027.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from membership.models import (
    Agency,
    AgencyKind,
    AgencyName,
    AgencySuccession,
    EducationDuty,
    FormerSeat,
    RelevantAgency,
    Seat,
    StatutoryRole,
    SuccessionKind,
)
from membership.operations.agencies import add_alias, rename_agency
from membership.operations.named_agencies import keep_asking_in
from membership.queries.agency_facts import Facts, facts_seen, identity_facts
from membership.queries.agency_register import is_used_elsewhere
from partnership import clock
from partnership.authorship import saved
from partnership.models import Partnership, User


class SharedAgency(Exception):
    """Another partnership uses the agency too."""

    def __init__(self) -> None:
        super().__init__(
            "Another partnership uses this agency too, so what it is cannot be changed from here. "
            "You can give it a name of your own on your pages."
        )


class AgencyClash(Exception):
    """Somebody else changed what the form was drawn from; `theirs` is how it stands."""

    def __init__(self, theirs: Facts) -> None:
        super().__init__("Somebody else changed this while you were writing. Nothing was saved.")
        self.theirs = theirs


class AgencyCircle(Exception):
    """The agency would end up above itself, or come after itself."""


class NotAfterTheLast(Exception):
    """A name begins on or before the day on which the present one began."""


class AlreadySucceeded(Exception):
    """Another agency stands in its place already."""


class NotYet(Exception):
    """The day lies ahead."""


class NotSucceeded(Exception):
    """No agency stands in its place."""


class NoSuchAlias(Exception):
    """The agency is not known by that name."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What an agency is besides its names."""

    kind: AgencyKind
    statutory_role: StatutoryRole
    section_11: str = ""
    education_duty: EducationDuty = EducationDuty.NONE
    parent: Agency | None = None


def held(*, agency: Agency, partnership: Partnership) -> Agency:
    """The agency, with the partnership's register held until the transaction ends: its acts come one by one."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    return Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)


def own(*, agency: Agency, partnership: Partnership) -> Agency:
    """The same, for a change of what the agency is. Raises SharedAgency."""
    agency = held(agency=agency, partnership=partnership)
    if is_used_elsewhere(agency=agency, partnership=partnership):
        raise SharedAgency
    return agency


def require_seen(seen: str | None, facts: Facts) -> None:
    """Raises AgencyClash unless the form was drawn from these facts; None asks nothing."""
    if seen is not None and seen != facts_seen(facts):
        raise AgencyClash(facts)


@transaction.atomic
def change_identity(
    *, agency: Agency, partnership: Partnership, identity: Identity, reason: str, by: User, seen: str | None = None
) -> Agency:
    """Say anew what the agency is. Raises SharedAgency, AgencyClash, AgencyCircle."""
    agency = own(agency=agency, partnership=partnership)
    require_seen(seen, identity_facts(agency=agency, on=clock.today()))
    if identity.parent is not None and agency.pk in _upwards(identity.parent):
        raise AgencyCircle("That agency is part of this one already, so it cannot also be above it.")
    agency.kind, agency.statutory_role = identity.kind, identity.statutory_role
    agency.section_11, agency.education_duty = identity.section_11, identity.education_duty
    agency.parent = identity.parent
    return saved(agency, by=by, reason=reason)


@transaction.atomic
def rename_in_register(
    *, agency: Agency, partnership: Partnership, name: str, from_on: date, by: User, seen: str | None = None
) -> AgencyName:
    """Let it bear a further name from a date. Raises SharedAgency, AgencyClash, AgencyNameTaken, NotAfterTheLast."""
    agency = own(agency=agency, partnership=partnership)
    require_seen(seen, identity_facts(agency=agency, on=clock.today()))
    last = AgencyName.objects.get(agency=agency, is_alias=False, until=None)
    if last.starts_on is not None and from_on <= last.starts_on:
        raise NotAfterTheLast(f"It has been called {last.name} since {last.starts_on:%-d %B %Y}. Enter a later day.")
    return rename_agency(agency=agency, name=name, from_on=from_on, by=by)


@transaction.atomic
def add_alias_in_register(*, agency: Agency, partnership: Partnership, name: str, by: User) -> AgencyName:
    """A further name by which it is known. Raises SharedAgency, AgencyNameTaken."""
    agency = own(agency=agency, partnership=partnership)
    return add_alias(agency=agency, name=name, by=by)


@transaction.atomic
def end_alias(*, agency: Agency, partnership: Partnership, name: str, by: User) -> None:
    """It is no longer known by that name; the name is kept with its last day. Raises SharedAgency, NoSuchAlias."""
    agency = own(agency=agency, partnership=partnership)
    alias = AgencyName.objects.filter(agency=agency, name=name, is_alias=True, until=None).first()
    if alias is None:
        raise NoSuchAlias(f"This agency is not known as {name}.")
    alias.until = clock.today()
    saved(alias, by=by, reason="Alias ended", fields=["until"])


# --- who came after ---------------------------------------------------------------------------------------------------


@transaction.atomic
def succeed(
    *,
    agency: Agency,
    partnership: Partnership,
    successor: Agency,
    kind: SuccessionKind,
    on: date,
    by: User,
    seats: Iterable[Seat] = (),
    moves_listing: bool = False,
    what_moved: str = "",
) -> AgencySuccession:
    """Record that another agency stands in its place from a day, and give that one these seats and the listing.

    The earlier agency keeps its names, its history and its past seats. Raises SharedAgency, AlreadySucceeded,
    AgencyCircle, NotYet.
    """
    agency = own(agency=agency, partnership=partnership)
    if on > clock.today():
        raise NotYet("The day lies ahead. Record it once it has come.")
    if AgencySuccession.objects.filter(agency=agency, withdrawn_on=None).exists():
        raise AlreadySucceeded("Another agency stands in its place already.")
    if agency.pk in _onwards(successor):
        raise AgencyCircle("That agency was itself followed by this one.")
    reason = f"{kind.label} from {on:%-d %B %Y}"
    record = AgencySuccession(
        agency=agency, successor=successor, kind=kind, on=on, what_moved=what_moved, recorded_in=partnership
    )
    saved(record, by=by, reason=reason)
    chosen = {seat.pk for seat in seats}
    here = Seat.objects.select_for_update(of=("self",)).filter(board__partnership=partnership, agency=agency)
    for seat in here.on_board(on).filter(pk__in=chosen):
        seat.agency = successor
        saved(seat, by=by, reason=reason, fields=["agency"])
        saved(FormerSeat(seat=seat, agency=agency, succession=record, left_on=on), by=by, reason=reason)
    if moves_listing:
        _move_listing(record, by, reason)
    keep_asking_in(partnership=partnership, by=by)
    return record


def _move_listing(record: AgencySuccession, by: User, reason: str) -> None:
    lines = RelevantAgency.objects.filter(partnership=record.recorded_in).standing(record.on)
    is_listed = lines.filter(agency=record.successor).exists()
    for line in lines.filter(agency=record.agency):
        line.until = record.on
        saved(line, by=by, reason=reason, fields=["until"])
        if not is_listed:
            further = RelevantAgency(
                partnership=line.partnership,
                agency=record.successor,
                category=line.category,
                listed_as=line.listed_as,
                note=f"After {line.listed_as}",
                since=record.on,
                source=line.source,
            )
            saved(further, by=by, reason=reason)
            is_listed = True


@transaction.atomic
def withdraw_succession(*, agency: Agency, partnership: Partnership, reason: str, by: User) -> None:
    """Undo a succession recorded by mistake: the seats that went with it come back. The listing stays as it is.

    Raises SharedAgency, NotSucceeded.
    """
    agency = own(agency=agency, partnership=partnership)
    record = AgencySuccession.objects.filter(agency=agency, withdrawn_on=None).first()
    if record is None:
        raise NotSucceeded("No agency stands in its place.")
    record.withdrawn_on = clock.today()
    saved(record, by=by, reason=reason, fields=["withdrawn_on"])
    for former in FormerSeat.objects.filter(succession=record, seat__agency=record.successor).select_related("seat"):
        former.seat.agency = agency
        saved(former.seat, by=by, reason=reason, fields=["agency"])
    keep_asking_in(partnership=partnership, by=by)


def _upwards(agency: Agency) -> Sequence[int]:
    """The agency and those above it, by id. A query a level: there are two or three."""
    line: list[int] = []
    above: Agency | None = agency
    while above is not None and above.pk not in line:
        line.append(above.pk)
        above = above.parent
    return line


def _onwards(agency: Agency) -> Sequence[int]:
    """The agency and those that came after it, by id."""
    line: list[int] = []
    next_one: Agency | None = agency
    while next_one is not None and next_one.pk not in line:
        line.append(next_one.pk)
        follows = next_one.successions.filter(withdrawn_on=None).select_related("successor").first()
        next_one = follows.successor if follows else None
    return line
