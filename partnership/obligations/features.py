"""The register of duties: which rule of a constitution some part of the product sees begun and done.

An app registers its duties once, when it starts (`apps.py`, ready). `docs/developers.md` lists those for which there is
no part yet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from partnership.models import Board, User
from partnership.obligations import causes

# Brings what hangs on a board in line with its terms, its seats and the day, whatever was there before.
Planner = Callable[[Board, User], None]


@dataclass(frozen=True, slots=True)
class Feature:
    """One duty that the product keeps. `plan` is None where every act on the cause plans it anyhow."""

    duty: str
    plan: Planner | None = None
    is_always_on: bool = False


_FEATURES: dict[str, Feature] = {}


def register(*duties: str, cause: causes.Cause, plan: Planner | None = None, is_always_on: bool = False) -> None:
    """Make these duties known, with the kind of row they hang on; registering them again replaces them.

    `is_always_on` marks a local practice that the product keeps whatever a group has chosen.
    """
    causes.enter(cause)
    for duty in duties:
        _FEATURES[duty] = Feature(duty, plan, is_always_on)


def registered() -> frozenset[str]:
    """The permanent ids of every duty that the product keeps."""
    return frozenset(_FEATURES)


def is_always_on(duty: str) -> bool:
    return duty in _FEATURES and _FEATURES[duty].is_always_on


def plan_all(*, by: User) -> None:
    """The same of every board, each in a transaction of its own."""
    for board in Board.objects.select_related("partnership").order_by("pk"):
        with transaction.atomic():
            plan_board(board=board, by=by)


def plan_board(*, board: Board, by: User) -> None:
    """Enter what falls due on a board and is not entered yet, and take back what its terms no longer ask.

    For what no act announces: a new year or quarter, terms that come into force, a practice switched on or off.
    """
    for plan in dict.fromkeys(feature.plan for feature in _FEATURES.values() if feature.plan is not None):
        plan(board, by)
