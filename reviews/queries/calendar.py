"""Meetings across all boards."""

from __future__ import annotations

from datetime import date

from meetings.models import Meeting, MeetingStatus
from partnership.access import Asker

SHOWN_AHEAD = 10


def meetings_ahead(*, user: Asker, today: date) -> list[Meeting]:
    """Every meeting of today, held or not, and the next ones planned on the reader's boards, the soonest first.

    Two queries: however full the day, none of its meetings is crowded out.
    """
    meetings = Meeting.objects.visible_to(user, today).select_related("board__partnership")
    in_order = meetings.order_by("on", "starts_at", "pk")
    todays = in_order.filter(on=today).exclude(status=MeetingStatus.CANCELLED)
    later = in_order.filter(on__gt=today, status=MeetingStatus.PLANNED)
    return [*todays, *later[:SHOWN_AHEAD]]
