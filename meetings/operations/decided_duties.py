"""Duties that a board does by deciding: met by the decision itself, as its minutes sent it, and by nothing else."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from meetings.models import Decision
from meetings.version_duties import REVIEWS
from meetings.year_duties import DATES, DECIDED, missing_dates
from partnership import access
from partnership.access import Action, Kind
from partnership.models import Obligation, User
from partnership.obligations import causes
from partnership.obligations.operations import meet_obligation
from partnership.rules.plain_dates import counted, long_date

DONE_BY_DECIDING = frozenset({*DECIDED, *REVIEWS})
# A decision of longer ago agreed another year's dates, or reviewed what has changed since.
LOOKED_BACK = timedelta(days=400)


class NotDoneByDeciding(Exception):
    """This duty is done by another act, or is done already."""


class NotThatDecision(Exception):
    """The decision is another board's, is not in minutes that were sent, or is not everybody's to read."""


class DatesMissing(Exception):
    """The year's meetings are not all dated yet."""


@transaction.atomic
def meet_by_decision(*, obligation: Obligation, decision: Decision, by: User) -> Obligation:
    """Record which decision did what was due; it was done on the day of its meeting.

    Raises NotDoneByDeciding, NotThatDecision, DatesMissing.
    """
    held = Obligation.objects.select_for_update(of=("self",)).select_related("board").get(pk=obligation.pk)
    if held.duty not in DONE_BY_DECIDING or not held.is_open:
        raise NotDoneByDeciding("This is done already, or is not done by a decision.")
    found = (
        Decision.objects.visible_to(by)
        .filter(pk=decision.pk, sent_in__isnull=False, item__meeting__board=held.board_id, item__protection=None)
        .select_related("item__meeting")
        .first()
    )
    if found is None or not access.may(by, Action.WRITE, held.board, Kind.LEDGER):
        raise NotThatDecision("Choose a decision of this group, from minutes that were sent.")
    if held.duty == DATES and (missing := missing_dates(board=held.board, year=int(held.occurrence))):
        words = ", ".join(counted(number, str(rule.kind)) for rule, number in missing)
        raise DatesMissing(f"Not every meeting of {held.occurrence} has a date yet. Missing: {words}.")
    cause = causes.loaded([held])[held.pk]
    meeting = found.item.meeting
    return meet_obligation(
        duty=held.duty,
        cause=cause,
        occurrence=held.occurrence,
        on=meeting.on,
        evidence=f"Decision at the meeting of {long_date(meeting.on)}, recorded by the team",
        by=by,
    )


def decisions_to_choose(*, obligation: Obligation, user: User) -> list[Decision]:
    """The board's decisions that may have done it, the latest first. One query."""
    since = obligation.due_on - LOOKED_BACK
    own = Decision.objects.visible_to(user).filter(
        item__meeting__board=obligation.board_id, item__meeting__on__gte=since
    )
    final = own.filter(sent_in__isnull=False, item__protection=None)
    return list(final.select_related("item__meeting").order_by("-item__meeting__on", "-decided_at")[:100])
