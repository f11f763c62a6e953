"""Lists and single checks are one rule: on random standings and grants, `permitted` and `may` agree with each other
and with an oracle that walks the rows in plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnership import access
from partnership.access import Action, GrantCodename, Kind, Role
from partnership.authorship import saved
from partnership.models import (
    Board,
    BoardKind,
    BoardUserObjectPermission,
    Grant,
    Partnership,
    Standing,
    StandingSource,
    User,
)
from partnership.operations import found_board, found_partnership, register_person, system_author
from partnership.rights import GRANTED_ROLE, TABLE

TODAY = date(2027, 3, 17)
NARROW = (Role.SUBSTITUTE, Role.ADVISER)
PEOPLE, BOARDS = 3, 4


@dataclass(frozen=True)
class Held:
    """A standing: whose, which role, on which board (None: the whole partnership), when, for a meeting or not."""

    person: int
    role: Role
    board: int
    is_partnership_wide: bool
    starts_in: int
    lasts: int | None
    is_narrow: bool


@dataclass(frozen=True)
class Given:
    person: int
    codename: GrantCodename
    board: int
    starts_in: int
    lasts: int
    has_permission: bool


people, boards = st.integers(0, PEOPLE - 1), st.integers(0, BOARDS - 1)
standings = st.builds(
    Held,
    person=people,
    role=st.sampled_from(list(Role)),
    board=boards,
    is_partnership_wide=st.booleans(),
    starts_in=st.integers(-2, 1),
    lasts=st.none() | st.integers(1, 3),
    is_narrow=st.booleans(),
)
grants = st.builds(
    Given,
    person=people,
    codename=st.sampled_from(list(GrantCodename)),
    board=boards,
    starts_in=st.integers(-2, 1),
    lasts=st.integers(0, 3),
    has_permission=st.booleans(),
)


@dataclass
class World:
    author: User
    people: list[User]
    boards: list[Board]


@pytest.fixture
def world(db: None) -> World:
    """Two partnerships of two boards each, and three people, one of them inactive."""
    author = system_author(job="test author")
    places: list[Partnership] = [
        found_partnership(slug=slug, name=slug, short_name=slug, by=author) for slug in ("north", "south")
    ]
    made = [
        found_board(
            partnership=places[number // 2],
            slug=f"board-{number}",
            name=f"Board {number}",
            short_name=f"B{number}",
            kind=BoardKind.BOARD,
            by=author,
        )
        for number in range(BOARDS)
    ]
    known = [register_person(email=f"p{n}@example.org", name=f"P{n}", by=author) for n in range(PEOPLE)]
    known[-1].is_active = False
    saved(known[-1], by=author, reason="Left")
    return World(author, known, made)


def meeting_of(board: int) -> int:
    """The id of the only meeting of that board: a narrow standing names a meeting of its own board."""
    return board + 1


def written(world: World, held: list[Held], given_: list[Given]) -> None:
    for number, one in enumerate(held):
        board = world.boards[one.board]
        is_narrow = one.is_narrow and one.role in NARROW and not one.is_partnership_wide
        starts_on = TODAY + timedelta(days=one.starts_in)
        standing = Standing(
            person=world.people[one.person],
            role=one.role,
            partnership=board.partnership,
            board=None if one.is_partnership_wide else board,
            meeting_id=meeting_of(one.board) if is_narrow else None,
            starts_on=starts_on,
            until=None if one.lasts is None else starts_on + timedelta(days=one.lasts),
            source=StandingSource.APPOINTMENT,
            source_id=number,
        )
        saved(standing, by=world.author, reason="Drawn")
    for gift in given_:
        person, board = world.people[gift.person], world.boards[gift.board]
        starts_on = TODAY + timedelta(days=gift.starts_in)
        grant = Grant(
            person=person,
            codename=gift.codename,
            board=board,
            granted_by=world.author,
            reason="Drawn",
            starts_on=starts_on,
            until=starts_on + timedelta(days=gift.lasts),
        )
        saved(grant, by=world.author, reason="Drawn")
        if gift.has_permission:
            access.lodge_permission(person=person, codename=gift.codename, board=board)


def oracle(person: User, board: Board, kind: Kind, action: Action) -> bool:
    """The rule of the design walked row by row, for a board as the object."""
    if not person.is_active:
        return False
    row = TABLE[kind]
    mine = [
        standing
        for standing in Standing.objects.filter(person=person)
        if standing.starts_on <= TODAY
        and (standing.until is None or standing.until > TODAY)
        and standing.partnership_id == board.partnership_id
    ]

    def gives(role: Role) -> bool:
        cell = row.cells.get(role)
        if cell is None or cell.is_named_only or cell.is_excludable:
            return False
        return action in cell.actions and not cell.is_meeting_only

    by_role = any(gives(Role(one.role)) for one in mine if one.board_id in {None, board.pk})
    as_neighbour = action in row.other_group and any(
        one.meeting_id is None and one.board_id not in {None, board.pk} for one in mine
    )
    by_grant = any(
        gives(GRANTED_ROLE[GrantCodename(grant.codename)])
        and BoardUserObjectPermission.objects.filter(
            user=person, content_object=board, permission__codename=grant.codename
        ).exists()
        for grant in Grant.objects.filter(person=person, board=board)
        if grant.starts_on <= TODAY < grant.until
    )
    return by_role or as_neighbour or (by_grant and bool(mine))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(standings, max_size=6),
    gifts=st.lists(grants, max_size=3),
    kind=st.sampled_from(list(Kind)),
    action=st.sampled_from(list(Action)),
)
def test_lists_and_single_checks_agree(
    world: World, held: list[Held], gifts: list[Given], kind: Kind, action: Action
) -> None:
    with transaction.atomic():
        written(world, held, gifts)
        for person in world.people:
            expected = {board for board in world.boards if oracle(person, board, kind, action)}
            listed = set(Board.objects.permitting(person, action, kind, TODAY))
            single = {board for board in world.boards if access.may(person, action, board, kind, TODAY)}
            at_once = {board for board in world.boards if access.rights_on(person, board, [(kind, action)], TODAY)}
            assert listed == single == at_once == expected
        transaction.set_rollback(True)
