"""The chair's word on a use of break-glass falls due; the product keeps it whatever a group has chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import date

from django.urls import reverse

from partnership import access, clock
from partnership.authorship import saved
from partnership.models import Board, BreakGlass, Obligation, User
from partnership.obligations.causes import Cause, Wording
from partnership.obligations.features import register
from partnership.obligations.kept_rules import rule_on
from partnership.obligations.operations import NoSuchObligation, ensure_obligation, meet_obligation

REVIEW = "break-glass-review"


def review_asked(*, glass: BreakGlass, board: Board, by: User) -> None:
    """Let the chair's word fall due, where the terms have the rule."""
    found = rule_on(board=board, duty=REVIEW, on=clock.today())
    if found is not None:
        rule, constitution = found
        ensure_obligation(
            duty=REVIEW, cause=glass, owner=rule.owner, due_on=glass.review_due_on, constitution=constitution, by=by
        )


def review_given(*, glass: BreakGlass, by: User) -> None:
    # Under terms without the rule, nothing fell due.
    with suppress(NoSuchObligation):
        meet_obligation(duty=REVIEW, cause=glass, on=clock.today(), evidence="The chair's word recorded", by=by)


def register_duty(told_of: Callable[[BreakGlass, date], set[int]], due_again: Callable[[BreakGlass], date]) -> None:
    """Make it known; once, when the app starts. `told_of` says whom a use concerns on a day, `due_again` by when it is
    reviewed as bank holidays stand.
    """

    def recipients(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
        those = list(obligations)
        glasses = _loaded({each.cause_id for each in those})
        told = {each.pk: told_of(glasses[each.cause_id], on) for each in those if each.cause_id in glasses}
        people = User.objects.in_bulk({person for those_told in told.values() for person in those_told})
        return {each.pk: [people[pk] for pk in sorted(told.get(each.pk, ()))] for each in those}

    cause = Cause(
        model="partnership.breakglass",
        board=lambda glass: glass.protection.board,
        load=_loaded,
        is_open=lambda glass, _: glass.reviewed_at is None,
        recipients=recipients,
        address=lambda glass, _: reverse("break_glass_review", args=(glass.uuid,)),
        wording=lambda glass, _: Wording(
            "the chair's word on a use of break-glass", glass.protection.board.short_name, is_one=True
        ),
        # Its readers are told of it on the chair's page, and by message; the team's list names none.
        is_of_one_person=True,
        may_hear=_may_hear,
        due_again=lambda glass, _, __: due_again(glass),
        redated=_redated,
    )
    register(REVIEW, cause=cause, is_always_on=True)


def _may_hear(glass: BreakGlass, person: User, on: date) -> bool:
    """Whom the terms name besides: whoever may read of it, and never the person who used it."""
    return person.pk != glass.person_id and access.may(person, access.Action.READ, glass, on=on)


def _redated(glass: BreakGlass, due: date, by: User) -> None:
    glass.review_due_on = due
    saved(glass, by=by, reason="Bank holidays changed")


def _loaded(ids: Collection[int]) -> dict[int, BreakGlass]:
    return BreakGlass.objects.select_related("protection__board__partnership", "person").in_bulk(ids)
