"""Who may read an item or a paper: limiting it, naming readers, recording interests, and declaring one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from meetings.forms import number_in
from meetings.forms.protected_items import DeclareForm, InterestForm, LimitForm, MarkForm, NameForm, WhyForm
from meetings.models import AgendaItem, Meeting, Paper
from meetings.operations import (
    NotAPossibleReader,
    limit_to_readers,
    mark_matter,
    name_for,
    open_again,
    record_interest,
    take_off,
)
from meetings.presenters.meeting_tasks import address as page_address
from meetings.presenters.protected_items import access_page
from meetings.queries import item_at, paper_at
from meetings.queries.agenda import numbers_of
from meetings.queries.protected_items import interests_in, marks_for, people_of_group, possible_readers, readers_of
from meetings.views.agendas import AgendaPlace, place_of
from meetings.views.registers import author
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Protection
from partnership.navigation import on_board
from partnership.operations import EndsBeforeItStarts
from partnership.protections import AlreadyBarred, BarLifted, NoReasonGiven, NotLimited, lift_bar
from partnership.signing_in.fresh import asked_again, is_proved_lately

WRITES, PRESIDES = (Kind.AGENDA_DRAFT, Action.WRITE), (Kind.DECLARATIONS, Action.DECIDE)
DECLARES, KEEPS = (Kind.DECLARATIONS, Action.OWN), (Kind.DECLARATIONS, Action.WRITE)
REFUSED = (AlreadyBarred, BarLifted, EndsBeforeItStarts, NoReasonGiven, NotAPossibleReader, NotLimited)
# How long named readers read on after the meeting unless told otherwise.
READ_FOR = timedelta(days=28)
# The name of a form of the page, the form as it was sent, and what it asks for.
Act: TypeAlias = tuple[str, Form, Callable[[], None]]
# Acts that let somebody read: a proof of the last five minutes is asked for.
LETS_OUT = frozenset({"limit", "name", "open", "lift"})
LOST = "It is saved. You can no longer read it."


@dataclass
class OpenMatter:
    """An item or a paper whose readers are looked after, and the forms of its page as they stand."""

    place: AgendaPlace
    matter: AgendaItem | Paper
    is_chair: bool
    forms: dict[str, Form] = field(default_factory=dict)

    @property
    def meeting(self) -> Meeting:
        return self.place.meeting

    @property
    def protection(self) -> Protection | None:
        return type(self.matter)._default_manager.select_related("protection").get(pk=self.matter.pk).protection


def item_access(
    request: HttpRequest, partnership_slug: str, board_slug: str, address: str, item_id: int
) -> HttpResponse:
    """Who may read an item, for the team and the chair."""
    place = place_of(request, partnership_slug, board_slug, address)
    item = item_at(meeting=place.meeting, number=item_id, user=request.user, today=clock.today())
    return _access(request, _open(request, place, item))


def paper_access(
    request: HttpRequest, partnership_slug: str, board_slug: str, address: str, uuid: UUID
) -> HttpResponse:
    """Who may read a paper, for the team and the chair."""
    place = place_of(request, partnership_slug, board_slug, address)
    paper = paper_at(meeting=place.meeting, uuid=uuid, user=request.user, today=clock.today())
    return _access(request, _open(request, place, paper))


def _open(request: HttpRequest, place: AgendaPlace, matter: AgendaItem | Paper) -> OpenMatter:
    """Raises PermissionDenied for who may read it and not say who else does."""
    rights = access.rights_on(request.user, place.meeting, (WRITES, PRESIDES))
    if not rights:
        raise PermissionDenied
    return OpenMatter(place, matter, is_chair=WRITES not in rights)


def _access(request: HttpRequest, page: OpenMatter) -> HttpResponse:
    status = HTTPStatus.OK
    if "prove" in request.GET and (asked := asked_again(request, then=request.path)) is not None:
        return asked
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            return HttpResponseRedirect(request.path)
        if request.POST["act"] in LETS_OUT and (asked := asked_again(request)) is not None:
            return asked
        name, form, do = act(request, page)
        if form.is_valid():
            try:
                do()
            except REFUSED as refused:
                form.add_error(None, str(refused))
            else:
                return _done(request, page)
        page.forms[name] = form
        status = HTTPStatus.BAD_REQUEST
    return _drawn(request, page, status)


def _done(request: HttpRequest, page: OpenMatter) -> HttpResponse:
    """Back to the page, or to the agenda for who has just kept it from themselves."""
    if access.may(request.user, Action.READ, page.matter):
        messages.success(request, "It is saved.")
        return HttpResponseRedirect(request.path)
    messages.success(request, LOST)
    return HttpResponseRedirect(page.place.href)


def _drawn(request: HttpRequest, page: OpenMatter, status: HTTPStatus) -> HttpResponse:
    today, meeting, protection = clock.today(), page.meeting, page.protection
    is_item = isinstance(page.matter, AgendaItem)
    item = page.matter if isinstance(page.matter, AgendaItem) else page.matter.item
    number = numbers_of(meeting=meeting, user=request.user, today=today).get(item.pk)
    nameable = possible_readers(meeting=meeting, on=today)
    initial = {"until": meeting.on + READ_FOR}
    forms: dict[str, Form] = {
        "limit": LimitForm(people=nameable, field="readers", initial=initial),
        "name": NameForm(people=nameable, field="person", initial=initial),
        "open": WhyForm(),
        "mark": _mark_form(page),
    }
    if is_item:
        forms["interest"] = InterestForm(people=people_of_group(meeting=meeting, on=today), field="person")
    forms |= page.forms
    context = {
        "page": access_page(
            caption=f"Item {number}" if is_item else f"Item {number}, a paper",
            title=page.matter.title,
            protection=protection,
            readers=readers_of(protection=protection, on=today),
            interests=interests_in(protection=protection) if is_item else [],
        ),
        "place": page.place,
        "is_proof_due": not is_proved_lately(request),
        "forms": forms,
        "form": next(iter(page.forms.values()), None),
        **on_board(meeting.board, page="meetings"),
    }
    return render(request, "meetings/protected_item.html", context, status=status)


# --- the acts of the page: the form that each is sent with, and what it does ------------------------------------------


def _limit(request: HttpRequest, page: OpenMatter) -> Act:
    form = LimitForm(request.POST, people=possible_readers(meeting=page.meeting, on=clock.today()), field="readers")

    def do() -> None:
        limit_to_readers(
            matter=page.matter,
            reason=form.cleaned_data["reason"],
            readers=form.chosen(),
            ends_on=form.cleaned_data["until"],
            excludes_team=form.cleaned_data["excludes_team"],
            by=author(request),
        )

    return "limit", form, do


def _name(request: HttpRequest, page: OpenMatter) -> Act:
    form = NameForm(request.POST, people=possible_readers(meeting=page.meeting, on=clock.today()), field="person")

    def do() -> None:
        name_for(
            matter=page.matter,
            person=form.chosen(),
            reason=form.cleaned_data["reason"],
            ends_on=form.cleaned_data["until"],
            by=author(request),
        )

    return "name", form, do


def _take_off(request: HttpRequest, page: OpenMatter) -> Act:
    named = readers_of(protection=page.protection, on=clock.today())
    reader = next((one for one in named if one.pk == number_in(request.POST.get("reader", ""))), None)
    if reader is None:
        raise Http404

    def do() -> None:
        take_off(matter=page.matter, reader=reader, reason="Taken off the named readers", by=author(request))

    return "take-off", Form({}), do


def _open_again(request: HttpRequest, page: OpenMatter) -> Act:
    form = WhyForm(request.POST)

    def do() -> None:
        open_again(matter=page.matter, reason=form.cleaned_data["reason"], by=author(request))

    return "open", form, do


def _interest(request: HttpRequest, page: OpenMatter) -> Act:
    item = page.matter
    if not isinstance(item, AgendaItem):
        raise Http404
    form = InterestForm(request.POST, people=people_of_group(meeting=page.meeting, on=clock.today()), field="person")

    def do() -> None:
        record_interest(
            item=item,
            person=form.chosen(),
            reason=form.cleaned_data["reason"],
            is_chair=page.is_chair,
            by=author(request),
        )

    return "interest", form, do


def _mark_form(page: OpenMatter, data: Any = None) -> MarkForm:
    chosen = page.matter.mark_id
    return MarkForm(data, marks=marks_for(meeting=page.meeting, chosen=chosen), chosen=chosen)


def _mark(request: HttpRequest, page: OpenMatter) -> Act:
    form = _mark_form(page, request.POST)

    def do() -> None:
        mark_matter(matter=page.matter, mark=form.chosen(), by=author(request))

    return "mark", form, do


def _lift(request: HttpRequest, page: OpenMatter) -> Act:
    recorded = interests_in(protection=page.protection)
    bar = next((one for one in recorded if one.pk == number_in(request.POST.get("interest", ""))), None)
    if bar is None:
        raise Http404
    form = WhyForm(request.POST)

    def do() -> None:
        lift_bar(bar=bar, reason=form.cleaned_data["reason"], by=author(request))

    return "lift", form, do


ACTS = {
    "limit": _limit,
    "name": _name,
    "take-off": _take_off,
    "open": _open_again,
    "interest": _interest,
    "lift": _lift,
    "mark": _mark,
}


# --- one's own --------------------------------------------------------------------------------------------------------


def declare(request: HttpRequest, partnership_slug: str, board_slug: str, address: str, item_id: int) -> HttpResponse:
    """Declare an interest of one's own in an item, which closes it at once."""
    place = place_of(request, partnership_slug, board_slug, address)
    today = clock.today()
    item = item_at(meeting=place.meeting, number=item_id, user=request.user, today=today)
    if not access.rights_on(request.user, place.meeting, (DECLARES, KEEPS), today):
        raise PermissionDenied
    number = numbers_of(meeting=place.meeting, user=request.user, today=today).get(item.pk)
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by = author(request)
        try:
            record_interest(item=item, person=by, reason=form.cleaned_data["reason"], by=by)
        except (AlreadyBarred, NoReasonGiven) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Your interest in item {number} is recorded. You can no longer read it.")
            return HttpResponseRedirect(page_address("meeting", place.meeting))
    context = {
        "place": place,
        "item": item,
        "number": number,
        "form": form,
        "back_href": page_address("meeting", place.meeting),
        **on_board(place.meeting.board, page="meetings"),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "meetings/declare_interest.html", context, status=status)
