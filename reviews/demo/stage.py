"""What the steps of loading share: who acts, what day it is, and what has been made so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from membership.models import Agency
from partnership.models import Board, Partnership, User


@dataclass(slots=True)
class Stage:
    """`author` is the loader's own name in the history; boards are known as "partnership/board", people by name."""

    author: User
    now: datetime
    partnerships: dict[str, Partnership] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    coordinators: dict[str, User] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.date()

    def days_ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def coordinator_of(self, board: str) -> User:
        """Who keeps the registers of a board: the coordinator of its partnership."""
        return self.coordinators[board.split("/", maxsplit=1)[0]]
