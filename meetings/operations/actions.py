"""Actions: agreed with an owner and a date, reported on, asked to be closed, closed; never deleted."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from meetings.action_duties import action_closed, action_reopened, plan_action
from meetings.announcements import ACTION_AGREED
from meetings.announcements.actions import occurrence_of
from meetings.models import Action, ActionStatus, ActionUpdate, AgendaItem
from meetings.operations.outcomes import item_on_the_agenda
from meetings.queries.actions import PossibleOwner, possible_owners
from membership.models import Agency
from partnership import access, clock
from partnership.authorship import saved
from partnership.models import Board, Partnership, User
from partnership.obligations.announcements import announce
from partnership.rules.plain_dates import plain_date


class ActionUnsaid(Exception):
    """An action, an update and a reason have words."""


class DueDateMissing(Exception):
    """No date by which the action will be done."""


class DueTooEarly(Exception):
    """The date is before the day on which the action was agreed."""


class AgreedElsewhere(Exception):
    """The item belongs to another board, or its meeting is still to come."""


class NotOnTheBoard(Exception):
    """The owner holds no seat of the board, deputises in none, and is not of its team."""


class NotForTheOwner(Exception):
    """The item at which it was agreed is not the owner's to know of."""


class ActionClosed(Exception):
    """The action is closed."""


class ActionNotClosed(Exception):
    """Only a closed action is opened again."""


class NotAskedToClose(Exception):
    """Nobody has asked to close the action."""


class ActionClash(Exception):
    """Somebody else changed the action since the form was drawn. Nothing was written; `action` says what it is now."""

    def __init__(self, *, action: Action) -> None:
        super().__init__("Somebody else changed this action while you were writing.")
        self.action = action


@transaction.atomic
def agree_action(
    *,
    board: Board,
    text: str,
    owner: User,
    due_on: date | None,
    by: User,
    agency: Agency | None = None,
    item: AgendaItem | None = None,
    agreed_on: date | None = None,
    tells: bool = True,
) -> Action:
    """Give an action the next number of the partnership, with an owner and a date by which it will be done.

    The owner is told, unless it is entered for the record (`tells`).
    The agency is that of the owner's seat unless another is named; the day is the meeting's, or today.
    Raises ActionUnsaid, DueDateMissing, DueTooEarly, NotOnTheBoard, AgreedElsewhere, ItemTakenOff, NotForTheOwner.
    """
    if item is not None:
        item_on_the_agenda(item)
    agreed_on = agreed_on or _agreed_on(board, item)
    stands = _owner_on(board, owner)
    action = Action(
        partnership_id=board.partnership_id,
        board=board,
        number=next_number(board.partnership_id),
        item=item,
        text=_said(text, "Enter what was agreed."),
        owner=owner,
        agency_id=agency.pk if agency else stands.agency_id,
        agreed_on=agreed_on,
        due_on=_due_from(agreed_on, due_on),
    )
    _known_to_its_owner(saved(action, by=by, reason="Action agreed"))
    plan_action(action=action, by=by)
    if tells:
        announce(kind=ACTION_AGREED.name, cause=action, board=board, occurrence=occurrence_of(action), by=by)
    return action


@transaction.atomic
def report_on_action(*, action: Action, text: str, by: User, asks_to_close: bool = False) -> ActionUpdate:
    """Add what happened; `asks_to_close` with what changed as a result. Raises ActionUnsaid, ActionClosed."""
    held = _open(action)
    words = _said(text, "Add what changed as a result." if asks_to_close else "Enter what has happened.")
    if asks_to_close and held.status != ActionStatus.ASKED_TO_CLOSE:
        held.status = ActionStatus.ASKED_TO_CLOSE
        _changed(held, "status", by=by, reason="Asked to close")
    update = ActionUpdate(action=held, text=words, at=clock.now(), made_by=by, asks_to_close=asks_to_close)
    return saved(update, by=by, reason="Asked to close" if asks_to_close else "Update added")


