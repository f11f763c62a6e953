"""The register of a meeting: the answer, the rows, and what is pressed on the page itself."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.forms import UnreadableForm, entries_from, number_in, versions_in
from meetings.models import Attendance, Meeting
from meetings.operations import (
    AlreadyHere,
    AttendanceClash,
    NobodyNamed,
    NotInTheMeeting,
    NotOnThisRegister,
    RegisterNotOpen,
    TimesOverlap,
    record_attendance,
    record_departure,
    record_return,
)
from meetings.presenters.register import Problem, RegisterPage, changed_groups, clash_problem, register_page
from meetings.presenters.shown import Rights
from meetings.presenters.words import clock_time
from meetings.queries import Register, course_of, meeting_at, register_of
from meetings.queries.signatures import Signing, signing_of
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import User
from partnership.navigation import address_of, on_board
from partnership.signing_in.sessions import is_no_use, keeps_register
from partnership.views.finding import board_at

REFUSED = (
    AlreadyHere,
    NobodyNamed,
    NotInTheMeeting,
    NotOnThisRegister,
    RegisterNotOpen,
    TimesOverlap,
    UnreadableForm,
)
# What a page asks to see of the rows: all of them, or those of which nothing is recorded yet.
REST = "rest"
# The status by which htmx stops asking again.
STOP_ASKING = 286
ASKED = (
    (Kind.REGISTER, Action.READ),
    (Kind.REGISTER, Action.WRITE),
    (Kind.APOLOGY_REASONS, Action.READ),
    (Kind.REPLIES, Action.READ),
    (Kind.GRADES, Action.READ),
    (Kind.FORECAST, Action.READ),
    (Kind.HISTORY, Action.READ),
    (Kind.MINUTES_DRAFT, Action.READ),
    (Kind.SIGNATURES, Action.READ),
)


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A meeting with what its reader may do there."""

    meeting: Meeting
    rights: Rights

    @property
    def href(self) -> str:
        return reverse("register", args=(*address_of(self.meeting.board), self.meeting.address))


