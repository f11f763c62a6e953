"""Taking the second step, and proving once more who one is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from partnership.forms.signing_in import AppCodeForm, CodeForm, RecoveryCodeForm
from partnership.models import SignInMeans, User
from partnership.rules.plain_dates import counted
from partnership.signing_in import courier, proof
from partnership.signing_in.client import client_of
from partnership.signing_in.codes import Entered, ask_for_code, enter_code
from partnership.signing_in.digests import in_two_halves
from partnership.signing_in.duty import has_second_step, is_compulsory, is_restricted
from partnership.signing_in.entering import wanted_page
from partnership.signing_in.known_browsers import known_browser, skip_second_step_here
from partnership.signing_in.middleware import without_second_step
from partnership.signing_in.second_step import Factors, Tried, factors_of, try_second_step

ASKED_AGAIN = "sign_in_again_code"
FEW_LEFT = 3
WRONG = {
    SignInMeans.APP: "That is not the code that your app shows now, or it was used already. Wait for the next one.",
    SignInMeans.RECOVERY: "That is not one of your recovery codes, or it was used already.",
}
PAUSED = "Too many wrong codes. Wait {minutes} minutes, or use a passkey."
SPENT = "Too many wrong codes today. Use a passkey, or talk to your partnership team."


@without_second_step
@never_cache
@sensitive_post_parameters("code", "recovery_code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Take the second step: the code of an app, or a recovery code. A passkey has its own address."""
    person = person_of(request)
    factors = factors_of(person)
    if not factors.is_any:
        return HttpResponseRedirect(reverse("second_step_set_up"))
    app, recovery = AppCodeForm(), RecoveryCodeForm()
    if request.method != "POST":
        return _page(request, factors, app, recovery)
    is_recovery = "recovery_code" in request.POST
    means = SignInMeans.RECOVERY if is_recovery else SignInMeans.APP
    form: AppCodeForm | RecoveryCodeForm = RecoveryCodeForm(request.POST) if is_recovery else AppCodeForm(request.POST)
    field = "recovery_code" if is_recovery else "code"
    if form.is_valid():
        tried = try_second_step(person=person, means=means, typed=form.cleaned_data[field], client=client_of(request))
        if tried is Tried.RIGHT:
            return _taken(request, person, means, may_remember=bool(form.cleaned_data.get("remember")))
        form.add_error(field, _said(tried, means))
    return _page(request, factors, *((app, form) if is_recovery else (form, recovery)))


def _taken(request: HttpRequest, person: User, means: SignInMeans, *, may_remember: bool) -> HttpResponse:
    take_second_step(request, means)
    if may_remember and may_be_remembered(person):
        skip_second_step_here(request, person)
    if means is SignInMeans.RECOVERY:
        left = factors_of(person).recovery_codes_left
        if left <= FEW_LEFT:
            codes = counted(left, "recovery code")
            messages.warning(request, f"You have {codes} left. Make new ones under “Your sign-in”.")
    return HttpResponseRedirect(wanted_page(request))


def take_second_step(request: HttpRequest, means: SignInMeans) -> None:
    """Mark the step as taken. The session's key changes: what was known of it before is worth nothing after."""
    request.session.cycle_key()
    proof.second_step_taken(request.session, means)


def may_be_remembered(person: User) -> bool:
    return bool(settings.SIGN_IN.remembered_for) and not is_restricted(person)


def _said(tried: Tried, means: SignInMeans) -> str:
    if tried is Tried.PAUSED:
        return PAUSED.format(minutes=int(settings.SIGN_IN.pause.total_seconds() // 60))
    return SPENT if tried is Tried.SPENT else WRONG[means]


def _page(request: HttpRequest, factors: Factors, app: Any, recovery: Any) -> HttpResponse:
    person = person_of(request)
    context = {
        "factors": factors,
        "app": app,
        "recovery": recovery,
        "passkey_first": factors.app is None,
        "is_again": proof.second_step(request.session) is not SignInMeans.NONE,
        "remember_days": settings.SIGN_IN.remembered_for.days if may_be_remembered(person) else 0,
    }
    wrong = app.errors or recovery.errors
    return render(request, "partnership/second_step.html", context, status=400 if wrong else 200)


@without_second_step
@never_cache
@require_safe
def second_step_set_up(request: HttpRequest) -> HttpResponse:
    """Which second step to set up, for whoever has none."""
    person = person_of(request)
    if has_second_step(person):
        return HttpResponseRedirect(reverse("own_sign_in"))
    context = {"is_compulsory": is_compulsory(person), "is_restricted": is_restricted(person)}
    return render(request, "partnership/second_step_set_up.html", context)


@without_second_step
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """A fresh proof of whoever has no second step: another code, to their own address."""
    person = person_of(request)
    if has_second_step(person):
        return HttpResponseRedirect(reverse("second_step"))
    form = CodeForm()
    if request.method == "POST" and "code" not in request.POST:
        return _sent_again(request, person)
    if request.method == "POST":
        form = CodeForm(request.POST)
        asked = request.session.get(ASKED_AGAIN, {"uuid": None, "browser": ""})
        if form.is_valid():
            entered, found = enter_code(
                uuid=asked["uuid"],
                browser=asked["browser"],
                typed=form.cleaned_data["code"],
                client=client_of(request),
            )
            if entered is Entered.RIGHT and found == person:
                request.session.pop(ASKED_AGAIN, None)
                proof.proved_again(request.session, SignInMeans.CODE)
                return HttpResponseRedirect(wanted_page(request))
            form.add_error("code", "That is not the code, or it does not work any more. Ask for another one.")
    return _again_page(request, form)


def _sent_again(request: HttpRequest, person: User) -> HttpResponse:
    client = client_of(request)
    before = request.session.get(ASKED_AGAIN, {}).get("browser", "")
    known = known_browser(request, person)
    asked = ask_for_code(email=person.email, person=person, known=known, before=before, client=client)
    request.session[ASKED_AGAIN] = {"uuid": asked.uuid, "browser": asked.browser}
    courier.send_soon(asked.letter, client)
    if settings.DEMO and asked.letter is not None:
        return _again_page(request, CodeForm(), shown=in_two_halves(asked.letter.code))
    return HttpResponseRedirect(reverse("sign_in_again"))


def _again_page(request: HttpRequest, form: CodeForm, shown: str = "") -> HttpResponse:
    context = {"form": form, "is_sent": ASKED_AGAIN in request.session, "shown": shown}
    return render(request, "partnership/sign_in_again.html", context, status=400 if form.errors else 200)


def person_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("Only a signed-in person reaches this page.")
    return request.user
