"""Beginning and ending a session: the one way in, whatever proved who it is."""

from __future__ import annotations

from django.contrib import auth
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from partnership import clock
from partnership.models import KnownBrowser, SignInAct, SignInMeans, User
from partnership.signing_in import proof, sessions
from partnership.signing_in.client import client_of
from partnership.signing_in.duty import is_restricted
from partnership.signing_in.events import record_sign_in_event
from partnership.signing_in.known_browsers import remember_browser

BACKEND = "django.contrib.auth.backends.ModelBackend"
WANTED = "sign_in_next"


class MayNotSignIn(Exception):
    """The account is closed, or belongs to a job."""


def enter(request: HttpRequest, person: User, *, how: SignInMeans) -> None:
    """Begin a session for that person, who proved it that way. Any earlier session of this browser ends."""
    if not person.is_active or person.is_system:
        raise MayNotSignIn("This account is closed. Ask your partnership team.")
    auth.login(request, person, backend=BACKEND)
    proof.entered(request.session, how)
    sessions.begin(request, person)
    if how is not SignInMeans.DEMONSTRATION:
        browser = remember_browser(request, person)
        _skip_if_remembered(request, person, browser)
    record_sign_in_event(what=SignInAct.SIGNED_IN, how=how, person=person, client=client_of(request))


def _skip_if_remembered(request: HttpRequest, person: User, browser: KnownBrowser) -> None:
    """Spare the second step where this browser is remembered, and the person's roles allow it."""
    until = browser.second_step_until
    if until is None or until <= clock.machine_now() or proof.second_step(request.session) is not SignInMeans.NONE:
        return
    if not is_restricted(person):
        proof.second_step_taken(request.session, SignInMeans.REMEMBERED)


def leave(request: HttpRequest) -> None:
    """End the session at its person's wish."""
    if isinstance(request.user, User):
        record_sign_in_event(what=SignInAct.SIGNED_OUT, person=request.user, client=client_of(request))
    auth.logout(request)


def keep_wanted(request: HttpRequest, wanted: str) -> None:
    """Keep in the session which page was asked for, while its reader proves who they are."""
    if is_ours(request, wanted):
        request.session[WANTED] = wanted
    else:
        request.session.pop(WANTED, None)


def wanted_page(request: HttpRequest) -> str:
    """The page that was asked for, once; the home page where none was, or where it is not ours."""
    wanted = wanted_address(request)
    request.session.pop(WANTED, None)
    return wanted


def wanted_address(request: HttpRequest) -> str:
    """The same, without using it up."""
    wanted = request.session.get(WANTED, "")
    return wanted if is_ours(request, wanted) else reverse("home")


def is_ours(request: HttpRequest, wanted: str) -> bool:
    return url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
