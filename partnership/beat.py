"""The scheduler of the beat process."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from celery import beat
from django.conf import settings
from django.db import Error, close_old_connections

from partnership import pulse
from partnership.models import Heartbeat

log = logging.getLogger(__name__)

HEARTBEAT_JOB = "record_heartbeat"
# Done as soon as beat starts: what fell due while nobody ticked need not wait for the first tick.
AT_ONCE = ("plan_reminders", "send_reminders")


class Scheduler(beat.Scheduler):
    """Keeps no file: every job of the schedule may be repeated, and none depends on when it last ran.

    Whenever it has handed the heartbeat's job to the broker it writes its own heartbeat.
    """

    def setup_schedule(self) -> None:
        super().setup_schedule()
        for name in AT_ONCE:
            entry = self.schedule[name]
            entry.last_run_at = entry.default_now() - timedelta(seconds=settings.DELIVERY_TICK)

    def apply_async(self, entry: Any, producer: Any = None, advance: bool = True, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - celery's signature
        result = super().apply_async(entry, producer=producer, advance=advance, **kwargs)
        if entry.name == HEARTBEAT_JOB:
            _record_own_heartbeat()
        return result


def _record_own_heartbeat() -> None:
    close_old_connections()
    try:
        pulse.record(Heartbeat.Process.BEAT)
    except Error:
        # Beat goes on sending jobs while the database is away; that its heartbeat stays old is what turns health red.
        log.exception("heartbeat not written")
