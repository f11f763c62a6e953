"""Another e-mail address for an account: its person proves it by a code, or a manager corrects it.

A code that proves an address is of a table of its own and signs nobody in. Whether the address is somebody's already is
seen in nothing that leaves here before the code is entered: whoever enters it reads that address's mail.
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from partnership import clock
from partnership.addresses import receiving
from partnership.audit.recording import record
from partnership.authorship import saved
from partnership.models import (
    AddressProof,
    Board,
    BrowserSession,
    Invitation,
    SignInAct,
    SignInMeans,
    Standing,
    User,
    What,
)
from partnership.signing_in.client import Client
from partnership.signing_in.codes import HOUR, ROWS_KEPT, Asked, Entered, Letter
from partnership.signing_in.digests import as_typed, keyed, new_code, new_token, same
from partnership.signing_in.events import account_of, record_sign_in_event
from partnership.signing_in.invitations import invite, is_waiting
from partnership.signing_in.known_browsers import forget_second_steps
from partnership.signing_in.notices import ADVICE, tell_of
from partnership.signing_in.sessions import end_sessions

ASKED_ADVICE = (
    "Nothing has changed yet. If it was you, enter the code that went to the other address. If it was not, somebody is "
    "signed in as you: sign in, open “Your sign-in”, sign out everywhere else, and tell your partnership team at once."
)
CHANGED_ADVICE = (
    "Mail of Quorate no longer comes to this address, and it signs nobody in. If that is not right, tell your "
    "partnership team at once, by telephone or from an address that they know: a manager puts it back."
)
CORRECTED_ADVICE = (
    "Codes come to this address once the invitation that was sent to it is accepted. Not your account, or not right? "
    "Do not accept it, and tell your partnership team."
)


class SameAddress(Exception):
    """The account has that address already."""


class NotThatAddress(Exception):
    """The address is another account's."""


class NotTheirs(Exception):
    """One's own address, somebody's of another partnership too, or of a closed account: not a manager's to correct."""


@dataclass(frozen=True, slots=True)
class _Move:
    """What is said of a change in log and trail."""

    by: User
    reason: str
    client: Client
    # Of the session in which it is done, which goes on.
    session: str = ""


# --- by the person ----------------------------------------------------------------------------------------------------


def ask_for_address(*, person: User, address: str, before: str, client: Client) -> Asked:
    """Make a code for the address that the person wants; `before` is the browser's secret of an earlier one.

    The person is told at the address that they have. The same work, answer and notice whoever has the address already.
    Raises SameAddress, NotAnAddress.
    """
    address = receiving(address)
    if address == person.email:
        raise SameAddress("You sign in with that address already.")
    now, account = clock.machine_now(), account_of(address)
    browser, code = new_token(), new_code()
    AddressProof.objects.filter(made_at__lt=now - ROWS_KEPT).delete()
    AddressProof.objects.filter(browser=keyed("address", before), replaced_at=None).update(replaced_at=now)
    row = AddressProof(
        person=person,
        account=account,
        network=client.network,
        browser=keyed("address", browser),
        made_at=now,
        expires_at=now + settings.SIGN_IN.code_lasts,
        is_open=not User.objects.filter(email=address).exists(),
    )
    row.code = _kept(row, browser, code)
    row.save()
    if _is_too_many(row):
        AddressProof.objects.filter(pk=row.pk).update(is_open=False, is_counted=False)
        record_sign_in_event(what=SignInAct.CODE_LIMITED, person=person, client=client, account=account)
        return Asked(str(row.uuid), browser, None)
    with transaction.atomic():
        event = record_sign_in_event(
            what=SignInAct.ADDRESS_ASKED, person=person, client=client, detail=f"From {person.email} to {address}."
        )
        tell_of(event, to=person.email, advice=ASKED_ADVICE)
    letter = Letter(person, code, row.expires_at, proves=address) if row.is_open else None
    return Asked(str(row.uuid), browser, letter)


def _is_too_many(row: AddressProof) -> bool:
    """Whether that row, which is counted, is one more than is allowed: by person, by address, by network."""
    numbers = settings.SIGN_IN
    counted = AddressProof.objects.filter(is_counted=True, made_at__gt=row.made_at - HOUR)
    to_it = counted.filter(account=row.account)
    waiting = Q(used_at=None, replaced_at=None, expires_at__gt=row.made_at, tries__lt=numbers.tries_a_code)
    return (
        counted.filter(person=row.person_id).count() > numbers.codes_an_hour_per_account
        or to_it.count() > numbers.codes_an_hour_per_account
        or to_it.filter(waiting).count() > numbers.codes_unanswered
        or counted.filter(network=row.network).count() > numbers.codes_an_hour_per_address
    )


