"""The course of a meeting: when its items were taken and its decisions made, as far as a person may read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from meetings.models import AgendaItem, Decision, ItemRecord, Meeting
from partnership import access


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
    """The items taken so far, in the agenda's order. One query, and a second where decisions may be read."""
    records = ItemRecord.objects.visible_to(user, today).filter(item=OuterRef("pk"))
    decided = Decision.objects.visible_to(user, today).filter(item__meeting=meeting)
    items = AgendaItem.objects.filter(meeting=meeting).in_order()
    shown = items.annotate(
        begun_at=records.values("begun_at")[:1], has_decisions=Exists(decided.filter(item=OuterRef("pk")))
    )
    rows = list(shown.values_list("pk", "title", "begun_at", "has_decisions"))
    decisions: dict[int, list[Decision]] = {}
    if any(has_decisions for *_, has_decisions in rows):
        for decision in decided.order_by("decided_at", "pk"):
            decisions.setdefault(decision.item_id, []).append(decision)
    return [
        ItemTaken(number, len(rows), title, begun_at, tuple(decisions.get(pk, ())))
        for number, (pk, title, begun_at, _) in enumerate(rows, start=1)
        if begun_at or pk in decisions
    ]
