"""Writing the sign-in log, and of it into the audit trail what the team has to see and nobody may take away.

The log is only ever added to; the trail is sealed into a chain as well. What was tried with an address that is nobody's
costs the same rows, and stands in no trail that a partnership reads.
"""

from __future__ import annotations

from django.db import transaction

from partnership import clock
from partnership.addresses import looked_for
from partnership.audit.recording import record
from partnership.models import SignInAct, SignInEvent, SignInMeans, User, What
from partnership.signing_in.client import Client
from partnership.signing_in.digests import keyed

LONGEST_DETAIL = 500
# What stands in the audit trail, too; of these it is not known who did it.
AUDITED = {
    SignInAct.CODE_WRONG: What.SIGN_IN_REFUSED,
    SignInAct.ADDRESS_WRONG: What.SIGN_IN_REFUSED,
    SignInAct.SECOND_STEP: What.SECOND_STEP,
    SignInAct.SECOND_STEP_WRONG: What.SECOND_STEP_REFUSED,
    SignInAct.FACTOR_ADDED: What.SIGN_IN_CHANGED,
    SignInAct.FACTOR_REMOVED: What.SIGN_IN_CHANGED,
    SignInAct.RECOVERY_CODES_MADE: What.SIGN_IN_CHANGED,
    SignInAct.SECOND_STEP_RESET: What.SIGN_IN_CHANGED,
    SignInAct.WAY_ADDED: What.SIGN_IN_CHANGED,
    SignInAct.WAY_REMOVED: What.SIGN_IN_CHANGED,
}
BY_NOBODY_KNOWN = frozenset({SignInAct.CODE_WRONG, SignInAct.SECOND_STEP_RESET})
NOWHERE = Client(address=None, network="", device="")


def account_of(email: str) -> str:
    """Under which name limits and log know an e-mail address, whether it is anybody's or not."""
    return keyed("account", looked_for(email))


def record_sign_in_event(
    *,
    what: SignInAct,
    person: User | None,
    client: Client = NOWHERE,
    how: SignInMeans = SignInMeans.NONE,
    account: str = "",
    sent_to: str = "",
    detail: str = "",
) -> SignInEvent:
    """Add a line to the log, at the machine's own time; part of the caller's transaction where it has one."""
    event = SignInEvent(
        at=clock.machine_now(),
        what=what,
        how=how,
        person=person,
        account=account or (account_of(person.email) if person is not None else ""),
        address=client.address,
        network=client.network,
        device=client.device,
        sent_to=sent_to,
        detail=detail[:LONGEST_DETAIL],
    )
    with transaction.atomic():
        event.save()
        audited = AUDITED.get(what)
        if audited is not None:
            by = None if what in BY_NOBODY_KNOWN else person
            record(audited, by=by, subject=person, kind="sign_in", detail=_said(event))
    return event


def _said(event: SignInEvent) -> str:
    """In words of ours alone: no address, no network, nothing that was typed."""
    how = f": {event.get_how_display()}" if event.how else ""
    return f"{event.get_what_display()}{how}"
