"""What falls due because an action was agreed: the action itself, on its own date. Told to its owner, and their deputy.

Asking to close stops the reminders and not the clock: what counts is the day on which it is closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date

from django.db.models import Q
from django.urls import reverse

from meetings.models import Action, ActionStatus
from membership.models import Appointment
from partnership import access, clock
from partnership.models import Board, Obligation, Standing, User
from partnership.navigation import address_of
from partnership.obligations.causes import Cause, Wording, key_of
from partnership.obligations.features import register
from partnership.obligations.kept_rules import rule_on, rules_on
from partnership.obligations.operations import (
    NoSuchObligation,
    asked_on,
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
    reopen_obligation,
)
from partnership.rules.plain_dates import plain_date

DONE = "action-done"


def plan_action(*, action: Action, by: User) -> None:
    """Let the action fall due on its date where the board's terms say so, or no longer. A moved date moves it."""
    found = rule_on(board=action.board, duty=DONE, on=clock.today())
    if found is None:
        cancel_obligations(cause=action, duty=DONE, reason="The terms ask for it no longer.", by=by)
        return
    rule, constitution = found
    ensure_obligation(duty=DONE, cause=action, owner=rule.owner, due_on=action.due_on, constitution=constitution, by=by)


def action_closed(*, action: Action, by: User) -> None:
    """Closing it is the act. Of an action agreed before the terms asked, nothing fell due."""
    closed_on = action.closed_on or clock.today()
    with suppress(NoSuchObligation):
        evidence = f"{action.reference} closed on {plain_date(closed_on)}"
        meet_obligation(duty=DONE, cause=action, on=closed_on, evidence=evidence, by=by)


def action_reopened(*, action: Action, reason: str, by: User) -> None:
    """Opened again, it is due again, on its old date."""
    with suppress(NoSuchObligation):
        reopen_obligation(duty=DONE, cause=action, reason=reason, by=by)


def plan_board(board: Board, by: User) -> None:
    """Enter every open action of the board that does not fall due yet, where the terms ask. Four queries, if none."""
    known = asked_on(board=board, duties=[DONE])
    if not known and DONE not in rules_on(board=board, duties=[DONE], on=clock.today()):
        return
    for action in Action.objects.not_closed().filter(board=board).select_related("board__partnership", "partnership"):
        if (*key_of(action), DONE) not in known:
            plan_action(action=action, by=by)


# --- what the sweep asks ----------------------------------------------------------------------------------------------


def _loaded(ids: Collection[int]) -> Mapping[int, Action]:
    return Action.objects.select_related("board__partnership", "partnership", "owner", "item").in_bulk(ids)


def _recipients(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
    """The owner, while they belong to the group, and their deputies; nobody while it is asked to be closed.

    Of an action whose item is protected, the owner alone, while they may read it. Three queries, and one for each
    protected one.
    """
    those = list(obligations)
    actions = _loaded({each.cause_id for each in those})
    told = {each.pk: actions[each.cause_id] for each in those if each.cause_id in actions}
    told = {pk: action for pk, action in told.items() if action.status == ActionStatus.OPEN}
    belonging = _belonging(told.values(), on)
    deputies = _deputies(told.values(), on)
    found: dict[int, list[User]] = {each.pk: [] for each in those}
    for pk, action in told.items():
        if action.item is not None and action.item.protection_id is not None:
            found[pk] = [action.owner] if access.may(action.owner, access.Action.READ, action, on=on) else []
        elif (action.board_id, action.owner_id) in belonging:
            found[pk] = [action.owner, *deputies[action.board_id, action.owner_id]]
    return found


def _belonging(actions: Iterable[Action], on: date) -> set[tuple[int, int]]:
    """Which owners belong to the group today, by board and person. One query."""
    asked = list(actions)
    standings = Standing.objects.in_force(on).filter(
        Q(board__in={action.board_id for action in asked})
        | Q(board=None, partnership__in={action.partnership_id for action in asked}),
        person__in={action.owner_id for action in asked},
        person__is_active=True,
    )
    held = {(one.partnership_id, one.board_id, one.person_id) for one in standings}
    return {
        (action.board_id, action.owner_id)
        for action in asked
        if (action.partnership_id, action.board_id, action.owner_id) in held
        or (action.partnership_id, None, action.owner_id) in held
    }


def _deputies(actions: Iterable[Action], on: date) -> Mapping[tuple[int, int], list[User]]:
    """Who deputises for these owners, by board and owner. One query."""
    asked = list(actions)
    boards, owners = {action.board_id for action in asked}, {action.owner_id for action in asked}
    held = Appointment.objects.in_force(on).filter(seat__board__in=boards, person__is_active=True)
    of_owners = Appointment.objects.in_force(on).representatives().filter(person__in=owners)
    rows = list(held.filter(seat__in=of_owners.values("seat")).select_related("person", "seat").order_by("order", "pk"))
    holders = {row.seat_id: row.person_id for row in rows if row.order == 0}
    found: dict[tuple[int, int], list[User]] = defaultdict(list)
    for row in rows:
        if row.order and row.seat_id in holders:
            found[row.seat.board_id, holders[row.seat_id]].append(row.person)
    return found


def _may_hear(action: Action, person: User, on: date) -> bool:
    """Whom the terms name beside owner and deputy: nobody while it is asked to be closed, or its item is protected."""
    is_open = action.status == ActionStatus.OPEN
    return is_open and (action.item is None or action.item.protection_id is None)


def _address(action: Action, obligation: Obligation) -> str:
    return reverse("action", args=[*address_of(action.board), action.number])


CAUSE = Cause(
    model="meetings.action",
    board=lambda action: action.board,
    load=_loaded,
    is_open=lambda action, _: action.status != ActionStatus.CLOSED,
    recipients=_recipients,
    address=_address,
    wording=lambda action, _: Wording("an action", f"{action.reference}, {action.board.short_name}", is_one=True),
    is_of_one_person=True,
    agency=lambda action: action.agency_id,
    may_hear=_may_hear,
)


def register_duties() -> None:
    """Make it known; once, when the app starts."""
    register(DONE, cause=CAUSE, plan=plan_board)
