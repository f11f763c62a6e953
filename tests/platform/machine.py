"""A whole machine as a person starts it: `manage.py serve` with its real children, its own folder and its own port."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
CHILDREN = ("broker", "web", "mail", "worker", "beat")

# Generous, for the machine may be busy with the other half of the tests; what is promised is asserted by itself.
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_so: Callable[[], bool], *, within: float = PATIENCE) -> float:
    """Seconds it took. Fails when it does not come about."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < within, f"waited {within} s in vain"
        time.sleep(0.05)
    return time.monotonic() - began


def is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@dataclass
class Machine:
    """One `manage.py serve`; `out` and `err` are what it said once it has ended."""

    data_dir: Path
    port: int = field(default_factory=free_port)
    extra: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    def start(self) -> Machine:
        return self.start_by(sys.executable, "manage.py", "serve")

    def start_by(self, *command: str) -> Machine:
        """Started by another command than its own."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("QUORATE_", "DATABASE_URL"))
        }
        environment |= {"DEMO": "1", "DEMO_DATA": "0", "HEARTBEAT_EVERY": "1", "PORT": str(self.port)}
        environment |= {"DATA_DIR": str(self.data_dir), "DJANGO_SETTINGS_MODULE": "partnership.settings", **self.extra}
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with (self.data_dir / "said").open("ab") as said:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                text=True,
            )
        return self

    @property
    def said(self) -> str:
        return (self.data_dir / "said").read_text(encoding="utf-8")

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def started(self) -> Machine:
        """Started, and its first page served."""
        self.start()
        self.wait_for_first_page()
        return self

    def wait_for_first_page(self) -> float:
        return wait_until(lambda: self._lives() and self.answers())

    def _lives(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.said
        return True

    def answers(self) -> bool:
        return self.health()[0] in {200, 503}

    def health(self) -> tuple[int, dict[str, Any]]:
        """The status, 0 when nothing answers, and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/health/", headers={"Host": self.extra.get("ALLOWED_HOSTS", "localhost")})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            return 0, {}
        finally:
            connection.close()

    def child(self, name: str) -> psutil.Process | None:
        """The child of that name, by what it runs."""
        marks = {
            "broker": "broker.sock",
            "web": "gunicorn",
            "mail": "partnership.mailsink",
            "worker": " worker ",
            "beat": " beat ",
        }
        for process in psutil.Process(self.pid).children():
            try:
                if marks[name] in " ".join(process.cmdline()) and is_alive(process):
                    return process
            except psutil.NoSuchProcess:
                continue
        return None

    def child_now(self, name: str) -> psutil.Process:
        found = self.child(name)
        assert found is not None, f"no {name} runs"
        return found

    def wait_for_all_children(self) -> None:
        wait_until(lambda: all(self.child(name) for name in CHILDREN))

    def family(self) -> list[psutil.Process]:
        """Itself, its children and theirs."""
        own = psutil.Process(self.pid)
        return [own, *own.children(recursive=True)]

    def stop(self) -> int:
        """Asks it to stop; its exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def end_by_force(self) -> None:
        """Ends what is left of it after a test."""
        if self.process is None or self.process.poll() is not None:
            return
        family = self.family()
        for process in family:
            if is_alive(process):
                process.kill()
        self.process.wait(PATIENCE)