def enter_address_code(
    *, person: User, asked: tuple[str, str, str], typed: str, session: str, client: Client
) -> Entered:
    """Use the code up, if it is the one: from then on the person has the address, and is signed in nowhere but here.

    `asked` is what the browser kept: the proof's id, its secret, the address. The person is locked first, as by whoever
    else changes the address.
    """
    uuid, browser, address = asked
    with transaction.atomic():
        held = User.objects.select_for_update(of=("self",)).filter(pk=person.pk, is_active=True).first()
        rows = AddressProof.objects.select_for_update(of=("self",)).filter(person=person, account=account_of(address))
        row = rows.filter(uuid=uuid, browser=keyed("address", browser)).first()
        now = clock.machine_now()
        if held is None or row is None or row.used_at or row.replaced_at or row.expires_at <= now:
            return Entered.OVER
        if row.tries >= settings.SIGN_IN.tries_a_code:
            return Entered.OVER
        if not (row.is_open and same(row.code, _kept(row, browser, as_typed(typed)))):
            AddressProof.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
            record_sign_in_event(what=SignInAct.ADDRESS_WRONG, person=held, client=client)
            return Entered.WRONG
        row.used_at = now
        row.save(update_fields=["used_at"])
        try:
            _move(held, address, _Move(held, "Proved another e-mail address", client, session))
        except NotThatAddress:
            # Somebody was entered under it meanwhile.
            return Entered.OVER
        for each in Invitation.objects.filter(person=held, opens_account=True) if is_waiting(held) else ():
            # What an invitation would have proved of an address, the code proved.
            each.opens_account = False
            saved(each, by=held, reason="Another address was proved by a code", fields=["opens_account"])
    return Entered.RIGHT


def address_tries_left(*, uuid: str) -> int:
    tries = AddressProof.objects.filter(uuid=uuid).values_list("tries", flat=True).first()
    return 0 if tries is None else max(0, settings.SIGN_IN.tries_a_code - tries)


# --- by a manager -----------------------------------------------------------------------------------------------------


@transaction.atomic
def correct_address(*, person: User, address: str, board: Board, reason: str, by: User, client: Client) -> User:
    """Give somebody of the board another address, which an invitation sent there has yet to prove; both are told.

    Until it is accepted no code goes there: a slip of the pen must let nobody in. All their sessions end.
    Raises NotTheirs, SameAddress, NotThatAddress, NotAnAddress, and what `invite` raises.
    """
    address = receiving(address)
    held = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if held.pk == by.pk:
        raise NotTheirs("Change your own address under “Your sign-in”.")
    if held.is_system or not held.is_active:
        raise NotTheirs("This account is closed.")
    ahead = Standing.objects.filter(Q(until=None) | Q(until__gt=clock.today()), person=held)
    if ahead.exclude(partnership=board.partnership_id).exists():
        raise NotTheirs(f"{held} has a place in another partnership, too: they change their address themselves.")
    if address == held.email:
        raise SameAddress(f"{held} has that address already.")
    _move(held, address, _Move(by, reason, client), board=board)
    invite(person=held, board=board, by=by, opens_anew=True)
    return held


# --- both -------------------------------------------------------------------------------------------------------------


def _move(person: User, address: str, how: _Move, board: Board | None = None) -> None:
    """Change it within the caller's transaction, with all that rested on the address before. Raises NotThatAddress."""
    before, is_own = person.email, how.by.pk == person.pk
    person.email = address
    try:
        with transaction.atomic():
            saved(person, by=how.by, reason=how.reason, fields=["email"])
    except IntegrityError as taken:
        person.email = before
        raise NotThatAddress("That address cannot be given to them: it is another account's.") from taken
    AddressProof.objects.filter(person=person, used_at=None, replaced_at=None).update(replaced_at=clock.machine_now())
    others = BrowserSession.objects.filter(person=person).exclude(session_key=how.session)
    end_sessions(others, person=person, client=how.client, detail="The e-mail address was changed.")
    forget_second_steps(person)
    _unlink(person, how.client)
    whose = "" if is_own else f" By {how.by}: {how.reason}"
    event = record_sign_in_event(
        what=SignInAct.ADDRESS_CHANGED,
        person=person,
        client=how.client,
        detail=f"From {before} to {address}.{whose}",
    )
    record(
        What.ADDRESS_CHANGED,
        by=how.by,
        subject=person,
        partnership_id=None if board is None else board.partnership_id,
        board_id=None if board is None else board.pk,
        kind="user",
        number=person.pk,
        detail="By a code to the new address" if is_own else how.reason,
    )
    tell_of(event, to=before, advice=CHANGED_ADVICE)
    tell_of(event, to=address, advice=ADVICE if is_own else CORRECTED_ADVICE)


def _unlink(person: User, client: Client) -> None:
    """An account elsewhere often goes with the employer, as the address does: it is linked anew by whoever keeps it."""
    if SocialAccount.objects.filter(user=person).delete()[0]:
        means = SignInMeans.SINGLE_SIGN_ON
        record_sign_in_event(what=SignInAct.WAY_REMOVED, how=means, person=person, client=client)


def _kept(row: AddressProof, browser: str, code: str) -> str:
    return keyed("address-code", str(row.uuid), browser, code)
