"""What a meeting did with its items: when it took each, what was said, what was decided.

All of it is the draft record until minutes carry it. A form carries the version it was drawn from; what somebody else
changed meanwhile is a clash: nothing is written, and the exception carries both texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from meetings.models import AgendaItem, Decision, ItemRecord, Meeting
from meetings.operations.delegations import OWN_AFFAIR, Basis, forget_answer
from meetings.operations.rows import RegisterNotOpen
from partnership import clock
from partnership.authorship import deleted, saved
from partnership.clock import LONDON
from partnership.models import User
from partnership.rules.plain_dates import plain_time

A_MINUTE = timedelta(minutes=1)
A_MOMENT = timedelta(microseconds=1)
TAKEN_AT, DISCUSSION = "Taken at", "Discussion"


class ItemTakenOff(Exception):
    """The item was withdrawn from the agenda."""


class OutsideTheMeeting(Exception):
    """That moment is before the meeting began, after its register was closed, or still to come."""


class CorrectionUnexplained(Exception):
    """A record of a meeting whose register is closed is corrected with a reason only."""


class NothingDecided(Exception):
    """A decision says what was decided."""


class DecisionSent(Exception):
    """Minutes have carried the decision: it no longer changes."""


class DecisionGone(Exception):
    """Somebody else took the decision off the record meanwhile."""


class RecordClash(Exception):
    """Somebody else changed the record of the item since the form was drawn. Nothing was written."""

    def __init__(self, *, record: ItemRecord, about: str, theirs: str, yours: str) -> None:
        super().__init__("Somebody else changed this while you were writing.")
        self.record, self.about, self.theirs, self.yours = record, about, theirs, yours


class RecordClashes(Exception):
    """Several items at once, some of them changed by somebody else. Nothing was written; `clashes` holds both texts.

    `changed` names what the form itself changed, by item and what it is about: the rest it shows as it was drawn.
    """

    def __init__(self, clashes: Sequence[RecordClash], changed: AbstractSet[tuple[int, str]]) -> None:
        super().__init__(str(clashes[0]))
        self.clashes, self.changed = tuple(clashes), frozenset(changed)


class TimesOutside(Exception):
    """Times of items that are no moments of the meeting. Nothing was written; `times` says of each item why not."""

    def __init__(self, times: Mapping[int, str]) -> None:
        super().__init__("; ".join(times.values()))
        self.times = dict(times)


class DecisionClash(Exception):
    """Somebody else changed the decision since the form was drawn. Nothing was written."""

    def __init__(self, *, decision: Decision, yours: str) -> None:
        super().__init__("Somebody else changed this decision while you were writing.")
        self.decision, self.theirs, self.yours = decision, decision.text, yours


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEntry:
    """One item of a submitted form, and the version of its record that it was drawn from.

    `taken_at` None leaves open when the meeting took it.
    """

    item: AgendaItem
    version: int
    discussion: str
    taken_at: datetime | None = None


@transaction.atomic
def record_items(*, entries: Iterable[ItemEntry], by: User, reason: str = "") -> list[ItemRecord]:
    """Write what a form changed of several items, and return their records; with any error nothing is written.

    Raises TimesOutside, RecordClashes, RegisterNotOpen, ItemTakenOff, CorrectionUnexplained.
    """
    written: list[ItemRecord] = []
    clashes: list[RecordClash] = []
    changed: set[tuple[int, str]] = set()
    outside: dict[int, str] = {}
    for entry in sorted(entries, key=lambda entry: entry.item.pk):
        before = _record_of(entry.item)
        for about, write in _changes(entry, _at_version(before, entry.version), by=by, reason=reason):
            changed.add((entry.item.pk, about))
            try:
                write()
            except RecordClash as clash:
                clashes.append(clash)
            except OutsideTheMeeting as refused:
                outside[entry.item.pk] = str(refused)
        after = _record_of(entry.item)
        written += [after] if after.version != before.version else []
    if outside:
        raise TimesOutside(outside)
    if clashes:
        raise RecordClashes(clashes, changed)
    return written


def _changes(
    entry: ItemEntry, drawn: ItemRecord, *, by: User, reason: str
) -> Iterator[tuple[str, Callable[[], ItemRecord]]]:
    """What a form changed of an item as it was drawn: its time, its words, or neither."""
    if entry.taken_at is not None and not _is_same_minute(entry.taken_at, drawn.begun_at):
        begin = partial(begin_item, item=entry.item, at=entry.taken_at, version=entry.version, by=by, reason=reason)
        yield TAKEN_AT, begin
    if entry.discussion.strip() != drawn.discussion:
        write = partial(record_discussion, item=entry.item, text=entry.discussion, version=entry.version, by=by)
        yield DISCUSSION, write


def _is_same_minute(at: datetime, drawn: datetime | None) -> bool:
    """Whether a form shows the two alike: it shows no seconds."""
    return drawn is not None and at.replace(second=0, microsecond=0) == drawn.replace(second=0, microsecond=0)


@transaction.atomic
def begin_item(*, item: AgendaItem, at: datetime, by: User, version: int | None = None, reason: str = "") -> ItemRecord:
    """Record when the meeting took the item; a later word replaces the earlier one.

    `version` is the record's as it was drawn; without it, nothing is compared. Raises RecordClash, RegisterNotOpen,
    OutsideTheMeeting, ItemTakenOff, and CorrectionUnexplained for a closed register without a reason.
    """
    meeting, item = _taken_by_the_meeting(item)
    if meeting.closed_at is not None and not reason.strip():
        raise CorrectionUnexplained("The register is closed. Say why you change when the item was taken.")
    record = _record_of(item)
    begun_at = _inside(meeting, at)
    if record.begun_at == begun_at:
        return record
    if version is not None and is_stale(record, version, "begun_at"):
        theirs = _clock(record.begun_at) if record.begun_at else ""
        raise RecordClash(record=record, about=TAKEN_AT, theirs=theirs, yours=_clock(begun_at))
    record.begun_at = begun_at
    return _written(record, by=by, reason=reason.strip() or "Item taken")


@transaction.atomic
def record_discussion(*, item: AgendaItem, text: str, version: int, by: User) -> ItemRecord:
    """Keep what was said at the item; `version` is the record's as it was drawn, 0 where there was none.

    Raises RecordClash, RegisterNotOpen, ItemTakenOff.
    """
    _, item = _taken_by_the_meeting(item)
    record = _record_of(item)
    text = text.strip()
    if text == record.discussion:
        return record
    if is_stale(record, version, "discussion"):
        raise RecordClash(record=record, about=DISCUSSION, theirs=record.discussion, yours=text)
    record.discussion = text
    return _written(record, by=by, reason="Discussion recorded")


@transaction.atomic
def record_decision(
    *, item: AgendaItem, text: str, decided_at: datetime, by: User, basis: Basis = OWN_AFFAIR
) -> Decision:
    """Record what the meeting decided at the item, and when: the quorum of that moment says what it is worth.

    `basis` says whose affair it was. Raises NothingDecided, RegisterNotOpen, OutsideTheMeeting, ItemTakenOff,
    NotDelegatedHere.
    """
    meeting, item = _taken_by_the_meeting(item)
    decision = Decision(item=item, text=_said(text), decided_at=_inside(meeting, decided_at))
    basis.put_on(decision, meeting)
    return saved(decision, by=by, reason="Decision recorded")


@transaction.atomic
def change_decision(
    *,
    decision: Decision,
    text: str,
    decided_at: datetime,
    version: int,
    by: User,
    reason: str = "",
    basis: Basis | None = None,
) -> Decision:
    """Correct a decision that no minutes have carried yet; without a `basis` it stays whose affair it was.

    Raises DecisionSent, DecisionGone, DecisionClash, NothingDecided, OutsideTheMeeting, NotDelegatedHere.
    """
    meeting, _ = _taken_by_the_meeting(decision.item)
    held, text = _unsent(decision), _said(text)
    decided_at = _inside(meeting, decided_at)
    if (held.text, held.decided_at) == (text, decided_at) and (basis is None or basis.is_that_of(held)):
        return held
    if held.version != version:
        raise DecisionClash(decision=held, yours=text)
    held.text, held.decided_at = text, decided_at
    if basis is not None:
        basis.put_on(held, meeting)
    held.version += 1
    return saved(held, by=by, reason=reason.strip() or "Decision changed")


@transaction.atomic
def withdraw_decision(*, decision: Decision, version: int, by: User, reason: str) -> None:
    """Take back a decision that no minutes have carried yet; its history keeps it.

    Raises DecisionSent, DecisionGone, DecisionClash, CorrectionUnexplained.
    """
    if not reason.strip():
        raise CorrectionUnexplained("Say why the decision is taken off the record.")
    held_meeting(decision.item)
    held = _unsent(decision)
    if held.version != version:
        raise DecisionClash(decision=held, yours="")
    forget_answer(decision=held, reason=reason.strip(), by=by)
    deleted(held, by=by, reason=reason.strip())


def is_stale(record: ItemRecord, version: int, field: str) -> bool:
    """Whether a field says something else than it did in that version; version 0 is a record before its first word."""
    return bool(getattr(record, field) != getattr(_at_version(record, version), field))


def _at_version(record: ItemRecord, version: int) -> ItemRecord:
    """The record as it was in that version, or a history row that says the same."""
    if record.version == version:
        return record
    drawn: ItemRecord | None = record.history.filter(version=version).order_by("-history_id").first()
    return drawn or ItemRecord()


def held_meeting(item: AgendaItem) -> Meeting:
    """The item's meeting, locked until the transaction ends.

    Whoever removes an item, closes the register or sends the minutes holds it too: none of them comes in between.
    """
    return Meeting.objects.select_for_update(of=("self",)).select_related("board").get(pk=item.meeting_id)


def item_on_the_agenda(item: AgendaItem) -> AgendaItem:
    """The item as it stands, its meeting locked until the transaction ends. Raises ItemTakenOff."""
    meeting = held_meeting(item)
    held = AgendaItem.objects.filter(pk=item.pk, withdrawn_at=None).first()
    if held is None:
        raise ItemTakenOff("This item was taken off the agenda.")
    held.meeting = meeting
    return held


def _taken_by_the_meeting(item: AgendaItem) -> tuple[Meeting, AgendaItem]:
    """The item as it stands, and its meeting, which is held. Raises ItemTakenOff, RegisterNotOpen."""
    held = item_on_the_agenda(item)
    if held.meeting.opened_at is None:
        raise RegisterNotOpen("The register of this meeting is not open yet.")
    return held.meeting, held


def _record_of(item: AgendaItem) -> ItemRecord:
    """The record of a held item; one not saved yet, in version 0, where there was none."""
    return ItemRecord.objects.filter(item=item).first() or ItemRecord(item=item, version=0)


def _written(record: ItemRecord, *, by: User, reason: str) -> ItemRecord:
    record.version += 1
    return saved(record, by=by, reason=reason)


def _unsent(decision: Decision) -> Decision:
    """The decision as it stands; its meeting is held. Raises DecisionSent, DecisionGone."""
    held = Decision.objects.filter(pk=decision.pk).first()
    if held is None:
        raise DecisionGone("Somebody else took this decision off the record.")
    if held.sent_in_id is not None:
        raise DecisionSent("The minutes were sent with this decision, so it cannot be changed.")
    return held


def _said(text: str) -> str:
    if not text.strip():
        raise NothingDecided("Enter what was decided.")
    return text.strip()


def _inside(meeting: Meeting, at: datetime) -> datetime:
    """That moment of the meeting. Raises OutsideTheMeeting.

    People write minutes and the register knows seconds: the minute in which the meeting began or was closed is its
    first moment, or its last.
    """
    began, closed_at = meeting.began or meeting.begins, meeting.closed_at
    if at < began:
        if began - at >= A_MINUTE:
            raise OutsideTheMeeting(f"The meeting began at {_clock(began)}. Enter a later time.")
        return began
    if closed_at is not None and at >= closed_at:
        if at - closed_at >= A_MINUTE:
            raise OutsideTheMeeting(f"The register was closed at {_clock(closed_at)}. Enter an earlier time.")
        return closed_at - A_MOMENT
    if at > clock.now():
        raise OutsideTheMeeting("That time has not come yet.")
    return at


def _clock(moment: datetime) -> str:
    return plain_time(moment.astimezone(LONDON).time())
