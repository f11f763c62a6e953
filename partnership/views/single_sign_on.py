"""Single sign-on: going to the provider of the settings, coming back, and what one's own sign-in links to it.

Where the settings name none, none of these pages exists.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partnership.models import SignInMeans, User
from partnership.signing_in.client import client_of
from partnership.signing_in.entering import MayNotSignIn, enter, keep_wanted, wanted_page
from partnership.signing_in.fresh import is_proved_lately, proved_lately
from partnership.signing_in.middleware import without_second_step
from partnership.signing_in.provider import NotBelieved, ProviderDown, subject_of, the_provider
from partnership.signing_in.provider_settings import Provider
from partnership.signing_in.single_sign_on import (
    Asked,
    LinkedElsewhere,
    NoInvitation,
    NotAsked,
    Purpose,
    accept_by,
    back_to,
    came_back,
    go,
    link,
    note_refused,
    person_linked,
    unlink,
)
from partnership.views.second_step import person_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One way in which it comes to nothing: what is said, and with which status."""

    heading: str
    lead: str
    status: int = 403


NOT_ASKED = Refusal(
    "This sign-in is over",
    "It was used already, it took more than ten minutes, or it was begun in another browser or window.",
    400,
)
DECLINED = Refusal("You were not signed in", "The other side says that the sign-in was stopped there.")
NOT_BELIEVED = Refusal(
    "You were not signed in",
    "The answer of the other side is not one that we can rely on. If it happens again, tell your partnership team.",
)
DOWN = Refusal(
    "The other side does not answer", "Single sign-on is out of order for the moment. It is not your account.", 503
)
UNKNOWN = Refusal(
    "We do not know this account",
    "You are signed in there, but nobody here has linked that account yet. No account is made by itself, and none is "
    "found by its e-mail address.",
)
CLOSED = Refusal("Your account here is closed", "That account is linked to one here that was closed.")
ELSEWHERE = Refusal(
    "That account cannot be linked",
    "It signs in somebody else here already, or you have linked another one. Nothing was changed.",
    409,
)
NO_INVITATION = Refusal(
    "This invitation does not work",
    "It was used, withdrawn or is too old. Ask whoever invited you to send it anew.",
    404,
)


@login_not_required
@without_second_step
@never_cache
@require_POST
def single_sign_on(request: HttpRequest) -> HttpResponse:
    """Go there to sign in, or to accept the invitation whose token is sent along."""
    provider = _provider()
    token = request.POST.get("invitation", "")
    if not token:
        keep_wanted(request, request.POST.get("next", ""))
    purpose = Purpose.INVITATION if token else Purpose.SIGN_IN
    return _going(request, provider, purpose, invitation=token[:100])


@never_cache
@require_POST
@proved_lately()
def own_single_sign_on(request: HttpRequest) -> HttpResponse:
    """Go there to link an account to one's own."""
    return _going(request, _provider(), Purpose.LINK, person=person_of(request).pk)


@never_cache
@require_POST
@proved_lately()
def own_single_sign_on_remove(request: HttpRequest) -> HttpResponse:
    """Take the link away."""
    if unlink(person=person_of(request), provider=_provider(), client=client_of(request)):
        messages.success(request, "The link is removed. That account does not sign you in any more.")
    else:
        messages.info(request, "There was no such link any more.")
    return HttpResponseRedirect(reverse("own_sign_in"))


def _going(
    request: HttpRequest, provider: Provider, purpose: Purpose, *, invitation: str = "", person: int = 0
) -> HttpResponse:
    """A page that leads there by itself: a form that answers with another site's address, browsers would stop."""
    try:
        address = go(request.session, provider, purpose, invitation=invitation, person=person)
    except ProviderDown as down:
        return _down(request, provider, down)
    return render(request, "partnership/single_sign_on_going.html", {"provider": provider, "address": address})


@login_not_required
@without_second_step
@never_cache
@require_safe
def single_sign_on_back(request: HttpRequest) -> HttpResponse:
    """What the provider answered, by way of the browser that asked."""
    provider = _provider()
    try:
        asked = came_back(request.session, request.GET.get("state", ""))
    except NotAsked as why:
        # Some providers leave out what was asked when somebody stops there.
        return _refused(request, provider, DECLINED if "error" in request.GET else NOT_ASKED, str(why))
    # A provider that names itself must be the one that was asked (RFC 9207).
    if request.GET.get("iss", provider.issuer) != provider.issuer:
        return _refused(request, provider, NOT_BELIEVED, "Another issuer answered.")
    code = request.GET.get("code", "")
    if not code or "error" in request.GET:
        return _refused(request, provider, DECLINED, "The provider refused, or the person stopped.")
    try:
        subject = subject_of(
            request, provider, code=code, back_to=back_to(), nonce=asked.nonce, verifier=asked.verifier
        )
    except ProviderDown as down:
        return _down(request, provider, down)
    except NotBelieved as why:
        return _refused(request, provider, NOT_BELIEVED, str(why))
    return _concluded(request, provider, asked, subject)


def _concluded(request: HttpRequest, provider: Provider, asked: Asked, subject: str) -> HttpResponse:
    """Do what the browser went there for."""
    try:
        if asked.purpose is Purpose.LINK:
            return _linked(request, provider, asked, subject)
        if asked.purpose is Purpose.INVITATION:
            client = client_of(request)
            person = accept_by(token=asked.invitation, provider=provider, subject=subject, client=client)
            return _entered(request, provider, person)
    except LinkedElsewhere as why:
        return _refused(request, provider, ELSEWHERE, str(why))
    except NoInvitation as why:
        return _refused(request, provider, NO_INVITATION, str(why))
    known = person_linked(provider, subject)
    if known is None:
        return _refused(request, provider, UNKNOWN, "The account is linked to nobody.")
    return _entered(request, provider, known)


def _linked(request: HttpRequest, provider: Provider, asked: Asked, subject: str) -> HttpResponse:
    person = request.user
    # Whoever began it proved themselves lately; somebody else in the same browser did not.
    if not isinstance(person, User) or person.pk != asked.person or not is_proved_lately(request):
        return _refused(request, provider, NOT_ASKED, "Another person, or too long after the proof.")
    link(person=person, provider=provider, subject=subject, client=client_of(request))
    messages.success(request, f"From now on you can sign in with {provider.name}, too.")
    return HttpResponseRedirect(reverse("own_sign_in"))


def _entered(request: HttpRequest, provider: Provider, person: User) -> HttpResponse:
    wanted = wanted_page(request)
    try:
        enter(request, person, how=SignInMeans.SINGLE_SIGN_ON)
    except MayNotSignIn:
        return _refused(request, provider, CLOSED, "The account is closed.", person=person)
    return HttpResponseRedirect(wanted)


def _provider() -> Provider:
    provider = the_provider()
    if provider is None:
        raise Http404
    return provider


def _down(request: HttpRequest, provider: Provider, down: ProviderDown) -> HttpResponse:
    # For whoever runs the installation: a person cannot put it right.
    log.error("Single sign-on is out of order: %s", down)
    return _refused(request, provider, DOWN, "The provider does not answer.")


def _refused(
    request: HttpRequest, provider: Provider, refusal: Refusal, why: str, *, person: User | None = None
) -> HttpResponse:
    note_refused(provider, why, client_of(request), person=person)
    context = {"refusal": refusal, "provider": provider, "is_unknown": refusal is UNKNOWN}
    return render(request, "partnership/single_sign_on_refused.html", context, status=refusal.status)
