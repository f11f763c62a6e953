"""The message that invites somebody to sign in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.urls import reverse

from partnership.clock import LONDON
from partnership.models import Announcement, Invitation, User
from partnership.obligations import wordings
from partnership.obligations.announcements import AnnouncementKind, enter
from partnership.obligations.causes import Wording
from partnership.obligations.letters import Letter
from partnership.obligations.wordings import MessageKind, Words
from partnership.rules.plain_dates import long_date, plain_time
from partnership.signing_in.invitations import TOLD, does_open, kept, token_of

WORDED = MessageKind(
    name="invitation",
    label="An invitation to sign in",
    goes_to="Whoever is invited",
    standard=Words(
        "Your invitation to {short name}",
        "{inviter} has invited you to {partnership}, where {group} meets.\n"
        "The button leads to a page where you accept. There is no password: from then on you sign in with a code that "
        "is sent to this address, and with a second step, which you set up when you accept.\n"
        "It works once, until {until}. After that, ask for another.\n"
        "If you expect no invitation, do nothing.",
        "Whoever has this message can accept in your place: do not pass it on.",
    ),
    why_fixed="It carries a secret address, and says how signing in works.",
)


def _load(ids: Collection[int]) -> Mapping[int, Invitation]:
    return Invitation.objects.select_related("person", "board__partnership", "invited_by").in_bulk(ids)


def _is_current(invitation: Invitation, announcement: Announcement) -> bool:
    """Under another secret key the address would open nothing: such a message is not sent either."""
    return does_open(invitation) and kept(token_of(invitation.uuid)) == invitation.token


def _recipients(invitation: Invitation, announcement: Announcement, on: date) -> set[int]:
    return {invitation.person_id}


def _letter(invitation: Invitation, announcement: Announcement, person: User, today: date) -> Letter:
    partnership = invitation.board.partnership
    ends = invitation.expires_at.astimezone(LONDON)
    return Letter(
        kind=WORDED,
        values={
            "short name": partnership.short_name,
            "partnership": partnership.name,
            "group": invitation.board.name,
            "inviter": _inviter(invitation),
            "until": f"{plain_time(ends.time())} on {long_date(ends.date())}",
        },
        heading=f"You are invited to sign in to {partnership.name}",
        button="Accept the invitation",
        path=reverse("invitation", args=[token_of(invitation.uuid)]),
        sent_as=f"somebody who is to have a part in {invitation.board.name}",
    )


def _inviter(invitation: Invitation) -> str:
    return "The team" if invitation.invited_by.is_system else invitation.invited_by.name


KIND = AnnouncementKind(
    name=TOLD,
    model="partnership.invitation",
    load=_load,
    is_current=_is_current,
    recipients=_recipients,
    letter=_letter,
    wording=lambda invitation: Wording(what="an invitation to sign in", of_what=invitation.board.short_name),
)


def enter_kind() -> None:
    """Make it known to the outbox, and how it is worded."""
    enter(KIND)
    wordings.enter(WORDED)
