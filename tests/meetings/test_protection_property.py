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
from partnership.models.board import BoardUserObjectPermission
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
    meeting_of,
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


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
        oracle = Oracle()
        for person in world.people:
            _compare(oracle, person, AgendaItem, {item: [item] for item, _, _ in made})
            _compare(oracle, person, Paper, {paper: [item, paper] for item, paper, _ in made})
            _compare(oracle, person, Decision, {decision: [decision.item] for _, _, decision in made})
            _compare_gaps(oracle, person, [item for item, _, _ in made])
        transaction.set_rollback(True)


def _compare(oracle: Oracle, person: User, model: type[Model], rows: dict[Model, list[AgendaItem | Paper]]) -> None:
    for action in (Action.READ, Action.DOWNLOAD, Action.WRITE):
        expected = {row for row, protected in rows.items() if oracle.allows(person, row, protected, action)}
        listed = set(access.permitted(model._default_manager.all(), to=person, action=action, on=TODAY))
        single = {row for row in rows if access.may(person, action, row, on=TODAY)}
        assert listed == single == expected, (model.__name__, action)


def _compare_gaps(oracle: Oracle, person: User, items: list[AgendaItem]) -> None:
    known = {item: (item.is_open, item.is_barred) for item in AgendaItem.objects.listed_for(person, TODAY)}
    expected = {
        item: (oracle.allows(person, item, [item], Action.READ), _is_barred(oracle, person, item))
        for item in items
        if oracle.gives(person, item, Action.READ)
    }
    assert known == expected


def _is_barred(oracle: Oracle, person: User, item: AgendaItem) -> bool:
    return item.protection is not None and oracle.has_bar(person, item.protection)


# --- the rows ---------------------------------------------------------------------------------------------------------


def _made(world: World, number: int, one: Matter) -> tuple[AgendaItem, Paper, Decision]:
    by = world.author
    board = world.boards[one.board]
    meeting = Meeting.objects.filter(board=board).first() or saved(
        Meeting(id=meeting_of(one.board), board=board, on=date(2027, 4, 1), starts_at=time(10)), by=by, reason="Drawn"
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


class Oracle:
    """The rule of the design walked row by row, over all rows as they were read once."""

    def __init__(self) -> None:
        self._standings = list(Standing.objects.all())
        self._grants = list(Grant.objects.all())
        self._granted = set(
            BoardUserObjectPermission.objects.values_list("user_id", "content_object_id", "permission__codename")
        )
        self._readers = list(Reader.objects.select_related("in_place_of__person"))
        self._named = set(
            ProtectionUserObjectPermission.objects.filter(permission__codename=access.READ_PROTECTED).values_list(
                "user_id", "content_object_id"
            )
        )
        self._bars = set(Bar.objects.filter(lifted_at=None).values_list("person_id", "protection_id"))

    def allows(self, person: User, row: Model, protected: list[AgendaItem | Paper], action: Action) -> bool:
        return self.gives(person, row, action) and all(self._is_past(person, one, action) for one in protected)

    def gives(self, person: User, row: Model, action: Action) -> bool:
        """Whether the person may, but for what protects the row."""
        return any(
            (cell := TABLE[kind].cells.get(role)) is not None
            and action in cell.actions
            and cell.is_meeting_only is is_narrow
            for kind in _kinds_of(row)
            for role, is_narrow in self._roles(person, _meeting_of(row))
        )

    def has_bar(self, person: User, protection: Protection) -> bool:
        return (person.pk, protection.pk) in self._bars

    def _roles(self, person: User, meeting: Meeting) -> list[tuple[Role, bool]]:
        """The roles of the person at that meeting, and whether only for that meeting."""
        if not person.is_active:
            return []
        board = meeting.board
        mine = [
            standing
            for standing in self._standings
            if standing.person_id == person.pk
            and standing.partnership_id == board.partnership_id
            and standing.starts_on <= TODAY
            and (standing.until is None or standing.until > TODAY)
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
                for grant in self._grants
                if grant.person_id == person.pk
                and grant.board_id == board.pk
                and grant.starts_on <= TODAY < grant.until
                and (person.pk, board.pk, grant.codename) in self._granted
            ]
        return roles

    def _is_past(self, person: User, matter: AgendaItem | Paper, action: Action) -> bool:
        protection = matter.protection
        if protection is None:
            return True
        if self.has_bar(person, protection):
            return False
        if not protection.is_limited:
            return True
        asked = action if action is Action.DOWNLOAD else Action.READ
        for role, is_narrow in self._roles(person, _meeting_of(matter)):
            cell = TABLE[Kind.RESTRICTED].cells.get(role)
            if cell is None or asked not in cell.actions or cell.is_meeting_only is not is_narrow:
                continue
            if cell.is_named_only and not any(self._names(reader, person, protection) for reader in self._readers):
                continue
            if cell.is_excludable and protection.excludes_team:
                continue
            return True
        return False

    def _names(self, reader: Reader, person: User, protection: Protection) -> bool:
        if reader.protection_id != protection.pk or reader.person_id != person.pk or not self._counts(reader):
            return False
        principal = reader.in_place_of
        if principal is None:
            return True
        return (
            principal.protection_id == reader.protection_id
            and self._counts(principal)
            and principal.person.is_active
            and (principal.person_id, principal.protection_id) not in self._bars
        )

    def _counts(self, reader: Reader) -> bool:
        return reader.starts_on <= TODAY < reader.until and (reader.person_id, reader.protection_id) in self._named


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
