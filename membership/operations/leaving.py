"""Somebody leaves for good: their account is closed, and every place they hold in it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from membership.followers import seat_changed
from membership.models import Appointment, OfficeTerm
from membership.operations.appointments import ReasonMissing, end_appointment, withdraw_appointment
from membership.operations.offices import end_office
from partnership import clock
from partnership.authorship import deleted
from partnership.models import Partnership, Standing, StandingSource, User
from partnership.operations import deactivate_person, release_from_team


class SitsElsewhere(Exception):
    """The person has a place in another partnership, whose own team decides there."""


class OwnAccount(Exception):
    """Nobody closes their own account."""


@dataclass(frozen=True, slots=True)
class Places:
    """What somebody holds today or later: seats and deputies' places, offices, and places in the team."""

    appointments: tuple[Appointment, ...]
    offices: tuple[OfficeTerm, ...]
    team: tuple[Standing, ...]


def places_of(*, person: User, today: date) -> Places:
    """Three queries."""
    ahead = Q(until=None) | Q(until__gt=today)
    seats = Appointment.objects.filter(ahead, person=person).select_related("seat__board__partnership")
    offices = OfficeTerm.objects.filter(ahead, person=person).select_related("board")
    team = Standing.objects.filter(ahead, person=person, source=StandingSource.TEAM).select_related(
        "partnership", "board"
    )
    return Places(tuple(seats.order_by("seat__board", "order", "pk")), tuple(offices), tuple(team))


@transaction.atomic
def close_account(*, person: User, partnership: Partnership, reason: str, by: User) -> User:
    """End everything the person holds with today, and close their account at once.

    What has not begun is taken away. Raises ReasonMissing, OwnAccount, SitsElsewhere.
    """
    if not reason.strip():
        raise ReasonMissing("Say why the account is closed.")
    if person.pk == by.pk:
        raise OwnAccount("Ask another manager to close your own account.")
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    today = clock.today()
    if (
        Standing.objects.filter(Q(until=None) | Q(until__gt=today), person=person)
        .exclude(partnership=partnership)
        .exists()
    ):
        raise SitsElsewhere(f"{person} has a place in another partnership, too. End their places here instead.")
    held = places_of(person=person, today=today)
    for appointment in held.appointments:
        _end(appointment, today=today, reason=reason, by=by)
    for term in held.offices:
        end_office(term=term, ends_on=max(today, term.starts_on), reason=reason, by=by)
    for standing in held.team:
        if standing.starts_on > today:
            deleted(standing, by=by, reason=reason)
        else:
            release_from_team(standing=standing, ends_on=today, reason=reason, by=by)
    return deactivate_person(person=person, reason=reason, by=by)


def _end(appointment: Appointment, *, today: date, reason: str, by: User) -> None:
    current = Appointment.objects.filter(pk=appointment.pk).select_related("seat__board", "person").first()
    if current is None or (current.until is not None and current.until <= today + timedelta(days=1)):
        return
    if current.starts_on > today:
        withdraw_appointment(appointment=current, reason=reason, by=by)
        seat_changed(current.seat, by=by)
    else:
        end_appointment(appointment=current, ends_on=today, reason=reason, by=by)
