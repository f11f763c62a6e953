"""History pages of meetings, agenda items, actions and terms of reference: sentences, the latest first."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from meetings.models import AgendaItem
from meetings.presenters.history_words import WORDS
from meetings.presenters.meeting_tasks import address as page_address
from meetings.queries import (
    action_at,
    course_of_events,
    history_of_action,
    history_of_constitution,
    history_of_item,
    meeting_at,
)
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.change_history import ASKED, Entry, kept_back
from partnership.models import Board
from partnership.navigation import address_of, on_board
from partnership.presenters.history import history_page
from partnership.views.finding import board_at


def meeting(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """What happened to a meeting: its date, its agenda as sent, who replied. The register has a history of its own."""
    today, board = clock.today(), board_at(request, partnership_slug, board_slug)
    found = meeting_at(board=board, address=address, user=request.user, today=today, asked=ASKED)
    access.require(request.user, Action.READ, found, Kind.HISTORY, today)
    without = kept_back(access.rights_in(found, ASKED))
    entries = course_of_events(meeting=found, user=request.user, on=today, without=without)
    return _shown(
        request, board, entries, ("meetings", str(found), page_address("meeting", found), "Back to the meeting")
    )


def item(request: HttpRequest, partnership_slug: str, board_slug: str, address: str, item_id: int) -> HttpResponse:
    """What happened to an agenda item and its papers."""
    today, board = clock.today(), board_at(request, partnership_slug, board_slug)
    of_meeting = meeting_at(board=board, address=address, user=request.user, today=today)
    found = access.get_visible_or_404(AgendaItem.objects.filter(meeting=of_meeting), request.user, today, pk=item_id)
    access.require(request.user, Action.READ, found, Kind.HISTORY, today)
    entries = history_of_item(item=found, user=request.user, on=today)
    back = page_address("agenda", of_meeting)
    return _shown(request, board, entries, ("meetings", f"Agenda item: {found.title}", back, "Back to the agenda"))


def action(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """What happened to an action."""
    today, board = clock.today(), board_at(request, partnership_slug, board_slug)
    found = action_at(board=board, number=number, user=request.user, today=today)
    access.require(request.user, Action.READ, found, Kind.HISTORY, today)
    entries = history_of_action(action=found, user=request.user, on=today)
    back = reverse("action", args=(*address_of(board), number))
    return _shown(request, board, entries, ("actions", found.reference, back, "Back to the action"))


def constitution(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Who adopted which version when, and why."""
    today, board = clock.today(), board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.READ, board, Kind.CONSTITUTION, today)
    access.require(request.user, Action.READ, board, Kind.HISTORY, today)
    entries = history_of_constitution(board=board, user=request.user, on=today)
    back = reverse("constitution", args=address_of(board))
    return _shown(request, board, entries, ("constitution", "Constitution", back, "Back to the constitution"))


def _shown(
    request: HttpRequest, board: Board, entries: Sequence[Entry], where: tuple[str, str, str, str]
) -> HttpResponse:
    """`where` is the section of the board's pages, what the history is of, and the way back."""
    section, of_what, href, words = where
    page = history_page(
        entries, of_what=of_what, back_href=href, back_words=words, words=WORDS, asked=request.GET.get("page", "")
    )
    return render(request, "partnership/history.html", {"page": page, **on_board(board, page=section)})
