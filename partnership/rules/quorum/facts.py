"""The facts of one meeting: who is there, as what, from when to when, and the sizes of things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from fractions import Fraction

from partnership.rules.quorum.terms import Call


def precedes(one: datetime, other: datetime) -> bool:
    """Whether one instant comes before another, also in the hour that comes twice.

    Python compares two times of the same zone by the clock on the wall; in the hour repeated when
    the clocks go back that is not their order, so there they are compared in universal time.
    """
    if (one.fold or other.fold) and one.tzinfo is not None and other.tzinfo is not None:
        return one.astimezone(UTC) < other.astimezone(UTC)
    return one < other


@dataclass(frozen=True, slots=True)
class Interval:
    """In the meeting from `arrived` (inclusive) to `left` (exclusive); None is open."""

    arrived: datetime | None = None
    left: datetime | None = None

    def covers(self, at: datetime) -> bool:
        """Whether that moment lies in it."""
        return (self.arrived is None or not precedes(at, self.arrived)) and (
            self.left is None or precedes(at, self.left)
        )


ALWAYS = (Interval(),)


class DeputyCheck(StrEnum):
    """What is known of a deputy or substitute against the body's own rule."""

    PROPER = "proper"
    IMPROPER = "improper"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Withdrawn from one item, or (item None) throughout, because of an interest."""

    item: str | None = None
    interval: Interval = Interval()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """One person, or `number` people alike, who came or may come.

    `person` is a key by which the same human being is known in two rows (one who holds two seats
    is one head); None never matches another. `organisation`, `offices`, `seat` and `capacity` are
    ids of the terms; what an attendance file calls by a label nobody declared is in `unknown`.
    """

    name: str = ""
    number: int = 1
    person: str | None = None
    seat: str | None = None
    capacity: str = "member"
    organisation: str | None = None
    offices: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    votes: Fraction = Fraction(1)
    unit: str | None = None
    is_remote: bool = False
    is_suspended: bool = False
    deputy_check: DeputyCheck = DeputyCheck.PROPER
    here: tuple[Interval, ...] = ALWAYS
    withdrawals: tuple[Withdrawal, ...] = ()
    unknown: tuple[str, ...] = ()

    def is_here(self, at: datetime | None) -> bool:
        """In the meeting at that moment; with no moment asked about, ever in it."""
        if at is None:
            return bool(self.here)
        for interval in self.here:  # noqa: SIM110 asked of everybody at every moment, and a loop is quicker
            if interval.covers(at):
                return True
        return False

    def is_conflicted(self, *, at: datetime | None, item: str | None) -> bool:
        """Withdrawn for an interest from this item, or throughout, at that moment."""
        return any(
            (withdrawal.item is None or withdrawal.item == item) and (at is None or withdrawal.interval.covers(at))
            for withdrawal in self.withdrawals
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Determined:
    """The chair's recorded determination that the meeting, or one item, may go ahead."""

    by: str
    at: datetime | None
    reason: str
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """What the meeting is: its date, kind, call, circumstances, and when it was opened."""

    on: date | None = None
    kind: str = "ordinary"
    call: Call = Call.FIRST
    circumstances: frozenset[str] = frozenset()
    opened_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything known about a meeting that a quorum can ask for.

    `sizes` are named quantities that override what the seats would give (seats, vacancies,
    excluded, disqualified, or any name a stepped or linear rule uses). `vacant` holds seat ids.
    """

    attendees: tuple[Attendee, ...] = ()
    meeting: MeetingFacts = MeetingFacts()
    sizes: Mapping[str, int] = field(default_factory=dict)
    vacant: frozenset[str] = frozenset()
    determinations: tuple[Determined, ...] = ()
