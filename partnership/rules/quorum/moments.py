"""The moments of a meeting at which its quorum may change: arrivals, departures, withdrawals."""

from collections.abc import Iterable
from datetime import datetime
from functools import cmp_to_key

from partnership.rules.quorum.facts import Facts, Interval, precedes


def changes(facts: Facts) -> list[datetime]:
    """Every moment at which somebody comes, goes, withdraws or returns; earliest first, each once."""
    return in_order(
        one
        for row in facts.attendees
        for interval in (*row.here, *(withdrawal.interval for withdrawal in row.withdrawals))
        for one in _ends(interval)
    )


def in_order(moments: Iterable[datetime]) -> list[datetime]:
    """Earliest first, each instant once."""
    ordered = sorted(moments, key=cmp_to_key(_compared))
    return [one for index, one in enumerate(ordered) if not index or precedes(ordered[index - 1], one)]


def _ends(interval: Interval) -> list[datetime]:
    return [one for one in (interval.arrived, interval.left) if one is not None]


def _compared(one: datetime, other: datetime) -> int:
    return int(precedes(other, one)) - int(precedes(one, other))
