"""Inductions under way and over, as far as a reader may know of them, and what a partnership has set up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from membership.duties import INDUCTION
from membership.models import Induction, InductionLine, InductionPractice, InductionStep, MarkedBy, RoleDescription
from partnership import access
from partnership.access import Role
from partnership.models import Board, Partnership, User
from partnership.obligations.kept_rules import rule_on
from partnership.rules.clauses import Clause


@dataclass(frozen=True, slots=True)
class RoleSetUp:
    """What one role is given today."""

    role: Role
    description: RoleDescription | None
    for_member: tuple[str, ...]
    for_team: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a partnership asks of new members. `clauses` are those of its boards whose terms ask for induction."""

    roles: tuple[RoleSetUp, ...]
    practice: InductionPractice
    clauses: tuple[tuple[Board, Clause], ...]


def inductions_of(*, partnership: Partnership, user: access.Asker, on: date) -> list[Induction]:
    """Those that the person may know of, with their steps counted, the first due first. One query."""
    rows = Induction.objects.visible_to(user, on).filter(partnership=partnership)
    counted = rows.annotate(
        lines=Count("induction_steps"), done=Count("induction_steps", filter=Q(induction_steps__done_on__isnull=False))
    )
    return list(counted.select_related("person", "board__partnership", "description"))


def steps_of(*, induction: Induction) -> list[InductionStep]:
    return list(InductionStep.objects.filter(induction=induction))


def own_unfinished(*, person: User, on: date) -> list[Induction]:
    """The person's own inductions that are under way, in any partnership. One query."""
    rows = Induction.objects.visible_to(person, on).unfinished().filter(person=person)
    return list(rows.select_related("board__partnership"))


def unfinished_by_board(*, boards: Iterable[Board], on: date) -> dict[int, tuple[int, int]]:
    """How many inductions are unfinished, and how many of those are late, by board. One query."""
    rows = Induction.objects.unfinished().filter(board__in=list(boards), started_on__lte=on)
    counts = rows.values("board").annotate(unfinished=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)))
    return {row["board"]: (row["unfinished"], row["late"]) for row in counts.order_by("board")}


def set_up_of(*, partnership: Partnership, on: date) -> SetUp:
    """What is set up, and which terms ask for it. Three queries, and one for each board."""
    descriptions: dict[str, RoleDescription] = {}
    for each in RoleDescription.objects.filter(partnership=partnership).order_by("role", "version"):
        descriptions[each.role] = each
    lines: dict[tuple[str, str], list[str]] = {}
    for line in InductionLine.objects.filter(partnership=partnership, withdrawn_on=None).order_by("position", "pk"):
        lines.setdefault((line.role, line.marked_by), []).append(line.text)
    prepared = [role for role in Role if role in descriptions or any(key[0] == role for key in lines)]
    clauses = []
    for board in Board.objects.filter(partnership=partnership).select_related("partnership"):
        found = rule_on(board=board, duty=INDUCTION, on=on)
        if found is not None:
            clauses.append((board, found[0].clause))
    practice = InductionPractice.objects.filter(partnership=partnership).first()
    return SetUp(
        roles=tuple(
            RoleSetUp(
                role,
                descriptions.get(role),
                tuple(lines.get((role, MarkedBy.MEMBER), ())),
                tuple(lines.get((role, MarkedBy.TEAM), ())),
            )
            for role in prepared
        ),
        practice=practice or InductionPractice(partnership=partnership),
        clauses=tuple(clauses),
    )
