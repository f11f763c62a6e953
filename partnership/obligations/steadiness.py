"""Whether the machine's clock can be believed: no mail goes while it and the time since start-up have parted.

Leases, hours and lateness are read from the clock. Put forward by two days it would make everything overdue at once,
and expire the lease of whoever is sending now. The seconds since the machine started do not jump with it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

# Seconds by which the two may part, and after which a clock that stays where it was put is believed.
ALLOWED = 60.0
BELIEVED_AFTER = 3600.0


def since_start_up() -> float:
    """Seconds since the machine started, its sleep counted in."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass
class Steadiness:
    """Watches the two clocks from when it was made."""

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = since_start_up
    started_at: float = field(init=False)
    moved_at: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.started_at = self.wall() - self.steady()

    def is_kept(self) -> bool:
        """False while the clock stands elsewhere than the time that has passed would have it."""
        moved_by = self.wall() - self.steady() - self.started_at
        if abs(moved_by) <= ALLOWED:
            self.moved_at = None
            return True
        if self.moved_at is None:
            self.moved_at = self.steady()
            log.error("the clock was moved: no mail until it is back, or for an hour", extra={"seconds": int(moved_by)})
        if self.steady() - self.moved_at < BELIEVED_AFTER:
            return False
        self.started_at += moved_by
        self.moved_at = None
        return True


# Made when the process starts, or the parent of a worker's processes.
MACHINE = Steadiness()
