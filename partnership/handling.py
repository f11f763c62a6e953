"""What is done to a partnership's handling marks."""

from __future__ import annotations

from django.db import transaction

from partnership.authorship import saved
from partnership.models import HandlingMark, Partnership, User

# The marks that a partnership begins with, from the government's own scheme; it may change their words and add others.
FIRST_MARKS = (
    ("OFFICIAL", 10, "For the work of the partnership."),
    ("OFFICIAL-SENSITIVE", 20, "Share it only with those who need it for this work. Do not forward it."),
)


class LabelTaken(Exception):
    """The partnership has a mark of that name."""


class SeverityTaken(Exception):
    """The partnership has a mark of that place."""


@transaction.atomic
def begin_marks(*, partnership: Partnership, by: User) -> list[HandlingMark]:
    """The marks that a new partnership has."""
    return [
        saved(
            HandlingMark(partnership=partnership, label=label, severity=severity, handling=handling),
            by=by,
            reason="Partnership entered",
        )
        for label, severity, handling in FIRST_MARKS
    ]


@transaction.atomic
def keep_mark(
    *,
    partnership: Partnership,
    label: str,
    severity: int,
    handling: str,
    is_on_subjects: bool,
    is_retired: bool = False,
    by: User,
    mark: HandlingMark | None = None,
) -> HandlingMark:
    """Add a mark, or change the one given. Raises LabelTaken, SeverityTaken."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    others = HandlingMark.objects.filter(partnership=partnership)
    if mark is not None:
        others = others.exclude(pk=mark.pk)
    if others.filter(label__iexact=label).exists():
        raise LabelTaken(f"There is a mark called {label} already.")
    if others.filter(severity=severity).exists():
        raise SeverityTaken(f"Another mark has the place {severity} already. Choose another number.")
    kept = mark or HandlingMark(partnership=partnership)
    kept.label, kept.severity, kept.handling = label, severity, handling
    kept.is_on_subjects, kept.is_retired = is_on_subjects, is_retired
    return saved(kept, by=by, reason="Handling mark changed" if mark else "Handling mark added")
