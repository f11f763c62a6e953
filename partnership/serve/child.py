"""One supervised process: started tied to the supervisor, started again with a growing pause when it dies."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

log = logging.getLogger(__name__)

# Seconds before a process that keeps dying is started again; one that has lived for STEADY seconds starts afresh.
PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
STEADY = 30.0


@dataclass(frozen=True, slots=True)
class ChildCommand:
    """What to run: its name in logs, its command line, the descriptors it inherits, and settings for it alone.

    What it says goes to a log in a demonstration, unless `is_heard`: then to the person who started it.
    """

    name: str
    command: tuple[str, ...]
    inherits: tuple[int, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    is_heard: bool = False


@dataclass(slots=True)
class Child:
    """A `ChildCommand` and the process that runs it at present, if one does."""

    spec: ChildCommand
    folder: Path
    environment: Mapping[str, str]
    log_file: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started_at: float = 0.0
    due_at: float = field(default_factory=time.monotonic)

    @property
    def is_running(self) -> bool:
        return self.process is not None and not has_ended(self.process)

    def start(self) -> None:
        """Starts the process in a session of its own, so that a Ctrl-C in the terminal reaches the supervisor alone."""
        tether = (sys.executable, "-m", "partnership.serve.tether", str(os.getpid()))
        output = self.log_file.open("ab") if self.log_file else None
        try:
            self.process = subprocess.Popen(
                [*tether, *self.spec.command],
                cwd=self.folder,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                pass_fds=self.spec.inherits,
                start_new_session=True,
            )
        finally:
            if output:
                output.close()
        self.started_at = time.monotonic()
        log.info("started", extra={"child": self.spec.name, "child_pid": self.process.pid})

    def keep_running(self, now: float) -> None:
        """Notices a death, and starts the process when its pause is over; `now` is monotonic seconds."""
        if self.process is not None:
            if not has_ended(self.process):
                return
            self._bury(self.process, now)
        if now >= self.due_at:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and not has_ended(self.process):
            self.process.terminate()

    def kill(self) -> int:
        """Ends the process and whatever it has started, at once; gives its exit status."""
        if self.process is None:
            return 0
        # Before it is waited for: until then its number, which is its group's, cannot be anyone else's.
        os.killpg(self.process.pid, signal.SIGKILL)
        status = self.process.wait()
        self.process = None
        return status

    def _bury(self, process: subprocess.Popen[bytes], now: float) -> None:
        self.deaths = 0 if now - self.started_at >= STEADY else self.deaths
        pause = PAUSES[min(self.deaths, len(PAUSES) - 1)]
        self.deaths += 1
        self.due_at = now + pause
        status = self.kill()
        log.error("died", extra={"child": self.spec.name, "child_pid": process.pid, "status": status, "pause": pause})


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process has ended, leaving it to be waited for."""
    if process.returncode is not None:
        return True
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
