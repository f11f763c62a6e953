"""The messages of a partnership: what was sent to whom and when, the server's answer, what was not sent and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partnership import access, clock
from partnership.clock import LONDON
from partnership.models import Delivery, Partnership
from partnership.obligations.alarm import mail_state
from partnership.obligations.causes import Wording
from partnership.obligations.outbox import messages_of
from partnership.obligations.received import received_by_the_sink
from partnership.presenters.mail_banner import mail_banner
from partnership.rules.plain_dates import long_date, plain_time


def outbox(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """What the reader may see: the team the messages of its boards, anybody else their own."""
    today = clock.today()
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, today, slug=partnership_slug)
    found = messages_of(partnership=here, user=request.user, on=today)
    received = received_by_the_sink(settings.MAIL_SINK_DIR, found.uuids) if settings.DEMO else {}
    context = {
        "partnership": here,
        "counts": found.counts,
        "rows": [
            _row(delivery, found.about[delivery.pk], received.get(str(delivery.message_uuid), ""))
            for delivery in found.deliveries
        ],
        "number_left_out": found.number_left_out,
        "is_demo": settings.DEMO,
        "mail_banner": mail_banner(mail_state(now=clock.now(), machine_now=clock.machine_now())),
        "refused": sorted({row.recipient.name for row in found.deliveries if _is_refused(row)}),
    }
    return render(request, "partnership/outbox.html", context)


def _is_refused(delivery: Delivery) -> bool:
    """Whether mail to where it went last came to nothing, and the person has no other address since."""
    return delivery.recipient.is_address_refused and delivery.recipient.email == delivery.address


def _row(delivery: Delivery, about: Wording, received: str) -> dict[str, Any]:
    due = delivery.send_at.astimezone(LONDON)
    return {
        "delivery": delivery,
        "what": about.what[:1].upper() + about.what[1:],
        "of_what": about.of_what,
        "due": "" if delivery.obligation is None else long_date(delivery.obligation.due_on),
        "day": long_date(due.date()),
        "hour": plain_time(due.time()),
        "sent": "" if delivery.sent_at is None else _moment(delivery.sent_at),
        "received": received,
    }


def _moment(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{long_date(local.date())}, {plain_time(local.time())}"
