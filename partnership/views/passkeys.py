"""Signing in with a passkey, and setting one up. The script of the page talks to the device; these views check."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from partnership.models import SignInAct, SignInMeans, User
from partnership.signing_in.client import client_of
from partnership.signing_in.entering import enter, keep_wanted, wanted_page
from partnership.signing_in.events import record_sign_in_event
from partnership.signing_in.fresh import proved_lately
from partnership.signing_in.middleware import without_second_step
from partnership.signing_in.passkeys import (
    LONGEST_NAME,
    PasskeyRefused,
    TooManyPasskeys,
    begin_set_up,
    begin_use,
    finish_set_up,
    person_showing,
    site_origin,
)
from partnership.views.own_sign_in import set_up
from partnership.views.second_step import person_of, take_second_step


@login_not_required
@without_second_step
@never_cache
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to show a passkey: anybody's who signs in, or their own as the second step."""
    person = request.user if isinstance(request.user, User) else None
    return JsonResponse(begin_use(person=person, session=request.session))


@login_not_required
@without_second_step
@never_cache
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with the passkey that was shown, or take the second step with it."""
    person = request.user if isinstance(request.user, User) else None
    try:
        owner = person_showing(person=person, session=request.session, sent=request.POST.get("credential", ""))
    except PasskeyRefused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("second_step" if person is not None else "sign_in"))
    if person is not None:
        record_sign_in_event(
            what=SignInAct.SECOND_STEP, how=SignInMeans.PASSKEY, person=person, client=client_of(request)
        )
        take_second_step(request, SignInMeans.PASSKEY)
        return HttpResponseRedirect(wanted_page(request))
    keep_wanted(request, request.POST.get("next", ""))
    wanted = wanted_page(request)
    enter(request, owner, how=SignInMeans.PASSKEY)
    return HttpResponseRedirect(wanted)


@without_second_step
@never_cache
@require_POST
# An answer to a challenge cannot wait.
@proved_lately(then="own_passkey", is_kept=False)
def own_passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey for the reader."""
    return JsonResponse(begin_set_up(person=person_of(request), session=request.session))


@without_second_step
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
# An answer to a challenge cannot wait.
@proved_lately(then="own_passkey", is_kept=False)
def own_passkey(request: HttpRequest) -> HttpResponse:
    """Set up a passkey."""
    person, error = person_of(request), ""
    name = request.POST.get("name", "").replace("\x00", "").strip()[:LONGEST_NAME]
    if request.method == "POST":
        sent = request.POST.get("credential", "")
        try:
            finish_set_up(person=person, session=request.session, sent=sent, name=name, client=client_of(request))
        except (PasskeyRefused, TooManyPasskeys) as refused:
            error = str(refused)
        else:
            return set_up(request, person, SignInMeans.PASSKEY, "Your passkey is set up.")
    context = {"error": error, "name": name, "longest": LONGEST_NAME, "site": site_origin()}
    return render(request, "partnership/own_passkey.html", context, status=400 if error else 200)
