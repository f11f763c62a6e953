"""Reporting a mistake in the record, and answering the report with words."""

from __future__ import annotations

from django.db import transaction

from meetings.models import Meeting
from membership.models import Seat
from partnership import clock
from partnership.authorship import saved
from partnership.models import User
from reviews.models import MistakeReport


class AnsweredAlready(Exception):
    """Somebody answered the report meanwhile."""


@transaction.atomic
def report_mistake(*, seat: Seat, meeting: Meeting | None, text: str, by: User) -> MistakeReport:
    """A note to the team about a seat's record, at one meeting or altogether."""
    report = MistakeReport(
        board=seat.board, seat=seat, meeting=meeting, person=by, text=text, reported_on=clock.today()
    )
    return saved(report, by=by, reason="Mistake reported")


@transaction.atomic
def answer_mistake(*, report: MistakeReport, answer: str, by: User) -> MistakeReport:
    """Say what was found and done. Raises AnsweredAlready."""
    report = MistakeReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.answered_on is not None:
        raise AnsweredAlready("Somebody has answered this meanwhile. Their answer is below.")
    report.answer, report.answered_on = answer, clock.today()
    return saved(report, by=by, reason="Answered", fields=["answer", "answered_on"])
