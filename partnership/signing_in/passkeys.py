"""Passkeys: setting one up, and signing in with one, alone or as the second step.

The browser and the device do the work; here the challenge is made, used once, and the answer checked: signed for this
challenge, at exactly the address of the settings, by a device that asked for finger, face or PIN.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import (
    WebAuthn,
    build_user_payload,
    extract_user_from_response,
    get_authenticator_by_credential_id,
    get_credentials,
)
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity, ResidentKeyRequirement, UserVerificationRequirement

from partnership import clock
from partnership.models import SignInAct, SignInMeans, User
from partnership.signing_in.client import Client
from partnership.signing_in.events import record_sign_in_event
from partnership.signing_in.notices import tell_of

log = logging.getLogger(__name__)

CHALLENGE = "passkey_challenge"
CHALLENGE_LASTS = timedelta(minutes=5)
MOST_PASSKEYS = 10
LONGEST_NAME = 60


class PasskeyRefused(Exception):
    """What the browser sent is no passkey of this person's at this address, just now."""


class TooManyPasskeys(Exception):
    """The person has as many as anybody needs."""


def begin_set_up(*, person: User, session: SessionBase) -> dict[str, Any]:
    """What the browser needs to make a passkey; the challenge is kept in the session, for one answer."""
    options, state = _server().register_begin(
        user=build_user_payload(person),
        credentials=get_credentials(person),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _keep(session, state, "set up")
    return dict(options)


@transaction.atomic
def finish_set_up(*, person: User, session: SessionBase, sent: str, name: str, client: Client) -> None:
    """Keep the passkey that the browser made. Raises PasskeyRefused, TooManyPasskeys."""
    state, credential = _kept(session, "set up"), _read(sent)
    mine = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    if mine.count() >= MOST_PASSKEYS:
        raise TooManyPasskeys(f"You have {MOST_PASSKEYS} passkeys. Remove one that you do not use first.")
    try:
        _server().register_complete(state, credential)
    except Exception as refused:
        # Whatever a browser sends is a passkey or none; how it fails to be one does not matter.
        raise _refused(refused) from refused
    if Authenticator.objects.filter(data__credential__id=credential.get("id")).exists():
        raise PasskeyRefused("This passkey is set up already.")
    row = WebAuthn.add(person, name[:LONGEST_NAME] or f"Passkey {mine.count() + 1}", credential).instance
    row.created_at = row.last_used_at = clock.machine_now()
    row.save(update_fields=["created_at", "last_used_at"])
    tell_of(record_sign_in_event(what=SignInAct.FACTOR_ADDED, how=SignInMeans.PASSKEY, person=person, client=client))


def begin_use(*, person: User | None, session: SessionBase) -> dict[str, Any]:
    """What the browser needs to show a passkey: of that person, or of whoever it is that signs in."""
    options, state = _server().authenticate_begin(
        credentials=get_credentials(person) if person is not None else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _keep(session, state, "use")
    return dict(options)


def person_showing(*, person: User | None, session: SessionBase, sent: str) -> User:
    """Whose passkey it is that the browser showed; `person` where it must be theirs. Raises PasskeyRefused."""
    state, credential = _kept(session, "use"), _read(sent)
    try:
        named = extract_user_from_response(credential)
        shown = _server().authenticate_complete(state, get_credentials(named), credential)
        row = get_authenticator_by_credential_id(named, shown.credential_id)
    except Exception as refused:
        # As above: it is a proof, or it is none.
        raise _refused(refused) from refused
    owner = User.objects.people().active().filter(pk=named.pk).first()
    if row is None or owner is None or (person is not None and owner != person):
        raise _refused(None)
    row.last_used_at = clock.machine_now()
    row.save(update_fields=["last_used_at"])
    return owner


def site_origin() -> str:
    """The one origin at which passkeys are made and shown."""
    parts = urlsplit(settings.SITE_URL)
    return f"{parts.scheme}://{parts.netloc}"


def _server() -> Fido2Server:
    party = PublicKeyCredentialRpEntity(**get_adapter().get_public_key_credential_rp_entity())
    return Fido2Server(party, verify_origin=lambda origin: origin == site_origin())


def _keep(session: SessionBase, state: Any, purpose: str) -> None:
    session[CHALLENGE] = {
        "challenge": state["challenge"],
        "user_verification": UserVerificationRequirement.REQUIRED.value,
        "purpose": purpose,
        "at": clock.machine_now().isoformat(),
    }


def _kept(session: SessionBase, purpose: str) -> dict[str, Any]:
    """The challenge of this session, which is gone with this reading."""
    state = session.pop(CHALLENGE, None)
    if state is None or state["purpose"] != purpose:
        raise _refused(None)
    if clock.machine_now() - datetime.fromisoformat(state["at"]) > CHALLENGE_LASTS:
        raise PasskeyRefused("That took too long. Try again.")
    return {"challenge": state["challenge"], "user_verification": state["user_verification"]}


def _read(sent: str) -> dict[str, Any]:
    try:
        found = json.loads(sent)
    except (ValueError, RecursionError) as unreadable:
        raise _refused(unreadable) from unreadable
    if not isinstance(found, dict):
        raise _refused(None)
    return found


def _refused(cause: Exception | None) -> PasskeyRefused:
    if cause is not None:
        log.info("A passkey was refused: %s", type(cause).__name__)
    return PasskeyRefused("This passkey was not accepted. Try again, or use another way to sign in.")
