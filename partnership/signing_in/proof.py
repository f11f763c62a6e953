"""How a session's person has proved who they are, kept in the session.

The first proof signs in: an e-mailed code, a passkey, single sign-on, or the demonstration's choice. The second step is
something the person has: a passkey or an app; a passkey that asked for finger, face or PIN is both at once. Nothing
but `entered` and `second_step_taken` writes these marks.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from partnership import clock
from partnership.models import SignInMeans

FIRST, FIRST_AT = "first_step", "first_step_at"
SECOND, SECOND_AT = "second_step", "second_step_at"

# What counts as a second step, and which of them is as good as new for five minutes.
SECOND_STEPS = frozenset(
    {SignInMeans.PASSKEY, SignInMeans.APP, SignInMeans.RECOVERY, SignInMeans.REMEMBERED, SignInMeans.DEMONSTRATION}
)
GIVEN_NOW = SECOND_STEPS - {SignInMeans.REMEMBERED}
# A first proof that is the second at the same time.
WHOLE = frozenset({SignInMeans.PASSKEY, SignInMeans.DEMONSTRATION})


def entered(session: SessionBase, how: SignInMeans) -> None:
    """Mark that the session's person signed in that way, just now."""
    now = clock.machine_now().isoformat()
    session[FIRST], session[FIRST_AT] = how.value, now
    session.pop(SECOND, None)
    session.pop(SECOND_AT, None)
    if how in WHOLE:
        second_step_taken(session, how)


def proved_again(session: SessionBase, how: SignInMeans) -> None:
    """Mark that the first proof was given once more, without signing in anew."""
    session[FIRST], session[FIRST_AT] = how.value, clock.machine_now().isoformat()


def second_step_taken(session: SessionBase, how: SignInMeans) -> None:
    """Mark that the session's person took the second step that way, just now."""
    session[SECOND], session[SECOND_AT] = how.value, clock.machine_now().isoformat()


def first_step(session: SessionBase) -> SignInMeans:
    return _how(session.get(FIRST))


def second_step(session: SessionBase) -> SignInMeans:
    """How the second step was taken; `SignInMeans.NONE` where it was not."""
    how = _how(session.get(SECOND))
    return how if how in SECOND_STEPS else SignInMeans.NONE


def is_fresh(session: SessionBase, *, has_second_step: bool) -> bool:
    """Whether the strongest proof that the person can give was given within the last minutes.

    Who has a second step gives that; who has none yet, the first proof. In the demonstration nobody proves anything.
    """
    if settings.DEMO and first_step(session) is SignInMeans.DEMONSTRATION:
        return True
    if has_second_step:
        return _how(session.get(SECOND)) in GIVEN_NOW and _is_recent(session.get(SECOND_AT))
    return bool(session.get(FIRST)) and _is_recent(session.get(FIRST_AT))


def _is_recent(text: str | None) -> bool:
    if not text:
        return False
    age = clock.machine_now() - datetime.fromisoformat(text)
    fresh: timedelta = settings.SIGN_IN.fresh_for
    return timedelta(0) <= age <= fresh


def _how(text: str | None) -> SignInMeans:
    return SignInMeans(text) if text in SignInMeans.values else SignInMeans.NONE
