"""One action: its facts, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from meetings.models import Action, ActionStatus, ActionUpdate, AgendaItem
from meetings.presenters.action_states import StateOnPage, due_words, state_of
from meetings.presenters.words import clock_time
from meetings.queries import ItemBehind
from partnership import access
from partnership.access import Kind
from partnership.change_history import Entry
from partnership.clock import LONDON
from partnership.navigation import address_of
from partnership.rules.plain_dates import long_date

REPORT = (Kind.ACTIONS, access.Action.OWN)
WRITE = (Kind.ACTIONS, access.Action.WRITE)
DECIDE = (Kind.ACTIONS, access.Action.DECIDE)
DOWNLOAD = (Kind.ACTIONS, access.Action.DOWNLOAD)
LOOK_BACK = (Kind.HISTORY, access.Action.READ)
ASKED = (REPORT, WRITE, DECIDE, LOOK_BACK)
CLOSED, ASKED_TO_CLOSE = ActionStatus.CLOSED.label, ActionStatus.ASKED_TO_CLOSE.label
STATUS = "status"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened."""

    title: str
    when: str
    by: str
    words: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionOnPage:
    """One action for its page; `agreed_at` and `agreed_href` are empty where the reader may not read the item."""

    reference: str
    text: str
    version: int
    state: StateOnPage
    owner: str
    agency: str
    due: str
    agreed: str
    agreed_at: str
    agreed_href: str
    is_closed: bool
    asks_to_close: bool
    history_href: str
    can_report: bool
    can_change: bool
    can_decide: bool
    href: str
    update_href: str
    change_href: str
    decide_href: str
    steps: tuple[Step, ...]


def action_on_page(
    action: Action,
    *,
    agency: str,
    item: ItemBehind | None,
    updates: Iterable[ActionUpdate],
    changes: Sequence[Entry],
    rights: AbstractSet[tuple[Kind, access.Action]],
    today: date,
) -> ActionOnPage:
    """Everything of one action; `item` is what it was agreed at, if the reader may read that."""
    at = (*address_of(action.board), action.number)
    is_closed = action.status == ActionStatus.CLOSED
    return ActionOnPage(
        reference=action.reference,
        text=action.text,
        version=action.version,
        state=state_of(action, today),
        owner=action.owner.name,
        agency=agency,
        due=_due(action, today),
        agreed=long_date(action.agreed_on),
        agreed_at=_item_words(item) if item else "",
        agreed_href=_meeting_href(item.item) if item else "",
        history_href=reverse("action_history", args=(*address_of(action.board), action.number))
        if LOOK_BACK in rights
        else "",
        is_closed=is_closed,
        asks_to_close=action.status == ActionStatus.ASKED_TO_CLOSE,
        can_report=not is_closed and bool({REPORT, WRITE} & rights),
        can_change=not is_closed and WRITE in rights,
        can_decide=bool({WRITE, DECIDE} & rights),
        href=reverse("action", args=at),
        update_href=reverse("action_update", args=at),
        change_href=reverse("action_change", args=at),
        decide_href=reverse("action_decide", args=at),
        steps=tuple(_steps(updates, changes)),
    )


def _due(action: Action, today: date) -> str:
    """`Wednesday 30 June 2027, due in 11 days`; once it is closed, the date alone."""
    if action.status == ActionStatus.CLOSED:
        return long_date(action.due_on)
    words = due_words(action.due_on, today)
    return f"{long_date(action.due_on)}, {words[0].lower()}{words[1:]}"


def _item_words(item: ItemBehind) -> str:
    return f"Item {item.number}: {item.item.title}" if item.number else item.item.title


def _meeting_href(item: AgendaItem) -> str:
    return f"{reverse('meeting', args=(*address_of(item.meeting.board), item.meeting.address))}#item-{item.pk}"


def _steps(updates: Iterable[ActionUpdate], changes: Sequence[Entry]) -> list[Step]:
    """Updates and changes in one order, the latest first; asking to close is told by its update."""
    told = [(update.at, _of_update(update)) for update in updates]
    told += [(entry.at, step) for entry in changes if (step := _of_change(entry)) is not None]
    return [step for _, step in sorted(told, key=lambda one: one[0], reverse=True)]


def _of_update(update: ActionUpdate) -> Step:
    title = "Asked to close" if update.asks_to_close else "Update"
    return Step(title, _when(update.at), update.made_by.name, update.text)


def _of_change(entry: Entry) -> Step | None:
    if entry.how == "+":
        return Step("Recorded", _when(entry.at), entry.by, "")
    status = next((change for change in entry.changes if change.field == STATUS), None)
    if status is not None and status.now == ASKED_TO_CLOSE:
        return None
    if status is not None:
        title = "Closed" if status.now == CLOSED else "Opened again" if status.was == CLOSED else "Kept open"
        return Step(title, _when(entry.at), entry.by, entry.done)
    words = tuple(f"{change.field}: {change.was} → {change.now}" for change in entry.changes)
    return Step("Changed", _when(entry.at), entry.by, entry.done, words) if words else None


def _when(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{long_date(local.date())} at {clock_time(local)}"
