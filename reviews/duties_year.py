"""The duties of a board that fell due in a year: when each was due and when it was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reviews.queries.year import DutyOfYear


@dataclass(frozen=True, slots=True)
class DutyDone:
    """`days` from the day it was due: negative when early. Of one not done yet, how late it is today."""

    duty: DutyOfYear
    days: int
    is_done: bool

    @property
    def is_late(self) -> bool:
        return self.days > 0


def duties_done(duties: Iterable[DutyOfYear], *, today: date) -> list[DutyDone]:
    """Those that were done or are overdue; what is due today or later and not done has not fallen due, nor what is
    waived.
    """
    found = []
    for duty in duties:
        done_on = duty.obligation.met_on
        if duty.obligation.waived_at is not None:
            continue
        if done_on is not None or duty.obligation.due_on < today:
            days = ((done_on or today) - duty.obligation.due_on).days
            found.append(DutyDone(duty, days, is_done=done_on is not None))
    return found
