"""Replying: who is coming for a seat. Members answer for their own places, the team for any."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.forms.replies import Offer, ReplyForm
from meetings.models import Meeting, Reply, ReplyAnswer
from meetings.operations import (
    AlreadyOpened,
    DeputyReasonNeeded,
    DeputyRefused,
    NobodyNamed,
    NotPlanned,
    ReplyClash,
    times_replied,
)
from meetings.operations import reply as reply_to
from meetings.presenters.meeting_home import can_change, title_of
from meetings.presenters.meeting_tasks import address as page_address
from meetings.presenters.replies import calendar_words, done_words, not_taken, own_words, reply_rows, reply_words
from meetings.queries import OwnSeat, colleagues_of, own_seats, replies_to
from meetings.queries.calendar_answers import answers_not_taken, calendar_answers_to
from meetings.views.meeting_pages import meeting_place
from meetings.views.registers import author
from membership.queries import HeldSeat
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import User
from partnership.navigation import on_board
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.attendance.deputies import DeputyRule, WhoMayDeputise

REFUSED = (AlreadyOpened, DeputyReasonNeeded, DeputyRefused, NobodyNamed, NotPlanned)


@dataclass(frozen=True, slots=True)
class SeatPlace:
    """One seat at a meeting and what it replied so far; `is_own` where the reader represents it.

    `shows_reasons` where the reader may read why: the team, the representative, and the deputy who is to come.
    """

    meeting: Meeting
    held: HeldSeat
    given: Reply | None
    is_own: bool
    is_for_team: bool
    shows_reasons: bool

    @property
    def href(self) -> str:
        return f"{page_address('meeting_reply', self.meeting)}?seat={self.held.seat.key}"


def reply(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Say who is coming for a seat; without one named, the reader's only one, else a list to choose from."""
    found = meeting_place(request, partnership_slug, board_slug, address)
    here, may_write = found.meeting, found.rights.may(Kind.REPLIES, Action.WRITE)
    if not may_write and not found.rights.may(Kind.REPLIES, Action.OWN):
        if found.rights.may(Kind.REPLIES, Action.READ):
            raise PermissionDenied
        access.conceal(here)
    place = _seat_place(request, here, may_write=may_write)
    if place is None:
        return _listed(request, here, may_write=may_write)
    rule = _rule(here)
    form = _form(request, place, rule)
    if request.method != "POST" or not form.is_valid():
        return _page(request, place, form, rule)
    try:
        given = _saved(request, place, form)
    except ReplyClash as clash:
        form = _form(request, place, rule, on_version_of=clash.theirs)
        form.add_error(None, str(clash))
        return _page(request, place, form, rule, theirs=reply_words(clash.theirs))
    except REFUSED as refused:
        form.add_error(*_at_field(refused, form))
        return _page(request, place, form, rule)
    messages.success(request, done_words(given, is_own=place.is_own))
    is_still_theirs = access.may(request.user, Action.READ, here)
    return HttpResponseRedirect(page_address("meeting", here) if is_still_theirs else reverse("home"))


def _saved(request: HttpRequest, place: SeatPlace, form: ReplyForm) -> Reply:
    """The reply as the form says it. Raises what the operation raises."""
    answer = ReplyAnswer(form.cleaned_data["answer"])
    is_deputy = answer is ReplyAnswer.DEPUTY
    # Who may not read a reason leaves it as it is by leaving the box empty.
    unread = place.given.reason if place.given and not place.shows_reasons else ""
    return reply_to(
        meeting=place.meeting,
        seat=place.held.seat,
        answer=answer,
        person=User.objects.filter(pk=form.cleaned_data["who"]).first() if is_deputy else None,
        reason=form.cleaned_data["reason"] or unread,
        said=form.said(),
        seen=form.cleaned_data["seen"],
        by=author(request),
    )


def _seat_place(request: HttpRequest, here: Meeting, *, may_write: bool) -> SeatPlace | None:
    """The seat that the address names, or the reader's only one. Raises PermissionDenied for another's, Http404."""
    own = {each.seat.pk: each for each in own_seats(meeting=here, user=request.user, terms=None)}
    key = request.GET.get("seat", "")
    if not key:
        only = next(iter(own.values())) if len(own) == 1 and not may_write else None
        return _own_place(here, only, may_write=may_write) if only else None
    for each in replies_to(meeting=here):
        if each.held.seat.key == key:
            if each.held.seat.pk in own:
                return _own_place(here, own[each.held.seat.pk], may_write=may_write)
            if not may_write:
                raise PermissionDenied
            return SeatPlace(here, each.held, each.reply, is_own=False, is_for_team=True, shows_reasons=True)
    raise Http404


