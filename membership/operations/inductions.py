"""Induction: what a partnership asks of its new members, begun by a first seat, done line by line."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Q

from membership.duties import INDUCTION
from membership.induction_set import shipped_sets
from membership.models import (
    Appointment,
    Induction,
    InductionLine,
    InductionPractice,
    InductionStep,
    MarkedBy,
    RoleDescription,
)
from membership.queries import standings_due
from partnership import clock
from partnership.access import Role
from partnership.authorship import saved
from partnership.models import Board, Partnership, User
from partnership.obligations.kept_rules import falls_due, rule_on
from partnership.obligations.operations import (
    NoSuchObligation,
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
    reopen_obligation,
)

# Of several roles in one seat, the one whose induction is begun.
BY_WEIGHT = (Role.CHAIR, Role.VICE_CHAIR, Role.SCRUTINEER, Role.MEMBER, Role.DEPUTY, Role.OBSERVER, Role.ADVISER)


class NotTheirs(Exception):
    """This line is marked by somebody else."""


class NothingToDo(Exception):
    """The partnership has neither a role description nor a checklist for anybody."""


class BegunAlready(Exception):
    """The person has an induction in this partnership."""


# --- what a partnership asks ------------------------------------------------------------------------------------------


@transaction.atomic
def take_shipped_sets(*, partnership: Partnership, by: User) -> None:
    """Enter the role descriptions and checklists that ship, for every role that has none of its own."""
    for each in shipped_sets():
        if not RoleDescription.objects.filter(partnership=partnership, role=each.role).exists():
            write_set(
                partnership=partnership,
                role=Role(each.role),
                description=each.description,
                for_member=each.for_member,
                for_team=each.for_team,
                by=by,
            )


@transaction.atomic
def write_set(
    *,
    partnership: Partnership,
    role: Role,
    description: str,
    for_member: Iterable[str],
    for_team: Iterable[str],
    by: User,
) -> None:
    """What a role is given from now on. Inductions under way stay as they began."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    versions = RoleDescription.objects.filter(partnership=partnership, role=role)
    latest = versions.order_by("-version").first()
    if description and (latest is None or latest.text != description):
        further = RoleDescription(
            partnership=partnership, role=role, version=latest.version + 1 if latest else 1, text=description
        )
        saved(further, by=by, reason="Role description written")
    for marked_by, texts in ((MarkedBy.MEMBER, for_member), (MarkedBy.TEAM, for_team)):
        _write_lines(partnership, role, marked_by, list(dict.fromkeys(texts)), by)


def _write_lines(partnership: Partnership, role: Role, marked_by: MarkedBy, texts: list[str], by: User) -> None:
    kept = InductionLine.objects.filter(partnership=partnership, role=role, marked_by=marked_by, withdrawn_on=None)
    known = {line.text: line for line in kept}
    for text, line in known.items():
        if text not in texts:
            line.withdrawn_on = clock.today()
            saved(line, by=by, reason="Taken off the checklist", fields=["withdrawn_on"])
    for position, text in enumerate(texts, start=1):
        line = known.get(text) or InductionLine(partnership=partnership, role=role, marked_by=marked_by, text=text)
        if line.position != position:
            line.position = position
            saved(line, by=by, reason="Put on the checklist")


@transaction.atomic
def set_practice(*, partnership: Partnership, is_on: bool, weeks: int, by: User) -> InductionPractice:
    """Keep inductions where no clause asks for them, or do not."""
    practice = InductionPractice.objects.filter(partnership=partnership).first()
    practice = practice or InductionPractice(partnership=partnership)
    practice.is_on, practice.weeks = is_on, weeks
    return saved(practice, by=by, reason="Local practice switched on" if is_on else "Local practice switched off")


# --- one person -------------------------------------------------------------------------------------------------------


@transaction.atomic
def begin_first_induction(*, appointment: Appointment, by: User) -> Induction | None:
    """Begin the induction of whoever takes a first seat, where the terms or the practice ask for one.

    None where they do not, where there is nothing to do yet, and for a seat entered after it would have been over:
    its holder is not new.
    """
    board = appointment.seat.board
    earlier = Induction.objects.filter(partnership=board.partnership_id, person=appointment.person).first()
    due_on = _due_on(board, appointment.starts_on)
    if due_on is None or due_on < clock.today():
        return None
    if earlier is not None:
        return _resumed(earlier, appointment, due_on, by) if earlier.stopped_on is not None else None
    try:
        return begin_induction(appointment=appointment, by=by)
    except NothingToDo:
        return None


@transaction.atomic
def begin_induction(*, appointment: Appointment, by: User, started_on: date | None = None) -> Induction:
    """Begin somebody's induction. Raises BegunAlready, NothingToDo."""
    board, person = appointment.seat.board, appointment.person
    User.objects.select_for_update().get(pk=person.pk)
    if Induction.objects.filter(partnership=board.partnership_id, person=person).exists():
        raise BegunAlready(f"{person} has an induction already.")
    role = _role_with_a_set(board.partnership_id, appointment)
    started_on = started_on or appointment.starts_on
    induction = Induction(
        partnership=board.partnership,
        board=board,
        person=person,
        role=role,
        started_on=started_on,
        due_on=_due_on(board, started_on) or started_on + timedelta(weeks=_practice(board).weeks),
        description=_description(board.partnership_id, role),
    )
    saved(induction, by=by, reason="Induction begun")
    lines = InductionLine.objects.filter(partnership=board.partnership_id, role=role, withdrawn_on=None)
    for position, line in enumerate(lines.order_by("marked_by", "position", "pk"), start=1):
        step = InductionStep(induction=induction, position=position, text=line.text, marked_by=line.marked_by)
        saved(step, by=by, reason="Induction begun")
    _ask(induction, by)
    return induction


