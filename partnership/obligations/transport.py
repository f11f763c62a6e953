"""One message to one recipient by SMTP, with the server's own words as the answer."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from typing import Protocol, cast

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

PERMANENT = 500


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    PUT_OFF = "put off"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a message. `UNKNOWN`: the whole message was on its way when the connection broke."""

    outcome: Outcome
    words: str


class Transport(Protocol):
    """Whatever takes a message. It may be slow; no transaction is open meanwhile."""

    def deliver(self, message: EmailMultiAlternatives) -> Answer: ...

    def close(self) -> None: ...


class SmtpTransport:
    """The mail server of the settings, on one connection for as long as it lasts."""

    def __init__(self) -> None:
        self.backend = EmailBackend()

    def deliver(self, message: EmailMultiAlternatives) -> Answer:
        try:
            self.backend.open()
            return self._hand_over(cast("smtplib.SMTP", self.backend.connection), message)
        except smtplib.SMTPResponseException as refusal:
            self.close()
            return _answer(refusal.smtp_code, refusal.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Answer(Outcome.PUT_OFF, f"{type(error).__name__}: {error}")

    def close(self) -> None:
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            # The server had hung up by itself; what it took before is answered for already.
            self.backend.connection = None

    def _hand_over(self, server: smtplib.SMTP, message: EmailMultiAlternatives) -> Answer:
        server.ehlo_or_helo_if_needed()
        sender, recipient = parseaddr(message.from_email)[1], parseaddr(message.to[0])[1]
        for code, words in (server.docmd("MAIL", f"FROM:<{sender}>"), server.docmd("RCPT", f"TO:<{recipient}>")):
            if code // 100 != 2:  # noqa: PLR2004 - 2xx is yes in SMTP
                return self._started_afresh(server, _answer(code, words))
        code, words = server.docmd("DATA")
        if code != 354:  # noqa: PLR2004 - "go on" in SMTP
            return self._started_afresh(server, _answer(code, words))
        content = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own
        content = content.replace(b"\r\n.", b"\r\n..")
        try:
            server.send(content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            return _answer(*server.getreply())
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Answer(Outcome.UNKNOWN, f"{type(error).__name__}: {error}")

    def _started_afresh(self, server: smtplib.SMTP, answer: Answer) -> Answer:
        # One refusal concerns one message: the next recipient's starts from the beginning.
        server.docmd("RSET")
        return answer


def _answer(code: int, words: bytes | str) -> Answer:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    said = f"{code} {' '.join(text.split())}".strip()
    if 200 <= code < 300:  # noqa: PLR2004 - 2xx is yes in SMTP
        return Answer(Outcome.ACCEPTED, said)
    return Answer(Outcome.REFUSED if code >= PERMANENT else Outcome.PUT_OFF, said)
