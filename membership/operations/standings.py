"""The standing that gives access follows the appointment, in the same transaction."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from membership.models import Appointment
from membership.queries import standings_due
from partnership.authorship import deleted, saved
from partnership.models import Standing, StandingSource, User


@transaction.atomic
def keep_standings(*, appointment: Appointment, by: User, reason: str) -> None:
    """Make the standings of an appointment those it gives: written, moved or taken away, nothing else touched."""
    due = {(period.role, period.starts_on): period.until for period in standings_due(appointment=appointment)}
    for standing in _written(appointment):
        key = (standing.role, standing.starts_on)
        if key not in due:
            deleted(standing, by=by, reason=reason)
            continue
        until = due.pop(key)
        if standing.until != until:
            standing.until = until
            saved(standing, by=by, reason=reason, fields=["until"])
    board = appointment.seat.board
    for (role, starts_on), until in sorted(due.items()):
        standing = Standing(
            person=appointment.person,
            role=role,
            partnership_id=board.partnership_id,
            board=board,
            starts_on=starts_on,
            until=until,
            source=StandingSource.APPOINTMENT,
            source_id=appointment.pk,
        )
        saved(standing, by=by, reason=reason)


@transaction.atomic
def drop_standings(*, appointment: Appointment, by: User, reason: str) -> None:
    """Take away every standing of an appointment that never begins."""
    for standing in _written(appointment):
        deleted(standing, by=by, reason=reason)


def _written(appointment: Appointment) -> QuerySet[Standing]:
    return Standing.objects.filter(source=StandingSource.APPOINTMENT, source_id=appointment.pk)
