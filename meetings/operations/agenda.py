"""Putting an agenda together: items from the constitution, items of one's own, their words and their order.

Every act holds the meeting, so that two people who change one agenda take turns.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from meetings.models import AgendaItem, ItemKind, Meeting
from meetings.operations.open_agendas import item_on_open_agenda, open_agenda
from meetings.operations.papers import take_away
from meetings.operations.withdrawing import reopen_unless_published
from meetings.queries.agenda import standing_items_for
from partnership import clock
from partnership.authorship import deleted, saved
from partnership.models import User
from partnership.rules.arrangements import ItemKind as KindInTerms
from partnership.rules.arrangements import StandingItem

WORDS = ("title", "kind", "minutes", "lead", "purpose")


class NoStandingItems(Exception):
    """The constitution of that day puts nothing on the agenda of such a meeting, or all of it is there already."""


class AlreadyAtTheEnd(Exception):
    """The first item cannot move up, nor the last one down."""


class ItemRecorded(Exception):
    """The meeting has taken the item: what was recorded of it hangs on it."""


class ReasonMissing(Exception):
    """What was published is withdrawn for a reason."""


@dataclass(frozen=True, slots=True)
class ItemValues:
    """What an item says."""

    title: str
    kind: ItemKind
    minutes: int | None = None
    lead: str = ""
    purpose: str = ""


class ItemClash(Exception):
    """The item was changed by somebody else since the form was drawn. Nothing was written.

    `theirs` is what it says now, in the version `item.version`; `yours` what the refused form says.
    """

    def __init__(self, item: AgendaItem, theirs: ItemValues, yours: ItemValues) -> None:
        super().__init__("Somebody else changed this item while you were writing.")
        self.item, self.theirs, self.yours = item, theirs, yours


@transaction.atomic
def start_from_standing_items(*, meeting: Meeting, by: User) -> list[AgendaItem]:
    """Add an item for each standing item of the constitution that the agenda has not, and return those added.

    Raises NoStandingItems where there is nothing to add, AgendaClosed.
    """
    meeting = open_agenda(meeting.pk)
    rules = standing_items_for(meeting=meeting)
    if not rules:
        raise NoStandingItems("The constitution states no standing items for this meeting.")
    taken = set(AgendaItem.objects.in_order().filter(meeting=meeting).values_list("rule", flat=True))
    missing = [rule for rule in rules if rule.id not in taken]
    if not missing:
        raise NoStandingItems("Every standing item of the constitution is on the agenda already.")
    return [
        _added(meeting, _values_in_terms(rule), rule=rule.id, by=by, reason=f"Standing item {rule.id}")
        for rule in missing
    ]


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    title: str,
    kind: ItemKind,
    by: User,
    minutes: int | None = None,
    lead: str = "",
    purpose: str = "",
) -> AgendaItem:
    """Put an item at the end of the agenda. Raises AgendaClosed."""
    values = ItemValues(title, kind, minutes, lead, purpose)
    return _added(open_agenda(meeting.pk), values, by=by, reason="Item added")


@transaction.atomic
def change_item(
    *,
    item: AgendaItem,
    version: int,
    title: str,
    kind: ItemKind,
    by: User,
    minutes: int | None = None,
    lead: str = "",
    purpose: str = "",
) -> AgendaItem:
    """Change what an item says; `version` is the one that the form was drawn from.

    Raises ItemClash when its words changed since then, AgendaClosed, NotOnTheAgenda.
    """
    item = item_on_open_agenda(item)
    theirs, yours = values_of(item), ItemValues(title, kind, minutes, lead, purpose)
    if theirs == yours:
        return item
    if is_stale(item, version):
        raise ItemClash(item, theirs, yours)
    for name in WORDS:
        setattr(item, name, getattr(yours, name))
    return _saved(item, *WORDS, by=by, reason="Item changed")


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User) -> AgendaItem:
    """Let the item change places with its neighbour. Raises AlreadyAtTheEnd, AgendaClosed, NotOnTheAgenda."""
    item = item_on_open_agenda(item)
    ordered = items_in_order(item.meeting)
    place = [each.pk for each in ordered].index(item.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        raise AlreadyAtTheEnd(f"“{item.title}” is the {'first' if up else 'last'} item already.")
    ordered[place], ordered[other] = ordered[other], ordered[place]
    positions = sorted({each.position for each in ordered})
    if len(positions) < len(ordered):
        positions = list(range(1, len(ordered) + 1))
    # The neighbour's history keeps it, too: no title, for the item may be limited to named members.
    reason = f"Moved {'up' if up else 'down'}, or made room"
    for each, position in zip(ordered, positions, strict=True):
        if each.position != position:
            each.position = position
            _saved(each, "position", by=by, reason=reason)
    return ordered[other]


@transaction.atomic
def remove_item(*, item: AgendaItem, reason: str, by: User) -> None:
    """Take an item off the agenda with its papers: a draft is deleted, what was published is withdrawn for a reason.

    With the last of what was published, the duty to send it is open again.
    Raises ReasonMissing, ItemRecorded, AgendaClosed, NotOnTheAgenda.
    """
    item = item_on_open_agenda(item)
    if hasattr(item, "record") or item.decisions.exists() or item.actions.exists():
        raise ItemRecorded("The meeting has taken this item. It cannot be removed.")
    was_published = item.published_in_id is not None
    if was_published and not reason.strip():
        raise ReasonMissing("Enter why this item is withdrawn.")
    for paper in item.papers.order_by("pk"):
        take_away(paper, by=by, reason=reason.strip() or "Item removed")
    if was_published:
        item.withdrawn_at = clock.now()
        _saved(item, "withdrawn_at", by=by, reason=reason.strip())
        reopen_unless_published(meeting=item.meeting, by=by)
    else:
        deleted(item, by=by, reason=reason.strip() or "Item removed")


def items_in_order(meeting: Meeting) -> list[AgendaItem]:
    """The items of the meeting as they stand."""
    return list(AgendaItem.objects.in_order().filter(meeting=meeting))


def values_of(item: AgendaItem) -> ItemValues:
    """What an item says, of a row or of one from its history."""
    return ItemValues(item.title, ItemKind(item.kind), item.minutes, item.lead, item.purpose)


def is_stale(item: AgendaItem, version: int) -> bool:
    """Whether the item says something else than it did in that version; only its place may have changed since."""
    if version == item.version:
        return False
    drawn = item.history.filter(version=version).order_by("-history_id").first()
    return drawn is None or values_of(drawn) != values_of(item)


def _added(meeting: Meeting, values: ItemValues, *, by: User, reason: str, rule: str = "") -> AgendaItem:
    last: int | None = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    item = AgendaItem(
        meeting=meeting,
        position=(last or 0) + 1,
        title=values.title,
        kind=values.kind,
        minutes=values.minutes,
        lead=values.lead,
        purpose=values.purpose,
        rule=rule,
        added_at=clock.now(),
    )
    return saved(item, by=by, reason=reason)


def _saved(item: AgendaItem, *fields: str, by: User, reason: str) -> AgendaItem:
    item.version += 1
    return saved(item, by=by, reason=reason, fields=[*fields, "version"])


def _values_in_terms(rule: StandingItem) -> ItemValues:
    # The core's "standing" says only that it comes up each time; what the meeting does with it is to hear it.
    kind = ItemKind.INFORMATION if rule.kind is KindInTerms.STANDING else ItemKind(rule.kind)
    return ItemValues(rule.title, kind, rule.minutes)
