"""The policy: who may know of what, and do what to it. Nothing else asks guardian, `has_perm` or `is_superuser`.

One SQL expression, `_right`, serves every list (`visible_to`, `permitting`) and every single-object check (`may`,
`require`). It joins the table of `partnership.rights` with the person's standings and grants in force on a date.
Superusers get nothing from it; an inactive person gets nothing whatever the instance in memory says.

This module imports no model: standings and grants are reached through the person who asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404
from guardian.shortcuts import assign_perm, remove_perm

from partnership import clock
from partnership.rights import GRANTED_ROLE, MEETING_ROLES, TABLE, TEAM_ROLES, Action, GrantCodename, Kind, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from partnership.models import Board, Standing, User

Asker: TypeAlias = "User | AnonymousUser"

_Model = TypeVar("_Model", bound=Model)
_Rows = TypeVar("_Rows", bound=QuerySet[Any])

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
    """

    kind: Kind
    board: str | None
    partnership: str = ""
    meeting: str | None = None
    owners: tuple[str, ...] = ()
    states: tuple[State, ...] = ()

    @property
    def partnership_path(self) -> str:
        return self.partnership or f"{self.board}__partnership"


def in_force(on: date) -> Q:
    """The half-open period [starts_on, until) holds that date; `until` None is open."""
    return Q(starts_on__lte=on) & (Q(until=None) | Q(until__gt=on))


# --- lists ------------------------------------------------------------------------------------------------------------


def visible(rows: _Rows, *, to: Asker, on: date | None = None) -> _Rows:
    """What that person may read, of rows whose model has an `access_subject`; today unless told another date."""
    return permitted(rows, to=to, action=Action.READ, on=on)


def permitted(rows: _Rows, *, to: Asker, action: Action, kind: Kind | None = None, on: date | None = None) -> _Rows:
    """The rows on which that person may do that; `kind` asks about another row of the table than the model's own."""
    subject: Subject = rows.model.access_subject
    return rows.filter(_right(to, action, subject, kind, on or clock.today()))


def visible_history(model: type[_Model], *, to: Asker, on: date | None = None) -> QuerySet[Any]:
    """History rows of a tracked model that the person may read: the object itself and its history both open to them."""
    subject: Subject = model.access_subject  # type: ignore[attr-defined]  # each visible model declares one
    today = on or clock.today()
    may_read = _right(to, Action.READ, subject, None, today)
    may_look_back = _right(to, Action.READ, subject, Kind.HISTORY, today)
    rows: QuerySet[Any] = model.history.all()  # type: ignore[attr-defined]  # each tracked model has one
    return rows.filter(may_read & may_look_back)


# --- one object -------------------------------------------------------------------------------------------------------


def may(user: Asker, action: Action, obj: Model, kind: Kind | None = None, on: date | None = None) -> bool:
    """Whether that person may do that to that object, by the same expression that filters lists (one query)."""
    rows = type(obj)._default_manager.filter(pk=obj.pk)
    return permitted(rows, to=user, action=action, kind=kind, on=on).exists()


def require(user: Asker, action: Action, obj: Model, kind: Kind | None = None, on: date | None = None) -> None:
    """Http404 for what the person may not know exists; PermissionDenied for an act on something they may read."""
    if may(user, action, obj, kind, on):
        return
    if action is not Action.READ and may(user, Action.READ, obj, kind, on):
        raise PermissionDenied
    raise Http404


def rights_on(
    user: Asker, obj: Model, asked: Iterable[tuple[Kind, Action]], on: date | None = None
) -> frozenset[tuple[Kind, Action]]:
    """Which of these the person may do to the object, in one query: what a page needs to draw its controls."""
    subject: Subject = obj.access_subject  # type: ignore[attr-defined]  # each visible model declares one
    today = on or clock.today()
    questions = {f"right_{number}": question for number, question in enumerate(asked)}
    found = (
        type(obj)
        ._default_manager.filter(pk=obj.pk)
        .annotate(**{name: _right(user, action, subject, kind, today) for name, (kind, action) in questions.items()})
        .values(*questions)
        .first()
    )
    return frozenset(question for name, question in questions.items() if found and found[name])


def right_on_rows(user: Asker, action: Action, model: type[Model], kind: Kind, on: date) -> Q:
    """The right as a condition on rows of a model: for an annotation that saves a query of its own."""
    subject: Subject = model.access_subject  # type: ignore[attr-defined]  # each visible model declares one
    return _right(user, action, subject, kind, on)