@transaction.atomic
def change_action(
    *,
    action: Action,
    version: int,
    owner: User,
    due_on: date | None,
    reason: str,
    by: User,
    agency: Agency | None = None,
) -> Action:
    """Give an open action another owner or date; the agency is the owner's unless another is named.

    Raises ActionClash, ActionClosed, ActionUnsaid, DueDateMissing, DueTooEarly, NotOnTheBoard, NotForTheOwner.
    """
    held = _open(action)
    if held.version != version:
        raise ActionClash(action=held)
    why = _said(reason, "Say why you change it.")
    held.due_on = _due_from(held.agreed_on, due_on)
    stands = _owner_on(held.board, owner)
    held.agency_id = agency.pk if agency else stands.agency_id
    is_handed_over = held.owner_id != owner.pk
    held.owner = owner
    _known_to_its_owner(_changed(held, "owner", "agency", "due_on", by=by, reason=why))
    plan_action(action=held, by=by)
    if is_handed_over:
        announce(kind=ACTION_AGREED.name, cause=held, board=held.board, occurrence=occurrence_of(held), by=by)
    return held


def _known_to_its_owner(action: Action) -> Action:
    """The action, unless its item is protected from its owner. Raises NotForTheOwner."""
    is_protected = action.item is not None and action.item.protection_id is not None
    if is_protected and not access.may(action.owner, access.Action.READ, action):
        raise NotForTheOwner(
            f"{action.owner.name} may not read this item. Choose somebody who may, or name them for it first."
        )
    return action


@transaction.atomic
def close_action(*, action: Action, by: User, reason: str) -> Action:
    """Close an action; it is kept. Raises ActionClosed, ActionUnsaid."""
    held = _open(action)
    why = _said(reason, "Say why it is closed.")
    held.status, held.closed_on = ActionStatus.CLOSED, clock.today()
    _changed(held, "status", "closed_on", by=by, reason=why)
    action_closed(action=held, by=by)
    return held


@transaction.atomic
def reopen_action(*, action: Action, by: User, reason: str) -> Action:
    """Open a closed action again; its date stays. Raises ActionNotClosed, ActionUnsaid."""
    held = _held(action)
    if held.status != ActionStatus.CLOSED:
        raise ActionNotClosed("This action is not closed.")
    why = _said(reason, "Say why it is opened again.")
    held.status, held.closed_on = ActionStatus.OPEN, None
    _changed(held, "status", "closed_on", by=by, reason=why)
    action_reopened(action=held, reason=why, by=by)
    return held


@transaction.atomic
def keep_open(*, action: Action, by: User, reason: str) -> Action:
    """Answer no to an owner who asked to close. Raises NotAskedToClose, ActionUnsaid."""
    held = _held(action)
    if held.status != ActionStatus.ASKED_TO_CLOSE:
        raise NotAskedToClose("Nobody has asked to close this action.")
    why = _said(reason, "Say what is still to be done.")
    held.status = ActionStatus.OPEN
    return _changed(held, "status", by=by, reason=why)


def next_number(partnership_id: int) -> int:
    """The number of a further action of the partnership, which is held until the transaction ends."""
    Partnership.objects.select_for_update().get(pk=partnership_id)
    last: int | None = Action.objects.filter(partnership=partnership_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _agreed_on(board: Board, item: AgendaItem | None) -> date:
    """The day of the item's meeting, or today. Raises AgreedElsewhere."""
    if item is None:
        return clock.today()
    if item.meeting.board_id != board.pk:
        raise AgreedElsewhere("This item is on another group's agenda.")
    if item.meeting.opened_at is None:
        raise AgreedElsewhere("The register of this meeting is not open yet.")
    return item.meeting.on


def _owner_on(board: Board, owner: User) -> PossibleOwner:
    for possible in possible_owners(board=board, on=clock.today()):
        if possible.person.pk == owner.pk:
            return possible
    raise NotOnTheBoard(f"{owner.name} does not sit on {board.name}. Choose somebody who does.")


def _due_from(agreed_on: date, due_on: date | None) -> date:
    if due_on is None:
        raise DueDateMissing("Enter the date by which it will be done.")
    if due_on < agreed_on:
        raise DueTooEarly(f"It was agreed on {plain_date(agreed_on)}. Enter that date or a later one.")
    return due_on


def _said(text: str, missing: str) -> str:
    if not text.strip():
        raise ActionUnsaid(missing)
    return text.strip()


def _open(action: Action) -> Action:
    """The action, locked until the transaction ends. Raises ActionClosed."""
    held = _held(action)
    if held.status == ActionStatus.CLOSED:
        raise ActionClosed("This action is closed.")
    return held


def _held(action: Action) -> Action:
    actions = Action.objects.select_for_update(of=("self",)).select_related("board", "partnership")
    return actions.get(pk=action.pk)


def _changed(action: Action, *fields: str, by: User, reason: str) -> Action:
    action.version += 1
    return saved(action, by=by, reason=reason, fields=["version", *fields])
