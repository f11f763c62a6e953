"""Until when somebody who came for one meeting may see it."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from meetings.minutes.drafting import dispute_window
from meetings.models import Meeting, Reply
from partnership.authorship import saved
from partnership.models import Standing, StandingSource, User
from partnership.queries import constitution_in_force, terms_of


@transaction.atomic
def end_with_the_minutes(*, meeting: Meeting, sent_on: date, by: User) -> None:
    """Let the meeting's substitutes see it until its minutes can be disputed no longer.

    Where the terms give no such time, for as many days as the installation says. A standing that ends earlier stays.
    """
    last_day = last_day_of_substitutes(meeting=meeting, sent_on=sent_on)
    _ended(meeting, until=last_day + timedelta(days=1), by=by, reason="The minutes were sent")


@transaction.atomic
def end_with_the_meeting(*, meeting: Meeting, on: date, by: User) -> None:
    """A meeting that is cancelled is nobody's to see any more through it."""
    _ended(meeting, until=on, by=by, reason="The meeting was cancelled")


def last_day_of_substitutes(*, meeting: Meeting, sent_on: date) -> date:
    """The last day of the dispute window of minutes sent on that day, or of the local setting in its stead."""
    constitution = constitution_in_force(board=meeting.board, on=meeting.on)
    due = dispute_window(terms_of(constitution=constitution) if constitution else None, meeting, sent_on=sent_on)
    return due.on if due is not None else sent_on + timedelta(days=settings.SUBSTITUTE_DAYS)


def _ended(meeting: Meeting, *, until: date, by: User, reason: str) -> None:
    replies = list(Reply.objects.filter(meeting=meeting).values_list("pk", flat=True))
    for standing in Standing.objects.filter(source=StandingSource.SUBSTITUTION, source_id__in=replies):
        # Never to nothing: what began today ends with today.
        ends = max(until, standing.starts_on + timedelta(days=1))
        if standing.until is None or ends < standing.until:
            standing.until = ends
            saved(standing, by=by, reason=reason, fields=["until"])
