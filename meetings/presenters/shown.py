"""What of a register's small print a reader may see."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from partnership.access import Action, Kind


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do with a register, as the policy answered it."""

    held: AbstractSet[tuple[Kind, Action]]

    def may(self, kind: Kind, action: Action) -> bool:
        return (kind, action) in self.held

    @property
    def shows_reasons(self) -> bool:
        """Reasons of apology."""
        return self.may(Kind.APOLOGY_REASONS, Action.READ)

    @property
    def shows_replies(self) -> bool:
        """Replies by name; without it, how many there are."""
        return self.may(Kind.REPLIES, Action.READ)

    @property
    def shows_grades(self) -> bool:
        """What a deputy's authority and grade were found to be."""
        return self.may(Kind.GRADES, Action.READ)
