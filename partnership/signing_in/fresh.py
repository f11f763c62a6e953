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

_View = Callable[..., HttpResponseBase]
# That a form is shown and sent at one address.
ITSELF = "itself"


def is_proved_lately(request: HttpRequest) -> bool:
    """Whether the person proved who they are within the last five minutes, by the strongest means that they have."""
    person = request.user
    return isinstance(person, User) and proof.is_fresh(request.session, has_second_step=has_second_step(person))


def ask_again(request: HttpRequest, *, then: str) -> HttpResponse:
    """Lead to the page that asks for the proof, and from there to `then`."""
    keep_wanted(request, then)
    has_one = isinstance(request.user, User) and has_second_step(request.user)
    return HttpResponseRedirect(reverse("second_step" if has_one else "sign_in_again"))


def proved_lately(*, then: str = "", words: tuple[str, ...] = ()) -> Callable[[_View], _View]:
    """Let a view be reached with a fresh proof alone. After it a page is shown again; a form has to be sent anew, from
    the page whose address is named by `then`, with these `words` of the present one, or from its own (`ITSELF`).
    """

    def around(view: _View) -> _View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if is_proved_lately(request):
                return view(request, *args, **kwargs)
            if request.method in {"GET", "HEAD"}:
                return ask_again(request, then=request.get_full_path())
            messages.info(request, "Nothing is changed yet. Show that it is you, then send the form again.")
            itself = request.get_full_path()
            page = itself if then == ITSELF else reverse(then or "own_sign_in", args=[kwargs[word] for word in words])
            return ask_again(request, then=page)

        return inner

    return around