def page_of(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> OpenPage:
    """The meeting at an address. Raises Http404 when its register is not the reader's to see."""
    today = clock.today()
    board = board_at(request, partnership_slug, board_slug)
    meeting = meeting_at(board=board, address=address, user=request.user, today=today, asked=ASKED)
    rights = Rights(access.rights_in(meeting, ASKED))
    if not rights.may(Kind.REGISTER, Action.READ):
        access.conceal(meeting)
    return OpenPage(meeting, rights)


def page_to_write(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> OpenPage:
    """The same for an act on the register: PermissionDenied for who may only read it."""
    page = page_of(request, partnership_slug, board_slug, address)
    if not page.rights.may(Kind.REGISTER, Action.WRITE):
        raise PermissionDenied
    return page


def register(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Show the register; a post saves what changed and whatever button was pressed."""
    if request.method != "POST":
        page = page_of(request, partnership_slug, board_slug, address)
        _lie_open(request, page.meeting)
        return _shown(request, page)
    page = page_to_write(request, partnership_slug, board_slug, address)
    _lie_open(request, page.meeting)
    rows = {row.pk: row for row in Attendance.objects.filter(meeting=page.meeting)}
    try:
        changed = _save(request, page.meeting, rows)
    except AttendanceClash as clash:
        return _shown(request, page, problem=clash_problem(clash), posted=request.POST.dict(), status=409)
    except REFUSED as refused:
        return _shown(request, page, problem=Problem(str(refused)), posted=request.POST.dict(), status=400)
    if request.htmx:  # type: ignore[attr-defined]  # set by django_htmx's middleware
        return _live(request, page, request.POST, saved=changed)
    messages.success(request, "The register is saved." if changed else "Nothing had changed.")
    return HttpResponseRedirect(f"{page.href}?show=rest" if request.POST.get("show") == REST else page.href)


def changes(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """What others changed since the asking page was drawn: every open page of a register asks every few seconds."""
    is_no_use(request)
    page = page_to_write(request, partnership_slug, board_slug, address)
    if not request.htmx:  # type: ignore[attr-defined]  # set by django_htmx's middleware
        return HttpResponseRedirect(page.href)
    return _live(request, page, request.GET, saved=frozenset())


def _lie_open(request: HttpRequest, meeting: Meeting) -> None:
    """Let the page of a meeting under way lie open for longer than others before its reader is signed out."""
    if meeting.opened_at is not None and meeting.closed_at is None:
        keeps_register(request)


@transaction.atomic
def _save(request: HttpRequest, meeting: Meeting, rows: dict[int, Attendance]) -> set[int]:
    """Everything a post asks for, or nothing at all; the ids of the rows it changed."""
    by = author(request)
    changed = {row.pk for row in record_attendance(meeting=meeting, rows=entries_from(request.POST, rows), by=by)}
    for button, act in (("leaving", record_departure), ("returning", record_return)):
        pressed = number_in(request.POST.get(button, ""))
        if pressed in rows:
            row = Attendance.objects.get(pk=pressed)
            act(attendance=row, at=clock.now(), by=by)
            changed.add(row.pk)
    return changed


def author(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("Only a signed-in person reaches a page that writes.")
    return request.user


def _shown(
    request: HttpRequest,
    page: OpenPage,
    *,
    problem: Problem | None = None,
    posted: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    drawn = _drawn(request, page, posted)
    show = (posted if posted is not None else request.GET).get("show", "")
    context = {**_context(drawn, show), "problem": problem, **on_board(page.meeting.board, page="meetings")}
    response = render(request, "meetings/register.html", context, status=status)
    if problem is not None:
        # Asked for by htmx, the page with the problem takes the place of the whole, not of one part.
        response["HX-Retarget"] = response["HX-Reselect"] = "#main"
        response["HX-Reswap"] = "outerHTML show:top"
    return response


def _live(request: HttpRequest, page: OpenPage, asked: Mapping[str, str], *, saved: AbstractSet[int]) -> HttpResponse:
    """The parts of the page that are others than it shows: the rows just saved, and whatever others changed meanwhile.

    Nothing at all where nothing changed. Once the register is closed the page is told to ask no more.
    """
    drawn = _drawn(request, page, None)
    groups = changed_groups(drawn, versions_in(asked), saved)
    is_same, was_pressed = asked.get("stamp") == drawn.stamp, "save" in asked
    if is_same and not was_pressed and not any(group.changed or group.added for group in groups):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context = {
        **_context(drawn, ""),
        "changed_groups": groups,
        "saved": saved,
        "saved_at": clock_time(clock.now()),
        "is_same": is_same,
        # The sentence is spoken only when it is another one than the page shows, or when somebody pressed to save.
        "speaks": asked.get("sentence") != drawn.card.sentence,
        "was_pressed": was_pressed,
    }
    status = HTTPStatus.OK if drawn.can_record else STOP_ASKING
    return render(request, "meetings/register_live.html", context, status=status)


def _drawn(request: HttpRequest, page: OpenPage, posted: dict[str, Any] | None) -> RegisterPage:
    meeting = page.meeting
    course = course_of(meeting=meeting, user=request.user, today=clock.today()) if meeting.opened_at else ()
    register = register_of(meeting=meeting)
    return register_page(
        register,
        rights=page.rights,
        now=clock.now(),
        posted=posted or {},
        course=course,
        signing=signing_shown(page, register),
    )


def signing_shown(page: OpenPage, register: Register) -> Signing | None:
    """How far the agreement is signed, from when the register is open; None where it is not the reader's to see."""
    is_shown = page.meeting.opened_at is not None and page.rights.may(Kind.SIGNATURES, Action.READ)
    return signing_of(register) if is_shown else None


def _context(drawn: RegisterPage, show: str) -> dict[str, Any]:
    return {
        "heading": drawn.heading,
        "card": drawn.card,
        "groups": drawn.groups,
        "table": drawn.table,
        "tally": drawn.tally,
        "signing": drawn.signing,
        "strip": drawn.strip,
        "events": drawn.events,
        "stamp": drawn.stamp,
        "can_record": drawn.can_record,
        "can_open": drawn.can_open,
        "can_look_back": drawn.can_look_back,
        "can_read_record": drawn.can_read_record,
        "shows_rest": show == REST,
    }
