"""Reports of mistakes, and what they may be about."""

from __future__ import annotations

from datetime import date

from meetings.models import Meeting
from membership.models import Appointment
from partnership import access
from partnership.models import Board, User
from reviews.models import MistakeReport

SHOWN_REPORTS = 100


def reports_on(*, board: Board, user: access.Asker, on: date) -> list[MistakeReport]:
    """Those that the person may read, unanswered ones first. One query."""
    rows = MistakeReport.objects.visible_to(user, on).filter(board=board).select_related("person", "seat", "meeting")
    found = list(rows[:SHOWN_REPORTS])
    return sorted(found, key=lambda report: report.answered_on is not None)


def held_meetings(*, board: Board, user: access.Asker, year: int, on: date) -> list[tuple[int, date]]:
    """The meetings held this year, the latest first: their ids and days. One query."""
    rows = Meeting.objects.visible_to(user, on).held().filter(board=board, on__year=year).order_by("-on", "-pk")
    return list(rows.values_list("pk", "on"))


def seats_on_board(*, board: Board, person: User, on: date) -> list[Appointment]:
    """The seats of that board that the person represents or deputises in. One query."""
    held = Appointment.objects.filter(person=person, seat__board=board).in_force(on)
    return list(held.select_related("seat__board", "person").order_by("order", "seat__position", "pk"))
