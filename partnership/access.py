"""The policy: who may know of what, and do what to it. Nothing else asks guardian, `has_perm` or `is_superuser`.

One SQL expression, `_right`, serves every list (`visible_to`, `permitting`) and every single-object check (`may`,
`require`). It joins the table of `partnership.rights` with what the person holds on a date (`partnership.held`),
and with what protects the object: bars and limits to named readers win over every role.
Superusers get nothing from it; an inactive person gets nothing whatever the instance in memory says.

This module imports no model.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, Model, Q, QuerySet
from django.http import Http404
from guardian.shortcuts import assign_perm, remove_perm

from partnership import clock
from partnership.audit.asking import note_denial
from partnership.held import Asker, Held, held_by, in_force
from partnership.rights import MEETING_ROLES, READ_PROTECTED, TABLE, TEAM_ROLES, Action, GrantCodename, Kind, Role, Row

if TYPE_CHECKING:
    from partnership.models import Board, Protection, User

_Model = TypeVar("_Model", bound=Model)
_Rows = TypeVar("_Rows", bound=QuerySet[Any])

Question: TypeAlias = tuple[Kind, Action]

NOBODY = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class State:
    """A further row of the table that rows of a model fall under while they meet the condition."""

    kind: Kind
    condition: Q


@dataclass(frozen=True, slots=True)
class Subject:
    """How a model is placed for the policy: its kind, and the lookups that lead from it to what rights hang on.

    A model whose rows are first drafts and then published has the draft's kind, and a state with the published one's:
    rights of both add up. `board` is None for what belongs to a whole partnership; `partnership` defaults to the
    board's; `meeting` leads to the meeting that a substitute's standing names; `owners` to the people whose own the row
    is. Lookups use `id`, never `pk`, so that they hold for history rows too.

    `protections` lead to each protection that stands before the row; of one that is limited, `protected_kind` is the
    further row of the table that is asked. `parts` give the rows that a row shows the contents of, as queries on
    `OuterRef("pk")`: it is open to who may read all of them. `only_for` leads to the one person a row was made for,
    where it was made for one.
    """

    kind: Kind
    board: str | None
    partnership: str = ""
    meeting: str | None = None
    owners: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    protections: tuple[str, ...] = ()
    protected_kind: Kind = Kind.RESTRICTED
    parts: tuple[Callable[[], QuerySet[Any]], ...] = ()
    only_for: str = ""

    @property
    def partnership_path(self) -> str:
        return self.partnership or f"{self.board}__partnership"


# --- lists ------------------------------------------------------------------------------------------------------------


def visible(rows: _Rows, *, to: Asker, on: date | None = None) -> _Rows:
    """What that person may read, of rows whose model has an `access_subject`; today unless told another date."""
    return permitted(rows, to=to, action=Action.READ, on=on)


def permitted(rows: _Rows, *, to: Asker, action: Action, kind: Kind | None = None, on: date | None = None) -> _Rows:
    """The rows on which that person may do that; `kind` asks about another row of the table than the model's own."""
    subject: Subject = rows.model.access_subject
    return rows.filter(_right(held_by(to, on or clock.today()), action, subject, kind))


def visible_history(model: type[_Model], *, to: Asker, on: date | None = None) -> QuerySet[Any]:
    """History rows of a tracked model that the person may read: the object itself and its history both open to them.

    What protects an object protects its past, too, whatever it was then: its rows are asked for as they stand now.
    """
    subject: Subject = model.access_subject  # type: ignore[attr-defined]  # each visible model declares one
    held = held_by(to, on or clock.today())
    may_read = _right(held, Action.READ, subject)
    may_look_back = _right(held, Action.READ, subject, Kind.HISTORY)
    rows: QuerySet[Any] = model.history.all()  # type: ignore[attr-defined]  # each tracked model has one
    found = rows.filter(may_read & may_look_back)
    if subject.protections:
        found = found.filter(id__in=model._default_manager.filter(_right(held, Action.READ, subject)).values("pk"))
    return found


