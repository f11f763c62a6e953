"""Dates and times of meetings as people write them."""

from __future__ import annotations

from datetime import datetime

from meetings.models import Meeting
from partnership.clock import LONDON
from partnership.rules.plain_dates import long_date, plain_length, plain_time


def clock_time(instant: datetime) -> str:
    """`9:52am`: an instant's local time in London."""
    return plain_time(instant.astimezone(LONDON).time())


def when(meeting: Meeting) -> str:
    """`Wednesday 17 March 2027, 10am to 12:30pm`."""
    ends = f" to {plain_time(meeting.ends_at)}" if meeting.ends_at else ""
    return f"{long_date(meeting.on)}, {plain_time(meeting.starts_at)}{ends}"


def minutes_words(minutes: int) -> str:
    """`12 minutes`, `1 hour 5 minutes`."""
    return plain_length(minutes)
