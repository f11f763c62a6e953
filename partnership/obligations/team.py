"""Whom a constitution's words mean among the people who administer a board."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from partnership.access import Role
from partnership.models import Obligation, Standing, User
from partnership.obligations.hours import TEAM_ROLES, rule_of, told_steps

ROLE_OF_WORD = {"coordinator": Role.COORDINATOR, "manager": Role.MANAGER}


def team_recipients(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
    """The coordinators and managers of each obligation's board whom its rule names, by the obligation's id.

    A rule that names none of them is told to the coordinators. Deactivated people and past standings are left out. One
    query however many there are.
    """
    those = list(obligations)
    standings = Standing.objects.in_force(on).filter(
        Q(board__in={obligation.board_id for obligation in those})
        | Q(board=None, partnership__in={obligation.board.partnership_id for obligation in those}),
        role__in=ROLE_OF_WORD.values(),
        person__is_active=True,
    )
    held = list(standings.select_related("person").order_by("person__name", "pk"))
    found: dict[int, list[User]] = {}
    for obligation in those:
        roles = _roles_of(obligation)
        people = {
            standing.person_id: standing.person
            for standing in held
            if standing.role in roles and _is_for(standing, obligation)
        }
        found[obligation.pk] = list(people.values())
    return found


def overseers_of(obligations: Iterable[Obligation], on: date) -> dict[int, dict[Role, list[User]]]:
    """Who may hear of each obligation by its escalation, by the obligation's id and their role. One query.

    Of whatever escalates the team is among them: it hears where nobody is what the terms name.
    """
    those = list(obligations)
    asked = {each.pk: _roles_hearing(each) for each in those}
    standings = Standing.objects.in_force(on).filter(
        Q(board__in={each.board_id for each in those})
        | Q(board=None, partnership__in={each.board.partnership_id for each in those}),
        role__in={role for roles in asked.values() for role in roles},
        meeting_id=None,
        person__is_active=True,
    )
    held = list(standings.select_related("person").order_by("person__name", "pk"))
    found: dict[int, dict[Role, list[User]]] = {}
    for each in those:
        by_role: dict[Role, list[User]] = {role: [] for role in asked[each.pk]}
        for standing in held:
            role = Role(standing.role)
            if role in by_role and _is_for(standing, each):
                by_role[role].append(standing.person)
        found[each.pk] = by_role
    return found


def _roles_hearing(obligation: Obligation) -> frozenset[Role]:
    steps = told_steps(obligation)
    roles: frozenset[Role] = frozenset().union(*(step.roles for step in steps))
    return roles | TEAM_ROLES if roles or any(step.words for step in steps) else roles


def _roles_of(obligation: Obligation) -> set[Role]:
    rule = rule_of(obligation)
    words = rule.recipients or (rule.owner,)
    return {ROLE_OF_WORD[word] for word in words if word in ROLE_OF_WORD} or {Role.COORDINATOR}


def _is_for(standing: Standing, obligation: Obligation) -> bool:
    if standing.board_id is not None:
        return standing.board_id == obligation.board_id
    return standing.partnership_id == obligation.board.partnership_id
