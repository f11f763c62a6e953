"""What an act on a seat changes, shown before it is done: how the seat stands on a day, told before and after.

The act is done and undone again in one transaction, so that what is shown is what it does. Each app tells of the seat
what it knows: it enters a teller once, when it starts (`apps.py`, ready).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from membership.models import Seat


@dataclass(frozen=True, slots=True)
class Told:
    """One thing of a seat on a day: what it is about, how it stands, and by which clause or setting."""

    what: str
    says: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """The same before and after an act; empty where nothing was to be said."""

    what: str
    before: str
    after: str
    basis: str

    @property
    def is_change(self) -> bool:
        return self.before != self.after


Teller = Callable[[Seat, date], Sequence[Told]]
_TELLERS: dict[str, Teller] = {}


def enter(name: str, teller: Teller) -> None:
    """Make a teller known; entering it again replaces it. What is told stands in the order of entering."""
    _TELLERS[name] = teller


def told_of(seat: Seat, on: date) -> list[Told]:
    """Everything that is told of the seat on that day."""
    return [told for teller in _TELLERS.values() for told in teller(seat, on)]


def compared(before: Sequence[Told], after: Sequence[Told]) -> list[Effect]:
    """What is told of each thing before and after, in the order of telling."""
    was, now = {told.what: told for told in before}, {told.what: told for told in after}
    return [
        Effect(
            what,
            was[what].says if what in was else "",
            now[what].says if what in now else "",
            (now.get(what) or was[what]).basis,
        )
        for what in {**now, **was}
    ]
