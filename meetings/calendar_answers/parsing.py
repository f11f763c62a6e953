"""The answer in a mail: an iTIP REPLY (RFC 5546 3.2.3) as Outlook, Google and Apple send it (RFC 6047).

A mail comes from anybody. What is no answer to an event gives None; what looks like one and cannot be read raises
NotReadable; nothing in it is believed before it is held against the invitation.
"""

from __future__ import annotations

import email
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses
from typing import Any

from icalendar import Calendar, Event

from meetings.models import CalendarProgram

MOST_PARTS, DEEPEST, MOST_CALENDAR_BYTES = 60, 12, 200_000
# Of PostgreSQL's integer; ours grow by one with a change of a meeting.
HIGHEST_SEQUENCE = 1_000_000
PROGRAMS = (
    ("microsoft", CalendarProgram.OUTLOOK),
    ("outlook", CalendarProgram.OUTLOOK),
    ("google", CalendarProgram.GOOGLE),
    ("apple", CalendarProgram.APPLE),
)


class NotReadable(Exception):
    """The mail has a calendar object that answers, and it makes no sense."""


@dataclass(frozen=True, slots=True)
class MailedAnswer:
    """What a mail says: which event (`uid`), of which SEQUENCE, who answers (every ATTENDEE, in lower case) and what.

    `sender` is the address of From; empty where there is none, or more than one. `says` is the PARTSTAT of the attendee
    who is the sender, else of the first. `digest` tells mails apart.
    """

    uid: str
    sequence: int
    attendees: tuple[str, ...]
    sender: str
    says: str
    answered_at: datetime | None
    program: CalendarProgram
    message_id: str
    digest: str

    @property
    def attendee(self) -> str:
        """For whom it speaks: the sender where they are among the attendees."""
        return self.sender if self.sender in self.attendees else self.attendees[0]


def answer_in(content: bytes) -> MailedAnswer | None:
    """The answer of a mail. Raises NotReadable."""
    try:
        mail = email.message_from_bytes(content)
    except RecursionError as error:
        raise NotReadable("Parts in parts in parts") from error
    text = next((found for part in _parts(mail) if (found := _calendar_text(part)) is not None), None)
    if text is None:
        return None
    try:
        return _answer(mail, Calendar.from_ical(text), content)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        raise NotReadable(f"{type(error).__name__}: {str(error)[:100]}") from error


def _answer(mail: Message, calendar: Any, content: bytes) -> MailedAnswer | None:
    event = next((each for each in calendar.subcomponents if isinstance(each, Event)), None)
    if str(calendar.get("method", "")).upper() != "REPLY" or event is None:
        return None
    sender = _sender(mail)
    attendees = event["attendee"] if isinstance(event["attendee"], list) else [event["attendee"]]
    by_address = {_address(each): str(each.params.get("PARTSTAT", "")).lower() for each in attendees}
    sequence = int(event.get("sequence", 0))
    if not 0 <= sequence <= HIGHEST_SEQUENCE:
        raise NotReadable(f"SEQUENCE {sequence}")
    message_id = _one_line(mail.get("Message-ID", ""))
    return MailedAnswer(
        uid=str(event["uid"]).strip(),
        sequence=sequence,
        attendees=tuple(by_address),
        sender=sender,
        says=by_address.get(sender, next(iter(by_address.values()))),
        answered_at=_moment(event.get("dtstamp")),
        program=_program(str(calendar.get("prodid", ""))),
        message_id=message_id[:250],
        digest=hashlib.sha256(message_id.encode() or content).hexdigest(),
    )


def _parts(mail: Message) -> Iterator[Message]:
    """The parts of a mail itself, as many as a mail has; not of mails that it carries along."""
    waiting, seen = [(mail, 0)], 0
    while waiting and seen < MOST_PARTS:
        part, depth = waiting.pop(0)
        seen += 1
        if part.get_content_maintype() == "multipart" and part.is_multipart() and depth < DEEPEST:
            payload: Any = part.get_payload()
            waiting += [(each, depth + 1) for each in payload]
        elif not part.is_multipart():
            yield part


def _calendar_text(part: Message) -> str | None:
    if part.get_content_type() not in {"text/calendar", "application/ics"}:
        return None
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or len(payload) > MOST_CALENDAR_BYTES:
        return None
    return payload.decode("utf-8-sig", "replace").replace("\0", "")


def _sender(mail: Message) -> str:
    """The one address that the mail says it is from."""
    found = [address for _, address in getaddresses([str(value) for value in mail.get_all("From", [])])]
    return found[0].strip().lower() if len(found) == 1 and "@" in found[0] else ""


def _address(attendee: Any) -> str:
    text = str(attendee).strip()
    return text[len("mailto:") :].strip().lower() if text.lower().startswith("mailto:") else text.lower()


def _moment(stamp: Any) -> datetime | None:
    at = getattr(stamp, "dt", None)
    if not isinstance(at, datetime):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _program(product: str) -> CalendarProgram:
    named = product.lower()
    return next((program for word, program in PROGRAMS if word in named), CalendarProgram.OTHER)


def _one_line(header: Any) -> str:
    return " ".join(str(header).replace("\0", "").split())
