"""The actions of a board: the list, the file, and one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from meetings.forms import UpdateForm
from meetings.models import Action
from meetings.presenters.action import ASKED, DOWNLOAD, WRITE, ActionOnPage, action_on_page
from meetings.presenters.actions import Filter, actions_file, actions_page, agency_words
from meetings.queries import action_at, actions_on, changes_of, item_behind, latest_updates, updates_of
from meetings.queries.actions import items_behind
from meetings.views.readings import note_reading
from membership.queries import agency_names
from partnership import access, clock
from partnership.access import Kind
from partnership.models import Board
from partnership.navigation import address_of, on_board
from partnership.views.finding import board_at


def board_with_actions(request: HttpRequest, partnership_slug: str, board_slug: str) -> Board:
    """The board of an address. Raises Http404 when its actions are not the reader's to see."""
    board = board_at(request, partnership_slug, board_slug)
    if not board.may_read_actions:
        access.conceal(board)
    return board


def actions(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """The board's actions, narrowed as the reader asks."""
    board = board_with_actions(request, partnership_slug, board_slug)
    today = clock.today()
    found = actions_on(board=board, user=request.user, today=today)
    rights = access.rights_on(request.user, board, (WRITE, DOWNLOAD), today)
    at = address_of(board)
    context = {
        "page": actions_page(
            found, agencies=_agencies(found, board), chosen=Filter.from_query(request.GET.dict()), today=today
        ),
        "add_href": reverse("action_add", args=at) if WRITE in rights else "",
        "file_href": reverse("actions_file", args=at) if DOWNLOAD in rights and found else "",
        **on_board(board, page="actions"),
    }
    return render(request, "meetings/actions.html", context)


def file(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Every action of the board that the reader may see, for a spreadsheet."""
    board = board_with_actions(request, partnership_slug, board_slug)
    today = clock.today()
    access.require(request.user, access.Action.DOWNLOAD, board, Kind.ACTIONS, today)
    found = actions_on(board=board, user=request.user, today=today)
    note_reading(request, items=items_behind(found), how="file of actions")
    text = actions_file(found, agencies=_agencies(found, board), latest=latest_updates(actions=found), today=today)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="actions-{board.slug}-{today.isoformat()}.csv"'
    return response


def action(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """One action and what happened to it."""
    board = board_at(request, partnership_slug, board_slug)
    found = action_at(board=board, number=number, user=request.user, today=clock.today(), asked=ASKED)
    return shown(request, board, found, UpdateForm())


def shown(request: HttpRequest, board: Board, found: Action, form: UpdateForm, *, status: int = 200) -> HttpResponse:
    """The page of an action found with its rights, and its form for an update as it stands."""
    context = {"page": _drawn(request, board, found), "form": form, **on_board(board, page="actions")}
    return render(request, "meetings/action.html", context, status=status)


def _drawn(request: HttpRequest, board: Board, found: Action) -> ActionOnPage:
    today = clock.today()
    if found.item_id is not None:
        note_reading(request, items=[found.item_id], how="action")
    return action_on_page(
        found,
        agency=agency_words(found, _agencies([found], board)),
        item=item_behind(action=found, user=request.user, today=today),
        updates=updates_of(action=found, user=request.user, today=today),
        changes=changes_of(action=found, user=request.user, today=today),
        rights=access.rights_in(found, ASKED),
        today=today,
    )


def _agencies(found: list[Action], board: Board) -> dict[int, str]:
    """How the board's partnership calls the agencies of these actions today."""
    ids = {one.agency_id for one in found if one.agency_id}
    return agency_names(agencies=ids, partnership_id=board.partnership_id, on=clock.today())
