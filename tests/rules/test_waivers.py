"""Who may waive a deadline by its own rule; what the refusal says; and how the book prints it."""

from __future__ import annotations

import pytest

from partnership.rules.book.duty_rule_sentences import deadline_sentence
from partnership.rules.clauses import Clause
from partnership.rules.deadlines.deadlines import (
    ContradictoryDeadline,
    DeadlineKind,
    NotWaivable,
    Unit,
    WaivedBy,
    Waiver,
)
from tests.rules.hand_made_calendars import before

CLAUSE = Clause("c", "The chair may do without.")


def test_the_first_of_the_roles_named_is_the_one_that_waives() -> None:
    rule = before(1, Unit.WEEKS, waiver=Waiver((WaivedBy.CHAIR, WaivedBy.MANAGER), CLAUSE))
    assert rule.waivable_by({"manager"}) is WaivedBy.MANAGER
    assert rule.waivable_by({"manager", "chair", "member"}) is WaivedBy.CHAIR
    with pytest.raises(NotWaivable, match=r"^Only the chair or the manager may waive this \(clause c\)\.$"):
        rule.waivable_by({"coordinator"})


def test_without_a_clause_nobody_waives() -> None:
    with pytest.raises(NotWaivable, match=r"^Nobody may waive this: "):
        before(1, Unit.WEEKS).waivable_by({"chair", "manager"})


def test_the_book_says_who_may_waive_it() -> None:
    assert "may waive" not in deadline_sentence(before(1, Unit.WEEKS))
    one = before(1, Unit.WEEKS, waiver=Waiver((WaivedBy.CHAIR,), CLAUSE))
    assert deadline_sentence(one).endswith(" The chair may waive it, with a reason (clause c).")
    two = before(1, Unit.WEEKS, waiver=Waiver((WaivedBy.CHAIR, WaivedBy.MANAGER), CLAUSE, "urgency"))
    assert deadline_sentence(two).endswith(" The chair or the manager may waive it, for urgency (clause c).")


@pytest.mark.parametrize("kind", [DeadlineKind.CHECK, DeadlineKind.WINDOW, DeadlineKind.MEASURE])
def test_only_what_can_be_late_is_waived(kind: DeadlineKind) -> None:
    with pytest.raises(ContradictoryDeadline, match="only a duty or a local practice can be waived"):
        before(1, Unit.WEEKS, kind=kind, waiver=Waiver((WaivedBy.CHAIR,), CLAUSE))
