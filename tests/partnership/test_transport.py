"""The mail transport against a real SMTP server that answers as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from partnership.obligations.transport import Answer, Outcome, SmtpTransport
from tests.platform.machine import free_port

Serving = Callable[..., AbstractContextManager["Scripted"]]


class Scripted:
    """Answers RCPT and DATA with the next line of its script; "drop" hangs up without a word."""

    def __init__(self, rcpt: list[str], data: list[str]) -> None:
        self.rcpt, self.data = rcpt, data
        self.kept: list[Envelope] = []

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


@pytest.fixture
def serving(settings: Settings) -> Serving:
    @contextmanager
    def serve(*, rcpt: tuple[str, ...] = (), data: tuple[str, ...] = ()) -> Iterator[Scripted]:
        handler = Scripted(list(rcpt), list(data))
        controller = Controller(handler, hostname="127.0.0.1", port=free_port())
        controller.start()
        settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
        try:
            yield handler
        finally:
            controller.stop()

    return serve


def message(to: str = "Nell Abara <nell@example.org>") -> EmailMultiAlternatives:
    letter = EmailMultiAlternatives(
        subject="Due soon", body=".a line with a dot\n§ and café\n", from_email="Board <board@example.org>", to=[to]
    )
    letter.attach_alternative("<p>Due soon</p>", "text/html")
    return letter


def delivered(carrier: SmtpTransport, *letters: EmailMultiAlternatives) -> list[Answer]:
    try:
        return [carrier.deliver(letter) for letter in letters]
    finally:
        carrier.close()


def test_what_the_server_says_is_the_answer(serving: Serving) -> None:
    with serving(data=("250 Kept as 41",)) as server:
        assert delivered(SmtpTransport(), message()) == [Answer(Outcome.ACCEPTED, "250 Kept as 41")]
        [kept] = server.kept
    assert (kept.mail_from, kept.rcpt_tos) == ("board@example.org", ["nell@example.org"])
    assert isinstance(kept.content, bytes)
    text = kept.content.decode("utf-8")
    assert "\r\n.a line with a dot\r\n" in text
    assert "§ and café" in text


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        ({"rcpt": ("450 Busy",)}, Outcome.PUT_OFF),
        ({"rcpt": ("550 No such mailbox",)}, Outcome.REFUSED),
        ({"data": ("432 Too many",)}, Outcome.PUT_OFF),
        ({"data": ("554 Spam",)}, Outcome.REFUSED),
        ({"data": ("drop",)}, Outcome.UNKNOWN),
    ],
)
def test_one_refusal_concerns_one_message(
    serving: Serving, script: dict[str, tuple[str, ...]], outcome: Outcome
) -> None:
    with serving(**script) as server:
        answers = delivered(SmtpTransport(), message("one@example.org"), message("two@example.org"))
        assert [answer.outcome for answer in answers] == [outcome, Outcome.ACCEPTED]
        assert [kept.rcpt_tos for kept in server.kept][-1] == ["two@example.org"]


def test_where_nobody_listens_it_is_put_off(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    [answer] = delivered(SmtpTransport(), message())
    assert answer.outcome is Outcome.PUT_OFF
    assert answer.words.startswith("ConnectionRefusedError")
