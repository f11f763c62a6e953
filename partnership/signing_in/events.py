"""Writing the sign-in log."""

from __future__ import annotations

from partnership import clock
from partnership.addresses import looked_for
from partnership.models import SignInAct, SignInEvent, SignInMeans, User
from partnership.signing_in.client import Client
from partnership.signing_in.digests import keyed

LONGEST_DETAIL = 500
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
    event.save()
    return event
