"""What stands before every page: the session must go on, and a compulsory second step must have been taken.

Denied by default: a view that does not say otherwise by `without_second_step` is closed, be it a page, a part of one,
a file or a feed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from partnership.models import User
from partnership.navigation import OWES_SECOND_STEP
from partnership.signing_in import sessions
from partnership.signing_in.duty import has_second_step, is_second_step_due
from partnership.signing_in.entering import keep_wanted
from partnership.signing_in.known_browsers import give_cookie

OPEN = "quorate_without_second_step"

_View = TypeVar("_View", bound=Callable[..., Any])


def without_second_step(view: _View) -> _View:
    """Let the view be reached by whoever is signed in and has yet to take a second step."""
    setattr(view, OPEN, True)
    return view


class SignInMiddleware:
    """Ends sessions that are over, and leads whoever owes a second step to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            why = sessions.why_ended(request)
            if why is not None:
                sessions.lapse(request, why)
        response = self.get_response(request)
        if SESSION_KEY in request.session:
            sessions.used(request)
        give_cookie(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        person = request.user
        if not isinstance(person, User) or not is_second_step_due(request.session, person):
            return None
        if getattr(view, OPEN, False):
            setattr(request, OWES_SECOND_STEP, True)
            return None
        if request.method == "GET" and "HX-Request" not in request.headers:
            keep_wanted(request, request.get_full_path())
        return HttpResponseRedirect(reverse("second_step" if has_second_step(person) else "second_step_set_up"))
