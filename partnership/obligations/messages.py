"""The message of a delivery: one recipient, text and HTML, no paper attached, no word about any child."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from email.mime.text import MIMEText
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from partnership.clock import LONDON
from partnership.models import Delivery, Partnership, Purpose
from partnership.obligations import announcements, causes
from partnership.obligations.digests import Parcel
from partnership.obligations.hours import rule_of
from partnership.obligations.letters import CalendarEntry
from partnership.rules.plain_dates import counted, long_date, short_date

OWN_HEADER = "X-Quorate-Delivery"


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


def message_for(parcel: Parcel, rows: Mapping[int, Any], *, now: datetime) -> EmailMultiAlternatives:
    """The message as it reads on the day it is sent; `rows` is what `rows_behind` found."""
    delivery = parcel[0]
    if delivery.in_digest:
        return _digest(parcel, rows, now)
    if delivery.announcement is not None:
        return _letter(delivery, rows[delivery.pk], now)
    context = {"board": delivery.board, **_words_of(delivery, rows[delivery.pk], now)}
    return _enveloped(delivery, "emails/reminder", context, now)


def message_id(delivery: Delivery) -> str:
    """The same for every copy of one message, so that a mail system may drop a second one."""
    return f"<rem-{delivery.message_uuid}@{urlsplit(settings.SITE_URL).hostname}>"


def sender_of(partnership: Partnership) -> str:
    """Where the partnership's messages come from, under its own name."""
    return formataddr((partnership.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _words_of(delivery: Delivery, cause: Any, now: datetime) -> dict[str, Any]:
    obligation = delivery.obligation
    if obligation is None:
        raise ValueError("A message is about an obligation or an announcement.")
    kind = causes.cause_of(obligation.cause_type)
    days = (obligation.due_on - now.astimezone(LONDON).date()).days
    return {
        "wording": kind.wording(cause, obligation),
        "clause": rule_of(obligation).clause,
        "due_on": obligation.due_on,
        "due_short": short_date(obligation.due_on),
        "due_long": long_date(obligation.due_on),
        "days_late": counted(-days, "day") if days < 0 else "",
        "is_today": days == 0,
        "days_left": counted(days, "day") if days > 0 else "",
        "is_meeting": obligation.cause_type == "meetings.meeting",
        "is_changed": delivery.purpose == Purpose.CHANGED,
        "link": f"{settings.SITE_URL}{kind.address(cause, obligation)}",
    }


def _digest(parcel: Parcel, rows: Mapping[int, Any], now: datetime) -> EmailMultiAlternatives:
    """Several reminders, the one due first at the top."""
    found = sorted((_words_of(part, rows[part.pk], now) for part in parcel), key=lambda words: words["due_on"])
    # Two reminders of one thing say the same on one day.
    items = list({(words["link"], words["wording"], words["due_on"]): words for words in found}.values())
    late = sum(1 for words in items if words["days_late"])
    context = {"items": items, "number": counted(len(items), "thing"), "late": late, "is_one": len(items) == 1}
    return _enveloped(parcel[0], "emails/digest", context, now)


def _letter(delivery: Delivery, row: Any, now: datetime) -> EmailMultiAlternatives:
    announcement = delivery.announcement
    if announcement is None:
        raise ValueError("A letter tells of an announcement.")
    today = now.astimezone(LONDON).date()
    letter = announcements.kind_of(announcement).letter(row, announcement, delivery.recipient, today)
    context = {"letter": letter, "link": f"{settings.SITE_URL}{letter.path}"}
    message = _enveloped(delivery, "emails/letter", context, now)
    if letter.calendar is not None:
        message.attach(_calendar_part(letter.calendar))
    return message


def _enveloped(delivery: Delivery, folder: str, context: dict[str, Any], now: datetime) -> EmailMultiAlternatives:
    partnership = delivery.board.partnership
    context |= {
        "partnership": partnership,
        "person": delivery.recipient,
        "today_long": long_date(now.astimezone(LONDON).date()),
    }
    subject = " ".join(render_to_string(f"{folder}/subject.txt", context).split())
    context["subject"] = subject
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{folder}/body.txt", context),
        from_email=sender_of(partnership),
        to=[formataddr((delivery.recipient.name, delivery.recipient.email))],
        reply_to=[partnership.team_email] if partnership.team_email else None,
        headers={
            "Message-ID": message_id(delivery),
            OWN_HEADER: str(delivery.message_uuid),
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"{folder}/body.html", context), "text/html")
    return message


def _calendar_part(entry: CalendarEntry) -> MIMEText:
    """The entry as calendars take it up by themselves; its method stands in the header, too (RFC 6047)."""
    part = MIMEText(entry.text, "calendar", "utf-8")
    part.set_param("method", entry.method)
    part.add_header("Content-Disposition", "attachment", filename="meeting.ics")
    return part
