"""The cookie by which a browser is known again. It signs nobody in.

It gives a person's own browser an allowance of its own: strangers who ask for codes in somebody's name use up the
strangers' allowance, and shut nobody out of the browser that they work in.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from partnership import clock
from partnership.models import KnownBrowser, User
from partnership.signing_in.digests import keyed, new_token

COOKIE = "quorate_browser"
KEPT_FOR = timedelta(days=180)
# Under this name a request keeps the token that its answer sets.
NEW_TOKEN = "quorate_new_browser_token"  # noqa: S105 - the name of an attribute


def known_browser(request: HttpRequest, person: User | None) -> KnownBrowser | None:
    """That this person has signed in in this browser before; the same query whether there is such a person or not."""
    token = request.COOKIES.get(COOKIE, "")
    person_id = person.pk if person is not None else None
    oldest = clock.machine_now() - KEPT_FOR
    rows = KnownBrowser.objects.filter(person_id=person_id, token=_kept(token), seen_at__gt=oldest)
    return rows.first()


def remember_browser(request: HttpRequest, person: User) -> KnownBrowser:
    """Know this browser as one of the person's, from now on.

    A token that is not known as theirs is never taken up: somebody else may have put it there, and know it.
    """
    now = clock.machine_now()
    row = known_browser(request, person)
    if row is not None:
        row.seen_at = now
        row.save(update_fields=["seen_at"])
        return row
    token = new_token()
    setattr(request, NEW_TOKEN, token)
    request.COOKIES[COOKIE] = token
    return KnownBrowser.objects.create(person=person, token=_kept(token), since=now, seen_at=now)


def skip_second_step_here(request: HttpRequest, person: User) -> None:
    """For some days this browser is spared the person's second step."""
    row = remember_browser(request, person)
    row.second_step_until = clock.machine_now() + settings.SIGN_IN.remembered_for
    row.save(update_fields=["second_step_until"])


def forget_second_steps(person: User) -> None:
    """No browser is spared the person's second step any more."""
    KnownBrowser.objects.filter(person=person).update(second_step_until=None)


def give_cookie(request: HttpRequest, response: HttpResponse) -> None:
    token = getattr(request, NEW_TOKEN, "")
    if token:
        response.set_cookie(
            COOKIE,
            token,
            max_age=KEPT_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _kept(token: str) -> str:
    return keyed("browser", token)
