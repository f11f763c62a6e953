"""The actions a person may read, and who may be given one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from meetings.models import Action, ActionStatus, ActionUpdate, AgendaItem
from meetings.queries.agenda import numbers_of
from membership.models import Appointment
from membership.queries import team_of
from partnership import access
from partnership.change_history import Entry, entries_of
from partnership.models import Board, User


@dataclass(frozen=True, slots=True)
class PossibleOwner:
    """Somebody who may be given an action of a board: as what, and for which agency (None: for none)."""

    person: User
    stands_as: str
    agency_id: int | None


@dataclass(frozen=True, slots=True)
class ItemBehind:
    """The item at which an action was agreed; `number` is None once it was taken off the agenda."""

    item: AgendaItem
    number: int | None


def actions_on(*, board: Board, user: access.Asker, today: date) -> list[Action]:
    """The board's actions that the person may read: what is not closed by its date, then the last closed first."""
    return _in_order(Action.objects.visible_to(user, today).filter(board=board))


def all_actions_on(*, board: Board) -> list[Action]:
    """Every action of the board, whoever may read it, in the same order: for what is kept, never for a page."""
    return _in_order(Action.objects.filter(board=board))


def items_behind(actions: Iterable[Action]) -> list[int]:
    """The ids of the items at which these were agreed."""
    return [action.item_id for action in actions if action.item_id is not None]


def actions_owned_by(*, person: User, user: access.Asker, today: date) -> list[Action]:
    """The actions of a person, on every board, that the user may read; in the same order."""
    return _in_order(Action.objects.visible_to(user, today).owned_by(person.pk))


def action_at(
    *,
    board: Board,
    number: int,
    user: access.Asker,
    today: date,
    asked: Iterable[tuple[access.Kind, access.Action]] = (),
) -> Action:
    """The board's action of that number. Raises Http404 when there is none that the person may read.

    It comes with the answers to what is `asked` of the person's rights: `access.rights_in` reads them.
    """
    actions = access.with_rights(Action.objects.visible_to(user, today), user, asked, today)
    found = with_people(actions).filter(board=board, number=number).first()
    if found is None:
        access.note_denial(Action.objects.filter(board=board, number=number))
        raise Http404
    return found


def possible_owners(*, board: Board, on: date) -> list[PossibleOwner]:
    """Who holds a seat of the board on that date, or deputises in one, in the order of seats; then the team.

    Each person once, by their first seat. Two queries.
    """
    appointments = Appointment.objects.filter(seat__board=board).in_force(on).filter(person__is_active=True)
    owners: dict[int, PossibleOwner] = {}
    for held in appointments.select_related("person", "seat").order_by("order", "seat__position", "pk"):
        stands_as = held.seat.name if held.order == 0 else f"deputy, {held.seat.name}"
        owners.setdefault(held.person_id, PossibleOwner(held.person, stands_as, held.seat.agency_id))
    for standing in team_of(board=board, on=on):
        stands_as = standing.get_role_display().lower()
        owners.setdefault(standing.person_id, PossibleOwner(standing.person, stands_as, None))
    return list(owners.values())


def latest_updates(*, actions: Iterable[Action]) -> dict[int, ActionUpdate]:
    """The last update of each of these actions that has one. One query."""
    updates = ActionUpdate.objects.filter(action__in=[action.pk for action in actions])
    return {update.action_id: update for update in updates.order_by("at", "pk")}


def updates_of(*, action: Action, user: access.Asker, today: date) -> list[ActionUpdate]:
    """What was reported of an action, as far as the person may read it, the latest first."""
    updates = ActionUpdate.objects.visible_to(user, today).filter(action=action)
    return list(updates.select_related("made_by").order_by("-at", "-pk"))


def changes_of(*, action: Action, user: access.Asker, today: date) -> list[Entry]:
    """What was done to an action itself, where the person may look back, the latest first."""
    rows = access.visible_history(Action, to=user, on=today).filter(id=action.pk)
    return entries_of(rows, about={action.pk: action.reference})


def item_behind(*, action: Action, user: access.Asker, today: date) -> ItemBehind | None:
    """The item at which an action was agreed, with the number that the person's agenda gives it, if they may read it.

    At most two queries.
    """
    items = AgendaItem.objects.visible_to(user, today)
    found = items.select_related("meeting__board__partnership")
    item = found.filter(pk=action.item_id).first() if action.item_id else None
    if item is None:
        return None
    return ItemBehind(item, numbers_of(meeting=item.meeting, user=user, today=today).get(item.pk))


def with_people(actions: QuerySet[Action]) -> QuerySet[Action]:
    """With what a line about an action names."""
    return actions.select_related("partnership", "board__partnership", "agency", "owner", "item__meeting__board")


def _in_order(actions: QuerySet[Action]) -> list[Action]:
    found = list(with_people(actions).order_by("due_on", "number"))
    is_closed = [action for action in found if action.status == ActionStatus.CLOSED]
    is_closed.sort(key=lambda action: (action.closed_on or action.due_on, action.number), reverse=True)
    return [action for action in found if action.status != ActionStatus.CLOSED] + is_closed
