"""What a further version of the terms would make of a board's seats: which come, which go and under whom, which change.

Nothing is written here; `operations.arrange_seats` does it when the version is adopted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from membership.models import Agency, AgencyName, Appointment, Seat
from membership.roles import roles_of_seat, seat_id_in_terms, seat_keys
from partnership.access import Role
from partnership.models import Board
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.quorum.terms import Seat as Place


@dataclass(frozen=True, slots=True)
class GoingSeat:
    """A seat that ends, and everybody who holds or deputises in it beyond its last day."""

    seat: Seat
    holders: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True)
class ChangingSeat:
    """A seat that stays and is called, or counts as, something else."""

    name_before: str
    name_after: str
    roles_before: frozenset[Role]
    roles_after: frozenset[Role]


@dataclass(frozen=True, slots=True)
class SeatChanges:
    """`coming` are the names of further seats, in the order of the terms; `kept` counts those that stay as they are."""

    coming: tuple[str, ...]
    going: tuple[GoingSeat, ...]
    changing: tuple[ChangingSeat, ...]
    kept: int

    @property
    def unseated(self) -> tuple[Appointment, ...]:
        """Every appointment in a seat that ends."""
        return tuple(holder for each in self.going for holder in each.holders)


def seat_changes(*, board: Board, before: Terms | None, after: Terms, from_on: date) -> SeatChanges:
    """What `after`, in force from that day, changes of the seats that `before` gave. Two queries."""
    known = {seat.key: seat for seat in Seat.objects.filter(board=board, until=None)}
    places = _places(after)
    going = [seat for key, seat in known.items() if key not in places]
    holders: dict[int, list[Appointment]] = {}
    beyond = Appointment.objects.filter(seat__in=going).overlapping(from_on, None)
    for appointment in beyond.select_related("person", "seat").order_by("order", "starts_on", "pk"):
        holders.setdefault(appointment.seat_id, []).append(appointment)
    staying = [(known[key], place) for key, place in places.items() if key in known]
    changing = [_changing(seat, place, before, after) for seat, place in staying]
    return SeatChanges(
        coming=tuple(place.name for key, place in places.items() if key not in known),
        going=tuple(GoingSeat(seat, tuple(holders.get(seat.pk, ()))) for seat in going),
        changing=tuple(each for each in changing if each is not None),
        kept=sum(each is None for each in changing),
    )


def agencies_by_terms(*, board: Board, before: Terms | None, after: Terms) -> dict[str, Agency]:
    """The agency that each organisation of `after` is, as far as that is beyond doubt: the one that holds every seat
    which `before` gave that organisation, else the one agency of that name. Two queries.
    """
    organisations = {} if before is None else {seat.id: seat.organisation for seat in before.quorum.seats}
    found: dict[str, set[Agency]] = {}
    for seat in Seat.objects.filter(board=board, agency__isnull=False).select_related("agency"):
        organisation = organisations.get(seat_id_in_terms(seat.key))
        if organisation and seat.agency is not None:
            found.setdefault(organisation, set()).add(seat.agency)
    named = {each.id: {each.name, *each.aliases} for each in after.quorum.organisations.values()}
    unknown = {name for organisation, names in named.items() if organisation not in found for name in names}
    for line in AgencyName.objects.filter(name__in=unknown).select_related("agency"):
        for organisation, names in named.items():
            if organisation not in organisations.values() and line.name in names:
                found.setdefault(organisation, set()).add(line.agency)
    return {organisation: next(iter(agencies)) for organisation, agencies in found.items() if len(agencies) == 1}


def _places(terms: Terms) -> dict[str, Place]:
    return {key: seat for seat in terms.quorum.seats for key in seat_keys(seat.id, seat.count)}


def _changing(seat: Seat, place: Place, before: Terms | None, after: Terms) -> ChangingSeat | None:
    """What changes of a seat that stays; None where nothing does."""
    roles_before = roles_of_seat(before, seat.key) if before is not None else frozenset({Role.MEMBER})
    roles_after = roles_of_seat(after, seat.key)
    if seat.name == place.name and roles_before == roles_after:
        return None
    return ChangingSeat(seat.name, place.name, roles_before, roles_after)
