"""Whom the duties that hang on a seat concern, and where each is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse

from membership.models import Appointment, Seat
from partnership.models import Obligation, User
from partnership.navigation import address_of
from partnership.obligations.causes import Cause, Wording
from partnership.obligations.hours import rule_of
from partnership.obligations.kept_rules import due_since_occurrence
from partnership.obligations.team import ROLE_OF_WORD, team_recipients

# The permanent ids of the duties that this application can see met.
DEPUTY = "deputy-named"
VACANCY = "vacancy"
ENDING = "appointment-ending"
MEMBER = "member"


def _seats(ids: Collection[int]) -> dict[int, Seat]:
    return Seat.objects.select_related("board__partnership").in_bulk(ids)


def _appointments(ids: Collection[int]) -> dict[int, Appointment]:
    return Appointment.objects.select_related("seat__board__partnership", "person").in_bulk(ids)


def _of_seats(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
    """Whoever represents the seat, where the rule tells the member; whom of the team it names. Two queries."""
    those = list(obligations)
    held = Appointment.objects.in_force(on).representatives().filter(seat__in={each.cause_id for each in those})
    holders = {one.seat_id: one.person for one in held.filter(person__is_active=True).select_related("person")}
    return _with_team(those, {each.pk: holders.get(each.cause_id) for each in those}, on)


def _of_appointments(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
    """The member whose appointment ends, while it runs, and whom of the team the rule names. Two queries."""
    those = list(obligations)
    held = Appointment.objects.in_force(on).filter(pk__in={each.cause_id for each in those}, person__is_active=True)
    holders = {one.pk: one.person for one in held.select_related("person")}
    return _with_team(those, {each.pk: holders.get(each.cause_id) for each in those}, on)


def _with_team(those: list[Obligation], members: dict[int, User | None], on: date) -> dict[int, list[User]]:
    words = {each.pk: rule_of(each).recipients for each in those}
    team = team_recipients([each for each in those if ROLE_OF_WORD.keys() & set(words[each.pk])], on)
    found: dict[int, list[User]] = {}
    for each in those:
        member = members[each.pk] if MEMBER in words[each.pk] else None
        people = {person.pk: person for person in [*([member] if member else []), *team.get(each.pk, [])]}
        found[each.pk] = list(people.values())
    return found


def _seat_page(seat: Seat) -> str:
    return reverse("seat", args=[*address_of(seat.board), seat.key])


SEAT_CAUSE = Cause(
    model="membership.seat",
    board=lambda seat: seat.board,
    load=_seats,
    is_open=lambda seat, _: seat.until is None,
    recipients=_of_seats,
    address=lambda seat, _: _seat_page(seat),
    wording=lambda seat, obligation: Wording(
        "a deputy for your seat" if obligation.duty == DEPUTY else "somebody for a vacant seat",
        f"{seat.name}, {seat.board.short_name}",
        is_one=True,
    ),
    duties_of_one_person=frozenset({DEPUTY}),
    due_again=due_since_occurrence,
    agency=lambda seat: seat.agency_id,
    may_hear=lambda _, __, ___: True,
    wording_beyond=lambda seat, obligation: Wording(
        "a deputy" if obligation.duty == DEPUTY else "somebody for a vacant seat",
        f"{seat.name}, {seat.board.short_name}",
        is_one=True,
    ),
)
APPOINTMENT_CAUSE = Cause(
    model="membership.appointment",
    board=lambda appointment: appointment.seat.board,
    load=_appointments,
    is_open=lambda _, __: True,
    recipients=_of_appointments,
    address=lambda appointment, _: _seat_page(appointment.seat),
    wording=lambda appointment, _: Wording(
        "what follows an appointment that ends",
        f"{appointment.seat.name}, {appointment.seat.board.short_name}",
        is_one=True,
    ),
    due_again=due_since_occurrence,
    agency=lambda appointment: appointment.seat.agency_id,
)
