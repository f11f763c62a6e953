"""Signing in and out, by whichever way: Django tells of it, and it is recorded or does not happen."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from partnership.audit import asking
from partnership.audit.recording import record
from partnership.models import User, What
from partnership.signing_in.client import client_address


def listen() -> None:
    """From now on every sign-in and sign-out is recorded."""
    user_logged_in.connect(_signed_in, dispatch_uid="quorate.audit")
    user_logged_out.connect(_signed_out, dispatch_uid="quorate.audit")


def _signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    _record(What.SIGNED_IN, request, user)


def _signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        _record(What.SIGNED_OUT, request, user)


def _record(what: What, request: HttpRequest, user: User) -> None:
    here = asking.present()
    if here is not None:
        record(what, by=user)
        return
    with asking.begun(client_address(request)):
        record(what, by=user)
