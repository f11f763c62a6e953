"""Mails as calendar programs answer invitations with them, each after its own manner."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from itertools import count

from meetings.calendars import uid_of
from meetings.models import Meeting
from tests.cast import NOW

NUMBERS = count(1)
OUTLOOK = "Microsoft Exchange Server 2010"
GOOGLE = "-//Google Inc//Google Calendar 70.9054//EN"
APPLE = "-//Apple Inc.//iOS 17.5//EN"


def reply_text(
    meeting: Meeting | str,
    *,
    attendee: str,
    says: str = "ACCEPTED",
    sequence: object = 0,
    at: datetime = NOW,
    product: str = OUTLOOK,
    method: str = "REPLY",
) -> str:
    """The calendar object of an answer."""
    uid = meeting if isinstance(meeting, str) else uid_of(meeting)
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return "\r\n".join((
        "BEGIN:VCALENDAR", f"METHOD:{method}", f"PRODID:{product}", "VERSION:2.0",
        "BEGIN:VEVENT", f"ATTENDEE;PARTSTAT={says};CN=Somebody:mailto:{attendee}",
        "COMMENT;LANGUAGE=en-GB:Zebracomment\\n", f"UID:{uid}", "DTSTART:20270422T090000Z", f"DTSTAMP:{stamp}",
        f"SEQUENCE:{sequence}", "SUMMARY;LANGUAGE=en-GB:Accepted: Main Board", "STATUS:CONFIRMED",
        "END:VEVENT", "END:VCALENDAR", "",
    ))  # fmt: skip


def mail_with(calendar: str, *, sender: str, message_id: str = "", as_attachment: bool = False) -> bytes:
    """The mail around it: the object among alternatives, as Outlook sends it, or as a file as well, as Google does."""
    number = message_id or f"<{next(NUMBERS)}.answer@mail.example.org>"
    kind = "application/ics" if as_attachment else 'text/calendar; charset="utf-8"; method=REPLY'
    coded = base64.encodebytes(calendar.encode()).decode().replace("\n", "\r\n")
    lines = (
        f"From: {sender}", "To: team@example.org", "Subject: Accepted: Main Board", f"Message-ID: {number}",
        "Date: Wed, 17 Mar 2027 10:05:00 +0000", "MIME-Version: 1.0",
        'Content-Type: multipart/alternative; boundary="half"', "",
        "--half", 'Content-Type: text/plain; charset="us-ascii"', "", "", "--half",
        f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", "", coded, "--half--", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


def answer_mail(
    meeting: Meeting | str, *, attendee: str, sender: str = "", message_id: str = "", **said: object
) -> bytes:
    """An answer as its attendee sends it, unless another sender is named."""
    text = reply_text(meeting, attendee=attendee, **said)  # type: ignore[arg-type]  # passed on as given
    return mail_with(text, sender=sender or f"Somebody <{attendee}>", message_id=message_id)
