"""A message as the bytes that go over the line: those that Django makes of it, but for the boundary, with less work.

Django builds a tree of parts and folds fifteen headers, of which one may be too long: most of a message's time.
A message of any other shape than text and HTML is left to Django.
"""

from __future__ import annotations

import re
from email.policy import compat32
from email.utils import formatdate
from functools import lru_cache
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import RFC5322_EMAIL_LINE_LENGTH_LIMIT, forbid_multi_line_headers

CRLF = "\r\n"
LINE_END = re.compile(r"\r\n|\r|\n")
POLICY = compat32.clone(linesep=CRLF)
# A header as short as this is folded by nobody.
SHORT = 76
# What stands before the headers that a message brings with it, unless it brings that, too.
OURS = frozenset({"subject", "from", "to", "cc", "reply-to", "date"})


def content_of(message: EmailMultiAlternatives) -> bytes:
    """The whole message. Raises ValueError where a header or an address is none that mail allows."""
    if _is_text_and_html(message):
        text, html = str(message.body), str(message.alternatives[0][0])
        parts = [_part(text, "plain"), _part(html, "html")]
        if None not in parts:
            return _joined(_headers(message), [part for part in parts if part is not None])
    return bytes(message.message().as_bytes(linesep=CRLF))  # type: ignore[call-arg]  # Django's own


def _is_text_and_html(message: EmailMultiAlternatives) -> bool:
    names = {name.lower() for name in message.extra_headers}
    return (
        [kind for _, kind in message.alternatives] == ["text/html"]
        and bool(message.body and message.to)
        and not (message.attachments or message.cc or message.bcc or message.encoding)
        and "message-id" in names
        and not names & OURS
    )


def _headers(message: EmailMultiAlternatives) -> list[bytes]:
    found = {"Subject": message.subject, "From": message.from_email, "To": ", ".join(message.to)}
    if message.reply_to:
        found["Reply-To"] = ", ".join(message.reply_to)
    found["Date"] = formatdate(localtime=settings.EMAIL_USE_LOCALTIME)
    return [_header(name, str(value)) for name, value in (found | message.extra_headers).items()]


def _header(name: str, value: str) -> bytes:
    is_short = len(name) + len(value) < SHORT
    if is_short and value.isascii() and value.isprintable() and value == value.strip():
        return f"{name}: {value}{CRLF}".encode("ascii")
    return _folded(name, value)


@lru_cache(maxsize=256)
def _folded(name: str, value: str) -> bytes:
    """As Django and the standard library encode and fold it. Raises ValueError."""
    return POLICY.fold_binary(*forbid_multi_line_headers(name, value, settings.DEFAULT_CHARSET))


def _part(text: str, subtype: str) -> bytes | None:
    """A part of the message; None where a line is longer than mail allows, which takes another encoding."""
    lines = LINE_END.split(text)
    content = CRLF.join(lines).encode("utf-8")
    if max(map(len, content.split(b"\r\n"))) > RFC5322_EMAIL_LINE_LENGTH_LIMIT:
        return None
    bits = "7bit" if content.isascii() else "8bit"
    head = f'Content-Type: text/{subtype}; charset="utf-8"{CRLF}MIME-Version: 1.0{CRLF}'
    return f"{head}Content-Transfer-Encoding: {bits}{CRLF}{CRLF}".encode("ascii") + content


def _joined(headers: list[bytes], parts: list[bytes]) -> bytes:
    # A number that nobody could have put into a text.
    boundary = f"==============={uuid4().hex}=="
    head = f'Content-Type: multipart/alternative;{CRLF} boundary="{boundary}"{CRLF}MIME-Version: 1.0{CRLF}'
    between = f"{CRLF}--{boundary}{CRLF}".encode("ascii")
    end = f"{CRLF}--{boundary}--{CRLF}".encode("ascii")
    return b"".join((head.encode("ascii"), *headers, between, between.join(parts), end))