@transaction.atomic
def mark_step(*, step: InductionStep, is_done: bool, as_team: bool, by: User) -> InductionStep:
    """Mark a line done, or not done after all. Raises NotTheirs."""
    induction = _held(step.induction_id)
    if as_team is not (step.marked_by == MarkedBy.TEAM) or (not as_team and by != induction.person):
        raise NotTheirs("Somebody else marks this line.")
    step = InductionStep.objects.get(pk=step.pk)
    if (step.done_on is not None) is not is_done:
        step.done_on = clock.today() if is_done else None
        saved(step, by=by, reason="Done" if is_done else "Not done after all", fields=["done_on"])
        _follow(induction, by)
    return step


@transaction.atomic
def accept_description(*, induction: Induction, by: User) -> Induction:
    """The new member accepts the role description. Raises NotTheirs."""
    induction = _held(induction.pk)
    if by != induction.person:
        raise NotTheirs("Only the new member can accept the role description.")
    if induction.accepted_on is None and induction.description_id is not None:
        induction.accepted_on = clock.today()
        saved(induction, by=by, reason="Role description accepted", fields=["accepted_on"])
        _follow(induction, by)
    return induction


@transaction.atomic
def stop_induction_of(*, person: User, board: Board, by: User) -> None:
    """End the unfinished induction of somebody who no longer holds a seat of the partnership."""
    today = clock.today()
    induction = Induction.objects.unfinished().filter(partnership=board.partnership_id, person=person).first()
    if induction is None:
        return
    held = Appointment.objects.filter(Q(until=None) | Q(until__gt=today), person=person)
    if not held.filter(seat__board__partnership=board.partnership_id).exists():
        induction.stopped_on = today
        saved(induction, by=by, reason="They hold no seat any more", fields=["stopped_on"])
        cancel_obligations(cause=induction, reason="They hold no seat any more.", by=by)


def _resumed(induction: Induction, appointment: Appointment, due_on: date, by: User) -> Induction:
    """Somebody who left with an unfinished induction is back: it goes on, with the days of the new seat."""
    induction.board, induction.stopped_on = appointment.seat.board, None
    induction.started_on, induction.due_on = appointment.starts_on, due_on
    saved(induction, by=by, reason="They hold a seat again")
    _ask(induction, by)
    return induction


def _ask(induction: Induction, by: User) -> None:
    """Let it fall due where the terms of the board ask for it; practice alone reminds nobody."""
    found = rule_on(board=induction.board, duty=INDUCTION, on=clock.today())
    if found is not None:
        rule, constitution = found
        ensure_obligation(
            duty=INDUCTION,
            cause=induction,
            owner=rule.owner,
            due_on=induction.due_on,
            constitution=constitution,
            by=by,
        )


def _follow(induction: Induction, by: User) -> None:
    """The induction is complete once everything is done; undone, it is open again."""
    today = clock.today()
    steps_left = InductionStep.objects.filter(induction=induction, done_on=None).exists()
    is_complete = not steps_left and (induction.description_id is None or induction.accepted_on is not None)
    if is_complete is (induction.completed_on is not None):
        return
    induction.completed_on = today if is_complete else None
    reason = "Induction completed" if is_complete else "A line is not done after all"
    saved(induction, by=by, reason=reason, fields=["completed_on"])
    # Where practice alone asked for it, nothing fell due.
    with suppress(NoSuchObligation):
        if is_complete:
            meet_obligation(duty=INDUCTION, cause=induction, on=today, evidence="Every line done and accepted", by=by)
        else:
            reopen_obligation(duty=INDUCTION, cause=induction, reason=reason, by=by)


def _held(number: int) -> Induction:
    """The induction, locked until the transaction ends, so that two last lines complete it once."""
    rows = Induction.objects.select_for_update(of=("self",)).select_related("board__partnership", "person")
    return rows.get(pk=number)


def _due_on(board: Board, started_on: date) -> date | None:
    """By the terms of the board, else by the partnership's practice where that is switched on."""
    found = rule_on(board=board, duty=INDUCTION, on=clock.today())
    if found is not None:
        return falls_due(found[0], board=board, after=started_on)
    practice = _practice(board)
    return started_on + timedelta(weeks=practice.weeks) if practice.is_on else None


def _practice(board: Board) -> InductionPractice:
    found = InductionPractice.objects.filter(partnership=board.partnership_id).first()
    return found or InductionPractice(partnership=board.partnership)


def _role_with_a_set(partnership_id: int, appointment: Appointment) -> Role:
    """The weightiest role of the seat for which there is something to do, else a member's. Raises NothingToDo."""
    prepared = set(
        InductionLine.objects.filter(partnership=partnership_id, withdrawn_on=None).values_list("role", flat=True)
    ) | set(RoleDescription.objects.filter(partnership=partnership_id).values_list("role", flat=True))
    roles = {period.role for period in standings_due(appointment=appointment)}
    for role in BY_WEIGHT:
        if role in roles and role in prepared:
            return role
    if Role.MEMBER in prepared:
        return Role.MEMBER
    raise NothingToDo("There is no role description and no checklist yet.")


def _description(partnership_id: int, role: Role) -> RoleDescription | None:
    versions = RoleDescription.objects.filter(partnership=partnership_id, role=role)
    latest = versions.aggregate(latest=Max("version"))["latest"]
    return versions.filter(version=latest).first()
