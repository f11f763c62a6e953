"""Who takes what comes to the mailbox. An app enters its taker once, when it starts (`apps.py`, ready)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from partnership.models import User


@dataclass(frozen=True, slots=True)
class Taking:
    """What became of a mail, in a word for the tally. One that a person should see, too, is not marked as read."""

    outcome: str
    is_settled: bool = True


# Given the mail's bytes, when it is read and who reads it; None where the mail is not its business. It keeps what it
# writes in one transaction, and counts a mail that it has had before once.
Taker = Callable[[bytes, datetime, User], Taking | None]

_TAKERS: dict[str, Taker] = {}


def enter(name: str, taker: Taker) -> None:
    """Make a taker known; entering the name again replaces it."""
    _TAKERS[name] = taker


def takers() -> Iterable[Taker]:
    return tuple(_TAKERS.values())
