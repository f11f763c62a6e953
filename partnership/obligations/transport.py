"""One message to one recipient by SMTP, with the server's own words as the answer."""

from __future__ import annotations

import pkgutil
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import parseaddr
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, cast

import anymail.backends
import requests
from anymail.exceptions import (
    AnymailAPIError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from urllib3.exceptions import NewConnectionError

from partnership.obligations.mime import content_of

PERMANENT = 500
# What a service says of a recipient whose message it has; and its answers that say nothing of the message: our key is
# wrong, too many at once, out of order for a while.
TAKEN = frozenset({"sent", "queued"})
NOT_YET = frozenset({401, 402, 403, 408, 429, 503})


class CannotBeWritten(Exception):
    """The message has no form that could be sent: a header or an address that mail does not allow."""


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    PUT_OFF = "put off"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a message. `UNKNOWN`: the whole message was on its way when the connection broke.

    `is_about_address`: it was refused for whom it was to, and not for what it was. `service_id` is the number that a
    mail service gave it.
    """

    outcome: Outcome
    words: str
    is_about_address: bool = False
    service_id: str = ""


def nothing() -> None:
    """What is done meanwhile where nothing is to do."""


class Transport(Protocol):
    """Whatever takes a message. It may be slow; no transaction is open meanwhile."""

    def prepare(self, message: EmailMultiAlternatives) -> None:
        """Bring the message into the form in which it goes, where it has one. Raises CannotBeWritten."""

    def deliver(self, message: EmailMultiAlternatives, meanwhile: Callable[[], None] = nothing) -> Answer:
        """Hand it over; `meanwhile` may be done while the other side thinks, or not at all. Raises CannotBeWritten."""

    def close(self) -> None: ...


class ServiceTransport:
    """A mail service by its programming interface, through django-anymail."""

    def __init__(self) -> None:
        self.backend: BaseEmailBackend = get_connection()

    def prepare(self, message: EmailMultiAlternatives) -> None:
        """A service is asked with the message as it stands."""

    def deliver(self, message: EmailMultiAlternatives, meanwhile: Callable[[], None] = nothing) -> Answer:
        try:
            self.backend.open()
            self.backend.send_messages([message])
        except AnymailRecipientsRefused as refusal:
            return Answer(Outcome.REFUSED, _first_line(refusal), is_about_address=True)
        except (AnymailSerializationError, AnymailInvalidAddress, AnymailUnsupportedFeature) as error:
            raise CannotBeWritten(_first_line(error)) from error
        except AnymailAPIError as error:
            return Answer(_outcome_of(error), _first_line(error))
        status = message.anymail_status  # type: ignore[attr-defined]  # anymail adds it
        if status.status and status.status <= TAKEN:
            number = str(status.message_id or "")
            words = f"Taken by {settings.MAIL_THROUGH} as {number}"
            return Answer(Outcome.ACCEPTED, words, service_id=number[:200])
        return Answer(
            Outcome.UNKNOWN, f"{settings.MAIL_THROUGH} says {', '.join(sorted(status.status or {'nothing'}))}"
        )

    def close(self) -> None:
        self.backend.close()


def mail_services() -> list[str]:
    """The services that django-anymail knows, by the names that the settings take."""
    none = {"base", "base_requests", "console", "test"}
    return sorted(each.name for each in pkgutil.iter_modules(anymail.backends.__path__) if each.name not in none)


def _outcome_of(error: Any) -> Outcome:
    """What a service's error leaves of a message: refused, not taken yet, or nobody knows."""
    if error.status_code is not None:
        if error.status_code in NOT_YET:
            return Outcome.PUT_OFF
        return Outcome.UNKNOWN if error.status_code >= PERMANENT else Outcome.REFUSED
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.SSLError):
        return Outcome.PUT_OFF
    reason = getattr(error.__cause__.args[0] if error.__cause__ and error.__cause__.args else None, "reason", None)
    return Outcome.PUT_OFF if isinstance(reason, NewConnectionError) else Outcome.UNKNOWN


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split())[:500]


class _Envelope(NamedTuple):
    """What goes over the line: the content dotted and ended as SMTP wants it."""

    sender: str
    recipient: str
    content: bytes


