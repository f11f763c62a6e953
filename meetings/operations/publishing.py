"""Publishing an agenda with its papers: to those who receive it, on time or with a reason."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from meetings.announcements import PAPERS_PUBLISHED
from meetings.models import AgendaPublication, Meeting
from meetings.operations.open_agendas import open_agenda
from meetings.queries.agenda import papers_due, unpublished
from partnership import clock
from partnership.authorship import saved
from partnership.models import User
from partnership.obligations.announcements import announce
from partnership.obligations.operations import meet_obligation
from partnership.rules.plain_dates import long_date


class NothingToPublish(Exception):
    """Everything on the agenda is published already, or it is empty."""


class LateWithoutReason(Exception):
    """The date on which the agenda was due is past: whoever publishes says why."""


class ChangedSinceChecked(Exception):
    """What would go out is not what was on the page that its publisher checked."""


@transaction.atomic
def publish_agenda(
    *, meeting: Meeting, by: User, reason: str = "", checked: str | None = None, tells: bool = True
) -> AgendaPublication:
    """Publish every item and paper that is a draft: version 1, or the supplement that follows the last version.

    It meets the duty of the constitution to send papers, where it states one, and whoever receives them is told, unless
    it is entered for the record (`tells`). `checked` is the mark of what its
    publisher has seen. Raises NothingToPublish, LateWithoutReason, ChangedSinceChecked, AgendaClosed.
    """
    meeting = open_agenda(meeting.pk)
    drafts = unpublished(meeting=meeting)
    if not drafts.items and not drafts.papers:
        raise NothingToPublish("There is nothing new to publish.")
    if checked is not None and checked != drafts.mark:
        raise ChangedSinceChecked("The agenda changed after you opened this page. Check it again.")
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
    for item in drafts.items:
        item.published_in = publication
        saved(item, by=by, reason=what, fields=["published_in"])
    for paper in drafts.papers:
        paper.published_in = publication
        saved(paper, by=by, reason=what, fields=["published_in"])
    if due is not None:
        meet_obligation(duty=due.rule.id, cause=meeting, on=now.date(), evidence=what, by=by)
    if tells:
        announce(kind=PAPERS_PUBLISHED.name, cause=publication, board=meeting.board, by=by)
    return publication
