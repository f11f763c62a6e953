"""Words that the messages of a meeting share."""

from __future__ import annotations

from django.urls import reverse

from meetings.models import Meeting
from partnership.navigation import address_of
from partnership.rules.plain_dates import long_date, plain_time, short_date


def named(meeting: Meeting) -> str:
    """`PSCP Board, 22 April`."""
    return f"{meeting.board.short_name}, {short_date(meeting.on)}"


def on_day(meeting: Meeting) -> str:
    """`Thursday 22 April 2027, 10am to 12:30pm`."""
    ends = f" to {plain_time(meeting.ends_at)}" if meeting.ends_at else ""
    return f"{long_date(meeting.on)}, {plain_time(meeting.starts_at)}{ends}"


def values_of(meeting: Meeting) -> dict[str, str]:
    """What a wording may name of a meeting: its group, its date and its hours."""
    return {
        "meeting": named(meeting),
        "group": meeting.board.name,
        "short name": meeting.board.short_name,
        "day": long_date(meeting.on),
        "when": on_day(meeting),
    }


def page(name: str, meeting: Meeting) -> str:
    """The path of one of the meeting's pages."""
    return reverse(name, args=[*address_of(meeting.board), meeting.address])


def where(meeting: Meeting) -> tuple[str, ...]:
    """Where it is held, as lines."""
    return tuple(
        line
        for line in (
            f"Place: {meeting.place}" if meeting.place else "",
            f"By video: {meeting.video_link}" if meeting.video_link else "",
        )
        if line
    )


def as_recipient(meeting: Meeting) -> str:
    return f"somebody who gets the messages of {meeting.board.name}"