def listed(rows: _Rows, *, to: Asker, on: date | None = None) -> _Rows:
    """The rows that the person may read but for what protects them, each with `is_open` and `is_barred`.

    For numbers that are the same for everybody: of a row that is not open nothing but its place may be told.
    """
    subject: Subject = rows.model.access_subject
    held = held_by(to, on or clock.today())
    return with_openness(rows.filter(_right_by_state(held, Action.READ, subject)), to=to, on=on)


def with_openness(rows: _Rows, *, to: Asker, on: date | None = None) -> _Rows:
    """The rows, each with whether what protects it lets that person in (`is_open`), and whether a bar keeps them out.

    It gives nobody a right: ask it of rows that are part of something that the person may read.
    """
    subject: Subject = rows.model.access_subject
    held = held_by(to, on or clock.today())
    annotated: _Rows = rows.annotate(is_open=_is_open(held, Action.READ, subject), is_barred=_is_barred(held, subject))
    return annotated


# --- one object -------------------------------------------------------------------------------------------------------


def may(user: Asker, action: Action, obj: Model, kind: Kind | None = None, on: date | None = None) -> bool:
    """Whether that person may do that to that object, by the same expression that filters lists."""
    rows = type(obj)._default_manager.filter(pk=obj.pk)
    return permitted(rows, to=user, action=action, kind=kind, on=on).exists()


def require(user: Asker, action: Action, obj: Model, kind: Kind | None = None, on: date | None = None) -> None:
    """Http404 for what the person may not know exists; PermissionDenied for an act on something they may read."""
    if may(user, action, obj, kind, on):
        return
    note_denial(type(obj)._default_manager.filter(pk=obj.pk))
    if action is not Action.READ and may(user, Action.READ, obj, kind, on):
        raise PermissionDenied
    raise Http404


def rights_on(user: Asker, obj: Model, asked: Iterable[Question], on: date | None = None) -> frozenset[Question]:
    """Which of these the person may do to the object, all in one query: what a page needs to draw its controls."""
    questions = tuple(asked)
    found = with_rights(type(obj)._default_manager.filter(pk=obj.pk), user, questions, on).first()
    return rights_in(found, questions) if found else frozenset()


def roles_on(user: Asker, board: Board, on: date | None = None) -> frozenset[Role]:
    """What the person is to that board, not at one meeting alone: for rules of its terms that name a role."""
    held = held_by(user, on or clock.today())
    return frozenset(
        one.role
        for one in held.roles
        if one.meeting is None and one.partnership == board.partnership_id and one.board in {None, board.pk}
    )


def with_rights(rows: _Rows, user: Asker, asked: Iterable[Question], on: date | None = None) -> _Rows:
    """The rows, each with what the person may do to it: `rights_in` reads the answer, which then costs no query."""
    return with_answers(rows, user, {_column(question): question for question in asked}, on)


def with_answers(rows: _Rows, user: Asker, asked: Mapping[str, Question], on: date | None = None) -> _Rows:
    """The rows, each with the answer to each question about it, under the name that it is asked by.

    Rights that hang on the same condition, as most of one reader do, share it: to put a condition into SQL takes far
    longer than to answer it.
    """
    subject: Subject = rows.model.access_subject
    held = held_by(user, on or clock.today())
    first: dict[Q, str] = {}
    same: dict[str, F] = {}
    for name, (kind, action) in asked.items():
        known = first.setdefault(_right(held, action, subject, kind), name)
        if known != name:
            same[name] = F(known)
    annotated: _Rows = rows.annotate(**{name: right for right, name in first.items()}).annotate(**same)
    return annotated


def rights_in(row: Model, asked: Iterable[Question]) -> frozenset[Question]:
    """Which of these `with_rights` found, for a row that came with them."""
    return frozenset(question for question in asked if getattr(row, _column(question)))


def _column(question: Question) -> str:
    kind, action = question
    return f"may_{kind.name.lower()}_{action.name.lower()}"


