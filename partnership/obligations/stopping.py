"""Stopping a courtesy from its own message: by the address in its headers (RFC 8058), without a sign-in.

A courtesy is a message that no terms ask for. Invitations, duties, notices and codes are none: nothing stops them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from partnership.models import User
from partnership.operations import choose_week_letter

SALT = "quorate.stop"
# For as long as somebody may come upon an old message.
LASTS = timedelta(days=90)
WEEK_LETTER = "week letter"
# What can be stopped, as its page calls it.
COURTESIES = {WEEK_LETTER: "the letter of the week"}
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Stop:
    """What an address stops, and for whom."""

    person: User
    courtesy: str

    @property
    def words(self) -> str:
        return COURTESIES[self.courtesy]


def stop_address(person: User, courtesy: str) -> str:
    """The address that stops that courtesy for that person; it opens nothing else. Raises KeyError for what is none."""
    COURTESIES[courtesy]
    token = signing.TimestampSigner(salt=SALT).sign_object({"person": person.pk, "what": courtesy})
    return f"{settings.SITE_URL}{reverse('stop', args=[token])}"


def headers_for(address: str) -> dict[str, str]:
    """What lets a mail program offer to stop it with one press."""
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def stop_at(token: str) -> Stop | None:
    """What the address that ends so stops; None where it is forged, too old, or its person's account is closed."""
    if len(token) > LONGEST:
        return None
    try:
        said = signing.TimestampSigner(salt=SALT).unsign_object(token, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    person = User.objects.people().active().filter(pk=said["person"]).first()
    return Stop(person, said["what"]) if person is not None and said["what"] in COURTESIES else None


def stop(found: Stop) -> None:
    """Stop it. Repeated, it changes nothing."""
    choose_week_letter(person=found.person, wants=False, by=found.person)
