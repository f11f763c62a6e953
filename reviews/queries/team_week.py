"""What the letter of the week says: everything late on the boards that somebody keeps, what falls due, and in numbers
what members owe for themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, Min, When

from partnership.break_glass_duty import REVIEW
from partnership.models import Board, Obligation
from partnership.obligations.causes import of_one_person
from partnership.queries import constitutions_in_force, terms_of
from reviews.queries.week import LONG_LATE, DueThing, things_of

SHOWN_LATE, SHOWN_DUE = 40, 12


@dataclass(frozen=True, slots=True)
class OwnLate:
    """How many members of a board are late with one duty of their own, and since when the first of them."""

    board: Board
    duty: str
    number: int
    since: date


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """The longest late first, but for what has been late for months; at most SHOWN_LATE of `late_in_all`.

    Then what is due until `sunday`.
    """

    sunday: date
    late: tuple[DueThing, ...]
    late_in_all: int
    due: tuple[DueThing, ...]
    due_in_all: int
    own: tuple[OwnLate, ...]

    @property
    def has_late(self) -> bool:
        return bool(self.late_in_all or self.own)

    @property
    def has_any(self) -> bool:
        return self.has_late or bool(self.due_in_all)


def team_week_of(*, boards: Collection[Board], today: date) -> TeamWeek:
    """Seven queries, and one for each kind of cause, however many boards and duties."""
    sunday = today + timedelta(days=6 - today.weekday())
    still_open = Obligation.objects.open().filter(board__in=boards).exclude(of_one_person())
    in_order = still_open.select_related("board__partnership", "constitution").order_by("due_on", "pk")
    # What has been late for months is shown, and not before what a week asks for.
    stood = Case(When(due_on__lt=today - LONG_LATE, then=1), default=0)
    late = in_order.filter(due_on__lt=today).order_by(stood, "due_on", "pk")
    due = in_order.filter(due_on__gte=today, due_on__lte=sunday)
    shown_late, shown_due = list(late[:SHOWN_LATE]), list(due[:SHOWN_DUE])
    things = things_of([*shown_late, *shown_due])
    return TeamWeek(
        sunday=sunday,
        late=tuple(things[: len(shown_late)]),
        late_in_all=late.count(),
        due=tuple(things[len(shown_late) :]),
        due_in_all=due.count(),
        own=tuple(_own(boards, today)),
    )


def late_boards(*, boards: Collection[Board], today: date) -> set[int]:
    """On which of these boards anything is late, by id. One query."""
    rows = Obligation.objects.open().filter(board__in=boards, due_on__lt=today).exclude(duty=REVIEW)
    return set(rows.order_by().values_list("board", flat=True).distinct())


def _own(boards: Collection[Board], today: date) -> list[OwnLate]:
    """Numbers alone. Who may know of a use of break-glass is told of it; a number would tell the whole team."""
    by_pk = {board.pk: board for board in boards}
    rows = Obligation.objects.open().filter(of_one_person(), board__in=boards, due_on__lt=today).exclude(duty=REVIEW)
    counts = list(rows.order_by().values("board", "duty").annotate(number=Count("pk"), since=Min("due_on")))
    words = _words(boards, today) if counts else {}
    found = [
        OwnLate(
            board=by_pk[each["board"]],
            duty=words.get((each["board"], each["duty"]), each["duty"]),
            number=each["number"],
            since=each["since"],
        )
        for each in counts
    ]
    return sorted(found, key=lambda each: (each.board.position, each.board.pk, each.since, each.duty))


def _words(boards: Collection[Board], today: date) -> Mapping[tuple[int, str], str]:
    versions = constitutions_in_force(days=[(board.pk, today) for board in boards])
    return {
        (board, rule.id): rule.duty
        for (board, _), version in versions.items()
        for rule in terms_of(constitution=version).deadlines
    }
