"""What can be asked of messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from partnership import access
from partnership.models import Delivery, DeliveryState, Partnership

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Messages:
    """The latest messages, how many there are in each state in words, and how many more than are shown."""

    deliveries: list[Delivery]
    counts: list[tuple[str, int]]

    @property
    def uuids(self) -> set[str]:
        return {str(delivery.uuid) for delivery in self.deliveries}

    @property
    def number_left_out(self) -> int:
        return sum(number for _, number in self.counts) - len(self.deliveries)


def messages_of(*, partnership: Partnership, user: access.Asker, on: date) -> Messages:
    """Those the reader may see, by the hour they are due, the latest first. Two queries."""
    rows = Delivery.objects.visible_to(user, on).filter(obligation__board__partnership=partnership)
    numbers = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    latest = rows.select_related("recipient", "obligation__board").order_by("-send_at", "pk")[:SHOWN]
    return Messages(
        deliveries=list(latest),
        counts=[(state.label, numbers[state]) for state in DeliveryState if state in numbers],
    )
