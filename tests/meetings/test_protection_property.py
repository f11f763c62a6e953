"""Bars and limits in the one expression: on random standings, namings and bars, lists and single checks of items,
papers and decisions agree with each other and with an oracle that walks the rows in plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.models import AgendaItem, AgendaPublication, Decision, ItemKind, Meeting, Paper
from partnership import access
from partnership.access import Action, Kind, Role
from partnership.authorship import saved
from partnership.clock import LONDON
from partnership.models import Bar, BarSource, Grant, Protection, Reader, Standing, User
from partnership.models.protection import ProtectionUserObjectPermission
from partnership.rights import GRANTED_ROLE, TABLE, GrantCodename
from tests.partnership.test_access_property import (
    BOARDS,
    PEOPLE,
    TODAY,
    Given,
    Held,
    World,
    grants,
    people,
    standings,
    world,
    written,
)

__all__ = ["world"]

NOW = datetime(2027, 3, 17, 10, tzinfo=LONDON)
MATTERS = 3


@dataclass(frozen=True)
class Matter:
    """An item on one of two boards (and its paper, which may be limited by itself)."""

    board: int
    is_published: bool
    is_limited: bool
    excludes_team: bool
    is_paper_limited: bool


@dataclass(frozen=True)
class Naming:
    person: int
    matter: int
    on_paper: bool
    starts_in: int
    lasts: int
    has_permission: bool
    in_place_of: int | None


@dataclass(frozen=True)
class Barred:
    person: int
    matter: int
    is_lifted: bool


matters = st.builds(
    Matter,
    board=st.integers(0, 1),
    is_published=st.booleans(),
    is_limited=st.booleans(),
    excludes_team=st.booleans(),
    is_paper_limited=st.booleans(),
)
namings = st.builds(
    Naming,
    person=people,
    matter=st.integers(0, MATTERS - 1),
    on_paper=st.booleans(),
    starts_in=st.integers(-2, 1),
    lasts=st.integers(0, 3),
    has_permission=st.sampled_from([True, True, True, False]),
    in_place_of=st.none() | st.integers(0, 1),
)
bars = st.builds(
    Barred,
    person=people,
    matter=st.integers(0, MATTERS - 1),
    is_lifted=st.sampled_from([False, False, True]),
)


@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(standings, min_size=2, max_size=6),
    gifts=st.lists(grants, max_size=2),
    drawn=st.lists(matters, min_size=MATTERS, max_size=MATTERS),
    named=st.lists(namings, max_size=5),
    barred=st.lists(bars, max_size=3),
)
def test_lists_and_single_checks_agree_on_what_is_protected(
    world: World, held: list[Held], gifts: list[Given], drawn: list[Matter], named: list[Naming], barred: list[Barred]
) -> None:
    assert BOARDS > 1 < PEOPLE
    with transaction.atomic():
        written(world, held, gifts)
        made = [_made(world, number, one) for number, one in enumerate(drawn)]
        _name_and_bar(world, made, named, barred)
        for person in world.people:
            _compare(person, AgendaItem, {item: [item] for item, _, _ in made})
            _compare(person, Paper, {paper: [item, paper] for item, paper, _ in made})
            _compare(person, Decision, {decision: [decision.item] for _, _, decision in made})
            _compare_gaps(person, [item for item, _, _ in made])
        transaction.set_rollback(True)


def _compare(person: User, model: type[Model], rows: dict[Model, list[AgendaItem | Paper]]) -> None:
    for action in (Action.READ, Action.DOWNLOAD, Action.WRITE):
        expected = {row for row, protected in rows.items() if oracle(person, row, protected, action)}
        listed = set(access.permitted(model._default_manager.all(), to=person, action=action, on=TODAY))
        single = {row for row in rows if access.may(person, action, row, on=TODAY)}
        assert listed == single == expected, (model.__name__, action)


def _compare_gaps(person: User, items: list[AgendaItem]) -> None:
    known = {item: (item.is_open, item.is_barred) for item in AgendaItem.objects.listed_for(person, TODAY)}
    expected = {
        item: (oracle(person, item, [item], Action.READ), _has_bar(person, item))
        for item in items
        if _by_kind(person, item, _kinds_of(item), Action.READ)
    }
    assert known == expected


# --- the rows ---------------------------------------------------------------------------------------------------------


def _made(world: World, number: int, one: Matter) -> tuple[AgendaItem, Paper, Decision]:
    by = world.author
    board = world.boards[one.board]
    # A narrow standing of these tests names the meeting with the id 1.
    meeting = Meeting.objects.filter(board=board).first() or saved(
        Meeting(id=one.board + 1, board=board, on=date(2027, 4, 1), starts_at=time(10)), by=by, reason="Drawn"
    )
    publication = AgendaPublication.objects.filter(meeting=meeting).first() or saved(
        AgendaPublication(meeting=meeting, version=1, published_at=NOW), by=by, reason="Drawn"
    )
    sent = publication if one.is_published else None

    def protection(*, is_limited: bool, excludes_team: bool) -> Protection:
        made = Protection(
            partnership=board.partnership,
            board=board,
            is_limited=is_limited,
            excludes_team=is_limited and excludes_team,
            reason="Drawn",
        )
        return saved(made, by=by, reason="Drawn")

    item = AgendaItem(
        meeting=meeting,
        position=number + 1,
        title=f"Item {number}",
        kind=ItemKind.DECISION,
        added_at=NOW,
        published_in=sent,
        protection=protection(is_limited=one.is_limited, excludes_team=one.excludes_team),
    )
    saved(item, by=by, reason="Drawn")
    paper = Paper(
        item=item,
        title=f"Paper {number}",
        original_name="paper.pdf",
        format="pdf",
        size=1,
        sha256="0" * 64,
        uploaded_at=NOW,
        published_in=sent,
        protection=protection(is_limited=True, excludes_team=False) if one.is_paper_limited else None,
    )
    saved(paper, by=by, reason="Drawn")
    decision = saved(Decision(item=item, text="Agreed", decided_at=NOW), by=by, reason="Drawn")
    return item, paper, decision


def _name_and_bar(
    world: World, made: list[tuple[AgendaItem, Paper, Decision]], named: list[Naming], barred: list[Barred]
) -> None:
    readers: list[Reader] = []
    for one in named:
        item, paper, _ = made[one.matter]
        protection = (paper.protection if one.on_paper else None) or item.protection
        assert protection is not None
        principal = None
        if one.in_place_of is not None and one.in_place_of < len(readers):
            principal = readers[one.in_place_of]
        starts_on = TODAY + timedelta(days=one.starts_in)
        reader = Reader(
            protection=protection,
            person=world.people[one.person],
            granted_by=world.author,
            reason="Drawn",
            starts_on=starts_on,
            until=starts_on + timedelta(days=one.lasts),
            in_place_of=principal,
        )
        readers.append(saved(reader, by=world.author, reason="Drawn"))
        if one.has_permission:
            access.lodge_naming(person=reader.person, protection=protection)
    for each in barred:
        protection = made[each.matter][0].protection
        person = world.people[each.person]
        if Bar.objects.filter(protection=protection, person=person, lifted_at=None).exists():
            continue
        bar = Bar(
            protection=protection,
            person=person,
            source=BarSource.DECLARED,
            reason="Drawn",
            recorded_at=NOW,
            lifted_at=NOW if each.is_lifted else None,
        )
        saved(bar, by=world.author, reason="Drawn")


# --- the oracle -------------------------------------------------------------------------------------------------------


def oracle(person: User, row: Model, protected: list[AgendaItem | Paper], action: Action) -> bool:
    """The rule of the design walked row by row."""
    if not _by_kind(person, row, _kinds_of(row), action):
        return False
    return all(_is_past(person, one, action) for one in protected)


def _kinds_of(row: Model) -> list[Kind]:
    if isinstance(row, AgendaItem):
        return [Kind.AGENDA_DRAFT, Kind.AGENDA] if row.published_in_id else [Kind.AGENDA_DRAFT]
    if isinstance(row, Paper):
        return [Kind.PAPER_DRAFT, Kind.AGENDA] if row.published_in_id else [Kind.PAPER_DRAFT]
    return [Kind.MINUTES_DRAFT]


def _meeting_of(row: Model) -> Meeting:
    item = row if isinstance(row, AgendaItem) else row.item  # type: ignore[attr-defined]
    meeting: Meeting = item.meeting
    return meeting


def _roles(person: User, meeting: Meeting) -> list[tuple[Role, bool]]:
    """The roles of the person at that meeting, and whether only for that meeting."""
    if not person.is_active:
        return []
    board = meeting.board
    mine = [
        standing
        for standing in Standing.objects.filter(person=person, partnership=board.partnership_id)
        if standing.starts_on <= TODAY and (standing.until is None or standing.until > TODAY)
    ]
    roles = [
        (Role(one.role), is_narrow)
        for one in mine
        if one.board_id in {None, board.pk}
        for is_narrow in ((False,) if one.meeting_id is None else (False, True))
        if one.meeting_id in {None, meeting.pk} or not is_narrow
    ]
    if mine:
        roles += [
            (GRANTED_ROLE[GrantCodename(grant.codename)], False)
            for grant in Grant.objects.filter(person=person, board=board)
            if grant.starts_on <= TODAY < grant.until
            and board.boarduserobjectpermission_set.filter(user=person, permission__codename=grant.codename).exists()
        ]
    return roles


def _by_kind(person: User, row: Model, kinds: list[Kind], action: Action) -> bool:
    return any(
        (cell := TABLE[kind].cells.get(role)) is not None
        and action in cell.actions
        and cell.is_meeting_only is is_narrow
        for kind in kinds
        for role, is_narrow in _roles(person, _meeting_of(row))
    )


def _is_past(person: User, matter: AgendaItem | Paper, action: Action) -> bool:
    protection = matter.protection
    if protection is None:
        return True
    if _has_bar(person, matter):
        return False
    if not protection.is_limited:
        return True
    asked = action if action is Action.DOWNLOAD else Action.READ
    for role, is_narrow in _roles(person, _meeting_of(matter)):
        cell = TABLE[Kind.RESTRICTED].cells.get(role)
        if cell is None or asked not in cell.actions or cell.is_meeting_only is not is_narrow:
            continue
        if cell.is_named_only and not any(_names(reader, person) for reader in protection.readers.all()):
            continue
        if cell.is_excludable and protection.excludes_team:
            continue
        return True
    return False


def _has_bar(person: User, matter: AgendaItem | Paper) -> bool:
    return Bar.objects.filter(protection=matter.protection, person=person, lifted_at=None).exists()


def _names(reader: Reader, person: User) -> bool:
    if reader.person_id != person.pk or not _counts(reader):
        return False
    principal = reader.in_place_of
    if principal is None:
        return True
    is_gone = not principal.person.is_active
    is_barred = Bar.objects.filter(protection=principal.protection, person=principal.person, lifted_at=None).exists()
    return principal.protection_id == reader.protection_id and _counts(principal) and not is_gone and not is_barred


def _counts(reader: Reader) -> bool:
    return (
        reader.starts_on <= TODAY < reader.until
        and ProtectionUserObjectPermission.objects.filter(
            user=reader.person, content_object=reader.protection, permission__codename=access.READ_PROTECTED
        ).exists()
    )
