"""The home page as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meetings.models import Meeting
from meetings.presenters.meetings import MeetingRow, meeting_rows
from partnership.rules.plain_dates import counted


@dataclass(frozen=True, slots=True)
class BoardMeeting:
    """A meeting with the name of its board."""

    board: str
    href: str
    when: str
    place: str
    state: str
    state_tag: str


@dataclass(frozen=True, slots=True)
class AgendaOfDays:
    """The reader's meetings, today's apart."""

    heading: str
    today: tuple[BoardMeeting, ...]
    later: tuple[BoardMeeting, ...]


def agenda_of_days(meetings: Sequence[Meeting], today: date) -> AgendaOfDays:
    """Split at today; the heading is the count."""
    rows = [
        (meeting.on, _named(meeting, row)) for meeting, row in zip(meetings, meeting_rows(meetings, today), strict=True)
    ]
    now = tuple(row for on, row in rows if on == today)
    heading = f"{counted(len(now), 'meeting')} today" if now else "No meeting today"
    return AgendaOfDays(heading=heading, today=now, later=tuple(row for on, row in rows if on != today))


def _named(meeting: Meeting, row: MeetingRow) -> BoardMeeting:
    return BoardMeeting(
        board=meeting.board.name,
        href=row.href,
        when=row.when,
        place=row.place,
        state=row.state,
        state_tag=row.state_tag,
    )
