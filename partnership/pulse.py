"""The heartbeats of worker and beat: written by the processes at their work, read by the health page."""

from __future__ import annotations

from datetime import datetime, timedelta

from partnership import clock
from partnership.models import Heartbeat

# A process is held to have stopped when its last heartbeat is older than this.
STALE_AFTER = timedelta(minutes=5)
# How long a process may take to write its first.
STARTING_FOR = timedelta(seconds=90)


def record(process: Heartbeat.Process) -> None:
    """Writes down that `process` is at work now."""
    Heartbeat.objects.update_or_create(name=process, defaults={"at": clock.machine_now()})


def last_seen() -> dict[str, datetime]:
    """When each process that ever wrote a heartbeat did so last."""
    return dict(Heartbeat.objects.values_list("name", "at"))
