"""Asking for a fresh proof before an act that could take an account over, or let much out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from partnership.models import User
from partnership.signing_in import proof
from partnership.signing_in.duty import has_second_step
from partnership.signing_in.entering import keep_wanted

_View = Callable[..., HttpResponse]


def is_proved_lately(request: HttpRequest) -> bool:
    """Whether the person proved who they are within the last five minutes, by the strongest means that they have."""
    person = request.user
    return isinstance(person, User) and proof.is_fresh(request.session, has_second_step=has_second_step(person))


def ask_again(request: HttpRequest, *, then: str) -> HttpResponse:
    """Lead to the page that asks for the proof, and from there to `then`."""
    keep_wanted(request, then)
    has_one = isinstance(request.user, User) and has_second_step(request.user)
    return HttpResponseRedirect(reverse("second_step" if has_one else "sign_in_again"))


def proved_lately(*, then: str = "") -> Callable[[_View], _View]:
    """Let a view be reached with a fresh proof alone. After it a page is shown again; a form has to be sent anew, from
    the page whose address is named by `then`.
    """

    def around(view: _View) -> _View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if is_proved_lately(request):
                return view(request, *args, **kwargs)
            is_page = request.method in {"GET", "HEAD"}
            return ask_again(request, then=request.get_full_path() if is_page else reverse(then or "own_sign_in"))

        return inner

    return around
