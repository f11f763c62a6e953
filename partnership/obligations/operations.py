"""The four ways in: an obligation is made or moved, met, reopened, cancelled.

Call them inside the transaction of the act itself, with the row it hangs on as `cause`. Each may be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Model

from partnership import clock
from partnership.models import (
    Board,
    Channel,
    Constitution,
    Delivery,
    DeliveryState,
    Obligation,
    ObligationEvent,
    Purpose,
    User,
)
from partnership.obligations import causes
from partnership.obligations.hours import first_look, hours_of, is_entered_late, steps_of
from partnership.queries import constitution_in_force

What = ObligationEvent.What


class NoConstitutionInForce(Exception):
    """The board has no terms of reference from which a duty could come."""


class NoSuchObligation(Exception):
    """Nothing of that duty hangs on that cause."""


class NoEvidence(Exception):
    """An obligation is met by an act, and the act leaves something to show."""


@transaction.atomic
def ensure_obligation(
    *,
    duty: str,
    cause: Model,
    owner: str,
    due_on: date,
    by: User,
    occurrence: str = "",
    constitution: Constitution | None = None,
    why: str = "",
) -> Obligation:
    """One row per duty, cause and occurrence; a new version when the date moved; open again when it was cancelled.

    `constitution` is the version whose rule it is (None: the one in force today): another one may bring other reminders
    for the same date. `why` a date moved stands in its history.
    Messages of the earlier version that nobody has begun to send are superseded.
    Raises NoConstitutionInForce, `hours.NoSuchDuty`.
    """
    cause_type, cause_id = causes.key_of(cause)
    board = causes.cause_of(cause_type).board(cause)
    constitution = constitution or constitution_in_force(board=board, on=clock.today())
    if constitution is None:
        raise NoConstitutionInForce(f"{board.name} has no terms of reference in force today.")
    made = Obligation(
        board=board,
        cause_type=cause_type,
        cause_id=cause_id,
        duty=duty,
        occurrence=occurrence,
        constitution=constitution,
        owner=owner,
        due_on=due_on,
        planned_at=clock.now(),
    )
    found = _held(cause, duty=duty, occurrence=occurrence)
    if found is None:
        note_if_late(made)
        look_first(made)
        made.save(force_insert=True)
        record(made, What.PLANNED, by)
        return made
    if found.due_on == due_on and found.cancelled_at is None:
        return _under_the_same_date(found, made, by)
    return _moved(found, made, by, why)


@transaction.atomic
def meet_obligation(*, duty: str, cause: Model, on: date, evidence: str, by: User, occurrence: str = "") -> Obligation:
    """The act was done on that date; `evidence` says by what. Reminders still to come are not sent.

    Met already: it stays as it was first met. Waived: it was done all the same, and counts as done.
    Raises NoSuchObligation, NoEvidence.
    """
    if not evidence:
        raise NoEvidence("Say what was done: an obligation is met by an act.")
    obligation = _open_or_met(cause, duty=duty, occurrence=occurrence)
    if obligation.met_on is not None:
        return obligation
    obligation.met_on, obligation.evidence, obligation.waived_at = on, evidence, None
    obligation.save(update_fields=["met_on", "evidence", "waived_at"])
    stop(obligation, DeliveryState.SKIPPED_MET, reason=evidence)
    record(obligation, What.MET, by, evidence)
    return obligation


@transaction.atomic
def reopen_obligation(*, duty: str, cause: Model, reason: str, by: User, occurrence: str = "") -> Obligation:
    """The act was undone: the obligation is open again, with the reminders that are still to come.

    Raises NoSuchObligation.
    """
    obligation = _open_or_met(cause, duty=duty, occurrence=occurrence)
    if obligation.met_on is None:
        return obligation
    obligation.met_on, obligation.evidence = None, ""
    open_again(obligation, stopped_as=DeliveryState.SKIPPED_MET)
    record(obligation, What.REOPENED, by, reason)
    return obligation


@transaction.atomic
def cancel_obligations(
    *, cause: Model, reason: str, by: User, duty: str | None = None, occurrence: str | None = None
) -> list[Obligation]:
    """The cause is gone: what hangs on it and is not met is cancelled, and no message about it is claimed any more.

    With `duty`, that one alone; with `occurrence`, that one of it.
    """
    cause_type, cause_id = causes.key_of(cause)
    # What was waived goes with its cause, too; should that come back, the waiver still stands.
    rows = Obligation.objects.filter(cause_type=cause_type, cause_id=cause_id, met_on=None, cancelled_at=None)
    rows = rows.order_by("pk")
    if duty is not None:
        rows = rows.filter(duty=duty)
    if occurrence is not None:
        rows = rows.filter(occurrence=occurrence)
    cancelled = list(rows.select_for_update(of=("self",), no_key=True))
    for obligation in cancelled:
        obligation.cancelled_at = clock.now()
        obligation.save(update_fields=["cancelled_at"])
        stop(obligation, DeliveryState.CANCELLED, reason=reason)
        record(obligation, What.CANCELLED, by, reason)
    return cancelled


def open_obligation(*, duty: str, cause: Model) -> Obligation | None:
    """What of that duty hangs on the cause and is neither met nor cancelled; waived, it is asked for all the same."""
    cause_type, cause_id = causes.key_of(cause)
    rows = Obligation.objects.filter(cause_type=cause_type, cause_id=cause_id, duty=duty)
    return rows.filter(met_on=None, cancelled_at=None).first()


def asked_on(*, board: Board, duties: Iterable[str]) -> dict[tuple[str, int, str], list[Obligation]]:
    """The same of all causes of a board at once, by the cause's model and id and the duty. One query."""
    rows = Obligation.objects.filter(board=board, duty__in=list(duties), met_on=None, cancelled_at=None)
    found: dict[tuple[str, int, str], list[Obligation]] = {}
    for row in rows.select_related("constitution"):
        found.setdefault((row.cause_type, row.cause_id, row.duty), []).append(row)
    return found


