"""A duty waived for once, and a waiver withdrawn: only where its rule lets somebody, only by whom the rule names."""

from __future__ import annotations

from django.db import transaction

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import DeliveryState, DutyWaiver, Obligation, ObligationEvent, User
from partnership.obligations import causes
from partnership.obligations.hours import rule_of
from partnership.obligations.operations import open_again, record, stop
from partnership.rules.clauses import cited
from partnership.rules.deadlines.deadlines import Deadline, NotWaivable, WaivedBy
from partnership.rules.plain_dates import plain_date

# Shorter than this, a reason says nothing.
SHORTEST_REASON = 10


class CannotBeWaived(Exception):
    """The terms let nobody, or not this person, waive it; or it is done, waived or gone. The message is for people."""


class NotWaived(Exception):
    """There is no waiver to withdraw."""


class NoReason(Exception):
    """A waiver, and its withdrawal, say why."""


@transaction.atomic
def waive(*, obligation: Obligation, reason: str, by: User) -> DutyWaiver:
    """It need not be done this time: not late, not done, and nobody is reminded of it from this commit on.

    Raises CannotBeWaived, NoReason.
    """
    held = _locked(obligation)
    role = may_waive(held, by=by)
    _check_reason(reason)
    rule = rule_of(held)
    assert rule.waiver is not None, "the terms have just let somebody"
    clause = cited(rule.waiver.clause)
    held.waived_at = clock.now()
    held.save(update_fields=["waived_at"])
    stop(held, DeliveryState.SKIPPED_WAIVED, reason=f"Waived by the {role} ({clause}).")
    record(held, ObligationEvent.What.WAIVED, by, reason)
    return _written(held, DutyWaiver.What.WAIVED, role, reason, by, clause=clause)


@transaction.atomic
def withdraw_waiver(*, obligation: Obligation, reason: str, by: User) -> DutyWaiver:
    """It has to be done after all, by its old date; reminders still to come go again.

    Raises NotWaived, CannotBeWaived (not this person's to say), NoReason.
    """
    held = _locked(obligation)
    if held.waived_at is None or held.cancelled_at is not None:
        raise NotWaived("This is not waived.")
    role = _role_named(rule_of(held), held, by)
    _check_reason(reason)
    held.waived_at = None
    open_again(held, stopped_as=DeliveryState.SKIPPED_WAIVED)
    record(held, ObligationEvent.What.UNWAIVED, by, reason)
    return _written(held, DutyWaiver.What.WITHDRAWN, role, reason, by)


def may_waive(obligation: Obligation, *, by: User) -> WaivedBy:
    """As whom that person may waive it as it stands. Raises CannotBeWaived, with the sentence that says why not."""
    role = _role_named(rule_of(obligation), obligation, by)
    if obligation.met_on is not None:
        raise CannotBeWaived(f"This was done on {plain_date(obligation.met_on)}: there is nothing to waive.")
    if obligation.waived_at is not None:
        raise CannotBeWaived("This is waived already.")
    if obligation.cancelled_at is not None:
        raise CannotBeWaived("This no longer falls due: what it hung on is gone.")
    if causes.is_of_one_person(obligation):
        raise CannotBeWaived("This is one member's own to do. It is not waived in the ledger.")
    return role


def _role_named(rule: Deadline, obligation: Obligation, by: User) -> WaivedBy:
    """Both have to let them: the table of rights, and the rule of these terms."""
    if not access.may(by, Action.DECIDE, obligation, Kind.LEDGER):
        raise CannotBeWaived("Only the chair or the manager may waive a duty, and only where a clause lets them.")
    roles = access.roles_on(by, obligation.board)
    try:
        return rule.waivable_by({str(role) for role in roles})
    except NotWaivable as refused:
        raise CannotBeWaived(str(refused)) from refused


def _locked(obligation: Obligation) -> Obligation:
    """As it stands now: done, waived or cancelled by somebody else meanwhile, it is found so."""
    rows = Obligation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("constitution", "board__partnership").get(pk=obligation.pk)


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason(f"Give the reason, in at least {SHORTEST_REASON} characters.")


def _written(
    obligation: Obligation, what: DutyWaiver.What, role: WaivedBy, reason: str, by: User, *, clause: str = ""
) -> DutyWaiver:
    row = DutyWaiver(
        obligation=obligation, what=what, at=clock.now(), by=by, role=role.value, clause=clause, reason=reason.strip()
    )
    row.save()
    return row
