"""Meetings in lists, and the home page of a board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from meetings.models import Meeting, MeetingKind, MeetingStatus
from meetings.presenters.words import when
from membership.queries import SeatsInFigures
from partnership.models import Constitution
from partnership.navigation import address_of
from partnership.rules.plain_dates import counted, plain_date


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting in a list."""

    href: str
    when: str
    place: str
    kind: str
    state: str
    state_tag: str


@dataclass(frozen=True, slots=True)
class BoardHome:
    """A board at a glance. `next_meeting` is None when none is planned."""

    next_meeting: MeetingRow | None
    days_left: str
    seats: str
    version: str


def meeting_rows(meetings: Iterable[Meeting], today: date) -> list[MeetingRow]:
    """Meetings in the order given."""
    return [_row(meeting, today) for meeting in meetings]


def page_of(meeting: Meeting) -> str:
    """The address of the meeting's own page."""
    return reverse("meeting", args=(*address_of(meeting.board), meeting.address))


def _row(meeting: Meeting, today: date) -> MeetingRow:
    state, tag = _state(meeting, today)
    return MeetingRow(
        href=page_of(meeting),
        when=when(meeting),
        place=meeting.place,
        kind="" if meeting.kind == MeetingKind.ORDINARY else meeting.get_kind_display(),
        state=state,
        state_tag=tag,
    )


def _state(meeting: Meeting, today: date) -> tuple[str, str]:
    """The word for where the meeting stands, and the colour that repeats it."""
    if meeting.status == MeetingStatus.CANCELLED:
        return "Cancelled", "no"
    if meeting.status == MeetingStatus.HELD:
        return "Held", "plain"
    if meeting.is_open:
        return "Register open", "yes"
    return ("Today", "soon") if meeting.on == today else ("Planned", "plain")


def board_home(
    *, soonest: Meeting | None, seats: SeatsInFigures, constitution: Constitution | None, today: date
) -> BoardHome:
    """`soonest` is the next meeting; `seats` are those of today."""
    return BoardHome(
        next_meeting=_row(soonest, today) if soonest else None,
        days_left=_days_left(soonest, today) if soonest else "",
        seats=_seats_words(seats),
        version=_version_words(constitution),
    )


def _days_left(meeting: Meeting, today: date) -> str:
    days = (meeting.on - today).days
    return "Today" if days == 0 else "Tomorrow" if days == 1 else f"In {days} days"


def _seats_words(seats: SeatsInFigures) -> str:
    words = counted(seats.existing, "seat")
    return f"{words}, {seats.vacant} vacant" if seats.vacant else words


def _version_words(constitution: Constitution | None) -> str:
    if constitution is None:
        return "No terms of reference are in force."
    return f"Version {constitution.version}, in force since {plain_date(constitution.in_force_from)}"
