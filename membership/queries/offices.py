"""Offices of a board by its terms: which seat carries one, and what the terms want of whoever holds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from membership.models import Appointment, OfficeTerm, Seat, StatutoryRole
from membership.roles import seat_id_in_terms
from partnership.models import Board, User
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.quorum.terms import HeldBy, Office


def offices_of_seat(*, seat: Seat, on: date) -> Iterator[Office]:
    """The offices that go with the seat by the terms in force on that date."""
    version = constitution_in_force(board=seat.board, on=on)
    terms = terms_of(constitution=version).quorum if version else None
    key = seat_id_in_terms(seat.key)
    for place in terms.seats if terms else ():
        if terms is not None and place.id == key:
            yield from (terms.offices[office] for office in place.offices)


def independent_office(*, seat: Seat, on: date) -> Office | None:
    """The office of the seat whose holder holds no agency's seat; None where it has none."""
    if not seat.office:
        return None
    return next((office for office in offices_of_seat(seat=seat, on=on) if office.independent), None)


def is_from_statutory_partner(*, person: User, partnership_id: int, on: date) -> bool:
    """Whether the person sits or deputises for a statutory partner anywhere in the partnership. One query."""
    held = Appointment.objects.filter(person=person, seat__board__partnership=partnership_id).in_force(on)
    return held.filter(seat__agency__statutory_role=StatutoryRole.SAFEGUARDING_PARTNER).exists()


def member_offices(*, board: Board, on: date) -> list[Office]:
    """The offices that any member may hold by the terms in force on that date."""
    version = constitution_in_force(board=board, on=on)
    return offices_for_members(terms_of(constitution=version)) if version else []


def offices_for_members(terms: Terms) -> list[Office]:
    """The same by terms that are at hand."""
    return [one for one in terms.quorum.offices.values() if one.held_by is HeldBy.MEMBER]


def office_history(*, board: Board) -> list[OfficeTerm]:
    """Everybody who held an office of the board without a seat for it, the latest first. One query."""
    return list(OfficeTerm.objects.filter(board=board).select_related("person").order_by("-starts_on", "-pk"))
