"""Which rules of a constitution fall due on a board: its duties, and the local practices it has switched on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from partnership.authorship import saved
from partnership.models import Board, Constitution, LocalPractice, Obligation, User
from partnership.obligations import features
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.deadlines.calendars import Division
from partnership.rules.deadlines.deadlines import Deadline, DeadlineKind
from partnership.rules.deadlines.due_dates import due_on
from partnership.working_days import working_days

KEPT_KINDS = (DeadlineKind.DUTY, DeadlineKind.LOCAL_PRACTICE)


class NoSuchPractice(Exception):
    """The terms in force have no local practice of that id that the product keeps."""


def rule_on(*, board: Board, duty: str, on: date) -> tuple[Deadline, Constitution] | None:
    """The rule of that id where it falls due on the board that day; None where it does not. Two queries at most."""
    constitution = constitution_in_force(board=board, on=on)
    if constitution is None:
        return None
    for rule in terms_of(constitution=constitution).deadlines:
        if rule.id == duty and rule.kind in KEPT_KINDS and is_kept(rule, board=board):
            return rule, constitution
    return None


def rules_on(*, board: Board, duties: Collection[str], on: date) -> dict[str, tuple[Deadline, Constitution]]:
    """The same of several duties; those that do not fall due on the board are left out. Two queries."""
    constitution = constitution_in_force(board=board, on=on)
    if constitution is None:
        return {}
    switched_on = set(LocalPractice.objects.filter(board=board, is_on=True).values_list("duty", flat=True))
    return {
        rule.id: (rule, constitution)
        for rule in terms_of(constitution=constitution).deadlines
        if rule.id in duties
        and rule.kind in KEPT_KINDS
        and (rule.kind is not DeadlineKind.LOCAL_PRACTICE or features.is_always_on(rule.id) or rule.id in switched_on)
    }


def is_kept(rule: Deadline, *, board: Board) -> bool:
    """Whether a rule falls due on the board: a duty does, a local practice only where it is switched on."""
    if rule.kind is not DeadlineKind.LOCAL_PRACTICE or features.is_always_on(rule.id):
        return True
    return LocalPractice.objects.filter(board=board, duty=rule.id, is_on=True).exists()


def falls_due(rule: Deadline, *, board: Board, after: date) -> date:
    """The day on which it falls due, counted from that one. Raises `calendars.BeyondHorizon`."""
    division = Division(rule.calendar or board.partnership.get_bank_holidays_display())
    return due_on(rule, after, working_days(division) if rule.needs_working_days else None).on


def due_since_occurrence(_: object, obligation: Obligation, rule: Deadline) -> date:
    """By when it falls due, where its occurrence is the day it is counted from. Raises `calendars.BeyondHorizon`."""
    return falls_due(rule, board=obligation.board, after=date.fromisoformat(obligation.occurrence))


# --- local practices --------------------------------------------------------------------------------------------------


def practices_of(*, board: Board, on: date) -> list[tuple[Deadline, bool]]:
    """The local practices of the terms in force that can be switched, each with whether it is on. Two queries."""
    constitution = constitution_in_force(board=board, on=on)
    if constitution is None:
        return []
    chosen = set(LocalPractice.objects.filter(board=board, is_on=True).values_list("duty", flat=True))
    return [
        (rule, rule.id in chosen) for rule in terms_of(constitution=constitution).deadlines if _can_be_switched(rule)
    ]


@transaction.atomic
def switch_practice(*, board: Board, duty: str, is_on: bool, on: date, by: User) -> LocalPractice:
    """Keep a local practice from now on, or no longer; what falls due by it is entered or taken back.

    Raises NoSuchPractice.
    """
    board = Board.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=board.pk)
    if duty not in {rule.id for rule, _ in practices_of(board=board, on=on)}:
        raise NoSuchPractice("The terms in force have no such local practice.")
    practice = LocalPractice.objects.filter(board=board, duty=duty).first() or LocalPractice(board=board, duty=duty)
    practice.is_on = is_on
    saved(practice, by=by, reason="Local practice switched on" if is_on else "Local practice switched off")
    features.plan_board(board=board, by=by)
    return practice


def _can_be_switched(rule: Deadline) -> bool:
    is_local = rule.kind is DeadlineKind.LOCAL_PRACTICE
    return is_local and rule.id in features.registered() and not features.is_always_on(rule.id)
