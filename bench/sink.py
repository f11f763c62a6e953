"""A mail server for benches: takes every message and notes when each arrived.

Usage: python -m bench.sink DESCRIPTOR FILE, where DESCRIPTOR is a listening socket; each line of FILE is one arrival.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Noting:
    """Answers 250 when the arrival is written down."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a", buffering=1, encoding="ascii")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.file.write(f"{time.time()}\n")
        return "250 Kept"


async def listen(listener: socket.socket, path: Path) -> None:
    handler = Noting(path)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler), sock=listener)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(listen(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2])))
