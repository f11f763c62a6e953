"""E-mailed codes: asking for one, and entering it.

A code is eight characters, for ten minutes, for one use, for three tries, and only in the browser that asked for it; a
newer one in that browser replaces it. The same is written and asked for an address that is nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from partnership import clock
from partnership.models import BrowserSession, KnownBrowser, SignInAct, SignInCode, SignInEvent, User
from partnership.signing_in.client import Client
from partnership.signing_in.digests import as_typed, keyed, new_code, new_token, same
from partnership.signing_in.events import account_of, record_sign_in_event
from partnership.signing_in.invitations import waiting_for_invitation

HOUR = timedelta(hours=1)
# Rows are of use for the limits of an hour; after this they are removed.
ROWS_KEPT = timedelta(days=2)
# Asked for where an address is nobody's, so that the question is asked all the same.
NOBODY = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent: the code in clear, in memory alone.

    `proves` is an address of the person's to be, which the code proves; where it is empty, the code signs in, and goes
    to the address that they have.
    """

    person: User
    code: str
    expires_at: datetime
    proves: str = ""

    @property
    def to(self) -> str:
        return self.proves or self.person.email


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser that asked keeps: which code, and its half of the secret. And the letter, if one goes out."""

    uuid: str
    browser: str
    letter: Letter | None


class Entered(Enum):
    """What became of a code that was entered."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"
    PAUSED = "paused"


def active_person(email: str) -> User | None:
    return User.objects.people().active().at_address(email).first()


def person_for_code(email: str) -> User | None:
    """Whom a code may be sent to: not who was invited for the first time and has not accepted yet."""
    return User.objects.people().active().at_address(email).filter(~waiting_for_invitation()).first()


def ask_for_code(*, email: str, person: User | None, known: KnownBrowser | None, before: str, client: Client) -> Asked:
    """Make a code for whoever has that address. `before` is the browser's secret of an earlier code, which it replaces.

    Not one transaction: the row is there for all to count before it is counted, so that of many requests at one moment
    no more get through than may.
    """
    now = clock.machine_now()
    account, browser, code = account_of(email), new_token(), new_code()
    SignInCode.objects.filter(made_at__lt=now - ROWS_KEPT).delete()
    BrowserSession.objects.filter(expire_date__lt=now).delete()
    SignInCode.objects.filter(browser=keyed("asker", before), replaced_at=None).update(replaced_at=now)
    row = SignInCode(
        person=person,
        account=account,
        network=client.network,
        known_browser=known,
        browser=keyed("asker", browser),
        made_at=now,
        expires_at=now + settings.SIGN_IN.code_lasts,
    )
    row.code = _kept(row, browser, code)
    row.save()
    if _is_too_many(row):
        SignInCode.objects.filter(pk=row.pk).update(person=None, is_counted=False)
        record_sign_in_event(what=SignInAct.CODE_LIMITED, person=person, client=client, account=account)
        return Asked(str(row.uuid), browser, None)
    record_sign_in_event(what=SignInAct.CODE_ASKED, person=person, client=client, account=account)
    letter = Letter(person, code, row.expires_at) if person is not None else None
    return Asked(str(row.uuid), browser, letter)


def _is_too_many(row: SignInCode) -> bool:
    """Whether that row, which is counted, is one more than is allowed."""
    numbers = settings.SIGN_IN
    counted = SignInCode.objects.filter(is_counted=True, made_at__gt=row.made_at - HOUR)
    waiting = Q(used_at=None, replaced_at=None, expires_at__gt=row.made_at, tries__lt=numbers.tries_a_code)
    if row.known_browser_id is not None:
        # Where the person has signed in before, strangers cannot use up what is theirs.
        own = counted.filter(known_browser=row.known_browser_id)
        return own.count() > numbers.codes_an_hour_per_account
    strangers = counted.filter(known_browser=None)
    for_account = strangers.filter(account=row.account)
    return (
        for_account.count() > numbers.codes_an_hour_per_account
        or strangers.filter(network=row.network).count() > numbers.codes_an_hour_per_address
        or for_account.filter(waiting).count() > numbers.codes_unanswered
    )


def enter_code(*, uuid: str, browser: str, typed: str, client: Client) -> tuple[Entered, User | None]:
    """Use the code up, if it is the one. The person it is for, if it was right.

    The tries are counted with all codes of the account locked, so that many requests at one moment have no more of
    them, neither for one code nor for several.
    """
    with transaction.atomic():
        row = _locked(uuid, keyed("asker", browser))
        if row is None:
            return Entered.OVER, None
        outcome = _tried(row, browser, typed, client)
        person = User.objects.people().active().filter(pk=row.person_id or NOBODY).first()
        if outcome is Entered.WRONG:
            record_sign_in_event(what=SignInAct.CODE_WRONG, person=person, client=client, account=row.account)
    if outcome is not Entered.RIGHT:
        return outcome, None
    # The code proved that its address is read: it is nothing to an account that has another by now.
    is_theirs = person is not None and account_of(person.email) == row.account
    return (Entered.RIGHT, person) if is_theirs else (Entered.OVER, None)


def _locked(uuid: str, browser: str) -> SignInCode | None:
    """The code of that browser, with every other code of its account, locked in one order."""
    account = SignInCode.objects.filter(uuid=uuid, browser=browser).values_list("account", flat=True).first()
    if account is None:
        return None
    rows = SignInCode.objects.select_for_update(of=("self",)).filter(account=account).order_by("pk")
    return next((row for row in rows if str(row.uuid) == str(uuid)), None)


def _tried(row: SignInCode, browser: str, typed: str, client: Client) -> Entered:
    now = clock.machine_now()
    if row.used_at is not None or row.replaced_at is not None or row.expires_at <= now:
        return Entered.OVER
    if row.tries >= settings.SIGN_IN.tries_a_code:
        return Entered.OVER
    if _is_paused(row, client, now):
        return Entered.PAUSED
    is_right = same(row.code, _kept(row, browser, as_typed(typed))) and row.person_id is not None
    if is_right:
        row.used_at = now
        row.save(update_fields=["used_at"])
        return Entered.RIGHT
    SignInCode.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    return Entered.WRONG


def tries_left(*, uuid: str) -> int:
    tries = SignInCode.objects.filter(uuid=uuid).values_list("tries", flat=True).first()
    return 0 if tries is None else max(0, settings.SIGN_IN.tries_a_code - tries)


def _is_paused(row: SignInCode, client: Client, now: datetime) -> bool:
    """Too many wrong codes for this account from this network: never for the account alone."""
    since = now - settings.SIGN_IN.pause
    wrong = SignInEvent.objects.filter(
        account=row.account, what=SignInAct.CODE_WRONG, network=client.network, at__gt=since
    )
    return wrong.count() >= settings.SIGN_IN.wrong_before_pause


def _kept(row: SignInCode, browser: str, code: str) -> str:
    return keyed("code", str(row.uuid), browser, code)
