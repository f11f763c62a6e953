"""What falls due because terms of reference are in force: their review, met by a decision or by a further version."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.urls import reverse

from partnership import clock
from partnership.models import Board, Constitution, User
from partnership.navigation import address_of
from partnership.obligations.causes import Cause, Wording, key_of
from partnership.obligations.features import register
from partnership.obligations.kept_rules import falls_due, rules_on
from partnership.obligations.operations import (
    asked_on,
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
    open_obligation,
)
from partnership.obligations.team import team_recipients
from partnership.queries import constitution_in_force
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.deadlines.due_dates import months_from
from partnership.rules.plain_dates import plain_date

# Counted from the version's own date of review, and from the day it came into force.
BY_ITS_DATE, BY_ITS_AGE = "arrangements-reviewed", "terms-reviewed"
REVIEWS = (BY_ITS_DATE, BY_ITS_AGE)
A_YEAR = 12


def plan_board(board: Board, by: User) -> None:
    """Let the review of the version in force today fall due, once."""
    version = constitution_in_force(board=board, on=clock.today())
    if version is None:
        return
    rules, known = rules_on(board=board, duties=REVIEWS, on=clock.today()), asked_on(board=board, duties=REVIEWS)
    for duty in REVIEWS:
        asked = known.get((*key_of(version), duty), [])
        if duty not in rules:
            if asked:
                cancel_obligations(cause=version, duty=duty, reason="The terms of today do not ask for it.", by=by)
            continue
        rule, _ = rules[duty]
        due = review_due(rule, version, board)
        if not any(each.due_on == due and each.constitution_id == version.pk for each in asked):
            ensure_obligation(duty=duty, cause=version, owner=rule.owner, due_on=due, constitution=version, by=by)


def review_due(rule: Deadline, version: Constitution, board: Board) -> date:
    """The version's own date of review; without one, a year after it came into force, or as the rule counts."""
    if rule.id == BY_ITS_DATE:
        return version.review_by or months_from(version.in_force_from, A_YEAR)
    return falls_due(rule, board=board, after=version.in_force_from)


def version_adopted(*, adopted: Constitution, by: User) -> None:
    """A further version is the review of those before it."""
    evidence = f"Version {adopted.version} adopted, in force from {plain_date(adopted.in_force_from)}"
    earlier = Constitution.objects.filter(board=adopted.board_id, in_force_from__lt=adopted.in_force_from)
    for version in earlier.select_related("board__partnership"):
        for duty in REVIEWS:
            asked = open_obligation(duty=duty, cause=version)
            if asked is not None:
                meet_obligation(duty=duty, cause=version, on=clock.today(), evidence=evidence, by=by)


# --- what the sweep asks ----------------------------------------------------------------------------------------------


def _loaded(ids: Collection[int]) -> dict[int, Constitution]:
    return Constitution.objects.select_related("board__partnership").in_bulk(ids)


CAUSE = Cause(
    model="partnership.constitution",
    board=lambda version: version.board,
    load=_loaded,
    is_open=lambda _, __: True,
    recipients=team_recipients,
    address=lambda version, _: reverse("constitution", args=address_of(version.board)),
    wording=lambda version, _: Wording(
        "the review of the terms of reference", f"{version.board.short_name}, version {version.version}", is_one=True
    ),
    due_again=lambda version, _, rule: review_due(rule, version, version.board),
)


def register_duties() -> None:
    """Make them known; once, when the app starts."""
    register(*REVIEWS, cause=CAUSE, plan=plan_board)
