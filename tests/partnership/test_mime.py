"""Our own writing of a message beside Django's: byte for byte the same, but for the boundary between its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.mime.text import MIMEText
from typing import Any

import django.core.mail.message
import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import given
from hypothesis import strategies as st

from partnership.obligations import mime
from partnership.obligations.mime import content_of

BOUNDARY = re.compile(rb"===============\w+==")
HEADERS = {"Message-ID": "<rem-1@example.org>"}
# Without surrogates, which no database keeps.
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=120)
PLAIN = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=120)


def letter(**changes: Any) -> EmailMultiAlternatives:
    html = changes.pop("html", "<p>Due soon</p>")
    given = {
        "subject": "The agenda and papers for PSCP Board, 22 April, are due by 15 April",
        "body": "Dear Nell,\n\nDue soon.\n",
        "from_email": "Isle of Wight SCP <quorate@example.org>",
        "to": ["Nell Abara <nell@example.org>"],
        "reply_to": ["team@example.org"],
        "headers": dict(HEADERS),
    }
    message = EmailMultiAlternatives(**{**given, **changes})
    message.attach_alternative(html, "text/html")
    return message


def written_by_django(message: EmailMultiAlternatives) -> bytes:
    return bytes(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django's own


def without_boundary(content: bytes) -> bytes:
    return BOUNDARY.sub(b"boundary", content)


def same(message: EmailMultiAlternatives) -> bool:
    return without_boundary(content_of(message)) == without_boundary(written_by_django(message))


@pytest.fixture(scope="module", autouse=True)
def one_date() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (mime, django.core.mail.message):
            patch.setattr(module, "formatdate", lambda **_: "Thu, 01 Apr 2027 07:31:00 -0000")
        yield


@given(subject=LINE, body=TEXT, html=TEXT, name=LINE)
def test_any_words_are_written_as_django_writes_them(subject: str, body: str, html: str, name: str) -> None:
    spoken = " ".join(name.replace('"', "").replace("\\", "").split())
    assert same(letter(subject=subject, body=body, html=html, to=[f'"{spoken}" <nell@example.org>']))


@given(subject=PLAIN, header=PLAIN)
def test_short_and_long_lines_of_plain_letters(subject: str, header: str) -> None:
    assert same(letter(subject=subject, headers={**HEADERS, "List-Unsubscribe": header}))


@pytest.mark.parametrize("subject", ["a\nb", "a\r\nBcc: two@example.org", "a\rb"])
def test_no_header_begins_within_another(subject: str) -> None:
    with pytest.raises(ValueError, match="newlines"):
        content_of(letter(subject=subject))


def test_an_address_that_mail_does_not_allow_is_refused() -> None:
    with pytest.raises(ValueError, match="address"):
        content_of(letter(to=["Siân <sian example.org>"]))


def test_each_message_has_a_boundary_of_its_own() -> None:
    assert len({BOUNDARY.findall(content_of(letter()))[0] for _ in range(3)}) == 3


@pytest.mark.parametrize("shape", ["text and HTML", "a long line", "an attachment", "no id"])
def test_any_other_shape_is_left_to_django(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    message = letter(headers={} if shape == "no id" else HEADERS, body="é" * (500 if shape == "a long line" else 499))
    if shape == "an attachment":
        message.attach(MIMEText("BEGIN:VCALENDAR", "calendar", "utf-8"))
    of_django, asked = message.message, []

    def told() -> Any:
        asked.append(shape)
        return of_django()

    monkeypatch.setattr(message, "message", told)
    assert content_of(message).count(b"Subject: ") == 1
    assert asked == ([] if shape == "text and HTML" else [shape])
