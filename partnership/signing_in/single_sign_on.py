"""Signing in by the account of one's own organisation: the way there and back, and whose account is whose.

An account there belongs to a person here by a link alone, which is made with an invitation, or by the person while they
are signed in. An e-mail address that the provider states is never asked for and never looked at.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership import clock
from partnership.models import SignInAct, SignInMeans, User
from partnership.signing_in.client import Client
from partnership.signing_in.digests import keyed, same
from partnership.signing_in.events import record_sign_in_event
from partnership.signing_in.invitations import accept
from partnership.signing_in.notices import tell_of
from partnership.signing_in.provider import address_to_go_to
from partnership.signing_in.provider_settings import Provider

# Where the session keeps what was asked of the provider, until the browser comes back.
ASKED = "single_sign_on"
GOOD_FOR = timedelta(minutes=10)


class Purpose(StrEnum):
    """What somebody went there for."""

    SIGN_IN = "sign in"
    LINK = "link"
    INVITATION = "invitation"


class NotAsked(Exception):
    """This browser did not ask for it: not at all, too long ago, or once before."""


class LinkedElsewhere(Exception):
    """That account there is somebody else's here, or the person has another one already."""


class NoInvitation(Exception):
    """The invitation does not open any more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser went there for, and the secrets by which its answer is known. `wanted` is an invitation's."""

    purpose: Purpose
    state: str
    nonce: str
    verifier: str
    invitation: str
    person: int


def back_to() -> str:
    # Of the settings, never of what the request says its host is.
    return f"{settings.SITE_URL}{reverse('single_sign_on_back')}"


def go(session: SessionBase, provider: Provider, purpose: Purpose, *, invitation: str = "", person: int = 0) -> str:
    """Note in the session what is asked; the address to go to. Raises `provider.ProviderDown`."""
    pkce = generate_code_challenge()
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    address = address_to_go_to(
        provider, back_to=back_to(), state=state, nonce=nonce, code_challenge=pkce["code_challenge"].decode()
    )
    session[ASKED] = {
        "purpose": purpose.value,
        "state": state,
        "nonce": nonce,
        "verifier": pkce["code_verifier"],
        "invitation": invitation,
        "person": person,
        "at": clock.machine_now().isoformat(),
    }
    return address


def came_back(session: SessionBase, state: str) -> Asked:
    """What was asked, once. Raises NotAsked."""
    kept = session.pop(ASKED, None)
    if kept is None or not same(kept["state"], state):
        raise NotAsked("This browser did not ask for it.")
    age = clock.machine_now() - datetime.fromisoformat(kept.pop("at"))
    if not timedelta(0) <= age <= GOOD_FOR:
        raise NotAsked("It took too long.")
    return Asked(**kept | {"purpose": Purpose(kept["purpose"])})


# --- whose account is whose -------------------------------------------------------------------------------------------


def link_of(person: User, provider: Provider) -> SocialAccount | None:
    found: SocialAccount | None = SocialAccount.objects.filter(user=person, provider=provider.issuer).first()
    return found


def person_linked(provider: Provider, subject: str) -> User | None:
    """Whose account that is here, be theirs closed; None where it is nobody's."""
    found = SocialAccount.objects.filter(provider=provider.issuer, uid=subject).select_related("user").first()
    return None if found is None else found.user


@transaction.atomic
def link(*, person: User, provider: Provider, subject: str, client: Client) -> None:
    """Let that account there sign in this person, from now on. Raises LinkedElsewhere."""
    person = User.objects.select_for_update().get(pk=person.pk)
    owner = person_linked(provider, subject)
    if owner == person:
        return
    if owner is not None or link_of(person, provider) is not None:
        raise LinkedElsewhere("That account signs in somebody else, or you have another one already.")
    try:
        with transaction.atomic():
            SocialAccount(user=person, provider=provider.issuer, uid=subject, extra_data={}).save()
    except IntegrityError as second:
        raise LinkedElsewhere("That account signs in somebody else.") from second
    tell_of(
        record_sign_in_event(what=SignInAct.WAY_ADDED, how=SignInMeans.SINGLE_SIGN_ON, person=person, client=client)
    )


@transaction.atomic
def unlink(*, person: User, provider: Provider, client: Client) -> bool:
    """Take the link away; whether there was one. An e-mailed code still signs the person in."""
    found = link_of(person, provider)
    if found is None:
        return False
    found.delete()
    tell_of(
        record_sign_in_event(what=SignInAct.WAY_REMOVED, how=SignInMeans.SINGLE_SIGN_ON, person=person, client=client)
    )
    return True


@transaction.atomic
def accept_by(*, token: str, provider: Provider, subject: str, client: Client) -> User:
    """Accept an invitation and link that account, both or neither. Raises NoInvitation, LinkedElsewhere."""
    person = accept(token)
    if person is None:
        raise NoInvitation("The invitation does not open any more.")
    link(person=person, provider=provider, subject=subject, client=client)
    return person


def note_refused(provider: Provider, why: str, client: Client, *, person: User | None = None) -> None:
    """Record that single sign-on came to nothing, and why, in words of ours."""
    account = keyed("single-sign-on", provider.issuer)
    record_sign_in_event(
        what=SignInAct.SINGLE_REFUSED,
        how=SignInMeans.SINGLE_SIGN_ON,
        person=person,
        account="" if person else account,
        client=client,
        detail=why,
    )
