"""A board's ledger of a year: every duty that fell or falls due, and what is each member's own, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from partnership.access import Asker
from partnership.break_glass_duty import REVIEW
from partnership.models import Board, Obligation
from partnership.obligations.causes import of_one_person
from partnership.queries import constitution_in_force, terms_of
from reviews.queries.year import DutyOfYear, duties_of_year


@dataclass(frozen=True, slots=True)
class CountedDuty:
    """What each member owes for themselves, by duty: told by how many, not by whom."""

    id: str
    duty: str
    done_on_time: int
    done_late: int
    late: int
    ahead: int
    waived: int = 0

    @property
    def in_all(self) -> int:
        return self.done_on_time + self.done_late + self.late + self.ahead + self.waived


@dataclass(frozen=True, slots=True)
class Ledger:
    """One board, one year."""

    rows: tuple[DutyOfYear, ...]
    counted: tuple[CountedDuty, ...]


def ledger_of(*, board: Board, year: int, user: Asker, today: date) -> Ledger:
    """What the reader may see of it. Seven queries and one a kind of cause, however many duties."""
    due = Obligation.objects.visible_to(user, today).filter(board=board, due_on__year=year, cancelled_at=None)
    words = _words(board, today)
    counts = (
        due.filter(of_one_person())
        # Who may know of a use of break-glass is told of it; a number would tell everybody.
        .exclude(duty=REVIEW)
        .order_by()
        .values("duty")
        .annotate(
            on_time=Count("pk", filter=Q(met_on__lte=F("due_on"))),
            done_late=Count("pk", filter=Q(met_on__gt=F("due_on"))),
            late=Count("pk", filter=Q(met_on=None, waived_at=None, due_on__lt=today)),
            ahead=Count("pk", filter=Q(met_on=None, waived_at=None, due_on__gte=today)),
            waived=Count("pk", filter=Q(waived_at__isnull=False)),
        )
    )
    return Ledger(
        rows=tuple(duties_of_year(board=board, year=year, most=None)) if due.exists() else (),
        counted=tuple(
            CountedDuty(
                row["duty"],
                words.get(row["duty"], row["duty"]),
                row["on_time"],
                row["done_late"],
                row["late"],
                row["ahead"],
                row["waived"],
            )
            for row in counts.order_by("duty")
        ),
    )


def _words(board: Board, today: date) -> dict[str, str]:
    """What the terms in force call each duty, by its id."""
    version = constitution_in_force(board=board, on=today)
    return {rule.id: rule.duty for rule in terms_of(constitution=version).deadlines} if version else {}
