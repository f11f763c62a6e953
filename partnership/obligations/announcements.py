"""What is told once: the register of its kinds, and the way in.

An app enters its kinds once, when it starts (`apps.py`, ready), so that this layer imports nothing above it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model

from partnership import clock
from partnership.models import Announcement, Board, Channel, Delivery, DeliveryState, Purpose, User
from partnership.obligations.causes import UnknownCause, Wording, key_of
from partnership.obligations.letters import Letter


@dataclass(frozen=True, slots=True)
class AnnouncementKind:
    """One kind of thing to tell. `model` is the label of the row that it tells of, such as "meetings.minutes".

    `load` gives the rows of these ids; `is_current` whether what it tells still holds; `recipients` whom it concerns on
    that date, by their ids; `letter` writes to one of them; `wording` names it on the page of messages.
    """

    name: str
    model: str
    load: Callable[[Collection[int]], Mapping[int, Any]]
    is_current: Callable[[Any, Announcement], bool]
    recipients: Callable[[Any, Announcement, date], Collection[int]]
    letter: Callable[[Any, Announcement, User, date], Letter]
    wording: Callable[[Any], Wording]


_KINDS: dict[str, AnnouncementKind] = {}


def enter(kind: AnnouncementKind) -> None:
    """Make a kind known; entering it again replaces it."""
    _KINDS[kind.name] = kind


def kind_of(announcement: Announcement) -> AnnouncementKind:
    """Raises UnknownCause."""
    try:
        return _KINDS[announcement.kind]
    except KeyError:
        raise UnknownCause(f"No application has entered {announcement.kind} as something to tell.") from None


@transaction.atomic
def announce(*, kind: str, cause: Model, board: Board, by: User, occurrence: str = "") -> Announcement:
    """Tell everybody whom it concerns today, each in a message of their own. Call it in the transaction of the act.

    Repeated with the same occurrence it changes nothing. Raises UnknownCause.
    """
    cause_type, cause_id = key_of(cause)
    now = clock.now()
    announcement, is_new = Announcement.objects.get_or_create(
        kind=kind,
        cause_type=cause_type,
        cause_id=cause_id,
        occurrence=occurrence,
        defaults={"board": board, "made_at": now, "by": by},
    )
    if is_new:
        people = kind_of(announcement).recipients(cause, announcement, now.date())
        Delivery.objects.bulk_create(
            Delivery(
                board=board,
                announcement=announcement,
                recipient_id=person,
                channel=Channel.EMAIL,
                purpose=Purpose.TOLD,
                send_at=now,
            )
            for person in sorted(people)
        )
    return announcement


def loaded(announcements: Iterable[Announcement]) -> dict[int, Any]:
    """The row that each tells of, by the announcement's id; one query for each kind."""
    by_kind: dict[str, list[Announcement]] = {}
    for announcement in announcements:
        by_kind.setdefault(announcement.kind, []).append(announcement)
    found: dict[int, Any] = {}
    for those in by_kind.values():
        rows = kind_of(those[0]).load({announcement.cause_id for announcement in those})
        found |= {announcement.pk: rows.get(announcement.cause_id) for announcement in those}
    return found


def reason_not_to_tell(
    announcement: Announcement, row: Any, concerned: Collection[int], person_id: int
) -> tuple[DeliveryState, str] | None:
    """What speaks against sending it to that person, as things stand."""
    if row is None or not kind_of(announcement).is_current(row, announcement):
        return DeliveryState.CANCELLED, "What it tells no longer holds."
    if person_id not in concerned:
        return DeliveryState.SKIPPED_NO_ACCESS, "By then it no longer concerned this person."
    return None


def concerned_by(announcement: Announcement, row: Any, on: date) -> Collection[int]:
    """The ids of those whom it concerns on that date; of nobody, when what it told of is gone."""
    return () if row is None else kind_of(announcement).recipients(row, announcement, on)
