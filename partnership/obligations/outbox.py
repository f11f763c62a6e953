"""What can be asked of messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from partnership import access
from partnership.models import Delivery, DeliveryState, Partnership
from partnership.obligations import announcements, causes
from partnership.obligations.causes import Wording
from partnership.obligations.messages import rows_behind

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Messages:
    """The latest messages, how many there are in each state in words, and how many more than are shown.

    `about` says what each is about, by the delivery's id.
    """

    deliveries: list[Delivery]
    about: dict[int, Wording]
    counts: list[tuple[str, int]]

    @property
    def uuids(self) -> set[str]:
        return {str(delivery.message_uuid) for delivery in self.deliveries}

    @property
    def number_left_out(self) -> int:
        return sum(number for _, number in self.counts) - len(self.deliveries)


def messages_of(*, partnership: Partnership, user: access.Asker, on: date) -> Messages:
    """Those the reader may see, by the hour they are due, the latest first. Two queries, and one a kind of cause."""
    rows = Delivery.objects.visible_to(user, on).filter(board__partnership=partnership)
    numbers = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    latest = list(rows.select_related("recipient", "obligation", "announcement").order_by("-send_at", "pk")[:SHOWN])
    found = rows_behind(latest)
    return Messages(
        deliveries=latest,
        about={delivery.pk: _wording(delivery, found[delivery.pk]) for delivery in latest},
        counts=[(state.label, numbers[state]) for state in DeliveryState if state in numbers],
    )


def _wording(delivery: Delivery, row: Any) -> Wording:
    if delivery.obligation is not None:
        return causes.cause_of(delivery.obligation.cause_type).wording(row, delivery.obligation)
    if delivery.announcement is not None:
        return announcements.kind_of(delivery.announcement).wording(row)
    raise ValueError("A message is about an obligation or an announcement.")
