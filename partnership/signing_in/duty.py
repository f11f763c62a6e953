"""Who has to take a second step, and for whom sessions are short."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from partnership import clock
from partnership.held import Held, held_by
from partnership.models import Partnership, SignInMeans, User
from partnership.rights import TEAM_ROLES, Role
from partnership.signing_in import proof

# Whoever holds one of these sees what is restricted, or decides: nothing relaxes their second step.
RESTRICTED_ROLES = frozenset({*TEAM_ROLES, Role.CHAIR, Role.VICE_CHAIR, Role.SCRUTINEER, Role.CASE_TIER})
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def held_now(person: User) -> Held:
    return held_by(person, clock.today())


def has_restricted_role(person: User) -> bool:
    """Whether a role of the person opens what is restricted: their sessions are short."""
    return any(one.role in RESTRICTED_ROLES for one in held_now(person).roles)


def is_restricted(person: User) -> bool:
    """Whether the person has access to something restricted, by a role or as a named reader."""
    return bool(held_now(person).named) or has_restricted_role(person)


def has_second_step(person: User) -> bool:
    return Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS).exists()


def is_compulsory(person: User) -> bool:
    """Whether the person has to have a second step: unless every partnership of theirs relaxed it for its members."""
    held = held_now(person)
    if not held.partnerships or is_restricted(person):
        return True
    strict = Partnership.objects.filter(pk__in=held.partnerships, members_take_second_step=True)
    return strict.exists()


def is_second_step_due(session: SessionBase, person: User) -> bool:
    """Whether the session lacks a second step that its person has to take."""
    taken = proof.second_step(session)
    if taken is SignInMeans.REMEMBERED:
        return is_restricted(person)
    if taken is SignInMeans.DEMONSTRATION:
        return not settings.DEMO
    if taken is not SignInMeans.NONE:
        return False
    return has_second_step(person) or is_compulsory(person)
