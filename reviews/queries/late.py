"""What is late on a board, or escalated to its chair: for the chair's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from partnership.access import Asker, Role
from partnership.models import Board, Obligation
from partnership.obligations.causes import of_one_person
from partnership.obligations.hours import steps_of
from reviews.queries.week import LONG_LATE, DueThing, things_of

SHOWN_ESCALATED = 8
# Terms escalate at most so long before the due date.
BEFORE = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Escalated:
    """What the chair is shown, the longest late first; of `in_all` no more than SHOWN_ESCALATED.

    `long_late` has been late for months: it is shown after everything that a day asks for.
    """

    shown: tuple[DueThing, ...] = ()
    long_late: tuple[DueThing, ...] = ()
    in_all: int = 0


NOTHING_ESCALATED = Escalated()


def escalated_to_chair(*, board: Board, user: Asker, today: date) -> Escalated:
    """Open duties of which the terms let the chair hear by today, and whatever is late by a week.

    One query, and one for each kind of cause. What is one member's own is not among them.
    """
    rows = Obligation.objects.visible_to(user, today).open().filter(board=board, due_on__lte=today + BEFORE)
    rows = rows.exclude(of_one_person()).select_related("board__partnership", "constitution")
    escalated = [row for row in rows.order_by("due_on", "pk") if _is_for_chair(row, today)]
    recent = [row for row in escalated if today - row.due_on <= LONG_LATE]
    long_late = [row for row in escalated if today - row.due_on > LONG_LATE]
    chosen = [*recent, *long_late][:SHOWN_ESCALATED]
    things = things_of(chosen)
    number = len(recent[:SHOWN_ESCALATED])
    return Escalated(tuple(things[:number]), tuple(things[number:]), len(escalated))


def _is_for_chair(row: Obligation, today: date) -> bool:
    days = (today - row.due_on).days
    if days >= settings.CHAIRS_PAGE_AFTER_DAYS:
        return True
    return any(step.offset <= days and Role.CHAIR in step.roles for step in steps_of(row))
