"""What falls due because somebody attends: their signature of the confidentiality agreement, at the meeting.

It hangs on the meeting, once for each person whom the terms of its day ask, whoever they sit for. Recorded attendance
plans it, the signature meets it, attendance taken back cancels it. The person is reminded; the team and the chair hear
as the rule says. Source: Portsmouth, clause x.
"""

from __future__ import annotations

from collections.abc import Iterable

from meetings.models import ConfidentialitySignature, Meeting
from meetings.queries.deadlines import due_for
from meetings.queries.register import register_of
from meetings.queries.signatures import SIGNED, signing_of, signing_rule
from partnership.models import Obligation, User
from partnership.obligations.causes import key_of
from partnership.obligations.operations import (
    NoSuchObligation,
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
    reopen_obligation,
)
from partnership.queries import constitution_in_force

__all__ = ["SIGNED", "keep_signatures", "signature_withdrawn", "signers_of"]


def keep_signatures(*, meeting: Meeting, by: User) -> None:
    """Bring what falls due in line with who is recorded as attending, and who has signed. The meeting is locked.

    One query where the terms do not ask for it.
    """
    constitution = constitution_in_force(board=meeting.board, on=meeting.on)
    rule = signing_rule(meeting, constitution)
    if constitution is None or rule is None:
        return
    signing = signing_of(register_of(meeting=meeting))
    asked = {one.signer: one for one in signing.asked} if signing else {}
    known = {each.occurrence: each for each in _kept(meeting)}
    due = due_for(rule, board=meeting.board, on=meeting.on, starts_at=meeting.starts_at)
    for signer, person in asked.items():
        kept = known.get(signer)
        if kept is None or kept.cancelled_at is not None or (kept.is_open and kept.due_on != due.on):
            ensure_obligation(
                duty=SIGNED,
                cause=meeting,
                occurrence=signer,
                owner=rule.owner,
                due_on=due.on,
                constitution=constitution,
                by=by,
            )
        if person.signature is not None and (kept is None or kept.met_on is None or kept.cancelled_at is not None):
            _meet(meeting, person.signature, by)
    for signer in sorted(known.keys() - asked.keys()):
        if known[signer].is_open:
            gone = "Their attendance was taken back."
            cancel_obligations(cause=meeting, duty=SIGNED, occurrence=signer, reason=gone, by=by)


def signature_withdrawn(*, signature: ConfidentialitySignature, reason: str, by: User) -> None:
    """It was recorded by mistake: it falls due again, by its old date, where it fell due."""
    try:
        reopen_obligation(duty=SIGNED, cause=signature.meeting, occurrence=signature.signer, reason=reason, by=by)
    except NoSuchObligation:
        return
    keep_signatures(meeting=signature.meeting, by=by)


def signers_of(obligations: Iterable[Obligation]) -> dict[int, list[User]]:
    """Whoever owes each signature, by the obligation's id; nobody for who has no account. One query."""
    those = list(obligations)
    wanted = {each.occurrence for each in those if each.occurrence.isdecimal()}
    people = {str(one.pk): one for one in User.objects.filter(pk__in=wanted, is_active=True)}
    return {each.pk: [people[each.occurrence]] if each.occurrence in people else [] for each in those}


def _kept(meeting: Meeting) -> Iterable[Obligation]:
    cause_type, cause_id = key_of(meeting)
    return Obligation.objects.filter(cause_type=cause_type, cause_id=cause_id, duty=SIGNED)


def _meet(meeting: Meeting, signature: ConfidentialitySignature, by: User) -> None:
    how = ", on paper" if signature.is_on_paper else ""
    meet_obligation(
        duty=SIGNED,
        cause=meeting,
        occurrence=signature.signer,
        on=signature.signed_on,
        evidence=f"Version {signature.agreement.version} of the agreement signed{how}",
        by=by,
    )
