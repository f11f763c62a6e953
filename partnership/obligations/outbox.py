"""What can be asked of messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.db.models import Count

from partnership import access
from partnership.models import UNSENT, Delivery, DeliveryState, ObligationEvent, Partnership, User
from partnership.models.obligation import DeliveryQuerySet
from partnership.obligations import announcements, causes
from partnership.obligations.causes import Wording
from partnership.obligations.messages import rows_behind

What = ObligationEvent.What
A_PAGE = 50
COMING, LATELY = 50, 20
MOST_PAGES, MOST_DIGITS = 10_000, 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What messages a reader asks for: in which state, to whom, of which group, and which page of them."""

    state: str = ""
    name: str = ""
    board: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """As an address says it; what makes no sense is left out."""
        page = query.get("page", "")
        is_number = page.isascii() and page.isdecimal() and len(page) <= MOST_DIGITS
        return cls(
            state=query.get("state", "") if query.get("state", "") in DeliveryState.values else "",
            name=query.get("who", "").replace("\0", "").strip()[:100],
            board=query.get("board", "").replace("\0", "")[:60],
            page=min(max(int(page), 1), MOST_PAGES) if is_number else 1,
        )

    def of(self, rows: DeliveryQuerySet) -> DeliveryQuerySet:
        if self.state:
            rows = rows.filter(state=self.state)
        if self.name:
            rows = rows.filter(recipient__name__icontains=self.name)
        return rows.filter(board__slug=self.board) if self.board else rows


@dataclass(frozen=True, slots=True)
class Messages:
    """One page of messages, how many there are in each state in words, and whether there are older ones.

    `about` says what each is about, by the delivery's id; `said_standard` why some went in the standard words although
    the partnership has its own, `told` what a mail service said of them afterwards, in a word each.
    """

    deliveries: list[Delivery]
    about: dict[int, Wording]
    counts: list[tuple[str, int]]
    has_older: bool
    said_standard: dict[int, str] = field(default_factory=dict)
    told: dict[int, list[str]] = field(default_factory=dict)

    @property
    def uuids(self) -> set[str]:
        return {str(delivery.message_uuid) for delivery in self.deliveries}


@dataclass(frozen=True, slots=True)
class OwnMessages:
    """What is to come to a person, the soonest first, and what came lately, the latest first."""

    coming: list[Delivery]
    lately: list[Delivery]
    about: dict[int, Wording]


def messages_of(*, partnership: Partnership, user: access.Asker, on: date, wanted: Wanted) -> Messages:
    """Those the reader may see, by the hour they are due, the latest first. Three queries, and one a kind of cause."""
    rows = Delivery.objects.visible_to(user, on).filter(board__partnership=partnership)
    numbers = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    in_order = (
        wanted.of(rows).select_related("recipient", "board", "obligation", "announcement").order_by("-send_at", "pk")
    )
    first = (wanted.page - 1) * A_PAGE
    found = list(in_order[first : first + A_PAGE + 1])
    notes = _notes(found[:A_PAGE])
    return Messages(
        deliveries=found[:A_PAGE],
        about=_about(found[:A_PAGE]),
        counts=[(state.label, numbers[state]) for state in DeliveryState if state in numbers],
        has_older=len(found) > A_PAGE,
        said_standard={row.delivery_id or 0: row.detail for row in notes if row.what == What.STANDARD},
        told=_told(notes),
    )


def own_messages(*, person: User, on: date) -> OwnMessages:
    """Two queries, and one a kind of cause."""
    rows = Delivery.objects.visible_to(person, on).filter(recipient=person)
    rows = rows.select_related("board__partnership", "obligation", "announcement")
    coming = list(rows.filter(state__in=UNSENT).order_by("send_at", "pk")[:COMING])
    lately = list(rows.filter(state=DeliveryState.SENT).order_by("-sent_at", "pk")[:LATELY])
    return OwnMessages(coming, lately, _about([*coming, *lately]))


def _notes(deliveries: list[Delivery]) -> list[ObligationEvent]:
    """What was noted beside these messages, the earliest first."""
    events = ObligationEvent.objects.filter(
        delivery__in=[delivery.pk for delivery in deliveries],
        what__in=(What.STANDARD, What.DELIVERED, What.COMPLAINED),
    )
    return list(events.order_by("pk"))


def _told(notes: list[ObligationEvent]) -> dict[int, list[str]]:
    told: dict[int, list[str]] = {}
    for row in notes:
        if row.what != What.STANDARD and row.delivery_id is not None:
            told.setdefault(row.delivery_id, []).append(row.get_what_display())
    return told


def _about(deliveries: list[Delivery]) -> dict[int, Wording]:
    found = rows_behind(deliveries)
    return {delivery.pk: _wording(delivery, found[delivery.pk]) for delivery in deliveries}


def _wording(delivery: Delivery, row: Any) -> Wording:
    if delivery.obligation is not None:
        return causes.cause_of(delivery.obligation.cause_type).wording(row, delivery.obligation)
    if delivery.announcement is not None:
        return announcements.kind_of(delivery.announcement).wording(row)
    raise ValueError("A message is about an obligation or an announcement.")
