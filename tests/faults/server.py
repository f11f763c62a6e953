"""The mail server of the trial, and the fates that workers ask: each draws from one seeded source."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socketserver
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

# How often each accident comes to one attempt.
MOMENTS = {"claimed": 0.10, "begun": 0.03, "answered": 0.04}
RCPT = {"450 Busy": 0.12, "550 No such mailbox": 0.06}
DATA = {
    "432 Too many": 0.10,
    "554 Spam": 0.05,
    "dropped before its yes": 0.07,
    "dropped after its yes": 0.07,
    "killed before its yes": 0.02,
}


@dataclass
class Fates:
    """Draws accidents until there were enough, and remembers what happened."""

    seed: int
    wanted: int
    accidents: Counter[str] = field(default_factory=Counter)
    copies: Counter[str] = field(default_factory=Counter)
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    revoked: dict[int, float] = field(default_factory=dict)
    after_revocation: int = 0
    dead: set[str] = field(default_factory=set)
    holder: tuple[int, str] = (0, "")
    asked_at: float = 0.0
    heard: int = 0

    def __post_init__(self) -> None:
        self.random, self.lock = random.Random(self.seed), Lock()

    def draws(self, chances: dict[str, float]) -> str:
        """One of these accidents, or none."""
        with self.lock:
            if self.accidents.total() >= self.wanted:
                return ""
            drawn = self.random.random()
            for name, chance in chances.items():
                if drawn < chance:
                    self.accidents[name] += 1
                    return name
                drawn -= chance
        return ""

    def hear(self, said: dict[str, Any]) -> None:
        """A worker is at that moment; it waits until this returns."""
        moment = said["moment"]
        self.heard += 1
        if moment == "claiming":
            self.asked_at = time.monotonic()
            return
        if moment == "claimed":
            self.holder = said["pid"], said["worker"]
            late = [person for person in said["people"] if self.revoked.get(person, self.asked_at) < self.asked_at]
            self.after_revocation += len(late)
        if self.draws({moment: MOMENTS[moment]}):
            self.kill_holder()

    def kill_holder(self) -> None:
        """By its number, with no chance to say anything."""
        pid, worker = self.holder
        self.dead.add(worker)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def take(self, envelope: Envelope) -> None:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        lines = content.split(b"\r\n\r\n", 1)[0].decode().split("\r\n")
        heads = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        uuid = heads["x-quorate-delivery"]
        self.copies[uuid] += 1
        self.names[uuid].add(heads["message-id"])


class Asked(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.server.fates.hear(json.loads(self.rfile.readline()))  # type: ignore[attr-defined]  # FateServer's own
        with suppress(BrokenPipeError):
            self.wfile.write(b"1")


class FateServer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, path: str, fates: Fates) -> None:
        self.fates = fates
        super().__init__(path, Asked)


class Sink:
    """Takes what it takes, and says what the fates have it say."""

    def __init__(self, fates: Fates) -> None:
        self.fates = fates

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.fates.draws(RCPT)
        if not said:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        said = self.fates.draws(DATA)
        if said == "killed before its yes":
            self.fates.kill_holder()
            return "451 Gone"
        if said in {"", "dropped after its yes"}:
            self.fates.take(envelope)
        if said.startswith("dropped"):
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return said or "250 Kept"
