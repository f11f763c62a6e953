"""The event of a message: what became of it, as its record and its obligation's history keep it."""

from __future__ import annotations

from datetime import datetime

from partnership.models import Delivery, ObligationEvent, User
from partnership.obligations import claimed_rows

LONGEST = 500


def record_event(delivery: Delivery, what: ObligationEvent.What, words: str, *, at: datetime, by: User) -> None:
    """Write it once; `words`, of which the first 500 characters are kept, are a server's or our own."""
    claimed_rows.record(
        ObligationEvent(
            obligation=delivery.obligation,
            delivery=delivery,
            what=what,
            at=at,
            by=by,
            due_on=delivery.obligation.due_on if delivery.obligation else None,
            detail=words[:LONGEST],
        )
    )
