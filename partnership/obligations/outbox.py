"""What can be asked of messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from partnership import access
from partnership.models import Delivery, DeliveryState, Partnership
from partnership.obligations import causes
from partnership.obligations.causes import Wording

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Messages:
    """The latest messages, how many there are in each state in words, and how many more than are shown.

    `about` says what each is about, by the obligation's id.
    """

    deliveries: list[Delivery]
    about: dict[int, Wording]
    counts: list[tuple[str, int]]

    @property
    def uuids(self) -> set[str]:
        return {str(delivery.uuid) for delivery in self.deliveries}

    @property
    def number_left_out(self) -> int:
        return sum(number for _, number in self.counts) - len(self.deliveries)


def messages_of(*, partnership: Partnership, user: access.Asker, on: date) -> Messages:
    """Those the reader may see, by the hour they are due, the latest first. Two queries, and one a kind of cause."""
    rows = Delivery.objects.visible_to(user, on).filter(obligation__board__partnership=partnership)
    numbers = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    latest = list(rows.select_related("recipient", "obligation__board").order_by("-send_at", "pk")[:SHOWN])
    obligations = {delivery.obligation_id: delivery.obligation for delivery in latest}
    found = causes.loaded(obligations.values())
    return Messages(
        deliveries=latest,
        about={
            pk: causes.cause_of(obligation.cause_type).wording(found[pk], obligation)
            for pk, obligation in obligations.items()
        },
        counts=[(state.label, numbers[state]) for state in DeliveryState if state in numbers],
    )