def get_visible_or_404(rows: QuerySet[_Model], user: Asker, on: date | None = None, /, **lookup: Any) -> _Model:
    """The one row of that lookup that the person may read. Raises Http404, whether it is absent or not theirs."""
    found = visible(rows, to=user, on=on).filter(**lookup).first()
    if found is None:
        note_denial(rows.filter(**lookup))
        raise Http404
    return found


def conceal(obj: Model) -> NoReturn:
    """Answer as if there were no such object, for somebody who may not know of it. Raises Http404."""
    note_denial(type(obj)._default_manager.filter(pk=obj.pk))
    raise Http404


# --- guardian ---------------------------------------------------------------------------------------------------------


def lodge_permission(*, person: User, codename: GrantCodename, board: Board) -> None:
    """The half that guardian keeps of a grant; `operations.grant` writes the other."""
    assign_perm(codename.value, person, board)


def withdraw_permission(*, person: User, codename: GrantCodename, board: Board) -> None:
    """Take guardian's half of a grant away."""
    remove_perm(codename.value, person, board)


def lodge_naming(*, person: User, protection: Protection) -> None:
    """The half that guardian keeps of a naming; `partnership.protections` writes the other."""
    assign_perm(READ_PROTECTED, person, protection)


def withdraw_naming(*, person: User, protection: Protection) -> None:
    """Take guardian's half of a naming away."""
    remove_perm(READ_PROTECTED, person, protection)


# --- break-glass ------------------------------------------------------------------------------------------------------


def may_break_glass(user: Asker) -> bool:
    """Whether the person looks after the machine: all that being a superuser gives, and by itself it opens nothing."""
    if not user.is_authenticated:
        return False
    # A request's user may be a stand-in for the person: its class is asked, not its type.
    people: QuerySet[Any] = user.__class__._default_manager.filter(pk=user.pk, is_active=True, is_superuser=True)
    return people.exists()


# --- the one expression -----------------------------------------------------------------------------------------------


def _right(held: Held, action: Action, subject: Subject, kind: Kind | None = None) -> Q:
    """The right as a condition on rows of the subject's model; without a kind, by the row's own kind and state."""
    by_role = _right_by_state(held, action, subject) if kind is None else _right_by_kind(held, action, subject, kind)
    return by_role & _is_open(held, action, subject)


def _right_by_state(held: Held, action: Action, subject: Subject) -> Q:
    right = _right_by_kind(held, action, subject, subject.kind)
    for state in subject.states:
        right |= state.condition & _right_by_kind(held, action, subject, state.kind)
    return right


def _right_by_kind(held: Held, action: Action, subject: Subject, kind: Kind) -> Q:
    right = _right_by_role(held, action, subject, kind)
    if action is Action.OWN and subject.owners:
        return right & _is_own(held, subject)
    if action is Action.READ and subject.owners:
        # Whoever may change their own may read it.
        return right | (_right_by_role(held, Action.OWN, subject, kind) & _is_own(held, subject))
    return right


def _is_own(held: Held, subject: Subject) -> Q:
    return _either(*(Q(**{path: held.person}) for path in subject.owners))


def _right_by_role(held: Held, action: Action, subject: Subject, kind: Kind) -> Q:
    row = TABLE[kind]
    rights = _reached(held, action, subject, row)
    rights += [
        _reach_past_limit(held, action, subject, row, path)
        for path in subject.protections
        if kind is subject.protected_kind
    ]
    if subject.board is not None and action in row.other_group:
        rights += _from_another_group(subject, held)
    return _either(*rights)


