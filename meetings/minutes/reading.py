"""Minutes as one reader may read them: what was sent is whole, and protected items are taken out at each reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from meetings.minutes.content import MinutedAction, MinutesContent
from meetings.minutes.outcomes import minuted_gaps, summary_of
from meetings.models import Action, AgendaItem, Meeting
from meetings.queries.actions import items_behind
from meetings.queries.agenda import gap_of
from partnership import access
from partnership.models.handling import highest


def for_reader(content: MinutesContent, *, meeting: Meeting, user: access.Asker, today: date) -> MinutesContent:
    """The minutes with gaps where an item is protected from that person now. Two queries.

    What is asked is only whether a protection lets them in: that they may read the minutes was asked before. An item
    that is on the agenda no longer, and an action that nobody can find, are taken out: nothing says who may read them.
    """
    listed = AgendaItem.objects.filter(meeting=meeting).in_order().select_related("mark")
    by_number = dict(enumerate(access.with_openness(listed, to=user, on=today), start=1))
    known = _known_actions(content.actions, meeting, user, today)
    opened = [item for item in content.items if item.number in by_number and by_number[item.number].is_open]
    closed = [each for item in content.items if item not in opened and (each := by_number.get(item.number)) is not None]
    numbers = {each.pk: number for number, each in by_number.items()}
    gaps = minuted_gaps(gap_of(each, numbers[each.pk]) for each in closed)
    actions = tuple(action for action in content.actions if action.reference in known)
    shown = (*(by_number[item.number].pk for item in opened), *items_behind(known.values()))
    marked = highest(by_number[item.number].mark for item in opened)
    mark = marked.words if marked else ""
    if len(opened) == len(content.items) and len(actions) == len(content.actions):
        return replace(content, mark=mark, items_shown=shown)
    items = tuple(sorted((*opened, *gaps), key=lambda item: item.number))
    return replace(
        content, items=items, actions=actions, summary=summary_of(items, actions), mark=mark, items_shown=shown
    )


def _known_actions(
    minuted: Iterable[MinutedAction], meeting: Meeting, user: access.Asker, today: date
) -> dict[str, Action]:
    """The actions that no protection keeps from that person, by their references."""
    numbers = {action.reference: _number_in(action.reference) for action in minuted}
    rows = Action.objects.filter(
        partnership=meeting.board.partnership_id, number__in=[number for number in numbers.values() if number]
    )
    found = {row.number: row for row in access.with_openness(rows, to=user, on=today) if row.is_open}
    return {reference: found[number] for reference, number in numbers.items() if number in found}


def _number_in(reference: str) -> int:
    """The number at the end of `PSCP-12`: what stands before it may be called otherwise by now."""
    last = reference.rpartition("-")[2]
    return int(last) if last.isdecimal() and last.isascii() else 0
