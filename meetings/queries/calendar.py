"""Meetings by address and by date, as far as a person may see them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.http import Http404

from meetings.models import Meeting
from partnership import access
from partnership.access import Action, Kind
from partnership.models import Board

ADDRESS = re.compile(r"(?P<on>\d{4}-\d\d-\d\d)(?:-(?P<sitting>[2-9]|[1-9]\d))?")


def meeting_at(
    *,
    board: Board,
    address: str,
    user: access.Asker,
    today: date | None = None,
    asked: Iterable[tuple[Kind, Action]] = (),
) -> Meeting:
    """The board's meeting at an address like 2027-04-22, or 2027-04-22-2 for the second sitting of a day.

    It comes with that board, and with the answers to what is `asked` of the person's rights: `access.rights_in` reads
    them.
    Raises Http404 when there is none that the person may see.
    """
    named = _day_and_sitting(address)
    if named is None:
        raise Http404
    day, sitting = named
    meetings = access.with_rights(Meeting.objects.order_by(), user, asked, today)
    meeting = access.get_visible_or_404(meetings, user, today, board=board, on=day, sitting=sitting)
    meeting.board = board
    return meeting


def _day_and_sitting(address: str) -> tuple[date, int] | None:
    found = ADDRESS.fullmatch(address)
    if found is None:
        return None
    try:
        return date.fromisoformat(found["on"]), int(found["sitting"] or 1)
    except ValueError:
        return None


def moved_from(*, board: Board, address: str, user: access.Asker, today: date | None = None) -> Meeting | None:
    """The meeting that once stood at an address and was moved; None where there is none that the person may see."""
    named = _day_and_sitting(address)
    if named is None:
        return None
    was = Meeting.history.filter(board_id=board.pk, on=named[0], sitting=named[1])
    rows = Meeting.objects.visible_to(user, today).filter(pk__in=was.values("id"))
    return rows.select_related("board__partnership").order_by("-on").first()


def upcoming_meetings(*, board: Board, user: access.Asker, today: date) -> list[Meeting]:
    """The board's planned meetings from today on, the next first."""
    meetings = Meeting.objects.visible_to(user, today).filter(board=board).upcoming(today)
    return list(meetings.select_related("board__partnership"))


def past_meetings(*, board: Board, user: access.Asker, today: date) -> list[Meeting]:
    """The board's meetings gone by, held or cancelled, the latest first."""
    meetings = Meeting.objects.visible_to(user, today).filter(board=board).past(today)
    return list(meetings.select_related("board__partnership"))


def meetings_to_come(*, user: access.Asker, today: date) -> list[Meeting]:
    """Planned meetings of every board whose meetings the person may see, the next first."""
    meetings = Meeting.objects.visible_to(user, today).upcoming(today)
    return list(meetings.select_related("board__partnership"))
