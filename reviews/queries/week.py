"""What is due this week on the boards that somebody keeps, and what comes after it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Q, When

from partnership.models import Board, Obligation
from partnership.obligations.causes import Wording, cause_of, loaded, of_one_person
from partnership.obligations.hours import rule_of
from partnership.rules.deadlines.deadlines import Deadline

SHOWN_DUE = 12
LONG_LATE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class DueThing:
    """One open obligation, with the row it hangs on and its page, its rule and how a message names it."""

    obligation: Obligation
    cause: Any
    address: str
    rule: Deadline
    wording: Wording


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday to Sunday. `due` has the late ones first, at most SHOWN_DUE of the `in_all`."""

    monday: date
    sunday: date
    due: tuple[DueThing, ...]
    in_all: int
    late: int
    in_next_week: int
    after: DueThing | None


def week_of(*, boards: Collection[Board], today: date) -> Week:
    """The week of that day over all these boards. Four queries, however many boards, meetings and duties.

    What every member owes for themselves is left out: the team's home says of how many it waits.
    """
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    still_open = Obligation.objects.open().filter(board__in=boards).exclude(of_one_person())
    counts = still_open.aggregate(
        in_all=Count("pk", filter=Q(due_on__lte=sunday)),
        late=Count("pk", filter=Q(due_on__lt=today)),
        in_next_week=Count("pk", filter=Q(due_on__gt=sunday, due_on__lte=sunday + timedelta(days=7))),
    )
    # What has been late for months is shown, and not before what a week asks for.
    stood = Case(When(due_on__lt=today - LONG_LATE, then=1), default=0)
    in_order = still_open.select_related("board__partnership", "constitution").order_by(stood, "due_on", "pk")
    due = list(in_order.filter(due_on__lte=sunday)[:SHOWN_DUE])
    after = list(in_order.filter(due_on__gt=sunday)[:1])
    things = things_of([*due, *after])
    return Week(
        monday=monday,
        sunday=sunday,
        due=tuple(things[: len(due)]),
        after=things[-1] if after else None,
        **counts,
    )


def things_of(obligations: list[Obligation]) -> list[DueThing]:
    """Each with what it hangs on; they come with their constitution and board. One query for each kind of cause."""
    causes = loaded(obligations)
    return [
        DueThing(
            obligation=each,
            cause=causes[each.pk],
            address=cause_of(each.cause_type).address(causes[each.pk], each),
            rule=rule_of(each),
            wording=cause_of(each.cause_type).wording(causes[each.pk], each),
        )
        for each in obligations
    ]
