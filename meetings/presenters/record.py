"""The record of a meeting, item by item: when it was taken, what was said, decided and agreed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse

from meetings.decision_worth import NOT_QUORATE, lost_during, quorum_at, worth_of
from meetings.delegation_worth import remarks_on
from meetings.models import Decision, ItemKind
from meetings.operations import RecordClashes
from meetings.operations.outcomes import DISCUSSION, TAKEN_AT
from meetings.presenters.actions import ActionLine, action_line
from meetings.presenters.words import clock_time, when
from meetings.queries import Recorded, RecordedItem, Register
from meetings.queries.delegations import NO_DELEGATIONS, Delegations
from partnership.clock import LONDON
from partnership.navigation import address_of
from partnership.rules.quorum.timeline import Span

VERSION = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class RemarkOnPage:
    """What has to be said of a decision that is another board's affair, too; `clause` is empty without a rule."""

    sentence: str
    label: str
    clause: str
    clause_words: str


@dataclass(frozen=True, slots=True)
class DecisionOnPage:
    """A decision with what it is worth; `clause` is empty where the terms state no rule.

    `href` is empty where it can no longer be changed, or not by the reader.
    """

    id: int
    text: str
    at: str
    sentence: str
    clause: str
    clause_words: str
    label: str
    quorum: str
    remarks: tuple[RemarkOnPage, ...]
    is_sent: bool
    href: str


@dataclass(frozen=True, slots=True)
class ClashOnPage:
    """What somebody else wrote meanwhile, beside what was typed."""

    about: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class ItemOnPage:
    """One item; `label` and `quorum` say where the meeting was not quorate in some part of the time it was taken.

    `taken_value` and `discussion` are what the form holds: as recorded, or as typed.
    """

    id: int
    number: int
    title: str
    kind: str
    is_decision: bool
    lead: str
    is_draft: bool
    version: int
    taken: str
    taken_value: str
    label: str
    quorum: str
    discussion: str
    error: str
    clashes: tuple[ClashOnPage, ...]
    decisions: tuple[DecisionOnPage, ...]
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """`not_yet` says why nothing can be recorded."""

    board: str
    when: str
    items: tuple[ItemOnPage, ...]
    gaps: tuple[str, ...]
    not_yet: str
    can_write: bool
    is_open: bool
    is_closed: bool
    href: str
    meeting_href: str
    register_href: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What a refused form said, and why it was refused.

    `errors` says of an item what is wrong with its time, `clashes` what somebody else had written, `reason_error` what
    is wrong with the reason for a correction, `problem` anything else.
    """

    posted: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[int, str] = field(default_factory=dict)
    clashes: RecordClashes | None = None
    problem: str = ""
    reason_error: str = ""

    def value(self, item: RecordedItem, name: str, about: str, recorded: str) -> str:
        """What a field of an item shows: as it was typed; as recorded, where a clash found it untouched."""
        key = item.item.pk
        if self._clashes_on(key) and self.clashes is not None and (key, about) not in self.clashes.changed:
            return recorded
        return self.posted.get(f"{name}-{key}", recorded)

    def version(self, item: RecordedItem) -> int:
        """What the form says it was drawn from. Only who has been shown what others wrote may write over it."""
        posted = self.posted.get(f"version-{item.item.pk}", "")
        if self._clashes_on(item.item.pk) or not VERSION.fullmatch(posted):
            return item.version
        return int(posted)

    def _clashes_on(self, key: int) -> bool:
        return self.clashes is not None and any(clash.record.item_id == key for clash in self.clashes.clashes)

    @property
    def reason(self) -> str:
        return self.posted.get("reason", "")

    @property
    def is_refused(self) -> bool:
        return bool(self.errors or self.problem or self.reason_error)


NOTHING_TYPED = Typed()


def record_page(
    recorded: Recorded,
    register: Register,
    *,
    agencies: Mapping[int, str],
    can_write: bool,
    today: date,
    typed: Typed = NOTHING_TYPED,
    delegations: Delegations = NO_DELEGATIONS,
) -> RecordPage:
    """The page of a meeting's record; the register says who was there at each moment."""
    begun = [(one.record.begun_at, one.number) for one in recorded.items if one.record and one.record.begun_at]
    drawn = _Drawn(register, delegations, can_write=can_write, lost=lost_during(register, begun))
    meeting = register.meeting
    at = (*address_of(meeting.board), meeting.address)
    return RecordPage(
        board=meeting.board.name,
        when=when(meeting),
        items=tuple(_item(one, drawn, agencies=agencies, today=today, typed=typed) for one in recorded.items),
        gaps=tuple(gap.words for gap in recorded.gaps),
        not_yet="" if meeting.opened_at else "The register of this meeting is not open yet.",
        can_write=can_write and meeting.opened_at is not None,
        is_open=meeting.is_open,
        is_closed=meeting.closed_at is not None,
        href=reverse("record", args=at),
        meeting_href=reverse("meeting", args=at),
        register_href=reverse("register", args=at),
    )


