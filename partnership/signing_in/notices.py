"""Telling a person by mail that what they sign in with was changed, whoever did it.

Beside the request, as codes are: a mail server that is slow or down keeps nobody from changing it. The sign-in log has
the change itself.
"""

from __future__ import annotations

import logging
import threading
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from partnership.clock import LONDON
from partnership.models import SignInAct, SignInEvent
from partnership.names import addressed_to
from partnership.obligations.transport import Outcome, chosen_transport
from partnership.rules.plain_dates import long_date, plain_time
from partnership.signing_in.digests import new_token

log = logging.getLogger(__name__)

SUBJECT = "Your sign-in to Quorate was changed"
ADVICE = (
    "If that was you, you need not do anything. If it was not, sign in, open “Your sign-in”, sign out everywhere else, "
    "and tell your partnership team at once."
)
# Of these the message says the detail, too.
TOLD_WHOLE = frozenset({SignInAct.ADDRESS_ASKED, SignInAct.ADDRESS_CHANGED})


def tell_of(event: SignInEvent, *, to: str = "", advice: str = ADVICE) -> None:
    """Tell the event's person of it, once it stands: at the address `to`, at their present one where there is none."""
    message = message_about(event, to=to, advice=advice)
    transaction.on_commit(lambda: threading.Thread(target=carry, args=(message,)).start())


def carry(message: EmailMultiAlternatives) -> None:
    """Hand it to the mail server; what goes wrong is for whoever runs the installation."""
    transport = chosen_transport()
    try:
        answer = transport.deliver(message)
    except Exception:
        log.exception("A notice of a changed sign-in could not be sent")
        return
    finally:
        transport.close()
    if answer.outcome is not Outcome.ACCEPTED:
        log.warning("The mail server did not take a notice of a changed sign-in: %s", answer.outcome)


def message_about(event: SignInEvent, *, to: str = "", advice: str = ADVICE) -> EmailMultiAlternatives:
    """To the event's person alone: what was changed, when, in which browser, and what to do if it was not they.

    Raises ValueError for nobody's.
    """
    person = event.person
    if person is None:
        raise ValueError("This event is nobody's.")
    at = event.at.astimezone(LONDON)
    how = f": {event.get_how_display()}" if event.how else ""
    context = {
        "subject": SUBJECT,
        "name": person.name,
        "what": f"{event.get_what_display()}{how}",
        "when": f"{long_date(at.date())} at {plain_time(at.time())}",
        "where": event.device,
        "detail": event.detail if event.what in TOLD_WHOLE else "",
        "advice": advice,
        "site": settings.SITE_URL,
    }
    message = EmailMultiAlternatives(
        subject=SUBJECT,
        body=render_to_string("emails/sign_in_changed/body.txt", context),
        from_email=formataddr(("Quorate", parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[addressed_to(person.name, to or person.email)],
        headers={
            "Message-ID": f"<sign-in-{new_token()}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("emails/sign_in_changed/body.html", context), "text/html")
    return message
