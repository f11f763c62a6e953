"""How long sessions last, by role and by use, and how they are ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.contrib import auth
from django.db.models import QuerySet
from django.http import HttpRequest

from partnership import clock
from partnership.models import BrowserSession, SignInAct, User
from partnership.signing_in.client import Client, client_of
from partnership.signing_in.duty import has_restricted_role, held_now
from partnership.signing_in.events import NOWHERE, record_sign_in_event
from partnership.signing_in.session_store import ADDRESS, DEVICE, SEEN, STARTED

# That the session's person held something when it began; that its last page was a live register.
HELD, AT_REGISTER = "held_something", "at_register"
# What a view says of its own request.
KEEPS_REGISTER, IS_NO_USE = "quorate_keeps_register", "quorate_is_no_use"
# A page a minute writes the time of the last use; more often would be a write a page.
SEEN_EVERY = timedelta(minutes=1)
ENDED = "session_ended"


class Ended(StrEnum):
    """Why a session ended by itself, as the sign-in page says it."""

    IDLE = "You were signed out because nothing was done here for a while."
    OVER = "You were signed out because this sign-in had lasted as long as one may."
    LEFT = "You were signed out because your part in the partnership has ended."
    CLOSED = "You were signed out because your account was closed."
    UNKNOWN = "You were signed out. Sign in again."


def begin(request: HttpRequest, person: User) -> None:
    """Note in a session that has just begun when, where and in which browser."""
    client, now = client_of(request), clock.machine_now().isoformat()
    request.session[STARTED] = request.session[SEEN] = now
    request.session[DEVICE], request.session[ADDRESS] = client.device, client.address or ""
    request.session[HELD] = _holds_something(person)


def why_ended(request: HttpRequest) -> Ended | None:
    """Why the session of this request is over; None while it goes on."""
    person, session = request.user, request.session
    if not isinstance(person, User):
        return Ended.CLOSED
    if STARTED not in session or SEEN not in session:
        return Ended.UNKNOWN
    if session.get(HELD) and not _holds_something(person):
        return Ended.LEFT
    numbers, restricted, now = settings.SIGN_IN, has_restricted_role(person), clock.machine_now()
    if now - _instant(session[STARTED]) >= (numbers.longest_restricted if restricted else numbers.longest):
        return Ended.OVER
    idle = numbers.idle_restricted if restricted else numbers.idle
    if session.get(AT_REGISTER):
        idle = max(idle, numbers.idle_at_register)
    return Ended.IDLE if now - _instant(session[SEEN]) >= idle else None


def lapse(request: HttpRequest, why: Ended) -> None:
    """End the session of this request by itself, and let the sign-in page say why."""
    if isinstance(request.user, User):
        record_sign_in_event(
            what=SignInAct.SESSION_LAPSED, person=request.user, client=client_of(request), detail=why.value
        )
    auth.logout(request)
    request.session[ENDED] = why.value


def used(request: HttpRequest) -> None:
    """Note that the session was used just now, unless the request was the page's own asking."""
    session = request.session
    if STARTED not in session or getattr(request, IS_NO_USE, False):
        return
    now, at_register = clock.machine_now(), getattr(request, KEEPS_REGISTER, False)
    if session.get(AT_REGISTER, False) != at_register:
        session[AT_REGISTER] = at_register
    if now - _instant(session[SEEN]) >= SEEN_EVERY:
        session[SEEN] = now.isoformat()


def keeps_register(request: HttpRequest) -> None:
    """This page is the register of a meeting under way: it may lie open for longer."""
    setattr(request, KEEPS_REGISTER, True)


def is_no_use(request: HttpRequest) -> None:
    """This request was made by an open page, not by a person: it keeps no session alive."""
    setattr(request, IS_NO_USE, True)


# --- ending them ------------------------------------------------------------------------------------------------------


def live_sessions(person: User) -> QuerySet[BrowserSession]:
    """The person's sessions, the last used first."""
    return BrowserSession.objects.filter(person=person, expire_date__gt=clock.machine_now()).order_by("-seen_at")


def end_sessions(rows: Iterable[BrowserSession], *, person: User, client: Client = NOWHERE, detail: str = "") -> int:
    """End these sessions of the person: their browsers are signed out at their next request."""
    keys = [row.session_key for row in rows]
    count, _ = BrowserSession.objects.filter(person=person, session_key__in=keys).delete()
    if count:
        record_sign_in_event(what=SignInAct.SESSION_ENDED, person=person, client=client, detail=detail)
    return count


def end_every_session(person: User, *, detail: str) -> int:
    """End all of a person's sessions, as when their account is closed."""
    return end_sessions(BrowserSession.objects.filter(person=person), person=person, detail=detail)


def _holds_something(person: User) -> bool:
    held = held_now(person)
    return bool(held.roles or held.named)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
