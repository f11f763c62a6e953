"""How an action stands on a day, in words: the one place that says due and overdue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meetings.models import Action, ActionStatus
from partnership.rules.plain_dates import counted, plain_date

# From so many days before its date an action stands out as due.
DAYS_DUE = 14


class ListPart(StrEnum):
    """What a list of actions can be narrowed to. One action may be in several."""

    OPEN = "open"
    DUE = "due"
    OVERDUE = "overdue"
    ASKED_TO_CLOSE = "asked to close"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class StateOnPage:
    """`tag` is the style of the word: yes, deputy, soon, no, or nothing."""

    words: str
    tag: str


PART_WORDS = {
    ListPart.OPEN: "Open",
    ListPart.DUE: f"Due within {DAYS_DUE} days",
    ListPart.OVERDUE: "Overdue",
    ListPart.ASKED_TO_CLOSE: "Asked to close",
    ListPart.CLOSED: "Closed",
}


def due_words(due_on: date, today: date) -> str:
    """`Due today`, `Overdue by 1 day`, `Due in 11 days`."""
    days = (due_on - today).days
    if days == 0:
        return "Due today"
    if days < 0:
        return f"Overdue by {counted(-days, 'day')}"
    return f"Due in {counted(days, 'day')}"


def state_of(action: Action, today: date) -> StateOnPage:
    """The word for how it stands: what somebody has to do about it comes before its date."""
    if action.status == ActionStatus.CLOSED:
        return StateOnPage("Closed", "yes")
    if action.status == ActionStatus.ASKED_TO_CLOSE:
        return StateOnPage("Asked to close", "deputy")
    words = due_words(action.due_on, today)
    if is_in(action, ListPart.OVERDUE, today):
        return StateOnPage(words, "no")
    return StateOnPage(words, "soon" if is_in(action, ListPart.DUE, today) else "")


def is_in(action: Action, part: ListPart, today: date) -> bool:
    """Whether an action is in that part of the list."""
    return _IS_IN[part](action, (action.due_on - today).days)


def closed_words(action: Action) -> str:
    """`Closed on 17 March 2027`; empty while it is not."""
    return f"Closed on {plain_date(action.closed_on)}" if action.closed_on else ""


_IS_IN: dict[ListPart, Callable[[Action, int], bool]] = {
    ListPart.OPEN: lambda action, _: action.status != ActionStatus.CLOSED,
    ListPart.DUE: lambda action, days: action.status != ActionStatus.CLOSED and 0 <= days <= DAYS_DUE,
    ListPart.OVERDUE: lambda action, days: action.status != ActionStatus.CLOSED and days < 0,
    ListPart.ASKED_TO_CLOSE: lambda action, _: action.status == ActionStatus.ASKED_TO_CLOSE,
    ListPart.CLOSED: lambda action, _: action.status == ActionStatus.CLOSED,
}
