"""What follows when published items or papers are withdrawn: an act undone leaves its duty to be done again."""

from __future__ import annotations

from meetings.models import AgendaPublication, Meeting
from meetings.queries.agenda import papers_due, publication_stands
from partnership.models import User
from partnership.obligations.operations import reopen_obligation


def reopen_unless_published(*, meeting: Meeting, by: User) -> None:
    """Where nothing of any publication stands, the duty to send agenda and papers is open again, its history kept.

    The meeting is held meanwhile. One publication that stands keeps it met: what replaces a part is the same act.
    """
    due = papers_due(meeting=meeting)
    if due is None or AgendaPublication.objects.filter(publication_stands(), meeting=meeting).exists():
        return
    # No word of what was withdrawn, or why: that may be limited to named members, and this is not.
    reopen_obligation(duty=due.rule.id, cause=meeting, reason="Everything published was withdrawn", by=by)
