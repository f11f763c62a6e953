"""A form that was sent too long after the last proof: kept in the session until its sender has shown who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from partnership import clock

KEPT = "kept_form"
# Characters of one form. What is longer is no form of this product, and a session is no store.
LONGEST = 200_000
# The page's own token; the page that sends the form again has another.
LEFT_OUT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where it was sent, its names with their values in the order of sending, and the page to go back to."""

    address: str
    fields: list[tuple[str, str]]
    page: str


def keep_form(request: HttpRequest, *, page: str) -> bool:
    """Keep what was posted in place of what was kept before; whether there was anything. Files are chosen anew."""
    forget_form(request.session)
    lists = request.POST.lists()
    fields = [(name, value) for name, values in lists if name not in LEFT_OUT for value in values]
    if not fields or sum(len(name) + len(value) for name, value in fields) > LONGEST:
        return False
    request.session[KEPT] = {
        "address": request.get_full_path(),
        "fields": fields,
        "page": page,
        "at": clock.machine_now().isoformat(),
    }
    return True


def kept_form(session: SessionBase) -> KeptForm | None:
    """What is kept; after as long as a proof may be old it is forgotten, for it may be about a child."""
    kept = session.get(KEPT)
    if kept is None:
        return None
    if not timedelta(0) <= clock.machine_now() - datetime.fromisoformat(kept["at"]) <= 2 * settings.SIGN_IN.fresh_for:
        forget_form(session)
        return None
    return KeptForm(kept["address"], [(name, value) for name, value in kept["fields"]], kept["page"])


def forget_form(session: SessionBase) -> None:
    session.pop(KEPT, None)
