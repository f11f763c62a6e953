"""A real mail server that answers as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager

from aiosmtpd.smtp import SMTP, Envelope, Session

Serving = Callable[..., AbstractContextManager["Scripted"]]


class Scripted:
    """Answers MAIL, RCPT and DATA with the next line of its script; "drop" hangs up without a word."""

    def __init__(self, rcpt: list[str], data: list[str], mail: list[str]) -> None:
        self.rcpt, self.data, self.mail = rcpt, data, mail
        self.kept: list[Envelope] = []

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.mail.pop(0) if self.mail else "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt.pop(0) if self.rcpt else "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        answer = self.data.pop(0) if self.data else "250 Kept"
        if answer == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        else:
            self.kept.append(envelope)
        return answer