def get_visible_or_404(rows: QuerySet[_Model], user: Asker, on: date | None = None, /, **lookup: Any) -> _Model:
    """The one row of that lookup that the person may read. Raises Http404, whether it is absent or not theirs."""
    found = visible(rows, to=user, on=on).filter(**lookup).first()
    if found is None:
        raise Http404
    return found


# --- guardian ---------------------------------------------------------------------------------------------------------


def lodge_permission(*, person: User, codename: GrantCodename, board: Board) -> None:
    """The half that guardian keeps of a grant; `operations.grant` writes the other."""
    assign_perm(codename.value, person, board)


def withdraw_permission(*, person: User, codename: GrantCodename, board: Board) -> None:
    """Take guardian's half of a grant away."""
    remove_perm(codename.value, person, board)


# --- the one expression -----------------------------------------------------------------------------------------------


def _right(user: Asker, action: Action, subject: Subject, kind: Kind | None, on: date) -> Q:
    """The right as a condition on rows of the subject's model; without a kind, by the row's own kind and state."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    if kind is not None:
        return _right_by_kind(user, action, subject, kind, on)
    right = _right_by_kind(user, action, subject, subject.kind, on)
    for state in subject.states:
        right |= state.condition & _right_by_kind(user, action, subject, state.kind, on)
    return right


def _right_by_kind(user: User, action: Action, subject: Subject, kind: Kind, on: date) -> Q:
    right = _right_by_role(user, action, subject, kind, on)
    is_own = _is_own(user, subject)
    if action is Action.OWN and subject.owners:
        return right & is_own
    if action is Action.READ and subject.owners:
        # Whoever may change their own may read it.
        return right | (_right_by_role(user, Action.OWN, subject, kind, on) & is_own)
    return right


def _is_own(user: User, subject: Subject) -> Q:
    own = NOBODY
    for path in subject.owners:
        own |= Q(**{path: user})
    return own


def _right_by_role(user: User, action: Action, subject: Subject, kind: Kind, on: date) -> Q:
    # Sets of boards and partnerships, none of which depends on the row: the database works each out once, not per row.
    row = TABLE[kind]
    standings = user.standings.filter(in_force(on), person__is_active=True)
    plain_roles = row.roles(action, is_meeting_only=False)
    giving = standings.filter(role__in=plain_roles)
    if subject.board is None:
        return _among(subject.partnership_path, giving.values("partnership"))
    right = _among(subject.board, giving.filter(board__isnull=False).values("board"))
    right |= _among(subject.partnership_path, giving.filter(board=None).values("partnership"))
    if subject.meeting is not None:
        narrow = standings.filter(role__in=row.roles(action, is_meeting_only=True), meeting_id__isnull=False)
        right |= _among(subject.meeting, narrow.values("meeting_id"))
    if action in row.other_group:
        right |= _from_another_group(subject, standings)
    return right | (_granted(user, plain_roles, subject.board, on) & _in_partnership(subject, standings))


def _among(path: str, ids: QuerySet[Any]) -> Q:
    return Q(**{f"{path}__in": ids})


def _in_partnership(subject: Subject, standings: QuerySet[Standing]) -> Q:
    return _among(subject.partnership_path, standings.values("partnership"))


def _from_another_group(subject: Subject, standings: QuerySet[Standing]) -> Q:
    """On a board of that partnership other than the row's: on none with this one, or on several."""
    on_boards = standings.filter(meeting_id=None, board__isnull=False)
    several = on_boards.values("partnership").annotate(boards=Count("board", distinct=True)).filter(boards__gt=1)
    on_this_board = _among(subject.board or "", on_boards.values("board"))
    in_this_partnership = _among(subject.partnership_path, on_boards.values("partnership"))
    return (in_this_partnership & ~on_this_board) | _among(subject.partnership_path, several.values("partnership"))


def _granted(user: User, roles: list[Role], board: str, on: date) -> Q:
    """A grant counts with its unexpired record and guardian's permission together."""
    codenames = [codename for codename, role in GRANTED_ROLE.items() if role in roles]
    permission = user.boarduserobjectpermission_set.filter(
        content_object=OuterRef("board"), permission__codename=OuterRef("codename")
    )
    grants = user.grants.filter(in_force(on), Exists(permission), codename__in=codenames)
    return _among(board, grants.values("board"))


__all__ = [
    "MEETING_ROLES",
    "TEAM_ROLES",
    "Action",
    "Asker",
    "GrantCodename",
    "Kind",
    "Role",
    "State",
    "Subject",
    "get_visible_or_404",
    "in_force",
    "lodge_permission",
    "may",
    "permitted",
    "require",
    "right_on_rows",
    "rights_on",
    "visible",
    "visible_history",
    "withdraw_permission",
]
