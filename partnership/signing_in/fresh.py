"""Asking for a fresh proof before an act that could take an account over, or let much out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from partnership.models import User
from partnership.signing_in import proof
from partnership.signing_in.duty import has_second_step
from partnership.signing_in.entering import keep_wanted
from partnership.signing_in.kept_form import forget_form, keep_form

_View = Callable[..., HttpResponseBase]
# That a form is shown and sent at one address.
ITSELF = "itself"


def is_proved_lately(request: HttpRequest) -> bool:
    """Whether the person proved who they are within the last five minutes, by the strongest means that they have."""
    person = request.user
    return isinstance(person, User) and proof.is_fresh(request.session, has_second_step=has_second_step(person))


def asked_again(request: HttpRequest, *, then: str = "", is_kept: bool = True) -> HttpResponse | None:
    """The way to the page that asks for a proof, where one is due; None where there is one.

    After it a page is shown, and a form that was sent here is offered as it was filled in, to be sent with one button;
    whoever does not want to goes to `then`, or to this address. What could not be sent later is not kept.
    """
    if is_proved_lately(request):
        forget_form(request.session)
        return None
    if request.method in {"GET", "HEAD"}:
        return _to_the_proof(request, then or request.get_full_path())
    page = then or request.get_full_path()
    if not (is_kept and keep_form(request, page=page)):
        messages.info(request, "Nothing is changed yet. Show that it is you, then send the form again.")
        return _to_the_proof(request, page)
    messages.info(request, "Nothing is changed yet, and what you filled in is kept. Show that it is you first.")
    return _to_the_proof(request, reverse("send_again"))


def _to_the_proof(request: HttpRequest, then: str) -> HttpResponse:
    keep_wanted(request, then)
    has_one = isinstance(request.user, User) and has_second_step(request.user)
    return HttpResponseRedirect(reverse("second_step" if has_one else "sign_in_again"))


def proved_lately(*, then: str = "", words: tuple[str, ...] = (), is_kept: bool = True) -> Callable[[_View], _View]:
    """Let a view be reached with a fresh proof alone. Whoever does not send the form after all is led to the page
    named by `then`, with these `words` of the present address, or to the form's own (`ITSELF`).
    """

    def around(view: _View) -> _View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            page = ""
            if request.method not in {"GET", "HEAD"} and then != ITSELF:
                page = reverse(then or "own_sign_in", args=[kwargs[word] for word in words])
            asked = asked_again(request, then=page, is_kept=is_kept)
            return view(request, *args, **kwargs) if asked is None else asked

        return inner

    return around
