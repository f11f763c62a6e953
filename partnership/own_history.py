"""What happened to a person's own details, standings and grants: theirs to read, whatever their rights are today."""

from __future__ import annotations

from typing import Any

from partnership.change_history import Entry, entries_of
from partnership.models import Grant, Standing, User

# How the application finds its way, of no interest to the person.
UNSAID = frozenset(
    {
        "partnership.standing.source_id",
        "partnership.standing.meeting_id",
        "partnership.user.is_demo",
        "partnership.user.is_system",
        "partnership.user.joined_at",
        "partnership.user.is_superuser",
    }
)


def history_of_person(*, person: User) -> list[Entry]:
    """Every change of the person's row, and of what they were given, the latest first."""
    histories: list[Any] = [User.history.filter(id=person.pk)]
    histories += [model.history.filter(person_id=person.pk) for model in (Standing, Grant)]
    return entries_of(*histories, about={}, without=UNSAID)
