"""The only place that reads the time.

`QUORATE_NOW` stops the clock at one instant for every process of a demonstration or a test, so that a picture or a
journey is the same on every day. Rules never ask for the time: they are given it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

LONDON = ZoneInfo("Europe/London")

_AS_AT: ContextVar[datetime | None] = ContextVar("_AS_AT", default=None)


@contextmanager
def as_at(instant: datetime) -> Iterator[None]:
    """Within the block it is that instant: for the past of a demonstration, and refused in production."""
    if settings.PRODUCTION:
        raise RuntimeError("In production the clock is the machine's.")
    token = _AS_AT.set(instant)
    try:
        yield
    finally:
        _AS_AT.reset(token)


def now() -> datetime:
    """The present instant, aware, in Europe/London; the instant of `as_at` or `QUORATE_NOW` where one is set."""
    stopped_at: datetime | None = _AS_AT.get() or settings.CLOCK_STOPPED_AT
    return stopped_at.astimezone(LONDON) if stopped_at else machine_now()


def today() -> date:
    """The date in London at `now()`."""
    return now().date()


def machine_now() -> datetime:
    """The machine's own time, whatever `QUORATE_NOW` says: for heartbeats, leases and sign-ins, never meetings."""
    return datetime.now(LONDON)
