"""The home page of a board and the list of its meetings."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings.presenters.meetings import board_home, meeting_rows
from meetings.queries import decided_lately, past_meetings, upcoming_meetings
from meetings.queries.signatures import SIGNED
from membership.queries import seats_in_figures
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board, Constitution
from partnership.navigation import on_board
from partnership.queries import boards_accountable_to, constitution_in_force, terms_of
from partnership.views.finding import board_at

READS, WRITES = (Kind.MEETING, Action.READ), (Kind.MEETING, Action.WRITE)


def board(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Meetings to come, the last decisions, seats in figures, the version in force, and to whom the board answers."""
    here = board_at(request, partnership_slug, board_slug)
    today = clock.today()
    constitution = constitution_in_force(board=here, on=today)
    home = board_home(
        to_come=upcoming_meetings(board=here, user=request.user, today=today),
        decisions=decided_lately(board=here, user=request.user, today=today),
        seats=seats_in_figures(board=here, on=today),
        constitution=constitution,
        today=today,
    )
    answers_here = boards_accountable_to(board=here, user=request.user, on=today)
    reads_delegations = access.may(request.user, Action.READ, here, Kind.ACCOUNTABILITY, today)
    context = {
        "home": home,
        "answers_here": answers_here,
        "reads_delegations": reads_delegations,
        "reads_agreement": _reads_agreement(request, here, constitution, today),
        **on_board(here, page="board"),
    }
    return render(request, "meetings/board.html", context)


def _reads_agreement(request: HttpRequest, here: Board, constitution: Constitution | None, today: date) -> bool:
    """Whether the terms in force ask for a confidentiality agreement that is the reader's to see."""
    is_asked = constitution is not None and any(
        rule.id == SIGNED for rule in terms_of(constitution=constitution).deadlines
    )
    return is_asked and access.may(request.user, Action.READ, here, Kind.CONFIDENTIALITY_AGREEMENT, today)


def meetings(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Meetings to come and meetings past, as far as the reader may see them."""
    here = board_at(request, partnership_slug, board_slug)
    today = clock.today()
    rights = access.rights_on(request.user, here, (READS, WRITES), today)
    context = {
        "upcoming": meeting_rows(upcoming_meetings(board=here, user=request.user, today=today), today),
        "past": meeting_rows(past_meetings(board=here, user=request.user, today=today), today),
        "is_own": READS in rights,
        "can_call": WRITES in rights,
        **on_board(here, page="meetings"),
    }
    return render(request, "meetings/meetings.html", context)