def _own_place(here: Meeting, own: OwnSeat, *, may_write: bool) -> SeatPlace:
    return SeatPlace(
        here,
        own.held,
        own.reply,
        is_own=own.is_representative,
        is_for_team=False,
        shows_reasons=may_write or _knows_why(own),
    )


def _knows_why(own: OwnSeat) -> bool:
    """Whether the reasons of the seat's reply are the reader's to read: not those of whom they only deputise for."""
    return own.is_representative or own.is_expected


def _rule(here: Meeting) -> DeputyRule | None:
    constitution = constitution_in_force(board=here.board, on=here.on)
    return terms_of(constitution=constitution).deputies if constitution else None


def _form(
    request: HttpRequest, place: SeatPlace, rule: DeputyRule | None, *, on_version_of: Reply | None = None
) -> ReplyForm:
    """The form as it was sent, or as the seat's reply fills it; after a clash on the reply that is there now."""
    seen = times_replied(on_version_of or place.given)
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        if on_version_of is not None:
            data["seen"] = str(seen)
    takes_others = rule is None or rule.who is WhoMayDeputise.ANY_SUBSTITUTE
    others = (
        colleagues_of(held=place.held, meeting=place.meeting, user=request.user, today=clock.today())
        if takes_others
        else []
    )
    representative = place.held.representative
    offer = Offer(
        member=representative.person.name if representative else "",
        deputies=place.held.deputies,
        others=others,
        rule=rule,
        is_own=place.is_own,
        must_be_said=not place.is_for_team,
        shows_reasons=place.shows_reasons,
    )
    form = ReplyForm(data, offer=offer, given=place.given, seen=seen)
    if place.given is None:
        # A home page may lead here with an answer chosen, which is nothing until it is confirmed.
        form.initial.setdefault("answer", request.GET.get("answer", ""))
    return form


def _at_field(refused: Exception, form: ReplyForm) -> tuple[str | None, str]:
    """Where on the page a refusal is told."""
    if isinstance(refused, DeputyReasonNeeded):
        return "deputy_reason", f"{refused} Say why this deputy comes."
    if isinstance(refused, DeputyRefused):
        return ("authority" if form.said().has_same_authority is False else "who"), str(refused)
    return ("answer" if isinstance(refused, NobodyNamed) else None), str(refused)


def _page(
    request: HttpRequest, place: SeatPlace, form: ReplyForm, rule: DeputyRule | None, *, theirs: str = ""
) -> HttpResponse:
    representative = place.held.representative
    calendars = calendar_answers_to(meeting=place.meeting, user=request.user, on=clock.today())
    context = {
        "form": form,
        "place": place,
        "calendar": calendar_words(calendars.get(representative.person_id)) if representative else "",
        "title": title_of(place.meeting),
        "said": own_words(place.given) if place.is_own else reply_words(place.given),
        "theirs": theirs,
        "clause": rule.clause if rule else None,
        "is_open": can_change(place.meeting),
        "meeting_href": page_address("meeting", place.meeting),
        **on_board(place.meeting.board, page="meetings"),
    }
    status = 409 if theirs else 400 if form.errors else 200
    return render(request, "meetings/meeting_reply.html", context, status=status)


def _listed(request: HttpRequest, here: Meeting, *, may_write: bool) -> HttpResponse:
    """Every seat with its reply for the team; for others their own, where they have several or none."""
    seats = replies_to(meeting=here)
    told = {each.held.seat.pk for each in seats}
    if not may_write:
        own = {each.seat.pk: each for each in own_seats(meeting=here, user=request.user, terms=None)}
        seats = [each for each in seats if each.held.seat.pk in own]
        told = {pk for pk, each in own.items() if _knows_why(each)}
    today = clock.today()
    calendars = calendar_answers_to(meeting=here, user=request.user, on=today)
    context = {
        "rows": reply_rows(seats, here, reasons_of=told, calendars=calendars),
        "has_calendars": bool(calendars),
        "not_taken": not_taken(answers_not_taken(meeting=here, user=request.user, on=today)) if may_write else (),
        "title": title_of(here),
        "is_open": can_change(here),
        "is_team": may_write,
        "meeting_href": page_address("meeting", here),
        **on_board(here.board, page="meetings"),
    }
    return render(request, "meetings/meeting_replies.html", context)
