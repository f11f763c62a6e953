"""Where the pages lie to which home pages and overviews lead."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from meetings.models import Action, Meeting, Paper
from partnership.models import Board
from partnership.navigation import address_of


def of_meeting(page: str, meeting: Meeting) -> str:
    """A page of one meeting, by the name of its address: `meeting`, `meeting_reply`, `register`, `agenda`."""
    at = (*address_of(meeting.board), meeting.address)
    try:
        return reverse(page, args=at)
    except NoReverseMatch:
        return reverse("register", args=at)


def of_paper(paper: Paper, meeting: Meeting) -> str:
    return reverse("paper", args=(*address_of(meeting.board), meeting.address, paper.uuid))


def of_action(action: Action) -> str:
    return reverse("action", args=(*address_of(action.board), action.number))


def of_board(page: str, board: Board) -> str:
    """A page of a board, by the name of its address."""
    return reverse(page, args=address_of(board))
