"""The register of a meeting: the answer, the rows, and what is pressed on the page itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.forms import UnreadableForm, entries_from
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
from meetings.presenters.register import Problem, RegisterPage, clash_problem, register_page
from meetings.presenters.shown import Rights
from meetings.queries import meeting_at, register_of
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import User
from partnership.navigation import address_of, on_board
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
ASKED = (
    (Kind.REGISTER, Action.READ),
    (Kind.REGISTER, Action.WRITE),
    (Kind.APOLOGY_REASONS, Action.READ),
    (Kind.REPLIES, Action.READ),
    (Kind.GRADES, Action.READ),
    (Kind.FORECAST, Action.READ),
    (Kind.HISTORY, Action.READ),
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
    meeting = meeting_at(board=board, address=address, user=request.user, today=today)
    meeting.board = board
    access.require(request.user, Action.READ, meeting, Kind.REGISTER, today)
    return OpenPage(meeting, Rights(access.rights_on(request.user, meeting, ASKED, today)))


def page_to_write(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> OpenPage:
    """The same for an act on the register: PermissionDenied for who may only read it."""
    page = page_of(request, partnership_slug, board_slug, address)
    access.require(request.user, Action.WRITE, page.meeting, Kind.REGISTER)
    return page


def register(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Show the register; a post saves what changed and whatever button was pressed."""
    if request.method != "POST":
        return _shown(request, page_of(request, partnership_slug, board_slug, address))
    page = page_to_write(request, partnership_slug, board_slug, address)
    rows = {row.pk: row for row in Attendance.objects.filter(meeting=page.meeting)}
    try:
        changed = _save(request, page.meeting, rows)
    except AttendanceClash as clash:
        return _shown(request, page, problem=clash_problem(clash), posted=request.POST.dict(), status=409)
    except REFUSED as refused:
        return _shown(request, page, problem=Problem(str(refused)), posted=request.POST.dict(), status=400)
    if request.htmx:  # type: ignore[attr-defined]  # set by django_htmx's middleware
        return _live(request, page, rows, changed)
    messages.success(request, "The register is saved." if changed else "Nothing had changed.")
    return HttpResponseRedirect(page.href)


@transaction.atomic
def _save(request: HttpRequest, meeting: Meeting, rows: dict[int, Attendance]) -> set[int]:
    """Everything a post asks for, or nothing at all; the ids of the rows it changed."""
    by = author(request)
    changed = {row.pk for row in record_attendance(meeting=meeting, rows=entries_from(request.POST, rows), by=by)}
    for button, act in (("leaving", record_departure), ("returning", record_return)):
        pressed = request.POST.get(button, "")
        if pressed.isdecimal() and int(pressed) in rows:
            row = Attendance.objects.get(pk=int(pressed))
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
    drawn = _drawn(page, posted)
    context = {**_context(drawn), "problem": problem, **on_board(page.meeting.board, page="meetings")}
    response = render(request, "meetings/register.html", context, status=status)
    if problem is not None:
        # Asked for by htmx, the page with the problem takes the place of the whole, not of one part.
        response["HX-Retarget"] = response["HX-Reselect"] = "#main"
        response["HX-Reswap"] = "outerHTML show:top"
    return response


def _live(request: HttpRequest, page: OpenPage, drawn_from: dict[int, Attendance], changed: set[int]) -> HttpResponse:
    """The parts of the page that one change touched: the rows written, and those that others changed meanwhile."""
    drawn = _drawn(page, None)
    posted = {pk: request.POST.get(f"version-{pk}", "") for pk in drawn_from}
    rows = [row for group in drawn.groups for row in group.rows]
    stale = {row.id for row in rows if row.id in posted and posted[row.id] != str(row.version)}
    # The sentence is spoken only when it is another one than the page shows.
    speaks = request.POST.get("sentence") != drawn.card.sentence
    context = {**_context(drawn), "changed": changed | stale, "speaks": speaks}
    return render(request, "meetings/register_live.html", context)


def _drawn(page: OpenPage, posted: dict[str, Any] | None) -> RegisterPage:
    meeting = Meeting.objects.select_related("board__partnership").get(pk=page.meeting.pk)
    return register_page(register_of(meeting=meeting), rights=page.rights, now=clock.now(), posted=posted or {})


def _context(drawn: RegisterPage) -> dict[str, Any]:
    return {
        "heading": drawn.heading,
        "card": drawn.card,
        "groups": drawn.groups,
        "tally": drawn.tally,
        "strip": drawn.strip,
        "events": drawn.events,
        "can_record": drawn.can_record,
        "can_open": drawn.can_open,
        "can_look_back": drawn.can_look_back,
    }
