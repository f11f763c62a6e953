"""What is done to actions: agreeing one, reporting, changing owner or date, closing and opening again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from meetings.forms import ActionForm, ChangeActionForm, ReasonForm, UpdateForm
from meetings.models import Action, ActionStatus, AgendaItem
from meetings.operations import (
    ActionClash,
    ActionClosed,
    ActionNotClosed,
    AgreedElsewhere,
    DueTooEarly,
    ItemTakenOff,
    NotAskedToClose,
    NotForTheOwner,
    NotOnTheBoard,
    agree_action,
    change_action,
    close_action,
    keep_open,
    reopen_action,
    report_on_action,
)
from meetings.presenters.action import ASKED, DECIDE, REPORT, WRITE
from meetings.queries import action_at, possible_owners
from meetings.views.actions import board_with_actions, shown
from meetings.views.records import item_of, record_to_write
from meetings.views.registers import author
from membership.queries import agency_names
from partnership import access, clock
from partnership.access import Kind
from partnership.models import Board
from partnership.navigation import address_of, on_board
from partnership.rules.plain_dates import long_date
from partnership.views.finding import board_at

FIELDS = {DueTooEarly: "due_on", NotForTheOwner: "owner", NotOnTheBoard: "owner"}
REFUSED = (
    ActionClosed,
    ActionNotClosed,
    AgreedElsewhere,
    DueTooEarly,
    ItemTakenOff,
    NotAskedToClose,
    NotForTheOwner,
    NotOnTheBoard,
)


def agree_at_item(
    request: HttpRequest, partnership_slug: str, board_slug: str, address: str, item_id: int
) -> HttpResponse:
    """Agree an action at an item of a meeting, on the record's own address."""
    page = record_to_write(request, partnership_slug, board_slug, address)
    one = item_of(request, page.meeting, item_id)
    one.item.meeting = page.meeting
    heading = f"Item {one.number}: {one.item.title}"
    back = f"{page.href}#item-{item_id}"
    return _agreed(request, page.meeting.board, item=one.item, heading=heading, back=back, section="meetings")


def add(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Add an action that was not agreed at an item of a meeting."""
    board = board_with_actions(request, partnership_slug, board_slug)
    access.require(request.user, access.Action.WRITE, board, Kind.ACTIONS)
    back = reverse("actions", args=address_of(board))
    return _agreed(request, board, item=None, heading=board.name, back=back, section="actions")


def _agreed(
    request: HttpRequest, board: Board, *, item: AgendaItem | None, heading: str, back: str, section: str
) -> HttpResponse:
    form = ActionForm(request.POST if request.method == "POST" else None, **_choices(board))
    if request.method == "POST" and form.is_valid():
        try:
            agreed = agree_action(
                board=board, item=item, text=form.cleaned_data["text"], by=author(request), **form.chosen()
            )
        except REFUSED as refused:
            form.add_error(FIELDS.get(type(refused)), str(refused))
        else:
            messages.success(request, f"{agreed.reference} is agreed.")
            return HttpResponseRedirect(back)
    context = {"form": form, "heading": heading, "back": back, "item": item, **on_board(board, page=section)}
    return render(request, "meetings/action_add.html", context, status=400 if form.errors else 200)


@require_POST
def update(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """Add what happened to an action, by its owner or the team."""
    board, found = _action_for(request, partnership_slug, board_slug, number, REPORT, WRITE)
    form = UpdateForm(request.POST)
    if form.is_valid():
        try:
            report_on_action(action=found, by=author(request), **form.cleaned_data)
        except ActionClosed as refused:
            form.add_error(None, str(refused))
        else:
            asked = form.cleaned_data["asks_to_close"]
            messages.success(request, "You asked to close this action." if asked else "The update is added.")
            return HttpResponseRedirect(_href(board, number))
    return shown(request, board, found, form, status=400)


def change(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """Give an action another owner or date."""
    board, found = _action_for(request, partnership_slug, board_slug, number, WRITE)
    choices = _choices(board)
    initial = ChangeActionForm.initial_of(found, choices["owners"])
    form = ChangeActionForm(request.POST if request.method == "POST" else None, initial=initial, **choices)
    theirs, status = "", 200
    if request.method == "POST":
        status = 400
        try:
            if form.is_valid():
                cleaned = form.cleaned_data
                acts = {"version": cleaned["version"], "reason": cleaned["reason"], **form.chosen()}
                change_action(action=found, by=author(request), **acts)
                messages.success(request, f"{found.reference} is changed.")
                return HttpResponseRedirect(_href(board, number))
        except ActionClash as clash:
            data = request.POST.copy()
            data["version"] = str(clash.action.version)
            form, status = ChangeActionForm(data, initial=initial, **choices), 409
            form.add_error(None, f"{clash} Check what it says now, and save again to keep yours.")
            theirs = f"{clash.action.owner.name}, {long_date(clash.action.due_on)}"
        except REFUSED as refused:
            form.add_error(FIELDS.get(type(refused)), str(refused))
    told = {"found": found, "form": form, "theirs": theirs, "href": _href(board, number)}
    context = {**told, **on_board(board, page="actions")}
    return render(request, "meetings/action_change.html", context, status=status)


def decide(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """Close an action, keep open one whose owner asked to close it, or open a closed one again."""
    board, found = _action_for(request, partnership_slug, board_slug, number, WRITE, DECIDE)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act, said = ACTS.get(request.POST.get("answer", ""), ACTS["close"])
        try:
            act(action=found, by=author(request), reason=form.cleaned_data["reason"])
        except REFUSED as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{found.reference} {said}.")
            return HttpResponseRedirect(_href(board, number))
    context = {
        "found": found,
        "form": form,
        "is_closed": found.status == ActionStatus.CLOSED,
        "asks_to_close": found.status == ActionStatus.ASKED_TO_CLOSE,
        "href": _href(board, number),
        **on_board(board, page="actions"),
    }
    return render(request, "meetings/action_decide.html", context, status=400 if form.errors else 200)


ACTS: dict[str, tuple[Any, str]] = {
    "close": (close_action, "is closed"),
    "keep": (keep_open, "stays open"),
    "reopen": (reopen_action, "is open again"),
}


def _action_for(
    request: HttpRequest, partnership_slug: str, board_slug: str, number: int, *rights: tuple[Kind, access.Action]
) -> tuple[Board, Action]:
    """An action with its board, for somebody who has one of these rights on it: else PermissionDenied, or Http404."""
    board = board_at(request, partnership_slug, board_slug)
    found = action_at(board=board, number=number, user=request.user, today=clock.today(), asked=ASKED)
    if not access.rights_in(found, ASKED) & set(rights):
        raise PermissionDenied
    return board, found


def _choices(board: Board) -> dict[str, Any]:
    """Who may own an action of the board today, and the agencies they sit for."""
    today = clock.today()
    owners = possible_owners(board=board, on=today)
    ids = {one.agency_id for one in owners if one.agency_id}
    names = agency_names(agencies=ids, partnership_id=board.partnership_id, on=today)
    return {"owners": owners, "agencies": sorted(names.items(), key=lambda named: named[1].casefold())}


def _href(board: Board, number: int) -> str:
    return reverse("action", args=(*address_of(board), number))
