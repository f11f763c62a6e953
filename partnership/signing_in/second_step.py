"""The second step by an app or a recovery code: setting up, checking, removing. Passkeys are in `passkeys`.

Each check happens under a lock on the person's factors, so that of many guesses at one moment no more are tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.db import transaction

from partnership import clock
from partnership.models import SignInAct, SignInEvent, SignInMeans, User
from partnership.signing_in.client import Client
from partnership.signing_in.digests import same
from partnership.signing_in.duty import is_compulsory
from partnership.signing_in.events import record_sign_in_event
from partnership.signing_in.known_browsers import forget_second_steps
from partnership.signing_in.notices import tell_of
from partnership.signing_in.sessions import end_every_session

Type = Authenticator.Type
SECRET, LAST_COUNTER = "secret", "last_counter"
PERIOD = 30
# A clock half a minute off is no stranger's.
TOLERANCE = 1
DAY = timedelta(days=1)
TWO = 2


class LastSecondStep(Exception):
    """The person has to have a second step, and this is the only one."""


class NoSecondStep(Exception):
    """There is nothing that a recovery code would stand in for."""


class NotTwoPeople(Exception):
    """A second step is reset by two people, neither of whom it belongs to."""


class Tried(Enum):
    """What became of a code that was entered as a second step."""

    RIGHT = "right"
    WRONG = "wrong"
    PAUSED = "paused"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person has set up."""

    app: Authenticator | None
    passkeys: tuple[Authenticator, ...]
    recovery_codes_left: int

    @property
    def is_any(self) -> bool:
        return self.app is not None or bool(self.passkeys)


def factors_of(person: User) -> Factors:
    rows = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    codes = next((RecoveryCodes(row) for row in rows if row.type == Type.RECOVERY_CODES), None)
    return Factors(
        app=next((row for row in rows if row.type == Type.TOTP), None),
        passkeys=tuple(row for row in rows if row.type == Type.WEBAUTHN),
        recovery_codes_left=len(codes.get_unused_codes()) if codes is not None else 0,
    )


# --- checking ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def try_second_step(*, person: User, means: SignInMeans, typed: str, client: Client) -> Tried:
    """Check a code from the app or a recovery code, and use it up. What is wrong is counted with the lock held."""
    locked = {row.type: row for row in Authenticator.objects.select_for_update().filter(user=person).order_by("pk")}
    refused = _refused(person, client)
    if refused is not None:
        return refused
    is_right = _is_right(locked, means, typed)
    what = SignInAct.SECOND_STEP if is_right else SignInAct.SECOND_STEP_WRONG
    record_sign_in_event(what=what, how=means, person=person, client=client)
    return Tried.RIGHT if is_right else Tried.WRONG


def _refused(person: User, client: Client) -> Tried | None:
    numbers, now = settings.SIGN_IN, clock.machine_now()
    wrong = SignInEvent.objects.filter(person=person, what=SignInAct.SECOND_STEP_WRONG)
    here = wrong.filter(network=client.network, at__gt=now - numbers.pause)
    if here.count() >= numbers.wrong_before_pause:
        return Tried.PAUSED
    if wrong.filter(at__gt=now - DAY).count() >= numbers.wrong_a_day:
        return Tried.SPENT
    return None


def _is_right(locked: dict[str, Authenticator], means: SignInMeans, typed: str) -> bool:
    code = "".join(each for each in typed if each.isdigit())
    if means is SignInMeans.APP and Type.TOTP in locked:
        return _is_new_code(locked[Type.TOTP], code)
    if means is SignInMeans.RECOVERY and Type.RECOVERY_CODES in locked:
        return bool(RecoveryCodes(locked[Type.RECOVERY_CODES]).validate_code(code))
    return False


def _is_new_code(row: Authenticator, code: str) -> bool:
    """Whether it is the app's code of about now, and none that was used, nor one before it."""
    counter = _counter_of(get_adapter().decrypt(row.data[SECRET]), code)
    if counter is None or counter <= row.data.get(LAST_COUNTER, 0):
        return False
    row.data[LAST_COUNTER] = counter
    row.last_used_at = clock.machine_now()
    row.save(update_fields=["data", "last_used_at"])
    return True


