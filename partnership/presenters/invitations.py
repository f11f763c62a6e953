"""Who was invited, as the team reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from partnership.clock import LONDON
from partnership.models import Invitation
from partnership.rules.plain_dates import counted, listed, plain_date, plain_time
from partnership.signing_in.invited import TO_INVITE, Invited, PersonInvited, Stage


@dataclass(frozen=True, slots=True)
class InvitedRow:
    """Somebody, how far they are (`words`, in a tag of that `style`), and what the team may do about it."""

    person_pk: int
    name: str
    email: str
    roles: str
    words: str
    detail: str
    style: str
    may_invite: bool
    may_withdraw: bool
    may_correct: bool
    button: str


@dataclass(frozen=True, slots=True)
class InvitationsPage:
    """`lead` says in a sentence how many there still are to invite."""

    lead: str
    rows: tuple[InvitedRow, ...]


WORDS = {
    Stage.CLOSED: ("Account closed", "plain"),
    Stage.NOT_INVITED: ("Not invited", "plain"),
    Stage.WAITING: ("Invited", "soon"),
    Stage.EXPIRED: ("Expired", "no"),
    Stage.VOID: ("No longer valid", "no"),
    Stage.WITHDRAWN: ("Withdrawn", "no"),
    Stage.ACCEPTED: ("Accepted", "yes"),
    Stage.HERE: ("Has signed in", "yes"),
}
ENDED = (Stage.EXPIRED, Stage.VOID, Stage.WITHDRAWN)


def invitations_page(people: Sequence[PersonInvited]) -> InvitationsPage:
    """In the order given."""
    counts = Counter(one.invited.stage for one in people)
    ended = sum(counts[stage] for stage in ENDED)
    said = [f"{counted(counts[Stage.WAITING], 'invitation')} open"] if counts[Stage.WAITING] else []
    said += [f"{ended} ended without being accepted"] if ended else []
    said += (
        [f"{counted(counts[Stage.NOT_INVITED], 'person', 'people')} not invited"] if counts[Stage.NOT_INVITED] else []
    )
    lead = f"{listed(said)}." if said else "Everybody of this board has signed in." if people else ""
    return InvitationsPage(lead=lead, rows=tuple(_row(one) for one in people))


def tag_of(invited: Invited) -> tuple[str, str]:
    """Words and colour of a tag beside a name, where an invitation was not accepted."""
    words, style = WORDS[invited.stage]
    if invited.stage in ENDED:
        return f"Invitation {words.lower()}", style
    return (words, style) if invited.stage is Stage.WAITING else ("", "")


def _row(one: PersonInvited) -> InvitedRow:
    invited = one.invited
    words, style = WORDS[invited.stage]
    is_waiting = invited.stage is Stage.WAITING
    return InvitedRow(
        person_pk=one.person.pk,
        name=one.person.name,
        email=one.person.email,
        roles=listed(one.roles),
        words=words,
        detail=_detail(invited),
        style=style,
        may_invite=is_waiting or invited.stage in TO_INVITE,
        may_withdraw=is_waiting,
        may_correct=invited.stage is not Stage.CLOSED,
        button="Invite" if invited.stage is Stage.NOT_INVITED else "Send anew",
    )


def _detail(invited: Invited) -> str:
    match invited.stage:
        case Stage.WAITING:
            return f"Open until {_moment(invited.at)}"
        case Stage.VOID:
            return "The address or the appointment changed after it was sent."
        case Stage.EXPIRED | Stage.WITHDRAWN | Stage.ACCEPTED:
            return f"On {_moment(invited.at)}"
        case _:
            return ""


def until_words(invitation: Invitation) -> str:
    return f"until {_moment(invitation.expires_at)}"


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone(LONDON)
    return f"{plain_date(local.date())}, {plain_time(local.time())}"
