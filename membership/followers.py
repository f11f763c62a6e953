"""The register of followers: how this layer lets the apps above it follow what happens to a seat.

An app enters its follower once, when it starts (`apps.py`, ready). Followers act in the transaction of the act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from membership.models import Handover, Seat
from partnership.models import User


@dataclass(frozen=True, slots=True)
class Follower:
    """`seat_changed` after anybody of a seat came, went, or is away; `handed_over` on a successor's first day."""

    name: str
    seat_changed: Callable[[Seat, User], None]
    handed_over: Callable[[Handover, User], None]


_FOLLOWERS: dict[str, Follower] = {}


def enter(follower: Follower) -> None:
    """Make a follower known; entering it again replaces it."""
    _FOLLOWERS[follower.name] = follower


def seat_changed(seat: Seat, *, by: User) -> None:
    for follower in _FOLLOWERS.values():
        follower.seat_changed(seat, by)


def handed_over(handover: Handover, *, by: User) -> None:
    for follower in _FOLLOWERS.values():
        follower.handed_over(handover, by)
