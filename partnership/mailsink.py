"""The demonstration's mail server: takes every message, sends none on, keeps each as a file.

Usage: python -m partnership.mailsink FOLDER DESCRIPTOR, where DESCRIPTOR is a listening loopback socket.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

FIRST_NUMBER = 1


class KeepingHandler:
    """Writes each message to `folder` as 000001.eml, 000002.eml …, headed by whom the envelope names.

    The envelope comes first, as `X-Envelope-From` and one `X-Envelope-To` a recipient, then the message as received.
    It is answered 250 only when the file is whole and on disk.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder
        numbers = (int(path.stem) for path in folder.glob("*.eml") if path.stem.isdigit())
        self.next_number = max(numbers, default=FIRST_NUMBER - 1) + 1

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self._keep(envelope)
        return "250 Kept; nothing is sent on from a demonstration"

    def _keep(self, envelope: Envelope) -> None:
        lines = [f"X-Envelope-From: {envelope.mail_from}", *(f"X-Envelope-To: {to}" for to in envelope.rcpt_tos)]
        head = "".join(f"{line}\r\n" for line in lines).encode("utf-8")
        body = envelope.content
        draft = self.folder / "incoming"
        with draft.open("wb") as file:
            file.write(head + (body if isinstance(body, bytes) else str(body).encode("utf-8")))
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.folder / f"{self.next_number:06}.eml")
        self.next_number += 1


async def listen(folder: Path, listener: socket.socket) -> None:
    """Serves until it is ended. Raises ValueError when others than this machine could connect."""
    address = listener.getsockname()[0]
    if not ip_address(address).is_loopback:
        raise ValueError(f"The mail sink listens on loopback only, not on {address}.")
    handler = KeepingHandler(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, enable_SMTPUTF8=True), sock=listener)
    async with server:
        await server.serve_forever()


def main() -> None:
    folder, descriptor = Path(sys.argv[1]), int(sys.argv[2])
    asyncio.run(listen(folder, socket.socket(fileno=descriptor)))


if __name__ == "__main__":
    main()
