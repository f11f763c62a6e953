"""The mail transport against a real SMTP server that answers as it is told."""

from __future__ import annotations

import json
import socket
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from partnership.checks import mail_has_a_way_out
from partnership.obligations.transport import Answer, CannotBeWritten, Outcome, SmtpTransport, chosen_transport
from tests.partnership.scripted_server import Serving
from tests.platform.machine import free_port


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
        ({"mail": ("550 We do not know you",)}, Outcome.PUT_OFF),
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
        assert answers[0].is_about_address is ("550 No such mailbox" in str(script))
        assert [kept.rcpt_tos for kept in server.kept][-1] == ["two@example.org"]


def test_where_nobody_listens_it_is_put_off(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    [answer] = delivered(SmtpTransport(), message())
    assert answer.outcome is Outcome.PUT_OFF
    assert answer.words.startswith("ConnectionRefusedError")


def test_a_server_that_does_not_let_us_in_refuses_no_message(serving: Serving, settings: Settings) -> None:
    """A wrong password must not fail all that is due."""
    with serving():
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "quorate", "wrong"
        [answer] = delivered(SmtpTransport(), message())
    assert answer.outcome is Outcome.PUT_OFF


@pytest.mark.parametrize("to", ["né@example.org", "a b@example.org", "one@example.org\r\nRCPT TO:<two@example.org>"])
def test_what_cannot_be_written_is_no_half_begun_conversation(serving: Serving, to: str) -> None:
    with serving() as server:
        carrier = SmtpTransport()
        with pytest.raises(CannotBeWritten):
            carrier.deliver(message(to))
        assert carrier.deliver(message()).outcome is Outcome.ACCEPTED
        carrier.close()
        assert len(server.kept) == 1


def test_a_server_that_hangs_costs_the_time_out(serving: Serving, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 1
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        began = time.monotonic()
        [answer] = delivered(SmtpTransport(), message())
    assert answer.outcome is Outcome.PUT_OFF
    assert time.monotonic() - began < 10


# --- a mail service by its programming interface ----------------------------------------------------------------------


class Service(BaseHTTPRequestHandler):
    """Answers as Postmark does, with the next of its script: a status, or "hang"."""

    script: ClassVar[list[tuple[int, dict[str, Any]]]] = []
    asked: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        status, body = self.script.pop(0)
        if status == HANGS:
            time.sleep(2)
        with suppress(BrokenPipeError):
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


HANGS = 599
TAKEN = {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a", "To": "nell@example.org"}
INACTIVE = {
    "ErrorCode": 406,
    "Message": "You tried to send to recipients that have been marked as inactive. "
    "Found inactive addresses: nell@example.org. Inactive recipients are ones that have bounced.",
}


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, TAKEN, "accepted"),
        (429, {}, "put off"),
        (401, {}, "put off"),
        (503, {}, "put off"),
        (500, {}, "unknown"),
        (422, {"ErrorCode": 300, "Message": "Bad"}, "refused"),
        (422, INACTIVE, "refused, its address"),
        (422, {"ErrorCode": 406, "Message": "Some are inactive"}, "unknown"),
        (HANGS, {}, "unknown"),
    ],
)
def test_a_mail_service_takes_refuses_or_puts_off(
    settings: Settings, status: int, body: dict[str, Any], outcome: str
) -> None:
    Service.asked.clear()
    Service.script[:] = [(status, body)]
    settings.MAIL_THROUGH = "postmark"
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.ANYMAIL = {
            "POSTMARK_SERVER_TOKEN": "only for tests",
            "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_port}/",
            "REQUESTS_TIMEOUT": 1,
        }
        carrier = chosen_transport()
        answer = carrier.deliver(message())
        carrier.close()
        server.shutdown()
    assert answer.outcome + (", its address" if answer.is_about_address else "") == outcome
    assert Service.asked[0]["To"] == "Nell Abara <nell@example.org>"


def test_a_mail_service_that_is_away_is_tried_again(settings: Settings) -> None:
    settings.MAIL_THROUGH = "postmark"
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "x", "POSTMARK_API_URL": f"http://127.0.0.1:{free_port()}/"}
    assert chosen_transport().deliver(message()).outcome is Outcome.PUT_OFF


@pytest.mark.parametrize(
    ("through", "given", "found"),
    [
        ("smtp", {}, []),
        ("postmark", {"POSTMARK_SERVER_TOKEN": "x"}, []),
        ("postmark", {}, ["quorate.E029"]),
        ("pigeon", {}, ["quorate.E028"]),
    ],
)
def test_a_way_out_that_lacks_something_is_named_at_start(
    settings: Settings, through: str, given: dict[str, str], found: list[str]
) -> None:
    settings.MAIL_THROUGH, settings.ANYMAIL = through, given
    settings.EMAIL_BACKEND = f"anymail.backends.{through}.EmailBackend"
    assert [problem.id for problem in mail_has_a_way_out(None)] == found


def test_the_next_message_is_written_while_the_server_thinks(serving: Serving) -> None:
    with serving() as server:
        carrier, first, second = SmtpTransport(), message("one@example.org"), message("two@example.org")
        heard: list[int] = []

        def write_next() -> None:
            heard.append(len(server.kept))
            carrier.prepare(second)

        assert carrier.deliver(first, write_next).outcome is Outcome.ACCEPTED
        second.body = "what it says after it was prepared"
        assert carrier.deliver(second).outcome is Outcome.ACCEPTED
        carrier.close()
    assert len(heard) == 1
    [_, kept] = server.kept
    assert b"after it was prepared" not in (kept.content or b"")


def test_a_message_that_was_not_prepared_goes_as_it_is(serving: Serving) -> None:
    with serving() as server:
        carrier = SmtpTransport()
        carrier.prepare(message("one@example.org"))
        carrier.deliver(message("two@example.org"))
        carrier.close()
    assert [kept.rcpt_tos for kept in server.kept] == [["two@example.org"]]