def decision_on_page(
    decision: Decision, register: Register, *, number: int, can_write: bool, delegations: Delegations
) -> DecisionOnPage:
    """One decision with its verdict, by the quorum of its moment and by what was delegated."""
    meeting, worth = register.meeting, worth_of(decision, register=register, number=number)
    is_sent = decision.sent_in_id is not None
    at = (*address_of(meeting.board), meeting.address, decision.pk)
    return DecisionOnPage(
        id=decision.pk,
        text=decision.text,
        at=clock_time(decision.decided_at),
        sentence=worth.sentence,
        clause=worth.clause.ref if worth.clause else "",
        clause_words=worth.clause.words if worth.clause else "",
        label=_label(worth.is_quorate),
        quorum=worth.quorum,
        remarks=tuple(
            RemarkOnPage(
                remark.sentence,
                remark.label,
                remark.clause.citation if remark.clause else "",
                remark.clause.words if remark.clause else "",
            )
            for remark in remarks_on(decision, meeting=meeting, rules=delegations)
        ),
        is_sent=is_sent,
        href=reverse("record_decision", args=at) if can_write and not is_sent else "",
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What every item is drawn by; `lost` by number, where the quorum failed while it was taken."""

    register: Register
    delegations: Delegations
    can_write: bool
    lost: Mapping[int, Span]

    def decision(self, decision: Decision, number: int) -> DecisionOnPage:
        return decision_on_page(
            decision, self.register, number=number, can_write=self.can_write, delegations=self.delegations
        )


def _item(one: RecordedItem, drawn: _Drawn, *, agencies: Mapping[int, str], today: date, typed: Typed) -> ItemOnPage:
    begun_at = one.record.begun_at if one.record else None
    quorum = _not_quorate(drawn, begun_at, one.number)
    key = one.item.pk
    return ItemOnPage(
        id=key,
        number=one.number,
        title=one.item.title,
        kind=one.item.get_kind_display(),
        is_decision=one.item.kind == ItemKind.DECISION,
        lead=one.item.lead,
        is_draft=one.item.published_in_id is None,
        version=typed.version(one),
        taken=clock_time(begun_at) if begun_at else "",
        taken_value=typed.value(one, "taken", TAKEN_AT, f"{begun_at.astimezone(LONDON):%H:%M}" if begun_at else ""),
        label=NOT_QUORATE if quorum else "",
        quorum=quorum,
        discussion=typed.value(one, "discussion", DISCUSSION, one.record.discussion if one.record else ""),
        error=typed.errors.get(key, ""),
        clashes=tuple(_clashes(typed.clashes, key)),
        decisions=tuple(drawn.decision(decision, one.number) for decision in one.decisions),
        actions=tuple(action_line(action, agencies=agencies, today=today) for action in one.actions),
    )


def _not_quorate(drawn: _Drawn, begun_at: datetime | None, number: int) -> str:
    """What was missing when the item began, or from when it was missing later; empty where nothing was."""
    if begun_at is None:
        return ""
    answer, sentence = quorum_at(drawn.register, at=begun_at, number=number)
    if answer is not None and answer.is_quorate is False:
        return sentence
    lost = drawn.lost.get(number)
    return f"{lost.answer.sentence} This began at {clock_time(lost.starts_at)}." if lost else ""


def _label(is_quorate: bool | None) -> str:  # noqa: FBT001 - the one fact it words
    """Said of what was not quorate; the rest needs no label."""
    return NOT_QUORATE if is_quorate is False else ""


def _clashes(clashes: RecordClashes | None, key: int) -> list[ClashOnPage]:
    if clashes is None:
        return []
    return [
        ClashOnPage(clash.about, clash.theirs, clash.yours) for clash in clashes.clashes if clash.record.item_id == key
    ]