def _reached(
    held: Held, action: Action, subject: Subject, row: Row, *, is_named_only: bool = False, is_excludable: bool = False
) -> list[Q | None]:
    """What the roles with such a cell reach: their boards, whole partnerships, meetings and grants."""
    roles = row.roles(action, is_meeting_only=False, is_named_only=is_named_only, is_excludable=is_excludable)
    if subject.board is None:
        return [_among(subject.partnership_path, held.any_in_partnership(roles))]
    rights: list[Q | None] = [
        _among(subject.board, held.boards(roles)),
        _among(subject.partnership_path, held.whole_partnerships(roles)),
    ]
    if subject.meeting is not None:
        narrow = row.roles(action, is_meeting_only=True, is_named_only=is_named_only, is_excludable=is_excludable)
        rights.append(_among(subject.meeting, held.meetings(narrow)))
    granted = _among(subject.board, held.granted(roles))
    if granted is not None:
        rights.append(granted & _either(_among(subject.partnership_path, held.partnerships)))
    return rights


# --- what protects a row ----------------------------------------------------------------------------------------------


def _is_open(held: Held, action: Action, subject: Subject) -> Q:
    """No bar, no limit that the person is not let past, nothing in it that they may not read; theirs if personal."""
    opened = Q()
    for path in subject.protections:
        row = TABLE[subject.protected_kind]
        # Beside reading and taking away, what is done to a limited row follows from its own kind.
        asked = action if action is Action.DOWNLOAD else Action.READ
        past = [*_reached(held, asked, subject, row), _reach_past_limit(held, asked, subject, row, path)]
        opened &= Q(**{path: None}) | Q(**{f"{path}__is_limited": False}) | _either(*past)
        if held.barred:
            opened &= Q(**{path: None}) | ~Q(**{f"{path}__in": sorted(held.barred)})
    for shown in (rows() for rows in subject.parts):
        part: Subject = shown.model.access_subject
        readable = shown.model._default_manager.filter(_right(held, Action.READ, part)).values("pk")
        opened &= ~Q(Exists(shown.exclude(pk__in=readable)))
    if subject.only_for:
        theirs = Q(**{subject.only_for: None})
        opened &= theirs if held.person is None else theirs | Q(**{subject.only_for: held.person})
    return opened


def _reach_past_limit(held: Held, action: Action, subject: Subject, row: Row, path: str) -> Q:
    """What the table gives of a limited row to who is named on it, and to the team that it does not exclude."""
    named = _among(path, held.named)
    by_name = _either(*_reached(held, action, subject, row, is_named_only=True)) & named if named is not None else None
    team = _either(*_reached(held, action, subject, row, is_excludable=True))
    return _either(by_name, team & Q(**{f"{path}__excludes_team": False}))


def _is_barred(held: Held, subject: Subject) -> Q:
    return _either(*(_among(path, held.barred) for path in subject.protections))


def _either(*conditions: Q | None) -> Q:
    """What meets one of the conditions; nothing, where none can be met."""
    return reduce(or_, (condition for condition in conditions if condition is not None), NOBODY)


def _among(path: str, ids: Collection[int]) -> Q | None:
    return Q(**{f"{path}__in": sorted(ids)}) if ids else None


def _from_another_group(subject: Subject, held: Held) -> list[Q]:
    """On a board of that partnership other than the row's: on none with this one, or on several."""
    rights = []
    for partnership, boards in held.boards_by_partnership.items():
        here = Q(**{subject.partnership_path: partnership})
        on_this_board = Q(**{f"{subject.board}__in": sorted(boards)})
        rights.append(here if len(boards) > 1 else here & ~on_this_board)
    return rights


__all__ = [
    "MEETING_ROLES",
    "READ_PROTECTED",
    "TEAM_ROLES",
    "Action",
    "Asker",
    "GrantCodename",
    "Kind",
    "Role",
    "State",
    "Subject",
    "conceal",
    "get_visible_or_404",
    "in_force",
    "listed",
    "lodge_naming",
    "lodge_permission",
    "may",
    "may_break_glass",
    "note_denial",
    "permitted",
    "require",
    "rights_in",
    "rights_on",
    "visible",
    "visible_history",
    "with_answers",
    "with_openness",
    "with_rights",
    "withdraw_naming",
    "withdraw_permission",
]