def _held(cause: Model, *, duty: str, occurrence: str) -> Obligation | None:
    """The obligation, locked until the transaction ends."""
    cause_type, cause_id = causes.key_of(cause)
    rows = Obligation.objects.select_for_update(of=("self",), no_key=True).select_related("constitution")
    return rows.filter(cause_type=cause_type, cause_id=cause_id, duty=duty, occurrence=occurrence).first()


def _open_or_met(cause: Model, *, duty: str, occurrence: str) -> Obligation:
    obligation = _held(cause, duty=duty, occurrence=occurrence)
    if obligation is None or obligation.cancelled_at is not None:
        raise NoSuchObligation(f"Nothing called {duty} falls due for {cause}.")
    return obligation


def _under_the_same_date(obligation: Obligation, made: Obligation, by: User) -> Obligation:
    """The rule of another version counts from now on for what is not met; its reminders too, where they differ."""
    if obligation.constitution_id == made.constitution_id or not obligation.is_open:
        return obligation
    if steps_of(obligation) != steps_of(made):
        return _moved(obligation, made, by)
    obligation.constitution, obligation.owner = made.constitution, made.owner
    obligation.save(update_fields=["constitution", "owner"])
    return obligation


def _moved(obligation: Obligation, made: Obligation, by: User, why: str = "") -> Obligation:
    """Another date, or other reminders, for an obligation that is there.

    What was met stays met; its lateness follows the new date.
    """
    was = obligation.due_on
    if was != made.due_on or obligation.cancelled_at is not None:
        note_if_late(made)
        obligation.entered_late_at = made.entered_late_at
    for name in ("constitution", "owner", "due_on", "planned_at"):
        setattr(obligation, name, getattr(made, name))
    obligation.due_version += 1
    obligation.cancelled_at = None
    look_first(obligation)
    obligation.save()
    moved = f"The date moved to {obligation.due_on:%-d %B %Y}."
    follows = f"Reminders follow version {obligation.constitution.version} of the terms."
    stop(obligation, DeliveryState.SUPERSEDED, reason=follows if was == obligation.due_on else moved)
    if obligation.is_open and was != obligation.due_on:
        _tell_of_the_change(obligation)
    record(obligation, What.MOVED, by, f"From {was:%-d %B %Y}{f': {why}' if why else ''}")
    return obligation


def _tell_of_the_change(obligation: Obligation) -> None:
    """Whoever had been reminded of the old date is told of the new one, once."""
    told = Delivery.objects.filter(obligation=obligation, due_version__lt=obligation.due_version)
    told = told.filter(state__in=(DeliveryState.SENT, DeliveryState.SENDING))
    people = told.order_by("recipient_id").values_list("recipient_id", flat=True).distinct()
    Delivery.objects.bulk_create(
        (
            Delivery(
                board_id=obligation.board_id,
                obligation=obligation,
                due_version=obligation.due_version,
                recipient_id=person,
                offset=0,
                channel=Channel.EMAIL,
                purpose=Purpose.CHANGED,
                send_at=obligation.planned_at,
            )
            for person in people
        ),
        ignore_conflicts=True,
    )


# --- for the operations of this package, inside their transactions, with the obligation locked ------------------------


def open_again(obligation: Obligation, *, stopped_as: DeliveryState) -> None:
    """It is due again, with the reminders still to come; those that had been stopped for that reason go after all."""
    now = clock.now()
    obligation.planned_at = now
    note_if_late(obligation)
    look_first(obligation)
    obligation.save(update_fields=["met_on", "evidence", "waived_at", "planned_at", "plan_at", "entered_late_at"])
    ours = Delivery.objects.filter(obligation=obligation, due_version=obligation.due_version)
    ours.filter(state=stopped_as, send_at__gte=now).update(state=DeliveryState.PENDING, wait_until=None, answer="")


def note_if_late(obligation: Obligation) -> None:
    """Too late to be reminded of as it was planned: somebody hears of it once, on the next working morning."""
    at = obligation.planned_at
    obligation.entered_late_at = at if is_entered_late(obligation, at) else None


def look_first(obligation: Obligation) -> None:
    obligation.plan_at = first_look(hours_of(obligation).values())


def stop(obligation: Obligation, state: DeliveryState, *, reason: str) -> None:
    stopped = Delivery.objects.filter(obligation=obligation).not_begun()
    stopped.update(state=state, worker=None, wait_until=None, begun_at=None, answer=reason[:500])


def record(obligation: Obligation, what: ObligationEvent.What, by: User, detail: str = "") -> None:
    ObligationEvent(
        obligation=obligation, what=what, at=clock.now(), by=by, due_on=obligation.due_on, detail=detail[:500]
    ).save()
