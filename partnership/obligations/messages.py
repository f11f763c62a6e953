"""The message of a delivery: one recipient, text and HTML, no paper attached, no word about any child."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.mime.text import MIMEText
from email.utils import formataddr, parseaddr
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.html import escape

from partnership.clock import LONDON
from partnership.models import Delivery, Partnership, User
from partnership.names import addressed_to
from partnership.obligations import announcements, causes
from partnership.obligations.digests import Parcel
from partnership.obligations.letters import CalendarEntry, Letter
from partnership.obligations.reminder_letters import digest_letter, reminder_letter
from partnership.obligations.stopping import headers_for, stop_address
from partnership.obligations.worded import worded
from partnership.rules.plain_dates import long_date

WITH_ENTRY = "Attached is an entry for your calendar, and nothing else."
WITH_NOTHING = "Nothing is attached, to keep it safe."
NO_REPLIES = "Nobody reads replies to this address."
OWN_HEADER = "X-Quorate-Delivery"
# Stand for what differs between the readers of one letter; nobody can have typed them.
NAME, STOP = f"name-{uuid4().hex}", f"stop-{uuid4().hex}"


def rows_behind(deliveries: Iterable[Delivery]) -> dict[int, Any]:
    """What each delivery is about, by its id: the cause of its obligation, or the row its announcement tells of.

    One query for each kind of row.
    """
    those = list(deliveries)
    of_obligations = causes.loaded({row.obligation for row in those if row.obligation is not None})
    of_announcements = announcements.loaded({row.announcement for row in those if row.announcement is not None})
    return {
        row.pk: of_obligations[row.obligation_id]
        if row.obligation_id is not None
        else of_announcements[row.announcement_id or 0]
        for row in those
    }


class Message(EmailMultiAlternatives):
    """A message to one person; `fell_back` is why it says the standard words and not the partnership's own."""

    fell_back: str = ""


def message_for(parcel: Parcel, rows: Mapping[int, Any], *, now: datetime, drawings: Drawings | None = None) -> Message:
    """The message as it reads on the day it is sent; `rows` is what `rows_behind` found.

    `drawings` are those of a batch: what several people get is drawn once.
    """
    drawings = drawings or Drawings()
    delivery = parcel[0]
    today = now.astimezone(LONDON).date()
    letter = (
        digest_letter([(part, rows[part.pk]) for part in parcel], today)
        if delivery.in_digest
        else letter_of(delivery, rows[delivery.pk], to=delivery.recipient, today=today)
    )
    drawing = drawings.of(letter, delivery.board.partnership, today)
    return _enveloped(delivery, drawing.addressed(letter, delivery.recipient))


def letter_of(delivery: Delivery, row: Any, *, to: User, today: date) -> Letter:
    """What a delivery says to that person on that day; `row` is what it is about."""
    if delivery.announcement is not None:
        return announcements.kind_of(delivery.announcement).letter(row, delivery.announcement, to, today)
    return reminder_letter(delivery, row, today)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in both its forms, before it is put in an envelope; `stop` is the address that stops it, if any."""

    subject: str
    text: str
    html: str
    fell_back: str
    calendar: CalendarEntry | None
    stop: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A letter in both its forms, with marks where a reader's name and the address that stops it stand."""

    subject: str
    text: str
    html: str
    fell_back: str

    def addressed(self, letter: Letter, to: User) -> Rendered:
        stop = stop_address(to, letter.stops) if letter.stops else ""
        return Rendered(
            subject=self.subject,
            text=self.text.replace(NAME, to.name).replace(STOP, stop),
            html=self.html.replace(NAME, escape(to.name)).replace(STOP, escape(stop)),
            fell_back=self.fell_back,
            calendar=letter.calendar,
            stop=stop,
        )


class Drawings:
    """Keeps the last letter drawn. Those to several people about one thing are due one after another."""

    def __init__(self) -> None:
        self.last: tuple[tuple[Letter, int, date], Drawing] | None = None

    def of(self, letter: Letter, partnership: Partnership, today: date) -> Drawing:
        key = letter, partnership.pk, today
        if self.last is None or self.last[0] != key:
            self.last = key, _drawn(letter, partnership, today)
        return self.last[1]


def rendered(letter: Letter, partnership: Partnership, *, to: User, today: date) -> Rendered:
    """The letter in the partnership's words, as text and as HTML."""
    return _drawn(letter, partnership, today).addressed(letter, to)


def _drawn(letter: Letter, partnership: Partnership, today: date) -> Drawing:
    said = worded(letter, partnership)
    context = {
        "stop": STOP if letter.stops else "",
        "letter": letter,
        "said": said,
        "subject": said.subject,
        "partnership": partnership,
        "name": NAME,
        "site": settings.SITE_URL,
        "today_long": long_date(today),
        "attached": WITH_ENTRY if letter.calendar else WITH_NOTHING,
        "replies": f"A reply goes to {partnership.team_email}." if partnership.team_email else NO_REPLIES,
    }
    return Drawing(
        subject=said.subject,
        text=render_to_string("emails/letter/body.txt", context),
        html=render_to_string("emails/letter/body.html", context),
        fell_back=said.fell_back,
    )


def message_id(delivery: Delivery) -> str:
    """The same for every copy of one message, so that a mail system may drop a second one."""
    return f"<rem-{delivery.message_uuid}@{urlsplit(settings.SITE_URL).hostname}>"


def sender_of(partnership: Partnership) -> str:
    """Where the partnership's messages come from, under its own name."""
    return _sender(partnership.name, settings.DEFAULT_FROM_EMAIL)


@lru_cache(maxsize=64)
def _sender(name: str, through: str) -> str:
    return formataddr((name, parseaddr(through)[1]))


def _enveloped(delivery: Delivery, said: Rendered) -> Message:
    partnership = delivery.board.partnership
    message = Message(
        subject=said.subject,
        body=said.text,
        from_email=sender_of(partnership),
        to=[addressed_to(delivery.recipient.name, delivery.recipient.email)],
        reply_to=[partnership.team_email] if partnership.team_email else None,
        headers={
            "Message-ID": message_id(delivery),
            OWN_HEADER: str(delivery.message_uuid),
            "Auto-Submitted": "auto-generated",
            **(headers_for(said.stop) if said.stop else {}),
        },
    )
    message.fell_back = said.fell_back
    message.attach_alternative(said.html, "text/html")
    if said.calendar is not None:
        message.attach(_calendar_part(said.calendar))
    return message


def _calendar_part(entry: CalendarEntry) -> MIMEText:
    """The entry as calendars take it up by themselves; its method stands in the header, too (RFC 6047)."""
    part = MIMEText(entry.text, "calendar", "utf-8")
    part.set_param("method", entry.method)
    part.add_header("Content-Disposition", "attachment", filename="meeting.ics")
    return part
