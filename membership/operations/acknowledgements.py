"""Asking every named agency to acknowledge a version of the arrangements, and their doing so.

A further version puts an end to asking for the one before it: who has not read the old one reads the new one.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from membership.agency_duties import ACKNOWLEDGED
from membership.models import Acknowledgement
from membership.queries.acknowledgements import ACKNOWLEDGEMENT, agencies_named, latest_version, may_speak
from partnership import clock
from partnership.authorship import saved
from partnership.clock import LONDON
from partnership.models import Board, Constitution, Obligation, User
from partnership.obligations.kept_rules import falls_due
from partnership.obligations.operations import (
    cancel_obligations,
    ensure_obligation,
    meet_obligation,
    reopen_obligation,
)
from partnership.queries import terms_of
from partnership.rules.deadlines.deadlines import Deadline, DeadlineKind
from partnership.rules.plain_dates import plain_date

LONGEST_EVIDENCE = 200


class NotTheirsToAcknowledge(Exception):
    """The person does not speak for that agency."""


class NoLongerAsked(Exception):
    """A further version was adopted, or the agency is named no more."""


class AcknowledgedAlready(Exception):
    """The agency has acknowledged this version."""


class NotAcknowledged(Exception):
    """There is nothing to take back."""


class AcknowledgementUnsaid(Exception):
    """What was acknowledged elsewhere says by whom, how, and on which day that has come; what is taken back, why."""


# --- asking -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_acknowledgements(*, board: Board, by: User) -> None:
    """Ask whoever is named to acknowledge the latest version where its terms say so, and nobody else."""
    version = latest_version(board)
    rule = _rule_of(version) if version is not None else None
    _end_asking(board, "A further version was adopted.", by, except_for=version if rule else None)
    if version is None or rule is None:
        return
    asked_on = max(version.in_force_from, clock.today())
    named = agencies_named(board=board, on=asked_on)
    known = {row.agency_id: row for row in Acknowledgement.objects.filter(constitution=version)}
    still_open = set(
        Obligation.objects.open().filter(board=board, cause_type=ACKNOWLEDGEMENT).values_list("cause_id", flat=True)
    )
    for agency in sorted(named):
        row = known.get(agency) or saved(
            Acknowledgement(constitution=version, agency_id=agency, asked_on=asked_on), by=by, reason="Asked"
        )
        if row.acknowledged_on is None and row.pk not in still_open:
            _ask(row, rule, version, board, by)
    for agency, row in known.items():
        if agency not in named and row.pk in still_open:
            cancel_obligations(cause=row, reason="The agency is named no more.", by=by)


def _rule_of(version: Constitution) -> Deadline | None:
    for rule in terms_of(constitution=version).deadlines:
        if rule.id == ACKNOWLEDGED and rule.kind is DeadlineKind.DUTY:
            return rule
    return None


def _ask(row: Acknowledgement, rule: Deadline, version: Constitution, board: Board, by: User) -> None:
    ensure_obligation(
        duty=ACKNOWLEDGED,
        cause=row,
        owner=rule.owner,
        due_on=falls_due(rule, board=board, after=max(row.asked_on, version.in_force_from)),
        constitution=version,
        by=by,
    )


def _end_asking(board: Board, reason: str, by: User, *, except_for: Constitution | None) -> None:
    asked = Acknowledgement.objects.filter(constitution__board=board, acknowledged_on=None)
    if except_for is not None:
        asked = asked.exclude(constitution=except_for)
    for row in asked.order_by("pk"):
        cancel_obligations(cause=row, reason=reason, by=by)


# --- acknowledging ----------------------------------------------------------------------------------------------------


@transaction.atomic
def acknowledge(*, row: Acknowledgement, by: User) -> Acknowledgement:
    """Say for one's agency that it has read this version and keeps to it.

    Raises NotTheirsToAcknowledge, AcknowledgedAlready, NoLongerAsked.
    """
    if not may_speak(person=by, row=row, on=clock.today()):
        raise NotTheirsToAcknowledge("You do not speak for this agency.")
    return _given(row, name=by.name, person=by, on=clock.today(), how="", by=by)


@transaction.atomic
def record_acknowledgement(*, row: Acknowledgement, name: str, on: date, how: str, by: User) -> Acknowledgement:
    """The team records what an agency said elsewhere.

    Raises AcknowledgementUnsaid, AcknowledgedAlready, NoLongerAsked.
    """
    if not name.strip() or not how.strip():
        raise AcknowledgementUnsaid("Enter who said so for the agency, and how it reached you.")
    adopted_on = row.constitution.adopted_at.astimezone(LONDON).date()
    if not adopted_on <= on <= clock.today():
        raise AcknowledgementUnsaid(f"Enter a day from {plain_date(adopted_on)}, when it was adopted, until today.")
    return _given(row, name=name.strip(), person=None, on=on, how=how.strip(), by=by)


@transaction.atomic
def take_back_acknowledgement(*, row: Acknowledgement, reason: str, by: User) -> Acknowledgement:
    """Undo one that was recorded by mistake: it is asked for again.

    Raises AcknowledgementUnsaid, NotAcknowledged, NoLongerAsked.
    """
    if not reason.strip():
        raise AcknowledgementUnsaid("Say why it is taken back.")
    held = Acknowledgement.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.acknowledged_on is None:
        raise NotAcknowledged("This agency has not acknowledged this version.")
    if latest_version(row.constitution.board) != row.constitution:
        raise NoLongerAsked("This version is no longer asked about: another one was adopted.")
    held.acknowledged_on, held.person, held.name, held.how = None, None, "", ""
    saved(held, by=by, reason=f"Taken back: {reason.strip()}")
    reopen_obligation(duty=ACKNOWLEDGED, cause=held, reason=reason.strip(), by=by)
    return held


def _given(row: Acknowledgement, *, name: str, person: User | None, on: date, how: str, by: User) -> Acknowledgement:
    held = Acknowledgement.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.acknowledged_on is not None:
        raise AcknowledgedAlready(f"{held.name} acknowledged this version on {plain_date(held.acknowledged_on)}.")
    if not Obligation.objects.open().filter(cause_type=ACKNOWLEDGEMENT, cause_id=held.pk).exists():
        raise NoLongerAsked("This version is no longer asked about: another one was adopted, or the agency left.")
    held.acknowledged_on, held.person, held.name, held.how = on, person, name, how
    saved(held, by=by, reason="Acknowledged" if person else "Recorded by the team")
    evidence = f"Acknowledged by {name}" if person else f"Acknowledged by {name}, recorded by the team: {how}"
    meet_obligation(duty=ACKNOWLEDGED, cause=held, on=on, evidence=evidence[:LONGEST_EVIDENCE], by=by)
    return held
