"""Inviting somebody to sign in, and accepting it.

What the address in the message ends with is worked out from the invitation's number and the installation's secret key
when the message is written, so that nothing that opens it is kept: the table has a hash of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from partnership import clock
from partnership.authorship import saved
from partnership.models import Board, Invitation, SignInAct, SignInEvent, Standing, User
from partnership.obligations.announcements import announce
from partnership.rights import Role
from partnership.signing_in.client import Client
from partnership.signing_in.digests import keyed
from partnership.signing_in.events import record_sign_in_event

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TOLD = "invitation"
# Of SHA-256, and so of every token, in hexadecimal digits.
TOKEN_LENGTH = 64


class NobodyToInvite(Exception):
    """The account is closed, or the person has no part in the board, today or to come."""


class TooManyInvitations(Exception):
    """More than a day allows, to one person or by one person."""


class NotOpen(Exception):
    """The invitation was accepted, withdrawn or sent anew meanwhile."""


# --- inviting ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(*, person: User, board: Board, by: User, opens_anew: bool = False) -> Invitation:
    """Invite a person to sign in, by e-mail; an invitation of that partnership sent to them before is replaced.

    `opens_anew`: though they have been here, they are sent no code until they accept, as their address is another.

    Raises NobodyToInvite, TooManyInvitations.
    """
    # Held meanwhile, so that two who invite at once do it one after the other.
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rests_on = standings_of(person, board)
    if person.is_system or not person.is_active:
        raise NobodyToInvite("This account is closed.")
    if not rests_on:
        raise NobodyToInvite(f"{person} has no part in {board.short_name}. Appoint or admit them first.")
    now = clock.machine_now()
    _check_numbers(person, by)
    for earlier in Invitation.objects.filter(person=person, partnership=board.partnership_id).open():
        _withdrawn(earlier, reason="Sent anew", by=by)
    number = uuid4()
    invitation = Invitation(
        uuid=number,
        partnership_id=board.partnership_id,
        board=board,
        person=person,
        invited_by=by,
        address=person.email,
        token=kept(token_of(number)),
        rests_on=rests_on,
        opens_account=opens_anew or is_waiting(person) or not has_been_here(person),
        made_at=now,
        expires_at=now + settings.SIGN_IN.invitation_lasts,
    )
    saved(invitation, by=by, reason="Invited to sign in")
    record_sign_in_event(what=SignInAct.INVITED, person=person, sent_to=person.email, detail=f"By {by}")
    announce(kind=TOLD, cause=invitation, board=board, by=by)
    return invitation


@transaction.atomic
def withdraw(*, person: User, board: Board, by: User) -> Invitation:
    """Take back the person's invitation to the board's partnership: it opens nothing any more. Raises NotOpen."""
    rows = Invitation.objects.filter(person=person, partnership=board.partnership_id).open()
    held = rows.select_for_update(of=("self",)).select_related("person").first()
    if held is None:
        raise NotOpen("There is no invitation to withdraw: it was accepted or withdrawn already.")
    return _withdrawn(held, reason="Invitation withdrawn", by=by)


def _withdrawn(invitation: Invitation, *, reason: str, by: User) -> Invitation:
    invitation.withdrawn_at = clock.machine_now()
    return saved(invitation, by=by, reason=reason, fields=["withdrawn_at"])


def _check_numbers(person: User, by: User) -> None:
    numbers, since = settings.SIGN_IN, clock.machine_now() - DAY
    lately = Invitation.objects.filter(made_at__gt=since)
    if lately.filter(person=person).count() >= numbers.invitations_a_day_per_person:
        raise TooManyInvitations(f"{person} was sent several invitations today. Wait until tomorrow, or talk to them.")
    if lately.filter(invited_by=by).count() >= numbers.invitations_a_day_per_sender:
        raise TooManyInvitations("You have sent very many invitations today. Go on tomorrow.")


def standings_of(person: User, board: Board) -> list[str]:
    """What a person holds or will hold in the board's partnership, a text for each: what an invitation rests on."""
    return standings_by_person([person.pk], board.partnership_id).get(person.pk, [])


