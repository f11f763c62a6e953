"""Actions as home pages and overviews count them: open, overdue, by age, and a person's own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from meetings.models import Action
from meetings.queries.actions import with_people
from membership.queries import names_of_agencies
from partnership.access import Asker
from partnership.models import Board, User

SHOWN_OVERDUE = 8
SHOWN_OWN = 8
# How old an action is since it was agreed, in days: the last of each band.
BANDS = (30, 60, 90, None)


@dataclass(frozen=True, slots=True)
class OverdueActions:
    """The longest overdue, at most SHOWN_OVERDUE of the `overdue`, with the agencies' names by action."""

    shown: tuple[Action, ...]
    agencies: dict[int, str]
    overdue: int
    still_open: int


@dataclass(frozen=True, slots=True)
class AgeBand:
    """How many open actions were agreed so many days ago (`until` None: longer ago than any band)."""

    since: int
    until: int | None
    still_open: int
    overdue: int


def overdue_actions(*, boards: Collection[Board], user: Asker, today: date) -> OverdueActions:
    """Of all these boards, as far as the person may read them. Three queries at most."""
    actions = Action.objects.visible_to(user, today).filter(board__in=boards)
    counts = actions.not_closed().aggregate(still_open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today)))
    shown = list(with_people(actions.overdue(today)).order_by("due_on", "partnership_id", "number")[:SHOWN_OVERDUE])
    asked = {(one.agency_id, one.partnership_id) for one in shown if one.agency_id is not None}
    names = names_of_agencies(agencies=asked, on=today)
    agencies = {one.pk: names.get((one.agency_id or 0, one.partnership_id), "") for one in shown}
    return OverdueActions(tuple(shown), agencies, counts["overdue"], counts["still_open"])


def own_actions(*, person: User, today: date) -> list[Action]:
    """The person's own actions that are not closed, the first due first: one more than SHOWN_OWN tells of others."""
    actions = Action.objects.visible_to(person, today).not_closed().owned_by(person.pk)
    return list(with_people(actions).order_by("due_on", "partnership_id", "number")[: SHOWN_OWN + 1])


def actions_by_age(*, board: Board, user: Asker, today: date) -> list[AgeBand]:
    """The board's open actions by days since they were agreed. One query."""
    actions = Action.objects.visible_to(user, today).not_closed().filter(board=board)
    columns: dict[str, Count] = {}
    for number, (since, until) in enumerate(_bands()):
        agreed = Q(agreed_on__lte=today - timedelta(days=since))
        if until is not None:
            agreed &= Q(agreed_on__gte=today - timedelta(days=until))
        columns[f"still_open_{number}"] = Count("pk", filter=agreed)
        columns[f"overdue_{number}"] = Count("pk", filter=agreed & Q(due_on__lt=today))
    counts = actions.aggregate(**columns)
    return [
        AgeBand(since, until, counts[f"still_open_{number}"], counts[f"overdue_{number}"])
        for number, (since, until) in enumerate(_bands())
    ]


def _bands() -> list[tuple[int, int | None]]:
    """`(0, 30), (31, 60), (61, 90), (91, None)`."""
    starts = [0, *(last + 1 for last in BANDS if last is not None)]
    return list(zip(starts, BANDS, strict=True))
