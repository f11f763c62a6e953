"""Meetings across all boards."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from meetings.models import Meeting, MeetingStatus
from partnership import access
from partnership.access import Action, Asker, Kind
from partnership.models import Board, Obligation
from partnership.obligations.causes import key_of

SHOWN_AHEAD = 5
# How a row says whether its forecast in numbers is the reader's to see.
FORECAST = ((Kind.FORECAST, Action.READ),)


def meetings_ahead(*, user: Asker, today: date) -> list[Meeting]:
    """Every meeting of today, held or not, and the next ones planned on the reader's boards, the soonest first.

    Two queries: however full the day, none of its meetings is crowded out. `may_read_forecast` asks each of them.
    """
    meetings = access.with_rights(Meeting.objects.visible_to(user, today), user, FORECAST, today)
    in_order = meetings.select_related("board__partnership").order_by("on", "starts_at", "pk")
    todays = in_order.filter(on=today).exclude(status=MeetingStatus.CANCELLED)
    later = in_order.filter(on__gt=today, status=MeetingStatus.PLANNED)
    return [*todays, *later[:SHOWN_AHEAD]]


def may_read_forecast(meeting: Meeting) -> bool:
    """Whether a meeting found by `meetings_ahead` tells its reader the forecast in numbers."""
    return bool(access.rights_in(meeting, FORECAST))


def next_deadlines(*, meetings: Iterable[Meeting], boards: Collection[Board]) -> dict[int, Obligation]:
    """What falls due next because of each meeting of these boards, by the meeting's id. One query."""
    causes = {key_of(meeting) for meeting in meetings if meeting.board in boards}
    model = Meeting._meta.label_lower
    hanging = Obligation.objects.open().filter(cause_type=model, cause_id__in={row for _, row in causes})
    found: dict[int, Obligation] = {}
    for obligation in hanging.select_related("constitution").order_by("due_on", "pk"):
        found.setdefault(obligation.cause_id, obligation)
    return found
