"""What the record of a meeting holds: each item with when it was taken, what was said, decided and agreed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from meetings.models import Action, AgendaItem, Decision, ItemRecord, Meeting
from meetings.queries.agenda import Gap, gap_of
from partnership import access
from partnership.models import Board

# How many decisions a board's page names.
LATELY = 5


@dataclass(frozen=True, slots=True)
class RecordedItem:
    """One item of the agenda, published or not; `number` is its place among those not withdrawn.

    `record` is None until something was recorded of it.
    """

    number: int
    item: AgendaItem
    record: ItemRecord | None
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]

    @property
    def version(self) -> int:
        return self.record.version if self.record else 0


@dataclass(frozen=True, slots=True)
class Recorded:
    """The record of a meeting for one reader: the items that are open to them, and gaps where others stand."""

    items: tuple[RecordedItem, ...]
    gaps: tuple[Gap, ...]


def record_of(*, meeting: Meeting, user: access.Asker, today: date) -> list[RecordedItem]:
    """The items as the meeting takes them, with what the person may read of their record. Four queries."""
    return list(recorded_for(meeting=meeting, user=user, today=today).items)


def recorded_for(*, meeting: Meeting, user: access.Asker, today: date) -> Recorded:
    """The same, with the gaps. Numbers are those of everybody who sees drafts. Four queries."""
    listed = AgendaItem.objects.listed_for(user, today).filter(meeting=meeting).in_order()
    recorded = list(
        _recorded(
            list(listed.select_related("protection", "mark")),
            ItemRecord.objects.visible_to(user, today).filter(item__meeting=meeting),
            Decision.objects.visible_to(user, today).filter(item__meeting=meeting),
            Action.objects.visible_to(user, today).filter(item__meeting=meeting),
        )
    )
    return Recorded(
        tuple(each for each in recorded if each.item.is_open),
        tuple(gap_of(each.item, each.number) for each in recorded if not each.item.is_open),
    )


def whole_record_of(*, meeting: Meeting) -> list[RecordedItem]:
    """Everything recorded of a meeting, whoever may read it: for what is kept, never for a page. Four queries."""
    return list(
        _recorded(
            list(AgendaItem.objects.filter(meeting=meeting).in_order().select_related("mark")),
            ItemRecord.objects.filter(item__meeting=meeting),
            Decision.objects.filter(item__meeting=meeting),
            Action.objects.filter(item__meeting=meeting),
        )
    )


def _recorded(
    items: Iterable[AgendaItem],
    records: QuerySet[ItemRecord],
    decisions: QuerySet[Decision],
    actions: QuerySet[Action],
) -> Iterator[RecordedItem]:
    record_by_item = {record.item_id: record for record in records}
    decided = _by_item(decisions.select_related("function_of", "delegation", "answer"))
    agreed = _by_item(actions.select_related("partnership", "agency", "owner").order_by("number"))
    for number, item in enumerate(items, start=1):
        yield RecordedItem(
            number=number,
            item=item,
            record=record_by_item.get(item.pk),
            decisions=tuple(decided.get(item.pk, ())),
            actions=tuple(agreed.get(item.pk, ())),
        )


_OfAnItem = TypeVar("_OfAnItem", Decision, Action)


def _by_item(rows: QuerySet[_OfAnItem]) -> dict[int, list[_OfAnItem]]:
    grouped: dict[int, list[_OfAnItem]] = {}
    for row in rows:
        if row.item_id is not None:
            grouped.setdefault(row.item_id, []).append(row)
    return grouped


def decided_lately(*, board: Board, user: access.Asker, today: date) -> list[Decision]:
    """The last decisions of the board that sent minutes carry, as far as the person may read them. One query."""
    rows = Decision.objects.visible_to(user, today).filter(item__meeting__board=board, sent_in__isnull=False)
    with_places = rows.select_related("item__meeting__board__partnership")
    return list(with_places.order_by("-decided_at", "-pk")[:LATELY])
