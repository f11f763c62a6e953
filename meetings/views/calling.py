"""Calling, moving and cancelling a meeting. What a change of date does to every deadline is shown before it is made."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from meetings.forms.calling import CallForm, CancelForm, MoveForm
from meetings.models import MeetingKind
from meetings.operations import (
    AlreadyOpened,
    MeetingClash,
    MeetingTimeTaken,
    NoticeTooShort,
    NotPlanned,
    call_meeting,
    cancel,
    times_changed,
)
from meetings.operations import move as move_meeting
from meetings.presenters.deadline_moves import deadline_moves, dropped_duties, in_words, when_in_words
from meetings.presenters.meeting_home import can_change, title_of
from meetings.presenters.meeting_tasks import address as page_address
from meetings.queries import dated_rules, obligations_of
from meetings.views.meeting_pages import WRITES, MeetingPlace, meeting_place
from meetings.views.registers import author
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.navigation import on_board
from partnership.rules.deadlines.calendars import BeyondHorizon
from partnership.views.finding import board_at

TOO_LATE = (NotPlanned, AlreadyOpened)
REFUSED = (*TOO_LATE, MeetingTimeTaken, NoticeTooShort, BeyondHorizon)
# The field that a refusal is about; none where it is about the meeting as a whole.
FIELD_OF: dict[type[Exception], str] = {MeetingTimeTaken: "starts_at", NoticeTooShort: "on", BeyondHorizon: "on"}


def call(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Call a meeting of the board."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.WRITE, board, Kind.MEETING)
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        kind = MeetingKind(said.pop("kind"))
        try:
            made = call_meeting(board=board, kind=kind, notice_on=clock.today(), by=author(request), **said)
        except REFUSED as refused:
            form.add_error(FIELD_OF.get(type(refused)), str(refused))
        else:
            messages.success(request, f"The meeting is called: {title_of(made)}.")
            made.board = board
            return HttpResponseRedirect(page_address("meeting", made))
    context = {"form": form, **on_board(board, page="meetings")}
    return render(request, "meetings/meeting_call.html", context, status=400 if form.errors else 200)


def move(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Give a meeting another date, time or place: first what that does to its deadlines, then the act."""
    place = place_to_write(request, partnership_slug, board_slug, address)
    form = MoveForm.of(place.meeting, times_changed(place.meeting), request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _move_page(request, place, form)
    if not form.changes(place.meeting):
        form.add_error(None, "Nothing has changed. Enter another date, time or place.")
        return _move_page(request, place, form)
    if "confirm" not in request.POST and can_change(place.meeting):
        return _confirmation(request, place, form)
    said = dict(form.cleaned_data)
    try:
        made = move_meeting(meeting=place.meeting, notice_on=clock.today(), by=author(request), **said)
    except MeetingClash as clash:
        data = request.POST.copy()
        data["seen"] = str(times_changed(clash.theirs))
        again = MoveForm.of(place.meeting, 0, data)
        again.add_error(None, str(clash))
        return _move_page(request, place, again, theirs=in_words(clash.theirs))
    except REFUSED as refused:
        form.add_error(FIELD_OF.get(type(refused)), str(refused))
        return _move_page(request, place, form)
    messages.success(request, f"The meeting is now {title_of(made)}.")
    return HttpResponseRedirect(page_address("meeting", made))


def cancel_page(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Cancel a meeting, with a reason. It stays in the calendar."""
    place = place_to_write(request, partnership_slug, board_slug, address)
    here = place.meeting
    form = CancelForm(request.POST if request.method == "POST" else None, initial={"seen": times_changed(here)})
    theirs = ""
    if request.method == "POST" and form.is_valid():
        try:
            cancel(meeting=here, by=author(request), **form.cleaned_data)
        except MeetingClash as clash:
            theirs = in_words(clash.theirs)
            data = request.POST.copy()
            data["seen"] = str(times_changed(clash.theirs))
            form = CancelForm(data)
            form.add_error(None, str(clash))
        except TOO_LATE as too_late:
            form.add_error(None, str(too_late))
        else:
            messages.success(request, "The meeting is cancelled.")
            return HttpResponseRedirect(place.href)
    kept = obligations_of(meeting=here).values()
    context = {
        "form": form,
        "place": place,
        "title": title_of(here),
        "theirs": theirs,
        "open_duties": dropped_duties(kept),
        "can_change": can_change(here),
        **on_board(here.board, page="meetings"),
    }
    status = 409 if theirs else 400 if form.errors else 200
    return render(request, "meetings/meeting_cancel.html", context, status=status)


def place_to_write(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> MeetingPlace:
    """The meeting, for an act on it. Raises Http404, and PermissionDenied for who may only read it."""
    place = meeting_place(request, partnership_slug, board_slug, address)
    if not place.rights.may(*WRITES):
        raise PermissionDenied
    return place


def _confirmation(request: HttpRequest, place: MeetingPlace, form: MoveForm) -> HttpResponse:
    """What the new date does to each deadline."""
    here, said = place.meeting, form.cleaned_data
    kind = MeetingKind(here.kind)
    was = dated_rules(board=here.board, kind=kind, on=here.on, starts_at=here.starts_at)
    now = dated_rules(board=here.board, kind=kind, on=said["on"], starts_at=said["starts_at"])
    context = {
        "form": form,
        "place": place,
        "was": in_words(here),
        "now": when_in_words(said["on"], said["starts_at"], said["ends_at"], said["place"]),
        "moves": deadline_moves(was, now),
        **on_board(here.board, page="meetings"),
    }
    return render(request, "meetings/meeting_move_check.html", context)


def _move_page(request: HttpRequest, place: MeetingPlace, form: MoveForm, theirs: str = "") -> HttpResponse:
    context = {
        "form": form,
        "place": place,
        "title": title_of(place.meeting),
        "theirs": theirs,
        "can_change": can_change(place.meeting),
        **on_board(place.meeting.board, page="meetings"),
    }
    status = 409 if theirs else 400 if form.errors else 200
    return render(request, "meetings/meeting_move.html", context, status=status)
