"""Whom a visitor of the demonstration may sign in as, by partnership and group.

Only asked for while DEMO is on; the system checks refuse DEMO with anybody in the database who is not fictional.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from partnership.access import Role
from partnership.models import Standing


@dataclass(frozen=True, slots=True)
class PersonToTry:
    """One fictional person and what they are there, in words."""

    email: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class GroupToTry:
    """The people of one group, or of a partnership's team, the offices first."""

    partnership: str
    name: str
    people: tuple[PersonToTry, ...]


TEAM = "Partnership team"
START_WITH = (Role.COORDINATOR, Role.MANAGER, Role.CHAIR, Role.SCRUTINEER)
OFFICES_FIRST = {role: place for place, role in enumerate(Role)}


def groups_to_try(*, on: date) -> list[GroupToTry]:
    """Every group with a demo person in it that day. One query."""
    standings = (
        Standing.objects.in_force(on)
        .filter(person__is_demo=True, person__is_active=True, person__is_system=False, meeting_id=None)
        .select_related("person", "partnership", "board")
        .order_by("partnership__name", "board__position", "board__name", "person__name")
    )
    return [
        GroupToTry(partnership=partnership, name=group, people=_people(rows))
        for (partnership, group), rows in groupby(standings, key=_place)
    ]


def people_to_start_with(groups: Iterable[GroupToTry]) -> list[PersonToTry]:
    """Each person who runs or leads meetings, once, with every place where they do."""
    roles: dict[tuple[str, str], list[str]] = {}
    for group in groups:
        for person in group.people:
            if person.role in {role.label for role in START_WITH}:
                where = group.partnership if group.name == TEAM else group.name
                roles.setdefault((person.email, person.name), []).append(f"{person.role}, {where}")
    return [PersonToTry(email=email, name=name, role="; ".join(held)) for (email, name), held in roles.items()]


def _place(standing: Standing) -> tuple[str, str]:
    return standing.partnership.name, standing.board.name if standing.board else TEAM


def _people(standings: Iterable[Standing]) -> tuple[PersonToTry, ...]:
    in_order = sorted(standings, key=lambda standing: OFFICES_FIRST[Role(standing.role)])
    return tuple(
        PersonToTry(email=row.person.email, name=row.person.name, role=Role(row.role).label) for row in in_order
    )