def standings_by_person(people: Iterable[int], partnership_id: int) -> dict[int, list[str]]:
    """The same of several, by their ids. One query. Nothing of the case tier, whose standings are told of nowhere."""
    rows = Standing.objects.filter(person__in=list(people), partnership=partnership_id)
    found: dict[int, list[str]] = {}
    for row in rows.exclude(until__lte=clock.today()).exclude(role=Role.CASE_TIER).order_by("pk"):
        words = f"{row.pk} {row.role} {row.board_id} {row.starts_on} {row.until}"
        found.setdefault(row.person_id, []).append(words)
    return found


def has_been_here(person: User) -> bool:
    """Whether the person has signed in before, or accepted an invitation."""
    if Invitation.objects.filter(person=person, accepted_at__isnull=False).exists():
        return True
    return SignInEvent.objects.filter(person=person, what=SignInAct.SIGNED_IN).exists()


# --- accepting --------------------------------------------------------------------------------------------------------


def token_of(number: UUID) -> str:
    """What the address of that invitation ends with."""
    return keyed("invitation", str(number))


def kept(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_for(token: str) -> Invitation | None:
    """The invitation that this token opens, as long as it does; None for any other, whatever the reason."""
    rows = Invitation.objects.select_related("person", "board", "partnership", "invited_by")
    found = rows.filter(token=kept(token)).first()
    return found if found is not None and does_open(found) else None


def does_open(invitation: Invitation) -> bool:
    """Whether it may be accepted: open, in time, to what is still the person's address, resting on what it did."""
    return invitation.is_open(clock.machine_now()) and still_stands(
        invitation, standings_of(invitation.person, invitation.board)
    )


def still_stands(invitation: Invitation, standings: Iterable[str]) -> bool:
    """Whether the person, the address and all that it rests on are as they were."""
    person = invitation.person
    is_theirs = person.is_active and person.email == invitation.address
    return is_theirs and set(invitation.rests_on) <= set(standings)


def accept(token: str) -> User | None:
    """Use the invitation up. The person it was for; None where it does not open, of two at once for the second."""
    with transaction.atomic():
        rows = Invitation.objects.select_for_update(of=("self",)).filter(token=kept(token))
        held = rows.select_related("person", "board").first()
        if held is None or not does_open(held):
            return None
        held.accepted_at = clock.machine_now()
        saved(held, by=held.person, reason="Invitation accepted", fields=["accepted_at"])
        return held.person


def is_wrong_too_often(client: Client) -> bool:
    """Whether very many invitations that do not work were used from that network: none is looked at for a while."""
    since = clock.machine_now() - HOUR
    wrong = SignInEvent.objects.filter(what=SignInAct.INVITATION_REFUSED, network=client.network, at__gt=since)
    return wrong.count() >= settings.SIGN_IN.wrong_invitations_an_hour


def note_wrong(token: str, client: Client) -> None:
    """Record that an invitation that does not work was used."""
    account = keyed("invitation-account", token)
    record_sign_in_event(what=SignInAct.INVITATION_REFUSED, person=None, account=account, client=client)


# --- what it does to codes --------------------------------------------------------------------------------------------


def waiting_for_invitation() -> Exists:
    """That a row of people is somebody whose account an invitation opens, and who has accepted none yet.

    Whoever reads the mail of a mistyped address, or comes after an invitation's time, gets in by no other way.
    """
    theirs = Invitation.objects.filter(person=OuterRef("pk"))
    return Exists(theirs.filter(opens_account=True).exclude(Exists(_accepted_by_the_same())))


def is_waiting(person: User) -> bool:
    """The same of one person."""
    return User.objects.filter(waiting_for_invitation(), pk=person.pk).exists()


def _accepted_by_the_same() -> QuerySet[Invitation]:
    """That one, or a later one: what was accepted before proves nothing of an address entered since."""
    same = Invitation.objects.filter(person=OuterRef("person"), accepted_at__isnull=False)
    return same.filter(made_at__gte=OuterRef("made_at"))
