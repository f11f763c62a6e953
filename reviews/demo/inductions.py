"""Inductions of the demonstration, in Portsmouth, whose arrangements ask for them: one half done, one late."""

from __future__ import annotations

from datetime import timedelta

from membership.models import Appointment, InductionStep, MarkedBy
from membership.operations import accept_description, begin_induction, mark_step, take_shipped_sets
from partnership.clock import as_at
from reviews.demo.stage import Stage

BOARD = "portsmouth/board"
# Who was begun how many days ago, how many lines are done, and whether the role description is accepted.
BEGUN = (("Mina Hallett", 40, 5, True), ("Tara Quill", 66, 3, False))


def begin_inductions(stage: Stage) -> None:
    """After the seats are filled: the seats of the demonstration are older than any induction."""
    partnership = stage.partnerships["portsmouth"]
    take_shipped_sets(partnership=partnership, by=stage.author)
    for name, days_ago, done, is_accepted in BEGUN:
        held = Appointment.objects.in_force(stage.today).filter(seat__board=stage.boards[BOARD], person__name=name)
        with as_at(stage.now - timedelta(days=days_ago)):
            induction = begin_induction(
                appointment=held.select_related("seat__board__partnership", "person").get(),
                started_on=stage.days_ago(days_ago),
                by=stage.coordinator_of(BOARD),
            )
        with as_at(stage.now - timedelta(days=days_ago - 9)):
            if is_accepted:
                accept_description(induction=induction, by=induction.person)
            for step in InductionStep.objects.filter(induction=induction)[:done]:
                is_team = step.marked_by == MarkedBy.TEAM
                by = stage.coordinator_of(BOARD) if is_team else induction.person
                mark_step(step=step, is_done=True, as_team=is_team, by=by)
