"""Signing in without proof, for the demonstration alone, and signing out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.forms import EmailField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from partnership import clock
from partnership.demonstration import groups_to_try, people_to_start_with
from partnership.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose a fictional person. Outside the demonstration the page says that nobody can sign in this way."""
    if request.user.is_authenticated and request.method != "POST":
        return HttpResponseRedirect(reverse("home"))
    error = ""
    if request.method == "POST" and settings.DEMO:
        person = _chosen(request.POST.get("person", ""))
        if person:
            auth.login(request, person, backend=BACKEND)
            return HttpResponseRedirect(_where_to(request))
        error = "Choose one of the people on this page."
    groups = groups_to_try(on=clock.today()) if settings.DEMO else []
    context = {
        "is_demonstration": settings.DEMO,
        "groups": groups,
        "start_with": people_to_start_with(groups),
        "error": error,
        "next": request.POST.get("next", request.GET.get("next", "")),
    }
    return render(request, "partnership/sign_in.html", context, status=400 if error else 200)


def _chosen(address: str) -> User | None:
    """The active fictional person of that address; None for any other, and for what is no address at all."""
    try:
        email = EmailField().clean(address)
    except ValidationError:
        return None
    return User.objects.demo().active().filter(email=email.lower()).first()


def _where_to(request: HttpRequest) -> str:
    """The page that was asked for, if it is one of ours."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("home")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; the browser is told to forget what it kept."""
    auth.logout(request)
    response = HttpResponseRedirect(reverse("sign_in"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
