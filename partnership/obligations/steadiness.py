"""Whether the machine's clock can be believed: no mail goes while it and the time since start-up have parted.

Leases, hours and lateness are read from the clock. Put forward by two days it would make everything overdue at once,
and expire the lease of whoever is sending now. The seconds since the machine started do not jump with it. A process
that has just begun knows only what was written down: the last sweep, which cannot lie ahead, and for commands that
run by a timer a file that one leaves to the next.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

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
    has_asked: bool = field(default=False, init=False)

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

    def compare(self, last_act: Callable[[], float | None]) -> None:
        """Once a process: where the last act of the record lies ahead of the clock, the clock stands too far back."""
        if self.has_asked:
            return
        self.has_asked = True
        ahead = (last_act() or 0.0) - self.wall()
        if ahead > ALLOWED and self.moved_at is None:
            self.started_at = self.wall() - self.steady() + ahead

    def take_up(self, path: Path) -> None:
        """Go on from what an earlier process of this boot left; nothing where it left nothing that can be read."""
        try:
            left = json.loads(path.read_text(encoding="utf-8"))
            if left["boot"] == boot_id():
                self.started_at = float(left["started_at"])
                self.moved_at = None if left["moved_at"] is None else float(left["moved_at"])
        except (OSError, ValueError, KeyError, TypeError):
            return

    def leave(self, path: Path) -> None:
        """Write down what is known for the next process."""
        draft = path.with_name(f"{path.name}.new")
        left = {"boot": boot_id(), "started_at": self.started_at, "moved_at": self.moved_at}
        draft.write_text(json.dumps(left), encoding="utf-8")
        draft.replace(path)


def boot_id() -> str:
    """Which start of the machine this is: seconds since another one say nothing."""
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


# Made when the process starts, or the parent of a worker's processes.
MACHINE = Steadiness()
