"""The dates that a constitution hangs on a meeting: those somebody keeps here, and all the others it states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from meetings.models import Meeting, MeetingKind
from partnership.clock import LONDON
from partnership.models import Board, Constitution, Obligation
from partnership.obligations.causes import key_of
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.deadlines.calendars import BeyondHorizon, Division, WorkingDays
from partnership.rules.deadlines.deadlines import Anchor, Breach, Deadline, DeadlineKind
from partnership.rules.deadlines.due_dates import Due, due_on
from partnership.rules.meeting_kinds import MeetingKind as KindInTerms
from partnership.working_days import working_days


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A deadline of the terms and when it falls for one meeting; where that cannot be said, `due` is None and why."""

    rule: Deadline
    due: Due | None
    why_undated: str = ""

    @property
    def on(self) -> date | None:
        return self.due.on if self.due else None


def dated_rules(
    *, board: Board, kind: MeetingKind, on: date, starts_at: time, constitution: Constitution | None = None
) -> list[DatedRule]:
    """Every deadline that the terms in force on that day hang on such a meeting, the earliest first.

    One query, or none where the `constitution` in force on that day is given; and the board's partnership.
    """
    constitution = constitution or constitution_in_force(board=board, on=on)
    if constitution is None:
        return []
    rules = [_dated(rule, board, on, starts_at) for rule in rules_for(kind, constitution)]
    return sorted(rules, key=lambda each: (each.on is None, each.on or on))


def rules_for(kind: MeetingKind, constitution: Constitution) -> Iterator[Deadline]:
    """The deadlines of a constitution that are counted from such a meeting, in its order; no mere measures."""
    for rule in terms_of(constitution=constitution).deadlines:
        is_counted_from_it = rule.anchor is Anchor.MEETING and rule.kind is not DeadlineKind.MEASURE
        if is_counted_from_it and not rule.only_for and rule.applies_at(kind_in_terms(kind)):
            yield rule


def notice_rules(kind: MeetingKind, constitution: Constitution) -> list[Deadline]:
    """The rules by which such a meeting is refused when it is called too late."""
    return [
        rule
        for rule in terms_of(constitution=constitution).deadlines
        if rule.anchor is Anchor.NOTICE
        and rule.effect_of_breach is Breach.REFUSED
        and not rule.only_for
        and rule.applies_at(kind_in_terms(kind))
    ]


def due_for(rule: Deadline, *, board: Board, on: date, starts_at: time) -> Due:
    """When that deadline falls for a meeting on that day. Raises `calendars.BeyondHorizon`."""
    return due_on(rule, on, calendar_of(rule, board), anchor_at=starts_at, tz=LONDON)


def calendar_of(rule: Deadline, board: Board) -> WorkingDays | None:
    """The working days the rule counts by: its own division's, else the partnership's; None where it needs none."""
    division = Division(rule.calendar or board.partnership.get_bank_holidays_display())
    return working_days(division) if rule.needs_working_days else None


def kind_in_terms(kind: MeetingKind) -> KindInTerms:
    return KindInTerms(MeetingKind(kind).label.lower())


def obligations_of(*, meeting: Meeting) -> dict[str, Obligation]:
    """What is kept of the meeting's duties, by the duty's id; what was cancelled is left out. One query."""
    cause_type, cause_id = key_of(meeting)
    kept = Obligation.objects.filter(cause_type=cause_type, cause_id=cause_id, cancelled_at=None)
    return {obligation.duty: obligation for obligation in kept.select_related("constitution")}


def _dated(rule: Deadline, board: Board, on: date, starts_at: time) -> DatedRule:
    try:
        return DatedRule(rule, due_for(rule, board=board, on=on, starts_at=starts_at))
    except BeyondHorizon as beyond:
        return DatedRule(rule, None, str(beyond))
