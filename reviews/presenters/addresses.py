"""Where the pages lie to which home pages and overviews lead."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from meetings.models import Action, Meeting, Paper
from partnership.models import Board
from partnership.navigation import address_of


def of_meeting(page: str, meeting: Meeting) -> str:
    """A page of one meeting, by the name of its address: such as `meeting`, `register`, `agenda`, `minutes`."""
    return reverse(page, args=(*address_of(meeting.board), meeting.address))


def of_reply(meeting: Meeting, seat_key: str) -> str:
    """Where one seat says who comes to a meeting."""
    return f"{of_meeting('meeting_reply', meeting)}?{urlencode({'seat': seat_key})}"


def of_paper(paper: Paper, meeting: Meeting) -> str:
    return reverse("paper", args=(*address_of(meeting.board), meeting.address, paper.uuid))


def of_action(action: Action) -> str:
    return reverse("action", args=(*address_of(action.board), action.number))


def of_board(page: str, board: Board) -> str:
    """A page of a board, by the name of its address."""
    return reverse(page, args=address_of(board))
