"""Times of a meeting as minutes write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from meetings.models import Meeting, Presence
from partnership.clock import LONDON
from partnership.rules.plain_dates import listed, plain_time

# Whoever is on the register a few minutes after the start was there from the start, as far as minutes tell.
LATE = timedelta(minutes=5)


def local_time(instant: datetime) -> str:
    """`9:52am`, in London."""
    return plain_time(instant.astimezone(LONDON).time())


def times_of(meeting: Meeting) -> str:
    """`10am to 12:24pm`: as it began and was closed; `from 10am` while it is not closed."""
    began = meeting.began or meeting.begins
    if meeting.closed_at is None:
        return f"from {local_time(began)}"
    return f"{local_time(began)} to {local_time(meeting.closed_at)}"


def part_of_meeting(meeting: Meeting, presences: Sequence[Presence]) -> str:
    """`from 10:20am`, `until 11:20am and from 11:42am`; empty for somebody who was there throughout."""
    parts = [part for presence in presences if (part := _part(meeting, presence))]
    return listed(parts) if parts else ""


def _part(meeting: Meeting, presence: Presence) -> str:
    began = meeting.began or meeting.begins
    came_late = presence.arrived_at > began + LATE
    left_early = presence.left_at is not None and (meeting.closed_at is None or presence.left_at < meeting.closed_at)
    if came_late and left_early and presence.left_at is not None:
        return f"from {local_time(presence.arrived_at)} to {local_time(presence.left_at)}"
    if came_late:
        return f"from {local_time(presence.arrived_at)}"
    if left_early and presence.left_at is not None:
        return f"until {local_time(presence.left_at)}"
    return ""


def with_comma(*parts: str) -> str:
    """The parts that say something, with commas between them."""
    return ", ".join(part for part in parts if part)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a typed text: blank lines part them."""
    return tuple(_paragraphs(text.splitlines()))


def _paragraphs(lines: Iterable[str]) -> Iterable[str]:
    gathered: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            gathered.append(line.strip())
        elif gathered:
            yield " ".join(gathered)
            gathered = []
