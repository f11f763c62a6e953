"""What another date does to a meeting's deadlines, each old date beside the new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from meetings.duties import FEATURES
from meetings.models import Meeting
from meetings.presenters.meeting_tasks import clause_words
from meetings.queries import DatedRule
from partnership.models import Obligation
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.plain_dates import counted, long_date, plain_time


@dataclass(frozen=True, slots=True)
class DeadlineMove:
    """One deadline: its date so far, its date from then on, and how far it moves."""

    name: str
    clause: str
    was: str
    now: str
    by: str


def deadline_moves(was: Sequence[DatedRule], now: Sequence[DatedRule]) -> list[DeadlineMove]:
    """Every deadline of either date, in the order of the dates so far; then those that only the new terms have."""
    after = {each.rule.id: each for each in now}
    before = {each.rule.id for each in was}
    moves = [_move(each.rule, each, after.get(each.rule.id)) for each in was]
    return moves + [_move(each.rule, None, each) for each in now if each.rule.id not in before]


def _move(rule: Deadline, was: DatedRule | None, now: DatedRule | None) -> DeadlineMove:
    return DeadlineMove(
        name=rule.duty,
        clause=clause_words(rule.clause),
        was=_day(was),
        now=_day(now),
        by=_by(was.on if was else None, now.on if now else None),
    )


def _day(each: DatedRule | None) -> str:
    if each is None:
        return "Not asked for"
    return long_date(each.on) if each.on else "Not known yet"


def _by(was: date | None, now: date | None) -> str:
    if was is None or now is None:
        return ""
    days = (now - was).days
    return f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}" if days else "stays"


def dropped_duties(kept: Iterable[Obligation]) -> list[str]:
    """What will no longer fall due: `The minutes, due Thursday 6 May 2027`."""
    still_open = sorted((each for each in kept if each.is_open), key=lambda each: each.due_on)
    names = [(FEATURES.get(each.duty, each.duty), each.due_on) for each in still_open]
    return [f"{name[:1].upper()}{name[1:]}, due {long_date(on)}" for name, on in names]


def in_words(meeting: Meeting) -> str:
    """`Thursday 22 April 2027, 10am to 12:30pm, Civic Offices`."""
    return when_in_words(meeting.on, meeting.starts_at, meeting.ends_at, meeting.place)


def when_in_words(on: date, starts_at: time, ends_at: time | None, place: str) -> str:
    """The same of values that no meeting has yet."""
    ends = f" to {plain_time(ends_at)}" if ends_at else ""
    return f"{long_date(on)}, {plain_time(starts_at)}{ends}{f', {place}' if place else ''}"
