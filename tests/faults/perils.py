"""What a worker under trial asks at each named moment: whether it lives. The other side may kill it while it waits.

Loaded into the worker by `--include`; it changes nothing of what the worker does.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from partnership.models import Delivery, DeliveryState, ObligationEvent, User
from partnership.obligations import claims
from partnership.obligations.transport import SmtpTransport, nothing

CLAIM, DELIVER = claims.claim, SmtpTransport.deliver


def tell(moment: str, **what: Any) -> None:
    """Say where we are, and wait for leave to go on."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(os.environ["FATES"])
        line.sendall(json.dumps({"moment": moment, "pid": os.getpid(), **what}).encode() + b"\n")
        line.recv(1)


def told_claim(ids: Iterable[int], **how: Any) -> list[Delivery]:
    tell("claiming")
    claimed = CLAIM(ids, **how)
    if claimed:
        tell(
            "claimed",
            worker=claimed[0].worker.hex if claimed[0].worker else "",
            people=[row.recipient_id for row in claimed],
        )
    return claimed


def told_deliver(self: SmtpTransport, message: Any, meanwhile: Callable[[], None] = nothing) -> Any:
    tell("begun")
    answer = DELIVER(self, message, meanwhile)
    tell("answered")
    return answer


def forgetful(delivery: Delivery, words: str, *, now: datetime, wait_until: datetime, by: User) -> None:
    """The negative control: as if nobody wrote down that a message may have been sent."""
    what = ObligationEvent.What.RETRY
    claims.settle(delivery, DeliveryState.RETRY, what, words, now=now, by=by, wait_until=wait_until)


if "FATES" in os.environ:
    claims.claim = told_claim
    SmtpTransport.deliver = told_deliver  # type: ignore[method-assign]  # the trial's own
    if os.environ.get("FORGETFUL"):
        claims.leave_uncertain = forgetful
