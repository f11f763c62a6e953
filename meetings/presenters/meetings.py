"""Meetings in lists, and the home page of a board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from meetings.models import Decision, Meeting, MeetingKind, MeetingStatus
from meetings.presenters.words import when
from membership.queries import SeatsInFigures
from partnership.models import Constitution
from partnership.navigation import address_of
from partnership.rules.plain_dates import counted, plain_date

# How many meetings after the next one a board's page names.
LATER = 3


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
class DecidedLately:
    """A decision of minutes that were sent, and the address of the record that says what it is worth."""

    words: str
    on: str
    href: str


@dataclass(frozen=True, slots=True)
class BoardHome:
    """A board at a glance. `next_meeting` is None when none is planned; `later` are those after it."""

    next_meeting: MeetingRow | None
    days_left: str
    later: tuple[MeetingRow, ...]
    decisions: tuple[DecidedLately, ...]
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
    *,
    to_come: Sequence[Meeting],
    decisions: Iterable[Decision],
    seats: SeatsInFigures,
    constitution: Constitution | None,
    today: date,
) -> BoardHome:
    """`to_come` are the meetings planned, the next first; `decisions` the last ones; `seats` are those of today."""
    soonest = to_come[0] if to_come else None
    return BoardHome(
        next_meeting=_row(soonest, today) if soonest else None,
        days_left=_days_left(soonest, today) if soonest else "",
        later=tuple(_row(meeting, today) for meeting in to_come[1 : 1 + LATER]),
        decisions=tuple(_decided(decision) for decision in decisions),
        seats=_seats_words(seats),
        version=_version_words(constitution),
    )


def _decided(decision: Decision) -> DecidedLately:
    meeting = decision.item.meeting
    return DecidedLately(
        words=decision.text,
        on=plain_date(meeting.on),
        href=reverse("record", args=(*address_of(meeting.board), meeting.address)),
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