def _counter_of(secret: str, code: str) -> int | None:
    """The half minute to which the code belongs; None where it belongs to none about now."""
    now = int(clock.machine_now().timestamp()) // PERIOD
    found = None
    for counter in range(now - TOLERANCE, now + TOLERANCE + 1):
        if same(format_hotp_value(hotp_value(secret, counter)), code):
            found = counter
    return found


# --- setting up and removing ------------------------------------------------------------------------------------------


def new_app_secret() -> str:
    """The key of an app to be set up, encrypted as the session may keep it."""
    return str(get_adapter().encrypt(generate_totp_secret()))


def opened(secret: str) -> str:
    """The key in clear, for the page that shows it."""
    return str(get_adapter().decrypt(secret))


@transaction.atomic
def set_up_app(*, person: User, secret: str, typed: str, client: Client) -> bool:
    """Keep the app's key, if the code shows that the app has it. An app set up before is replaced."""
    counter = _counter_of(opened(secret), "".join(each for each in typed if each.isdigit()))
    if counter is None:
        return False
    Authenticator.objects.filter(user=person, type=Type.TOTP).delete()
    Authenticator.objects.create(
        user=person,
        type=Type.TOTP,
        data={SECRET: secret, LAST_COUNTER: counter},
        created_at=clock.machine_now(),
        last_used_at=clock.machine_now(),
    )
    tell_of(record_sign_in_event(what=SignInAct.FACTOR_ADDED, how=SignInMeans.APP, person=person, client=client))
    return True


@transaction.atomic
def make_recovery_codes(*, person: User, client: Client) -> None:
    """Ten new codes; the ones before do not work any more. Raises NoSecondStep."""
    if not factors_of(person).is_any:
        raise NoSecondStep("Set up an app or a passkey first.")
    Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)
    record_sign_in_event(what=SignInAct.RECOVERY_CODES_MADE, person=person, client=client)


def unused_recovery_codes(person: User) -> list[str]:
    row = Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).first()
    return list(RecoveryCodes(row).get_unused_codes()) if row is not None else []


@transaction.atomic
def remove_factor(*, person: User, factor: Authenticator, client: Client) -> None:
    """Remove one second step. Raises LastSecondStep where the person has to have one and it is the only one."""
    locked = list(Authenticator.objects.select_for_update().filter(user=person).order_by("pk"))
    others = [row for row in locked if row.pk != factor.pk and row.type != Type.RECOVERY_CODES]
    if not others and is_compulsory(person):
        raise LastSecondStep("This is your only second step, and you have to have one. Set up another first.")
    Authenticator.objects.filter(pk=factor.pk, user=person).delete()
    if not others:
        Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).delete()
    forget_second_steps(person)
    means = SignInMeans.APP if factor.type == Type.TOTP else SignInMeans.PASSKEY
    tell_of(record_sign_in_event(what=SignInAct.FACTOR_REMOVED, how=means, person=person, client=client))


@transaction.atomic
def reset_second_step(*, person: User, reason: str, by: User, agreed_by: User) -> None:
    """Take away everything that a person set up, whose app, passkeys and recovery codes are lost; end their sessions.

    At their next sign-in they set up anew. Raises NotTwoPeople.
    """
    two = {by.pk, agreed_by.pk}
    if len(two) < TWO or person.pk in two or not (by.is_active and agreed_by.is_active):
        raise NotTwoPeople("Two people with open accounts have to agree, neither of whom it belongs to.")
    Authenticator.objects.filter(user=person).delete()
    forget_second_steps(person)
    end_every_session(person, detail="The second step was reset.")
    detail = f"By {by}, agreed by {agreed_by}: {reason}"
    tell_of(record_sign_in_event(what=SignInAct.SECOND_STEP_RESET, person=person, detail=detail))
