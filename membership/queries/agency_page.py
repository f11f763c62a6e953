"""One agency as one partnership knows it: its identity, and what the partnership's own pages say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q

from membership.models import (
    Agency,
    AgencyDisplayName,
    AgencyName,
    AgencyOfficer,
    AgencyRequest,
    AgencySuccession,
    FormerSeat,
    Grade,
    GradeLadder,
    RegisteredAgency,
    RelevantAgency,
    Seat,
)
from membership.queries import agency_names
from membership.queries.agency_register import agencies_in, is_used_elsewhere, named
from partnership import access
from partnership.change_history import Entry, entries_of
from partnership.models import Partnership, Standing, User

# What everybody who uses the agency shares, by the model and the lookup that leads to the agency.
IDENTITY = (
    (Agency, "id"),
    (AgencyName, "agency_id"),
    (AgencySuccession, "agency_id"),
    (GradeLadder, "agency_id"),
)
# What is one partnership's own.
LOCAL = (RegisteredAgency, AgencyDisplayName, RelevantAgency, AgencyOfficer)


@dataclass(frozen=True, slots=True)
class AgencyRecord:
    """Everything that the agency's page shows. Other agencies' names are in `names`, by id."""

    agency: Agency
    name: str
    own_name: str
    names_borne: list[AgencyName]
    aliases: list[AgencyName]
    names: dict[int, str]
    in_register: frozenset[int]
    children: list[Agency]
    succession: AgencySuccession | None
    predecessions: list[AgencySuccession]
    ladders: list[GradeLadder]
    officers: list[AgencyOfficer]
    seats: list[Seat]
    former_seats: list[FormerSeat]
    listings: list[RelevantAgency]
    requests: list[AgencyRequest]
    is_shared: bool


def agency_record(
    *, agency: Agency, partnership: Partnership, user: access.Asker, on: date, for_team: bool
) -> AgencyRecord:
    """What the partnership knows of the agency; requests for its team only. A fixed number of queries."""
    names = list(AgencyName.objects.filter(agency=agency).order_by("-is_alias", "-until", "-starts_on", "name"))
    follows = AgencySuccession.objects.filter(withdrawn_on=None).filter(Q(agency=agency) | Q(successor=agency))
    successions = list(follows.select_related("agency", "successor"))
    children = list(named(agencies_in(partnership).filter(parent=agency), partnership=partnership, on=on))
    related = {agency.pk, agency.parent_id, *(one.pk for one in children)}
    related |= {number for one in successions for number in (one.agency_id, one.successor_id)}
    shown = agency_names(agencies=[one for one in related if one], partnership_id=partnership.pk, on=on)
    own = AgencyDisplayName.objects.filter(agency=agency, partnership=partnership).first()
    here = {"agency": agency, "partnership": partnership}
    grades = Grade.objects.annotate(uses=Count("appointments")).order_by("rank")
    seats = Seat.objects.visible_to(user, on).filter(board__partnership=partnership).select_related("board")
    former = FormerSeat.objects.filter(agency=agency, seat__in=seats.values("pk"), succession__withdrawn_on=None)
    return AgencyRecord(
        agency=agency,
        name=shown[agency.pk],
        own_name=own.name if own else "",
        names_borne=[name for name in names if not name.is_alias],
        aliases=[name for name in names if name.is_alias],
        names=shown,
        in_register=frozenset(agencies_in(partnership).filter(pk__in=shown).values_list("pk", flat=True)),
        children=children,
        succession=next((one for one in successions if one.agency_id == agency.pk), None),
        predecessions=[one for one in successions if one.successor_id == agency.pk],
        ladders=list(agency.grade_ladders.prefetch_related(Prefetch("grades", grades))),
        officers=list(AgencyOfficer.objects.visible_to(user, on).filter(**here)),
        seats=list(seats.filter(agency=agency).order_by("board", "position", "name")),
        former_seats=list(former.select_related("seat__board")),
        listings=list(RelevantAgency.objects.visible_to(user, on).filter(**here).order_by("-until", "listed_as")),
        requests=list(AgencyRequest.objects.filter(**here)) if for_team else [],
        is_shared=is_used_elsewhere(agency=agency, partnership=partnership),
    )


@dataclass(frozen=True, slots=True)
class AgencyHistory:
    """Entries of an agency, the latest first, and whose authors belong to the partnership that reads."""

    entries: list[Entry]
    of_this_partnership: frozenset[str]


def agency_history(*, agency: Agency, partnership: Partnership, user: access.Asker, on: date) -> AgencyHistory:
    """Every change of the agency and of what the partnership says of it; nothing of what others say of it."""
    if not access.may(user, access.Action.READ, partnership, access.Kind.HISTORY, on):
        return AgencyHistory([], frozenset())
    histories: list[list[Any]] = [list(model.history.filter(**{path: agency.pk})) for model, path in IDENTITY]
    histories += [list(model.history.filter(agency_id=agency.pk, partnership_id=partnership.pk)) for model in LOCAL]
    ladders = {row.id for row in histories[IDENTITY.index((GradeLadder, "agency_id"))]}
    histories.append(list(Grade.history.filter(ladder_id__in=ladders)))
    authors = {row.history_user_id for history in histories for row in history}
    return AgencyHistory(entries_of(*histories, about=_about(histories)), _known_here(authors, partnership))


def _about(histories: Iterable[Iterable[Any]]) -> dict[Any, str]:
    """What each row is, in a word."""
    words = {
        Agency: "Identity",
        AgencyName: "Name",
        AgencySuccession: "Successor",
        GradeLadder: "Grade ladder",
        RegisteredAgency: "Register",
        AgencyDisplayName: "Our name for it",
        RelevantAgency: "List of relevant agencies",
        AgencyOfficer: "Senior officer",
        Grade: "Grade",
    }
    return {(row.instance_type, row.id): words[row.instance_type] for history in histories for row in history}


def _known_here(authors: set[int], partnership: Partnership) -> frozenset[str]:
    """The names of those authors who ever stood in the partnership, and of jobs."""
    stood = Standing.objects.filter(partnership=partnership, person__in=authors).values("person")
    people = User.objects.filter(pk__in=authors).filter(Q(is_system=True) | Q(pk__in=stood))
    return frozenset(people.values_list("name", flat=True))


def seats_to_move(*, agency: Agency, partnership: Partnership, user: access.Asker, on: date) -> list[Seat]:
    """The seats that the agency holds in the partnership on a day, board by board."""
    seats = Seat.objects.visible_to(user, on).on_board(on).filter(board__partnership=partnership, agency=agency)
    return list(seats.select_related("board").order_by("board", "position"))
