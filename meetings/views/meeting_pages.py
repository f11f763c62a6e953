"""A meeting's own page: its team sees what is to be done, everybody else the agenda and what concerns them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from meetings.models import Meeting, MeetingStatus
from meetings.presenters.brought_before import brought_tasks
from meetings.presenters.meeting_home import last_change, meeting_home
from meetings.presenters.meeting_tasks import address as page_address
from meetings.presenters.member_meeting import Reader, member_meeting
from meetings.presenters.shown import Rights
from meetings.queries import (
    agenda_of,
    course_of_events,
    history_of_meeting,
    latest_minutes,
    meeting_at,
    moved_from,
    own_seats,
    papers_due,
    preparation_of,
)
from meetings.queries.brought_before import brought_before
from meetings.queries.calendar_answers import calendar_answers_to
from meetings.queries.signatures import OwnSigning, own_signing
from meetings.views.readings import note_agenda
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Constitution
from partnership.navigation import on_board
from partnership.queries import constitution_in_force, terms_of
from partnership.views.finding import board_at, reader_of

WRITES = (Kind.MEETING, Action.WRITE)
LOOKS_BACK = (Kind.HISTORY, Action.READ)
ASKED = (
    WRITES,
    (Kind.AGENDA, Action.READ),
    (Kind.AGENDA_DRAFT, Action.READ),
    (Kind.REGISTER, Action.READ),
    (Kind.REPLIES, Action.OWN),
    (Kind.REPLIES, Action.WRITE),
    (Kind.REPLIES, Action.READ),
    (Kind.DECLARATIONS, Action.OWN),
    (Kind.SIGNATURES, Action.OWN),
    LOOKS_BACK,
)


@dataclass(frozen=True, slots=True)
class MeetingPlace:
    """A meeting with what its reader may do there."""

    meeting: Meeting
    rights: Rights

    @property
    def href(self) -> str:
        return page_address("meeting", self.meeting)

    @property
    def history_href(self) -> str:
        """Empty for who may not look back."""
        return page_address("meeting_history", self.meeting) if self.rights.may(*LOOKS_BACK) else ""


def meeting_place(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> MeetingPlace:
    """The meeting at an address. Raises Http404 when it is not the reader's to see."""
    today = clock.today()
    board = board_at(request, partnership_slug, board_slug)
    meeting = meeting_at(board=board, address=address, user=request.user, today=today, asked=ASKED)
    return MeetingPlace(meeting, Rights(access.rights_in(meeting, ASKED)))


def meeting(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """The meeting; an address that it had before it was moved leads to where it is now."""
    try:
        place = meeting_place(request, partnership_slug, board_slug, address)
    except Http404:
        board = board_at(request, partnership_slug, board_slug)
        moved = moved_from(board=board, address=address, user=request.user, today=clock.today())
        if moved is None:
            raise
        return HttpResponseRedirect(page_address("meeting", moved))
    return _team_page(request, place) if place.rights.may(*WRITES) else _member_page(request, place)


def _team_page(request: HttpRequest, place: MeetingPlace) -> HttpResponse:
    today = clock.today()
    events = course_of_events(meeting=place.meeting, user=request.user, on=today)
    page = meeting_home(
        preparation_of(meeting=place.meeting, user=request.user, today=today),
        events=events,
        last=last_change([event for event in events if not event.about]),
        calendars=calendar_answers_to(meeting=place.meeting, user=request.user, on=today),
        today=today,
        now=clock.now(),
    )
    brought = brought_before(meeting=place.meeting, user=request.user, today=today)
    context = {
        "page": page,
        "place": place,
        "brought": brought_tasks(brought, place.meeting, today=today),
        **on_board(place.meeting.board, page="meetings"),
    }
    return render(request, "meetings/meeting_home.html", context)


def _member_page(request: HttpRequest, place: MeetingPlace) -> HttpResponse:
    today, rights, here = clock.today(), place.rights, place.meeting
    constitution = constitution_in_force(board=here.board, on=here.on)
    terms = terms_of(constitution=constitution) if constitution else None
    is_cancelled = here.status == MeetingStatus.CANCELLED
    events = history_of_meeting(meeting=here, user=request.user, on=today) if is_cancelled else []
    agenda = agenda_of(meeting=here, user=request.user, today=today)
    note_agenda(request, agenda, how="meeting")
    page = member_meeting(
        here,
        agenda=agenda,
        due=papers_due(meeting=here),
        minutes=latest_minutes(meeting=here, user=request.user, today=today),
        rule=terms.deputies if terms else None,
        reader=Reader(
            seats=own_seats(meeting=here, user=request.user, terms=terms),
            may_reply=rights.may(Kind.REPLIES, Action.OWN),
            may_read_agenda=rights.may(Kind.AGENDA, Action.READ),
            may_read_drafts=rights.may(Kind.AGENDA_DRAFT, Action.READ),
            may_read_register=rights.may(Kind.REGISTER, Action.READ),
            may_declare=rights.may(Kind.DECLARATIONS, Action.OWN),
            signing=_own_signing(request, place, constitution),
        ),
        last=last_change(events),
        today=today,
    )
    return render(
        request, "meetings/member_meeting.html", {"page": page, "place": place, **on_board(here.board, page="meetings")}
    )


def _own_signing(request: HttpRequest, place: MeetingPlace, constitution: Constitution | None) -> OwnSigning | None:
    """The reader's signature of the confidentiality agreement; None where nobody, or not they, may sign."""
    if not place.rights.may(Kind.SIGNATURES, Action.OWN):
        return None
    person = reader_of(request)
    return own_signing(meeting=place.meeting, person=person, constitution=constitution, today=clock.today())
