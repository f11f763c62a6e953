"""What the home pages of team, members and chair have in common: next meetings, and the way to one's boards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from meetings.models import Meeting
from meetings.presenters.words import when
from meetings.queries import Agenda
from partnership.models import Board, Obligation
from partnership.obligations.causes import cause_of
from partnership.rules.plain_dates import brief_date, counted, long_date, plain_time
from reviews.outlook import Outlook, Prospect
from reviews.presenters.addresses import of_board, of_meeting

NOON, EVENING = 12, 18
PROSPECTS = {
    Prospect.NO_REPLIES: ("No replies yet", "open"),
    Prospect.EXPECTED: ("Quorum expected", "yes"),
    Prospect.NOT_CERTAIN: ("Not certain", "soon"),
    Prospect.OUT_OF_REACH: ("Quorum not expected", "no"),
    Prospect.QUORATE: ("Quorate now", "yes"),
    Prospect.NOT_QUORATE: ("Not quorate now", "no"),
    Prospect.HELD: ("Held", "open"),
    Prospect.NOT_STATED: ("No quorum stated", "open"),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A word or two with the style that repeats them: yes, soon, no, or open."""

    words: str
    style: str


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """One meeting to come. `figure` and `unit` are the days left, or `Today` alone; `tag` None where none is shown."""

    figure: str
    unit: str
    board: str
    href: str
    when: str
    tag: Tag | None
    deadline: str


@dataclass(frozen=True, slots=True)
class BoardLink:
    """A board of the reader's, with its overview where that is theirs to see."""

    name: str
    href: str
    overview_href: str


def next_meetings(
    meetings: Iterable[Meeting],
    *,
    outlooks: Mapping[int, Outlook],
    deadlines: Mapping[int, Obligation],
    today: date,
) -> tuple[NextMeeting, ...]:
    """In the order given; outlooks and deadlines by the meeting's id, absent where they are not told."""
    return tuple(
        _next_meeting(meeting, outlooks.get(meeting.pk), deadlines.get(meeting.pk), today) for meeting in meetings
    )


def _next_meeting(meeting: Meeting, outlook: Outlook | None, deadline: Obligation | None, today: date) -> NextMeeting:
    days = (meeting.on - today).days
    return NextMeeting(
        figure=str(days) if days else "Today",
        unit="" if not days else "day" if days == 1 else "days",
        board=meeting.board.short_name,
        href=of_meeting("register" if meeting.is_open else "meeting", meeting),
        when=f"{long_date(meeting.on)}, {plain_time(meeting.starts_at)}",
        tag=outlook_tag(outlook) if outlook else None,
        deadline=_deadline_words(deadline, meeting, today) if deadline else "",
    )


def outlook_tag(outlook: Outlook) -> Tag:
    """`Not certain: ask 1 person`."""
    words, style = PROSPECTS[outlook.prospect]
    if outlook.to_ask:
        words += f": ask {outlook.to_ask} {'person' if outlook.to_ask == 1 else 'people'}"
    return Tag(words, style)


def _deadline_words(deadline: Obligation, meeting: Meeting, today: date) -> str:
    """`Next: the agenda and papers by 15 April`."""
    what = cause_of(deadline.cause_type).wording(meeting, deadline).what
    by = brief_date(deadline.due_on, today)
    return f"Late: {what}, due by {by}" if deadline.due_on < today else f"Next: {what} by {by}"


def board_links(boards: Iterable[Board]) -> tuple[BoardLink, ...]:
    """Each board of the reader's."""
    return tuple(
        BoardLink(
            name=f"{board.partnership.short_name}: {board.short_name}",
            href=of_board("board", board),
            overview_href=of_board("overview", board) if board.may_oversee else "",
        )
        for board in boards
    )


def greeting(name: str, now: datetime) -> str:
    """`Good morning, Kofi`: by the clock in London, and by name."""
    time_of_day = "morning" if now.hour < NOON else "afternoon" if now.hour < EVENING else "evening"
    return f"Good {time_of_day}, {called(name)}"


def called(name: str) -> str:
    """How a person is spoken to: by the first of two names, else by the whole, which may begin with a title."""
    words = name.split()
    return words[0] if len(words) == len(("first", "last")) else name


def place_and_time(meeting: Meeting) -> str:
    """`Thursday 22 April 2027, 10am to 12:30pm. Civic Offices, room 4.`"""
    place = f" {meeting.place}." if meeting.place else ""
    return f"{when(meeting)}.{place}"


def papers_words(agenda: Agenda) -> str:
    """`9 items, 100 pages. 3 items need a decision.`"""
    summary = f"{counted(agenda.size, 'item')}, {counted(agenda.pages_in_all, 'page')}."
    return f"{summary} {decisions_words(agenda)}".strip()


def decisions_words(agenda: Agenda) -> str:
    """`3 items need a decision.`; empty where none does."""
    decisions = len(agenda.decisions)
    verb = "needs" if decisions == 1 else "need"
    return f"{counted(decisions, 'item')} {verb} a decision." if decisions else ""
