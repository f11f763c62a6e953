"""The message of a delivery: one recipient, text and HTML, no attachment, no word about any child."""

from __future__ import annotations

from datetime import datetime
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from partnership.clock import LONDON
from partnership.models import Delivery, Purpose
from partnership.obligations import causes
from partnership.obligations.hours import rule_of
from partnership.rules.plain_dates import counted, long_date, short_date

OWN_HEADER = "X-Quorate-Delivery"
FOLDER = "emails/reminder"


def message_for(delivery: Delivery, cause: Any, *, now: datetime) -> EmailMultiAlternatives:
    """The reminder as it reads on the day it is sent. `cause` is the row that its obligation hangs on."""
    context = _context(delivery, cause, now)
    subject = " ".join(render_to_string(f"{FOLDER}/subject.txt", context).split())
    context["subject"] = subject
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{FOLDER}/body.txt", context),
        from_email=formataddr((context["partnership"].name, sender)),
        to=[formataddr((delivery.recipient.name, delivery.recipient.email))],
        headers={
            "Message-ID": message_id(delivery),
            OWN_HEADER: str(delivery.uuid),
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"{FOLDER}/body.html", context), "text/html")
    return message


def message_id(delivery: Delivery) -> str:
    """The same for every copy of one delivery, so that a mail system may drop a second one."""
    return f"<rem-{delivery.uuid}@{urlsplit(settings.SITE_URL).hostname}>"


def _context(delivery: Delivery, cause: Any, now: datetime) -> dict[str, Any]:
    obligation = delivery.obligation
    kind = causes.cause_of(obligation.cause_type)
    rule = rule_of(obligation)
    today = now.astimezone(LONDON).date()
    days = (obligation.due_on - today).days
    return {
        "partnership": obligation.board.partnership,
        "board": obligation.board,
        "person": delivery.recipient,
        "wording": kind.wording(cause, obligation),
        "clause": rule.clause,
        "due_short": short_date(obligation.due_on),
        "due_long": long_date(obligation.due_on),
        "today_long": long_date(today),
        "days_late": counted(-days, "day") if days < 0 else "",
        "is_today": days == 0,
        "days_left": counted(days, "day") if days > 0 else "",
        "is_changed": delivery.purpose == Purpose.CHANGED,
        "link": f"{settings.SITE_URL}{kind.address(cause, obligation)}",
    }
