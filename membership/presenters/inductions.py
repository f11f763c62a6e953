"""Inductions as the team's list and as the page of one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from membership.models import Induction, InductionStep, MarkedBy
from membership.queries.inductions import SetUp
from partnership.rules.clauses import cited
from partnership.rules.plain_dates import counted, listed, long_date, plain_date


@dataclass(frozen=True, slots=True)
class InductionRow:
    """One induction in a list. `tag` is the style of the word for how it stands."""

    name: str
    href: str
    role: str
    board: str
    progress: str
    due: str
    state: str
    tag: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line. `may_mark` where the reader marks it."""

    number: int
    text: str
    done: str
    is_done: bool
    may_mark: bool


@dataclass(frozen=True, slots=True)
class InductionPage:
    """One person's induction. `may_accept` where the reader is that person and has not accepted yet."""

    name: str
    is_own: bool
    role: str
    board: str
    progress: str
    when: str
    description: tuple[str, ...]
    description_version: int
    accepted: str
    may_accept: bool
    own_steps: tuple[StepRow, ...]
    team_steps: tuple[StepRow, ...]


def induction_rows(inductions: Iterable[Induction], *, today: date) -> list[InductionRow]:
    """Each with how far it is; `lines` and `done` come with the query."""
    return [_row(each, today) for each in inductions]


def _row(induction: Induction, today: date) -> InductionRow:
    lines = getattr(induction, "lines", 0) + (induction.description_id is not None)
    done = getattr(induction, "done", 0) + (induction.accepted_on is not None)
    state, tag = _state(induction, today)
    return InductionRow(
        name=induction.person.name,
        href=reverse("induction", args=[induction.board.partnership.slug, induction.uuid]),
        role=induction.get_role_display(),
        board=induction.board.short_name,
        progress=f"{done} of {counted(lines, 'line')} done",
        due=plain_date(induction.due_on),
        state=state,
        tag=tag,
    )


def _state(induction: Induction, today: date) -> tuple[str, str]:
    if induction.completed_on is not None:
        return f"Completed {plain_date(induction.completed_on)}", "yes"
    if induction.stopped_on is not None:
        return "Left before it was done", "open"
    if induction.due_on < today:
        return f"Late by {counted((today - induction.due_on).days, 'day')}", "no"
    return "Under way", "soon"


def induction_page(
    induction: Induction, steps: Sequence[InductionStep], *, is_own: bool, is_team: bool, today: date
) -> InductionPage:
    """`is_own` where the reader is the new member, `is_team` where they administer the board."""
    is_under_way = induction.stopped_on is None
    description = induction.description
    accepted = induction.accepted_on
    lines = len(steps) + (description is not None)
    done = sum(step.done_on is not None for step in steps) + (accepted is not None)
    return InductionPage(
        name=induction.person.name,
        is_own=is_own,
        role=induction.get_role_display(),
        board=induction.board.name,
        progress=f"{done} of {counted(lines, 'line')} done",
        when=_when(induction, today),
        description=tuple(description.text.splitlines()) if description else (),
        description_version=description.version if description else 0,
        accepted=f"Accepted on {long_date(accepted)}" if accepted else "",
        may_accept=is_own and is_under_way and description is not None and accepted is None,
        own_steps=_steps(steps, MarkedBy.MEMBER, may_mark=is_own and is_under_way),
        team_steps=_steps(steps, MarkedBy.TEAM, may_mark=is_team and is_under_way),
    )


def _steps(steps: Iterable[InductionStep], marked_by: MarkedBy, *, may_mark: bool) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(
            number=step.pk,
            text=step.text,
            done=f"Done {plain_date(step.done_on)}" if step.done_on else "To do",
            is_done=step.done_on is not None,
            may_mark=may_mark,
        )
        for step in steps
        if step.marked_by == marked_by
    )


def _when(induction: Induction, today: date) -> str:
    begun = f"Begun on {long_date(induction.started_on)}"
    if induction.completed_on is not None:
        return f"{begun}, completed on {long_date(induction.completed_on)}."
    if induction.stopped_on is not None:
        return f"{begun}, ended on {long_date(induction.stopped_on)} when they left."
    late = f", {counted((today - induction.due_on).days, 'day')} ago" if induction.due_on < today else ""
    return f"{begun}, to be done by {long_date(induction.due_on)}{late}."


def asked_by(found: SetUp) -> str:
    """Which terms ask for induction, or that none does and what is done instead."""
    if found.clauses:
        boards = [f"{board.short_name} ({cited(clause)})" for board, clause in found.clauses]
        return f"The terms of {listed(boards)} ask every new member for it. How long it may take is a local setting."
    if found.practice.is_on:
        return (
            "No clause of your terms asks for induction. You keep it as your own practice, "
            f"within {counted(found.practice.weeks, 'week')}; nobody is reminded."
        )
    return "No clause of your terms asks for induction. You can keep it as your own practice; it is switched off."
