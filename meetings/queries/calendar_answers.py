"""What calendars answered to a meeting's invitations, for whoever may know."""

from __future__ import annotations

from datetime import date

from meetings.announcements.invitations import last_sequence
from meetings.models import AnswerOutcome, CalendarAnswer, Meeting
from partnership.access import Asker

# Of answers that were not taken a page shows the last ones.
SHOWN = 20


def calendar_answers_to(*, meeting: Meeting, user: Asker, on: date) -> dict[int, CalendarAnswer]:
    """The last answer of each person to the meeting as it stands, by their id. One query, and one more where any is."""
    taken = list(CalendarAnswer.objects.visible_to(user, on).taken().filter(meeting=meeting))
    first = last_sequence(meeting) if taken else 0
    current = [row for row in taken if row.sequence >= first]
    return {row.person_id or 0: row for row in sorted(current, key=lambda row: (row.sequence, row.answered_at, row.pk))}


def answers_not_taken(*, meeting: Meeting, user: Asker, on: date) -> list[CalendarAnswer]:
    """Answers to the meeting that were not taken, the latest first, for whoever is told of messages. One query."""
    rows = CalendarAnswer.objects.visible_to(user, on).filter(meeting=meeting)
    rows = rows.exclude(outcome__in=(AnswerOutcome.TAKEN, AnswerOutcome.SILENT))
    return list(rows.select_related("person").order_by("-read_at", "-pk")[:SHOWN])
