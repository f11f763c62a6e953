"""The one figure to watch, and the call to somebody else's watch that goes out while all is well."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

import requests
from django.conf import settings

from partnership.obligations.holding import held_because
from partnership.obligations.planning import oldest_due

log = logging.getLogger(__name__)

# A tick and the sweep that it begins are over long before.
LATE_AFTER = timedelta(minutes=15)
PING_PATIENCE = 5


@dataclass(frozen=True, slots=True)
class MailState:
    """Whether mail goes. `waited` is how long the oldest message that could go has not gone; None when none waits."""

    held_because: str
    waited: timedelta | None

    @property
    def is_late(self) -> bool:
        return self.waited is not None and self.waited > LATE_AFTER

    @property
    def is_well(self) -> bool:
        return not self.held_because and not self.is_late


def mail_state(*, now: datetime, machine_now: datetime) -> MailState:
    """Three queries, whatever the number of messages."""
    return MailState(held_because(), oldest_due(now=now, machine_now=machine_now))


def report_all_is_well(*, now: datetime, machine_now: datetime) -> bool:
    """Call the address of HEARTBEAT_URL, whose keeper raises the alarm when no call comes; whether it was called."""
    if not settings.HEARTBEAT_URL or not mail_state(now=now, machine_now=machine_now).is_well:
        return False
    try:
        requests.get(settings.HEARTBEAT_URL, timeout=PING_PATIENCE, allow_redirects=False).raise_for_status()
    except requests.RequestException:
        # A call that is lost is what the other side listens for.
        log.exception("the watch was not called")
        return False
    return True
