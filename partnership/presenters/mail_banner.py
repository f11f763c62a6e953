"""What the team is told while mail does not go."""

from __future__ import annotations

from datetime import timedelta

from partnership.obligations.alarm import MailState
from partnership.rules.plain_dates import counted

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def mail_banner(state: MailState) -> str:
    """A sentence or two; empty while all is well."""
    if state.held_because:
        because = state.held_because.rstrip(".")
        return f"No message is sent at present: {because[:1].lower() + because[1:]}."
    if state.waited is not None and state.is_late:
        return (
            f"Messages are not going out: the oldest has waited {_length(state.waited)}. "
            "Tell whoever looks after Quorate for you."
        )
    return ""


def _length(time: timedelta) -> str:
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (timedelta(minutes=1), "minute")):
        if time >= unit:
            return counted(time // unit, name)
    raise ValueError("Less than a minute is nothing to tell of.")
