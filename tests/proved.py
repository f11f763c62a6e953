"""Sessions that tests begin with `force_login` count as having taken the second step. Of the tests alone.

`Client.force_login` hands Django a bare request, which no server ever does: it has no method. Whoever wants a session
without the second step signs in through the product's own pages.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from partnership.models import SignInMeans, User
from partnership.signing_in import proof, sessions


def prove_forced_sign_ins() -> None:
    user_logged_in.connect(_prove, dispatch_uid="tests.proved")


def _prove(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    if request.method is None:
        proof.entered(request.session, SignInMeans.PASSKEY)
        sessions.begin(request, user)
