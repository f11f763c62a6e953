"""The ladders of an agency, rung by rung, the most senior first."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from membership.models import Agency, Appointment, Grade, GradeLadder
from membership.operations.agencies import enter_grade_ladder
from membership.operations.agency_identity import own, require_seen
from membership.queries.agency_facts import ladder_facts
from partnership.authorship import deleted, saved
from partnership.models import Partnership, User
from partnership.rules.plain_dates import counted

# Where a rung waits while two change places: a rank is borne once on a ladder.
ASIDE = 32_000


class LadderTaken(Exception):
    """The agency has a ladder of that name."""


class RungTaken(Exception):
    """The ladder has a rung of that name."""


class RungInUse(Exception):
    """Somebody's grade is that rung."""


class NoRungBeyond(Exception):
    """The rung is the first or the last."""


@transaction.atomic
def add_ladder(*, agency: Agency, partnership: Partnership, name: str, grades: Sequence[str], by: User) -> GradeLadder:
    """A further ladder of the agency, the most senior grade first. Raises SharedAgency, LadderTaken."""
    agency = own(agency=agency, partnership=partnership)
    if GradeLadder.objects.filter(agency=agency, name=name).exists():
        raise LadderTaken(f"This agency has a ladder called {name} already.")
    return enter_grade_ladder(agency=agency, name=name, grades=grades, by=by)


@transaction.atomic
def add_rung(*, ladder: GradeLadder, partnership: Partnership, name: str, by: User, seen: str | None = None) -> Grade:
    """A further rung below the others. Raises SharedAgency, AgencyClash, RungTaken."""
    _held(ladder, partnership, seen)
    _require_free(ladder, name)
    last = ladder.grades.order_by("-rank").first()
    return saved(Grade(ladder=ladder, name=name, rank=last.rank + 1 if last else 1), by=by, reason="Rung added")


@transaction.atomic
def rename_rung(*, grade: Grade, partnership: Partnership, name: str, by: User, seen: str | None = None) -> Grade:
    """Another name for the rung. Raises SharedAgency, AgencyClash, RungTaken."""
    _held(grade.ladder, partnership, seen)
    if grade.name != name:
        _require_free(grade.ladder, name)
    grade.name = name
    return saved(grade, by=by, reason="Rung renamed", fields=["name"])


@transaction.atomic
def move_rung(*, grade: Grade, partnership: Partnership, up: bool, by: User, seen: str | None = None) -> Grade:
    """Let it change places with the rung above or below. Raises SharedAgency, AgencyClash, NoRungBeyond."""
    _held(grade.ladder, partnership, seen)
    grade.refresh_from_db()
    beyond = (
        grade.ladder.grades.filter(rank__lt=grade.rank).order_by("-rank")
        if up
        else grade.ladder.grades.filter(rank__gt=grade.rank).order_by("rank")
    ).first()
    if beyond is None:
        raise NoRungBeyond(f"{grade.name} is already the {'most senior' if up else 'last'} rung.")
    reason = f"{grade.name} moved {'above' if up else 'below'} {beyond.name}"
    here, there = grade.rank, beyond.rank
    for rung, rank in ((grade, ASIDE), (beyond, here), (grade, there)):
        rung.rank = rank
        saved(rung, by=by, reason=reason, fields=["rank"])
    return grade


@transaction.atomic
def remove_rung(*, grade: Grade, partnership: Partnership, by: User, seen: str | None = None) -> None:
    """Take a rung away that is nobody's grade. Raises SharedAgency, AgencyClash, RungInUse."""
    _held(grade.ladder, partnership, seen)
    uses = Appointment.objects.filter(grade=grade).count()
    if uses:
        raise RungInUse(
            f"{grade.name} is the grade in {counted(uses, 'appointment')}, so it stays on the ladder. "
            "Give these another grade first."
        )
    deleted(grade, by=by, reason="Rung removed")


def _held(ladder: GradeLadder, partnership: Partnership, seen: str | None) -> None:
    own(agency=ladder.agency, partnership=partnership)
    require_seen(seen, ladder_facts(ladder=ladder))


def _require_free(ladder: GradeLadder, name: str) -> None:
    if ladder.grades.filter(name__iexact=name).exists():
        raise RungTaken(f"This ladder has a rung called {name} already.")
