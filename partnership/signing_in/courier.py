"""Sending a code at once, beside the request that asked for it.

The request does not wait: how long a mail server takes would tell whether an address is known. The code is in the
memory of this process and in the message, and nowhere else.
"""

from __future__ import annotations

import logging
import threading
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connections
from django.template.loader import render_to_string

from partnership.clock import LONDON
from partnership.models import SignInAct
from partnership.names import addressed_to
from partnership.obligations.transport import Outcome, chosen_transport
from partnership.rules.plain_dates import plain_time
from partnership.signing_in.client import Client
from partnership.signing_in.codes import Letter
from partnership.signing_in.digests import in_two_halves, new_token
from partnership.signing_in.events import record_sign_in_event

log = logging.getLogger(__name__)

SIGNS_IN, PROVES = "Your code to sign in to Quorate", "Your code for another address in Quorate"
# In seconds.
BEGINS_AFTER = 0.5


def send_soon(letter: Letter | None, client: Client) -> None:
    """Send it in a thread of its own, once the answer has gone out, which it would slow down.

    Without a letter the thread starts, too, and finds nothing to do.
    """
    threading.Timer(BEGINS_AFTER, _carry, args=(letter, client)).start()


def _carry(letter: Letter | None, client: Client) -> None:
    if letter is None:
        return
    try:
        deliver(letter, client)
    except Exception:
        # Nobody waits for this thread: what went wrong is for whoever runs the installation.
        log.exception("A sign-in code could not be sent")
    finally:
        connections.close_all()


def deliver(letter: Letter, client: Client) -> None:
    """Hand the message to the mail server, and record that a code was sent, to whom, and what the server answered."""
    transport = chosen_transport()
    try:
        answer = transport.deliver(message_with(letter))
    finally:
        transport.close()
    is_sent = answer.outcome is Outcome.ACCEPTED
    if not is_sent:
        log.warning("The mail server did not take a sign-in code: %s", answer.outcome)
    record_sign_in_event(
        what=SignInAct.CODE_SENT if is_sent else SignInAct.CODE_NOT_SENT,
        person=letter.person,
        client=client,
        sent_to=letter.to,
        # A server may quote what it refuses.
        detail=answer.words.replace(letter.code, "…").replace(in_two_halves(letter.code), "…"),
    )


def message_with(letter: Letter) -> EmailMultiAlternatives:
    template, subject = ("address_code", PROVES) if letter.proves else ("sign_in_code", SIGNS_IN)
    context = {
        "subject": subject,
        "person": letter.person,
        "code": in_two_halves(letter.code),
        "minutes": int(settings.SIGN_IN.code_lasts.total_seconds() // 60),
        "until": plain_time(letter.expires_at.astimezone(LONDON).time()),
        "site": settings.SITE_URL,
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"emails/{template}/body.txt", context),
        from_email=formataddr(("Quorate", parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[addressed_to(letter.person.name, letter.to)],
        headers={
            "Message-ID": f"<code-{new_token()}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"emails/{template}/body.html", context), "text/html")
    return message
