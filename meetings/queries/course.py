"""The course of a meeting: when its items were taken and its decisions made, as far as a person may read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from meetings.models import AgendaItem, Decision, Meeting
from partnership import access
from partnership.access import Action, Kind

# Whether the record of an item is theirs to read, asked of the item.
RECORDED = {"may_read_record": (Kind.MINUTES_DRAFT, Action.READ)}


@dataclass(frozen=True, slots=True)
class ItemTaken:
    """An item that was begun or decided on. `begun_at` is None where that was not recorded, or is not theirs to read.

    `number` is its place among the items not withdrawn, `of` how many these are.
    """

    number: int
    of: int
    title: str
    begun_at: datetime | None
    decisions: tuple[Decision, ...]


def course_of(*, meeting: Meeting, user: access.Asker, today: date) -> list[ItemTaken]:
    """The items taken so far, in the agenda's order. One query, and a second where something was decided."""
    items = AgendaItem.objects.filter(meeting=meeting).in_order()
    decided = items.annotate(is_decided=Exists(Decision.objects.filter(item=OuterRef("pk"))))
    shown = access.with_answers(decided, user, RECORDED, today)
    columns = ("pk", "title", "record__begun_at", "may_read_record", "is_decided")
    rows = list(shown.values_list(*columns))
    decisions: dict[int, list[Decision]] = {}
    if any(is_decided for *_, is_decided in rows):
        made = Decision.objects.visible_to(user, today).filter(item__meeting=meeting, item__withdrawn_at=None)
        for decision in made.order_by("decided_at", "pk"):
            decisions.setdefault(decision.item_id, []).append(decision)
    return [
        ItemTaken(number, len(rows), title, begun_at if may_read else None, tuple(decisions.get(pk, ())))
        for number, (pk, title, begun_at, may_read, _) in enumerate(rows, start=1)
        if (begun_at and may_read) or pk in decisions
    ]
