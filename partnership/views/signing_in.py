"""Signing in: asking for a code, entering it, and signing out. In the demonstration a person may simply be chosen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from partnership import clock
from partnership.demonstration import groups_to_try, people_to_start_with
from partnership.forms.addresses import AddressField
from partnership.forms.signing_in import AddressForm, CodeForm
from partnership.models import SignInMeans, User
from partnership.signing_in import courier
from partnership.signing_in.client import client_of
from partnership.signing_in.codes import Asked, Entered, ask_for_code, enter_code, person_for_code, tries_left
from partnership.signing_in.digests import in_two_halves
from partnership.signing_in.entering import enter, is_ours, keep_wanted, leave, wanted_page
from partnership.signing_in.known_browsers import known_browser
from partnership.signing_in.middleware import without_second_step
from partnership.signing_in.provider import the_provider
from partnership.signing_in.sessions import ENDED

CHOOSE = "Choose one of the people on this page."
# Which code this browser asked for: its id, the browser's half of the secret, and the address that was typed.
ASKED = "sign_in_code"
OVER = "That code does not work any more. Ask for another one."
PAUSED = "Too many wrong codes. Wait {minutes} minutes, or use a passkey."
WRONG = "That is not the code. Copy it from the newest e-mail. {left}."


@login_not_required
@without_second_step
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a code. In the demonstration, choose a fictional person instead."""
    if request.user.is_authenticated and request.method != "POST":
        return HttpResponseRedirect(reverse("home"))
    if request.method != "POST":
        return _sign_in_page(request, AddressForm())
    if settings.DEMO and "person" in request.POST:
        return _choose(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form)
    return _ask(request, form.cleaned_data["address"])


def _choose(request: HttpRequest) -> HttpResponse:
    """Sign in without proof, as one of the demonstration's people."""
    person = _chosen(request.POST.get("person", ""))
    if person is None:
        return _sign_in_page(request, AddressForm(), error=CHOOSE)
    wanted = request.POST.get("next", "")
    enter(request, person, how=SignInMeans.DEMONSTRATION)
    return HttpResponseRedirect(wanted if is_ours(request, wanted) else reverse("home"))


def _chosen(address: str) -> User | None:
    """The active fictional person of that address; None for any other, and for what is no address at all."""
    try:
        email = AddressField(is_looked_for=True).clean(address)
    except ValidationError:
        return None
    return User.objects.demo().active().filter(email=email).first()


@sensitive_variables("asked")
def _ask(request: HttpRequest, address: str) -> HttpResponse:
    """One path for every address: whether it is anybody's is seen in nothing that leaves here."""
    client = client_of(request)
    person = person_for_code(address)
    before = request.session.get(ASKED, {}).get("browser", "")
    known = known_browser(request, person)
    asked = ask_for_code(email=address, person=person, known=known, before=before, client=client)
    request.session[ASKED] = {"uuid": asked.uuid, "browser": asked.browser, "address": address}
    keep_wanted(request, request.POST.get("next", ""))
    courier.send_soon(asked.letter, client)
    if settings.DEMO:
        return _code_page(request, CodeForm(), shown=_shown(asked))
    return HttpResponseRedirect(reverse("sign_in_code"))


def _shown(asked: Asked) -> str:
    return in_two_halves(asked.letter.code) if asked.letter is not None else ""


@login_not_required
@without_second_step
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Enter the code that was sent."""
    asked = request.session.get(ASKED)
    if asked is None:
        return HttpResponseRedirect(reverse("sign_in"))
    if request.method != "POST":
        return _code_page(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form)
    entered, person = enter_code(
        uuid=asked["uuid"], browser=asked["browser"], typed=form.cleaned_data["code"], client=client_of(request)
    )
    if person is None:
        form.add_error("code", _said(entered, asked["uuid"]))
        return _code_page(request, form)
    wanted = wanted_page(request)
    del request.session[ASKED]
    enter(request, person, how=SignInMeans.CODE)
    return HttpResponseRedirect(wanted)


def _said(entered: Entered, uuid: str) -> str:
    if entered is Entered.PAUSED:
        return PAUSED.format(minutes=int(settings.SIGN_IN.pause.total_seconds() // 60))
    left = tries_left(uuid=uuid) if entered is Entered.WRONG else 0
    if not left:
        return OVER
    return WRONG.format(left="You can try once more" if left == 1 else f"You can try {left} times more")


def _sign_in_page(request: HttpRequest, form: AddressForm, error: str = "") -> HttpResponse:
    groups = groups_to_try(on=clock.today()) if settings.DEMO else []
    context = {
        "form": form,
        "is_demonstration": settings.DEMO,
        "provider": the_provider(),
        "groups": groups,
        "start_with": people_to_start_with(groups),
        "error": error,
        "ended": request.session.pop(ENDED, "") if request.method == "GET" and ENDED in request.session else "",
        "next": request.POST.get("next", request.GET.get("next", "")),
        "minutes": int(settings.SIGN_IN.code_lasts.total_seconds() // 60),
    }
    return render(request, "partnership/sign_in.html", context, status=400 if error or form.errors else 200)


def _code_page(request: HttpRequest, form: CodeForm, shown: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "address": request.session[ASKED]["address"],
        "minutes": int(settings.SIGN_IN.code_lasts.total_seconds() // 60),
        "shown": shown,
    }
    return render(request, "partnership/sign_in_code.html", context, status=400 if form.errors else 200)


@without_second_step
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; the browser is told to forget what it kept."""
    leave(request)
    response = HttpResponseRedirect(reverse("sign_in"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