class SmtpTransport:
    """The mail server of the settings, on one connection for as long as it lasts."""

    def __init__(self) -> None:
        self.backend = EmailBackend()
        self.prepared: tuple[EmailMultiAlternatives, _Envelope] | None = None

    def prepare(self, message: EmailMultiAlternatives) -> None:
        self.prepared = message, _envelope_of(message)

    def deliver(self, message: EmailMultiAlternatives, meanwhile: Callable[[], None] = nothing) -> Answer:
        envelope = self._prepared(message)
        try:
            self.backend.open()
            return self._hand_over(cast("smtplib.SMTP", self.backend.connection), envelope, meanwhile)
        except smtplib.SMTPResponseException as refusal:
            # Before any message was named: a wrong password, a server that is closed. It is not the message's fault.
            self.close()
            return replace(_answer(refusal.smtp_code, refusal.smtp_error), outcome=Outcome.PUT_OFF)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Answer(Outcome.PUT_OFF, f"{type(error).__name__}: {error}")

    def close(self) -> None:
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            # The server had hung up by itself; what it took before is answered for already.
            self.backend.connection = None

    def _prepared(self, message: EmailMultiAlternatives) -> _Envelope:
        prepared, self.prepared = self.prepared, None
        return prepared[1] if prepared and prepared[0] is message else _envelope_of(message)

    def _hand_over(self, server: smtplib.SMTP, envelope: _Envelope, meanwhile: Callable[[], None]) -> Answer:
        server.ehlo_or_helo_if_needed()
        for verb, words_to_say in (("MAIL", f"FROM:<{envelope.sender}>"), ("RCPT", f"TO:<{envelope.recipient}>")):
            code, words = server.docmd(verb, words_to_say)
            if code // 100 != 2:  # noqa: PLR2004 - 2xx is yes in SMTP
                return self._started_afresh(server, _refusal_of(verb, _answer(code, words)))
        code, words = server.docmd("DATA")
        if code != 354:  # noqa: PLR2004 - "go on" in SMTP
            return self._started_afresh(server, _answer(code, words))
        try:
            server.send(envelope.content)
            meanwhile()
            return _answer(*server.getreply())
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Answer(Outcome.UNKNOWN, f"{type(error).__name__}: {error}")

    def _started_afresh(self, server: smtplib.SMTP, answer: Answer) -> Answer:
        # One refusal concerns one message: the next recipient's starts from the beginning.
        server.docmd("RSET")
        return answer


def _refusal_of(verb: str, answer: Answer) -> Answer:
    """No to our own address is no word on the message, and may be put right; no to the recipient's flags theirs."""
    if verb == "MAIL":
        return replace(answer, outcome=Outcome.PUT_OFF)
    return replace(answer, is_about_address=answer.outcome is Outcome.REFUSED)


@lru_cache(maxsize=256)
def _address_in(header: str) -> str:
    return parseaddr(header)[1]


def _envelope_of(message: EmailMultiAlternatives) -> _Envelope:
    """Written before anybody is spoken to, so that what cannot be written is no half-begun conversation."""
    addresses = _address_in(message.from_email), _address_in(message.to[0])
    try:
        content = content_of(message)
        for address in addresses:
            address.encode("ascii")
    except ValueError as error:
        raise CannotBeWritten(f"{type(error).__name__}: {error}") from error
    if any(mark in address for address in addresses for mark in "\r\n<> "):
        raise CannotBeWritten("An address with a mark that no address has.")
    content = content.replace(b"\r\n.", b"\r\n..")
    return _Envelope(*addresses, content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")


def _answer(code: int, words: bytes | str) -> Answer:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    said = f"{code} {' '.join(text.split())}".strip()
    if 200 <= code < 300:  # noqa: PLR2004 - 2xx is yes in SMTP
        return Answer(Outcome.ACCEPTED, said)
    return Answer(Outcome.REFUSED if code >= PERMANENT else Outcome.PUT_OFF, said)


def chosen_transport() -> Transport:
    """The way out that the settings name."""
    return SmtpTransport() if settings.MAIL_THROUGH == "smtp" else ServiceTransport()
