"""The messages of a partnership: what was sent to whom and when, the server's answer, what was not sent and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.clock import LONDON
from partnership.models import Delivery, DeliveryState, Partnership
from partnership.obligations.alarm import mail_state
from partnership.obligations.causes import Wording
from partnership.obligations.outbox import Wanted, messages_of
from partnership.obligations.received import Received, received_by_the_sink
from partnership.obligations.sending_again import CAN_GO_AGAIN, NotToBeSentAgain, send_again
from partnership.presenters.mail_banner import mail_banner
from partnership.queries import boards_of
from partnership.rules.plain_dates import long_date, plain_time
from partnership.views.finding import reader_of


def outbox(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """What the reader may see: the team the messages of its boards, anybody else their own."""
    today = clock.today()
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, today, slug=partnership_slug)
    wanted = Wanted.from_query(request.GET.dict())
    found = messages_of(partnership=here, user=request.user, on=today, wanted=wanted)
    again = access.permitted(
        Delivery.objects.filter(pk__in=[row.pk for row in found.deliveries], state__in=CAN_GO_AGAIN),
        to=request.user,
        action=Action.WRITE,
        on=today,
    )
    may_go_again = set(again.values_list("pk", flat=True))
    received = received_by_the_sink(settings.MAIL_SINK_DIR, found.uuids) if settings.DEMO else {}
    context = {
        "partnership": here,
        "counts": found.counts,
        "rows": [
            {
                **_row(delivery, found.about[delivery.pk], received.get(str(delivery.message_uuid))),
                "may_go_again": delivery.pk in may_go_again,
                "told": found.told.get(delivery.pk, []),
                "said_standard": found.said_standard.get(delivery.pk, ""),
            }
            for delivery in found.deliveries
        ],
        "wanted": wanted,
        "states": DeliveryState.choices,
        "boards": boards_of(partnership=here, user=request.user, on=today),
        "newer": _query(wanted, wanted.page - 1) if wanted.page > 1 else "",
        "older": _query(wanted, wanted.page + 1) if found.has_older else "",
        "is_demo": settings.DEMO,
        "mail_banner": mail_banner(mail_state(now=clock.now(), machine_now=clock.machine_now())),
        "refused": sorted({row.recipient.name for row in found.deliveries if _is_refused(row)}),
    }
    return render(request, "partnership/outbox.html", context)


@require_POST
def outbox_again(request: HttpRequest, partnership_slug: str, number: int) -> HttpResponse:
    """Send one message again: by the team alone."""
    today = clock.today()
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, today, slug=partnership_slug)
    rows = Delivery.objects.filter(board__partnership=here)
    delivery = access.get_visible_or_404(rows, request.user, today, pk=number)
    access.require(request.user, Action.WRITE, delivery, Kind.MESSAGES, today)
    try:
        send_again(delivery=delivery, by=reader_of(request))
    except NotToBeSentAgain as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "The message goes again within a minute or two.")
    return HttpResponseRedirect(reverse("outbox", args=[here.slug]))


def _query(wanted: Wanted, page: int) -> str:
    said = {"state": wanted.state, "who": wanted.name, "board": wanted.board, "page": str(page)}
    return urlencode({name: value for name, value in said.items() if value})


def _is_refused(delivery: Delivery) -> bool:
    """Whether mail to where it went last came to nothing, and the person has no other address since."""
    return delivery.recipient.is_address_refused and delivery.recipient.email == delivery.address


def _row(delivery: Delivery, about: Wording, received: Received | None) -> dict[str, Any]:
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
