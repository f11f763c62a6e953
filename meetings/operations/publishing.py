"""Publishing an agenda with its papers: to those who receive it, on time or with a reason."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from meetings.models import AgendaItem, AgendaPublication, Meeting, Paper
from meetings.operations.open_agendas import open_agenda
from meetings.queries.agenda import papers_due
from partnership import clock
from partnership.authorship import saved
from partnership.models import User
from partnership.obligations.operations import meet_obligation
from partnership.rules.plain_dates import long_date


class NothingToPublish(Exception):
    """Everything on the agenda is published already, or it is empty."""


class LateWithoutReason(Exception):
    """The date on which the agenda was due is past: whoever publishes says why."""


@transaction.atomic
def publish_agenda(*, meeting: Meeting, by: User, reason: str = "") -> AgendaPublication:
    """Publish every item and paper that is a draft: version 1, or the supplement that follows the last version.

    It meets the duty of the constitution to send papers, where it states one. Raises NothingToPublish,
    LateWithoutReason, AgendaClosed.
    """
    meeting = open_agenda(meeting.pk)
    items, papers = unpublished(meeting)
    if not items and not papers:
        raise NothingToPublish("There is nothing new to publish.")
    due = papers_due(meeting=meeting)
    now = clock.now()
    is_late = due is not None and now.date() > due.on
    if due is not None and is_late and not reason.strip():
        raise LateWithoutReason(f"Enter why this comes after {long_date(due.on)}, when it was due.")
    last: int | None = AgendaPublication.objects.filter(meeting=meeting).aggregate(last=Max("version"))["last"]
    publication = AgendaPublication(
        meeting=meeting, version=(last or 0) + 1, published_at=now, reason=reason.strip() if is_late else ""
    )
    what = f"Agenda, version {publication.version}, published"
    saved(publication, by=by, reason=what)
    for item in items:
        item.published_in = publication
        saved(item, by=by, reason=what, fields=["published_in"])
    for paper in papers:
        paper.published_in = publication
        saved(paper, by=by, reason=what, fields=["published_in"])
    if due is not None:
        meet_obligation(duty=due.rule.id, cause=meeting, on=now.date(), evidence=what, by=by)
    return publication


def unpublished(meeting: Meeting) -> tuple[list[AgendaItem], list[Paper]]:
    """The items and papers that no publication carries yet."""
    items = AgendaItem.objects.in_order().filter(meeting=meeting)
    papers = Paper.objects.in_order().filter(item__meeting=meeting, item__withdrawn_at=None, published_in=None)
    return list(items.filter(published_in=None)), list(papers)
