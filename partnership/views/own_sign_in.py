"""One's own sign-in: second steps, recovery codes, sessions and what happened. Each change asks for a fresh proof."""

from __future__ import annotations

import base64

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.forms.signing_in import AppCodeForm
from partnership.models import Partnership, SignInEvent, SignInMeans, User
from partnership.presenters.own_sign_in import own_sign_in_page
from partnership.rules.plain_dates import counted
from partnership.signing_in.client import client_of
from partnership.signing_in.digests import session_row
from partnership.signing_in.duty import SECOND_FACTORS, is_restricted
from partnership.signing_in.entering import wanted_address
from partnership.signing_in.fresh import proved_lately
from partnership.signing_in.known_browsers import forget_second_steps
from partnership.signing_in.middleware import without_second_step
from partnership.signing_in.provider import the_provider
from partnership.signing_in.second_step import (
    LastSecondStep,
    NoSecondStep,
    factors_of,
    make_recovery_codes,
    new_app_secret,
    opened,
    remove_factor,
    set_up_app,
    unused_recovery_codes,
)
from partnership.signing_in.sessions import end_sessions, live_sessions
from partnership.signing_in.single_sign_on import link_of
from partnership.views.second_step import person_of, take_second_step

# The key of an app that is being set up, encrypted.
APP_SECRET = "app_to_set_up"  # noqa: S105 - the name of a place in the session
NOT_THE_APPS = "That is not the code that your app shows for this key. Wait for the next one, and enter it."
GROUP = 4
SHOWN_EVENTS = 20
ALL_OTHERS = "others"


@never_cache
@require_safe
def own_sign_in(request: HttpRequest) -> HttpResponse:
    """What the reader signs in with."""
    person = person_of(request)
    page = own_sign_in_page(
        factors=factors_of(person),
        sessions=live_sessions(person),
        this_session=session_row(request.session.session_key or ""),
        events=SignInEvent.objects.filter(person=person)[:SHOWN_EVENTS],
        partnerships=Partnership.objects.visible_to(person),
        is_restricted=is_restricted(person),
    )
    provider = the_provider()
    context = {"page": page, "provider": provider, "is_linked": provider is not None and link_of(person, provider)}
    return render(request, "partnership/own_sign_in.html", context)


@never_cache
@require_POST
def own_session_end(request: HttpRequest) -> HttpResponse:
    """End one other session of the reader's, or all others."""
    person = person_of(request)
    own = session_row(request.session.session_key or "")
    others = live_sessions(person).exclude(session_key=own)
    which = request.POST.get("session", "")
    if which != ALL_OTHERS:
        others = others.filter(session_key=which.replace("\x00", ""))
    else:
        forget_second_steps(person)
    count = end_sessions(others, person=person, client=client_of(request), detail="Ended by the person")
    if count:
        said = counted(count, "other browser")
        messages.success(request, f"Signed out in {said}. Each finds itself signed out at its next step.")
    else:
        messages.info(request, "There was no such session any more.")
    return HttpResponseRedirect(reverse("own_sign_in"))


@without_second_step
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@proved_lately()
def own_app(request: HttpRequest) -> HttpResponse:
    """Set up an app that shows a code every half minute."""
    person = person_of(request)
    secret = request.session.get(APP_SECRET)
    if request.method != "POST" or secret is None:
        secret = request.session.setdefault(APP_SECRET, new_app_secret())
        return _app_page(request, person, secret, AppCodeForm())
    form = AppCodeForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        if set_up_app(person=person, secret=secret, typed=typed, client=client_of(request)):
            del request.session[APP_SECRET]
            return set_up(request, person, SignInMeans.APP, "Your app is set up.")
        form.add_error("code", NOT_THE_APPS)
    return _app_page(request, person, secret, form)


def set_up(request: HttpRequest, person: User, means: SignInMeans, sentence: str) -> HttpResponse:
    """After a second step was set up, which counts as taken: whoever has no recovery codes yet is given some."""
    take_second_step(request, means)
    messages.success(request, sentence)
    if not factors_of(person).recovery_codes_left:
        make_recovery_codes(person=person, client=client_of(request))
        return HttpResponseRedirect(reverse("own_recovery_codes"))
    return HttpResponseRedirect(reverse("own_sign_in"))


def _app_page(request: HttpRequest, person: User, secret: str, form: AppCodeForm) -> HttpResponse:
    key = opened(secret)
    drawn = get_adapter().build_totp_svg(get_adapter().build_totp_url(person, key))
    context = {
        "form": form,
        "picture": f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}",
        "key": " ".join(key[at : at + GROUP] for at in range(0, len(key), GROUP)),
    }
    return render(request, "partnership/own_app.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proved_lately(then="own_recovery_codes")
def own_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes that are left; a post makes ten new ones."""
    person = person_of(request)
    if request.method == "POST":
        try:
            make_recovery_codes(person=person, client=client_of(request))
        except NoSecondStep as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("own_sign_in"))
        messages.success(request, "Ten new recovery codes are made. The ones before do not work any more.")
        return HttpResponseRedirect(reverse("own_recovery_codes"))
    context = {"codes": _grouped(unused_recovery_codes(person)), "on": wanted_address(request)}
    return render(request, "partnership/own_recovery_codes.html", context)


@never_cache
@require_safe
@proved_lately()
def own_recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """The same as a text file, to be kept where only its owner gets at it."""
    codes = _grouped(unused_recovery_codes(person_of(request)))
    lines = ["Recovery codes for Quorate. Each works once.", "", *codes, ""]
    response = HttpResponse("\r\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="quorate-recovery-codes.txt"'
    return response


def _grouped(codes: list[str]) -> list[str]:
    return [f"{code[: len(code) // 2]} {code[len(code) // 2 :]}" for code in codes]


@never_cache
@require_POST
@proved_lately()
def own_factor_remove(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Remove an app or a passkey of one's own."""
    person = person_of(request)
    factor = Authenticator.objects.filter(pk=factor_id, user=person, type__in=SECOND_FACTORS).first()
    if factor is None:
        raise Http404
    try:
        remove_factor(person=person, factor=factor, client=client_of(request))
    except LastSecondStep as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is removed, and does not sign you in any more.")
    return HttpResponseRedirect(reverse("own_sign_in"))
