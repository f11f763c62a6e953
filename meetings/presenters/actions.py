"""The actions of a board as a list, and as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from meetings.models import Action, ActionUpdate
from meetings.presenters.action_states import (
    PART_WORDS,
    ListPart,
    StateOnPage,
    closed_words,
    due_words,
    is_in,
    state_of,
)
from meetings.presenters.words import clock_time
from partnership.clock import LONDON
from partnership.navigation import address_of
from partnership.rules.plain_dates import counted, plain_date
from partnership.spreadsheets import spreadsheet

NO_AGENCY = "none"
NO_AGENCY_WORDS = "No agency"


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action in a list; `late` says by how much, where the state says something else."""

    reference: str
    text: str
    href: str
    agency: str
    owner: str
    due: str
    late: str
    state: StateOnPage
    closed: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a filter."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed to; None is not narrowed. A value that no page offers narrows nothing."""

    part: ListPart | None = None
    agency: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filter:
        named = query.get("status", "")
        return cls(ListPart(named) if named in set(ListPart) else None, query.get("agency", ""))


@dataclass(frozen=True, slots=True)
class ActionsPage:
    """`empty` says why there is nothing open to list; `closed_heading` is empty where nothing closed is listed."""

    lead: str
    parts: tuple[Choice, ...]
    agencies: tuple[Choice, ...]
    is_narrow: bool
    open: tuple[ActionLine, ...]
    closed: tuple[ActionLine, ...]
    closed_heading: str
    shows_closed: bool
    empty: str


def actions_page(actions: Sequence[Action], *, agencies: Mapping[int, str], chosen: Filter, today: date) -> ActionsPage:
    """The list, what is overdue first; `actions` come in that order."""
    agency = chosen.agency if chosen.agency in {_agency_key(action) for action in actions} else ""
    of_agency = [action for action in actions if not agency or _agency_key(action) == agency]
    shown = [action for action in of_agency if chosen.part is None or is_in(action, chosen.part, today)]
    is_closed = [action for action in shown if is_in(action, ListPart.CLOSED, today)]
    is_open = [action for action in shown if is_in(action, ListPart.OPEN, today)]
    is_narrow = chosen.part is not None or bool(agency)
    shows_closed = chosen.part is ListPart.CLOSED and bool(is_closed)
    return ActionsPage(
        lead=_lead(actions, today),
        parts=_parts(of_agency, chosen.part, today),
        agencies=_agencies(actions, agencies, agency),
        is_narrow=is_narrow,
        open=tuple(action_line(action, agencies=agencies, today=today) for action in is_open),
        closed=tuple(action_line(action, agencies=agencies, today=today) for action in is_closed),
        closed_heading=f"Closed ({len(is_closed)})" if is_closed else "",
        shows_closed=shows_closed,
        empty="" if is_open or shows_closed else _empty(actions, today, is_narrow=is_narrow),
    )


def action_line(action: Action, *, agencies: Mapping[int, str], today: date) -> ActionLine:
    """One action for a list; `agencies` holds the name the partnership has for each."""
    return ActionLine(
        reference=action.reference,
        text=action.text,
        href=reverse("action", args=(*address_of(action.board), action.number)),
        agency=agency_words(action, agencies),
        owner=action.owner.name,
        due=plain_date(action.due_on),
        late=due_words(action.due_on, today) if _is_late_and_asked(action, today) else "",
        state=state_of(action, today),
        closed=closed_words(action),
    )


def _is_late_and_asked(action: Action, today: date) -> bool:
    return is_in(action, ListPart.ASKED_TO_CLOSE, today) and is_in(action, ListPart.OVERDUE, today)


def agency_words(action: Action, agencies: Mapping[int, str]) -> str:
    """How the partnership calls the action's agency; empty for the holder of an office."""
    return agencies.get(action.agency_id, "") if action.agency_id else ""


def actions_file(
    actions: Iterable[Action],
    *,
    agencies: Mapping[int, str],
    latest: Mapping[int, ActionUpdate],
    today: date,
) -> str:
    """The actions, a line each; `latest` is the last update of each that has one."""
    heads = ["Action", "What", "Agency", "Owner", "Agreed on", "Due", "State", "Closed on", "Last update", "Updated"]
    return spreadsheet([heads, *(_line(action, agencies, latest.get(action.pk), today) for action in actions)])


def _line(action: Action, agencies: Mapping[int, str], update: ActionUpdate | None, today: date) -> list[str]:
    return [
        action.reference,
        action.text,
        agency_words(action, agencies),
        action.owner.name,
        action.agreed_on.isoformat(),
        action.due_on.isoformat(),
        state_of(action, today).words,
        action.closed_on.isoformat() if action.closed_on else "",
        update.text if update else "",
        moment_words(update) if update else "",
    ]


def moment_words(update: ActionUpdate) -> str:
    """`17 March 2027, 10:05am`."""
    return f"{plain_date(update.at.astimezone(LONDON).date())}, {clock_time(update.at)}"


# --- the words above the list -----------------------------------------------------------------------------------------


def _lead(actions: Sequence[Action], today: date) -> str:
    number, overdue = _count(actions, ListPart.OPEN, today), _count(actions, ListPart.OVERDUE, today)
    if not number:
        return ""
    asked = _count(actions, ListPart.ASKED_TO_CLOSE, today)
    late = f"{overdue} overdue" if overdue else "none overdue"
    return f"{counted(number, 'open action')}, {late}{f', {asked} asked to close' if asked else ''}."


def _empty(actions: Sequence[Action], today: date, *, is_narrow: bool) -> str:
    if is_narrow and actions:
        return "No action is like that."
    closed = _count(actions, ListPart.CLOSED, today)
    if closed:
        return f"No open actions. {counted(closed, 'closed action')} {'is' if closed == 1 else 'are'} kept."
    return "No actions yet."


def _count(actions: Iterable[Action], part: ListPart, today: date) -> int:
    return sum(is_in(action, part, today) for action in actions)


def _parts(actions: Sequence[Action], chosen: ListPart | None, today: date) -> tuple[Choice, ...]:
    return tuple(
        Choice(each.value, f"{PART_WORDS[each]} ({_count(actions, each, today)})", each is chosen) for each in ListPart
    )


def _agencies(actions: Sequence[Action], agencies: Mapping[int, str], chosen: str) -> tuple[Choice, ...]:
    named = {_agency_key(action): agency_words(action, agencies) or NO_AGENCY_WORDS for action in actions}
    return tuple(Choice(key, named[key], key == chosen) for key in sorted(named, key=lambda key: _by_name(key, named)))


def _by_name(key: str, named: Mapping[str, str]) -> tuple[bool, str]:
    """What belongs to no agency comes last."""
    return key == NO_AGENCY, named[key].casefold()


def _agency_key(action: Action) -> str:
    return str(action.agency_id) if action.agency_id else NO_AGENCY
