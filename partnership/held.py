"""What a person holds on a date, by which `partnership.access` decides: standings, grants with their permission, the
protected objects on which they are named, and the bars against them.

It is read anew at each question, but within `read_once` only at the first: a page is drawn for its reader as they stood
when it was asked for. This module imports no model.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from django.db import connection
from django.db.models import Q

from partnership.rights import GRANTED_ROLE, GrantCodename, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from partnership.models import User

Asker: TypeAlias = "User | AnonymousUser"


def in_force(on: date) -> Q:
    """The half-open period [starts_on, until) holds that date; `until` None is open."""
    return Q(starts_on__lte=on) & (Q(until=None) | Q(until__gt=on))


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role on a board, across a partnership (`board` None), or at one meeting; granted, or by a standing."""

    is_granted: bool
    role: Role
    partnership: int
    board: int | None
    meeting: int | None


@dataclass(frozen=True)
class Held:
    """Everything that one person holds on one date; `person` is None for somebody who is not signed in.

    `named` are the protections of objects on which they are a named reader, `barred` those of which a bar keeps them.
    """

    person: int | None
    roles: tuple[HeldRole, ...]
    named: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()

    @cached_property
    def standings(self) -> tuple[HeldRole, ...]:
        return tuple(one for one in self.roles if not one.is_granted)

    @cached_property
    def partnerships(self) -> frozenset[int]:
        """The partnerships in which the person has a standing of any kind."""
        return frozenset(one.partnership for one in self.standings)

    @cached_property
    def boards_by_partnership(self) -> dict[int, set[int]]:
        """The boards on which the person has a standing that no single meeting narrows, by their partnership."""
        boards: dict[int, set[int]] = {}
        for one in self.standings:
            if one.board is not None and one.meeting is None:
                boards.setdefault(one.partnership, set()).add(one.board)
        return boards

    def boards(self, roles: Collection[Role]) -> set[int]:
        """The boards on which a standing gives one of these roles."""
        return {one.board for one in self.standings if one.role in roles and one.board is not None}

    def whole_partnerships(self, roles: Collection[Role]) -> set[int]:
        """The partnerships on all of whose boards a standing gives one of these roles."""
        return {one.partnership for one in self.standings if one.role in roles and one.board is None}

    def any_in_partnership(self, roles: Collection[Role]) -> set[int]:
        """The partnerships in which a standing gives one of these roles, be it on one board."""
        return {one.partnership for one in self.standings if one.role in roles}

    def meetings(self, roles: Collection[Role]) -> set[int]:
        """The meetings at which a standing of their own gives one of these roles."""
        return {one.meeting for one in self.standings if one.role in roles and one.meeting is not None}

    def granted(self, roles: Collection[Role]) -> set[int]:
        """The boards on which a grant gives one of these roles."""
        return {one.board for one in self.roles if one.is_granted and one.role in roles and one.board is not None}


_READ: ContextVar[dict[tuple[int, date], Held] | None] = ContextVar("_READ", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Within the block, what each person holds is read from the database at the first question alone."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def held_by(person: Asker, on: date) -> Held:
    """What the person holds on that date. Nothing at all, unless they are signed in and active in the database, too."""
    if not person.is_authenticated or not person.is_active:
        return Held(None, ())
    known = _READ.get()
    if known is None:
        return _read(person, on)
    key = (person.pk, on)
    if key not in known:
        known[key] = _read(person, on)
    return known[key]


def _read(person: User, on: date) -> Held:
    """One query, written out: it is asked for every page, and putting it together would take longer than its answer."""
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"person": person.pk, "day": day})
        rows = cursor.fetchall()
    roles: list[HeldRole] = []
    named: set[int] = set()
    barred: set[int] = set()
    for what, role, partnership, board, last in rows:
        if what == STANDING:
            roles.append(HeldRole(False, Role(role), partnership, board, last))
        elif what == GRANTED:
            roles.append(HeldRole(True, GRANTED_ROLE[GrantCodename(role)], partnership, board, None))
        else:
            (named if what == NAMED else barred).add(last)
    return Held(person.pk, tuple(roles), frozenset(named), frozenset(barred))


# The first column of what is read: what kind of row it is. The last is the meeting, or the protection.
STANDING, GRANTED, NAMED, BARRED = 1, 2, 3, 4

# A grant, and a naming, counts with its unexpired record and guardian's permission together. Whoever reads in place of
# a named reader does so only while that one is named, and neither barred nor gone. Periods are those of `in_force`.
HELD = """
SELECT 1, standing.role, standing.partnership_id, standing.board_id, standing.meeting_id
FROM partnership_standing standing
JOIN partnership_user person ON person.id = standing.person_id AND person.is_active
WHERE standing.person_id = %(person)s AND standing.starts_on <= %(day)s
    AND (standing.until IS NULL OR standing.until > %(day)s)
UNION ALL
SELECT 2, given.codename, board.partnership_id, given.board_id, NULL
FROM partnership_grant given
JOIN partnership_user person ON person.id = given.person_id AND person.is_active
JOIN partnership_board board ON board.id = given.board_id
WHERE given.person_id = %(person)s AND given.starts_on <= %(day)s AND given.until > %(day)s
    AND EXISTS (
        SELECT 1
        FROM partnership_boarduserobjectpermission permitted
        JOIN auth_permission permission ON permission.id = permitted.permission_id
        WHERE permitted.user_id = given.person_id AND permitted.content_object_id = given.board_id
            AND permission.codename = given.codename
    )
UNION ALL
SELECT 3, NULL, NULL, NULL, naming.protection_id
FROM partnership_reader naming
JOIN partnership_user person ON person.id = naming.person_id AND person.is_active
LEFT JOIN partnership_reader principal ON principal.id = naming.in_place_of_id
WHERE naming.person_id = %(person)s AND naming.starts_on <= %(day)s AND naming.until > %(day)s
    AND EXISTS (
        SELECT 1
        FROM partnership_protectionuserobjectpermission permitted
        JOIN auth_permission permission ON permission.id = permitted.permission_id
        WHERE permitted.user_id = naming.person_id AND permitted.content_object_id = naming.protection_id
            AND permission.codename = 'read_protected'
    )
    AND (naming.in_place_of_id IS NULL OR (
        principal.protection_id = naming.protection_id
        AND principal.starts_on <= %(day)s AND principal.until > %(day)s
        AND EXISTS (
            SELECT 1 FROM partnership_user named WHERE named.id = principal.person_id AND named.is_active
        )
        AND EXISTS (
            SELECT 1
            FROM partnership_protectionuserobjectpermission permitted
            JOIN auth_permission permission ON permission.id = permitted.permission_id
            WHERE permitted.user_id = principal.person_id AND permitted.content_object_id = principal.protection_id
                AND permission.codename = 'read_protected'
        )
        AND NOT EXISTS (
            SELECT 1 FROM partnership_bar bar
            WHERE bar.protection_id = principal.protection_id AND bar.person_id = principal.person_id
                AND bar.lifted_at IS NULL
        )
    ))
UNION ALL
SELECT 4, NULL, NULL, NULL, bar.protection_id
FROM partnership_bar bar
WHERE bar.person_id = %(person)s AND bar.lifted_at IS NULL
"""
