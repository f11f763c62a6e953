"""The agenda of a meeting: its own page, its items one by one, and what puts them in order."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from meetings.forms import ItemForm, WithdrawalForm
from meetings.models import AgendaItem, Meeting
from meetings.operations import (
    AgendaClosed,
    AlreadyAtTheEnd,
    ItemClash,
    ItemRecorded,
    NoStandingItems,
    NotOnTheAgenda,
    ReasonMissing,
    add_item,
    change_item,
    move_item,
    remove_item,
    start_from_standing_items,
)
from meetings.presenters.agenda import agenda_href, agenda_page, clash_lines, standing_words
from meetings.queries import agenda_of, item_at, meeting_at, papers_due, standing_items_for
from meetings.views.readings import note_agenda
from meetings.views.registers import author
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.navigation import on_board
from partnership.rules.plain_dates import counted
from partnership.views.finding import board_at

WRITES, READS_DRAFTS = (Kind.AGENDA_DRAFT, Action.WRITE), (Kind.AGENDA_DRAFT, Action.READ)
PRESIDES = (Kind.DECLARATIONS, Action.DECIDE)
LOOKS_BACK = (Kind.HISTORY, Action.READ)
PUBLISHES, DOWNLOADS = (Kind.AGENDA, Action.DECIDE), (Kind.AGENDA, Action.DOWNLOAD)
ASKED = (WRITES, READS_DRAFTS, PUBLISHES, DOWNLOADS, PRESIDES, LOOKS_BACK)


@dataclass(frozen=True, slots=True)
class AgendaPlace:
    """A meeting whose agenda the reader may see."""

    meeting: Meeting

    @property
    def href(self) -> str:
        return agenda_href(self.meeting)


def place_of(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> AgendaPlace:
    """The meeting at an address. Raises Http404 when its agenda is not the reader's to see."""
    today = clock.today()
    board = board_at(request, partnership_slug, board_slug)
    meeting = meeting_at(board=board, address=address, user=request.user, today=today)
    access.require(request.user, Action.READ, meeting, Kind.AGENDA, today)
    return AgendaPlace(meeting)


def place_to_write(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> AgendaPlace:
    """The same for an act on the draft: PermissionDenied for who may only read drafts, Http404 for who may not."""
    place = place_of(request, partnership_slug, board_slug, address)
    access.require(request.user, Action.WRITE, place.meeting, Kind.AGENDA_DRAFT)
    return place


def agenda(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """The agenda as far as the reader may see it, with its controls for the team."""
    place = place_of(request, partnership_slug, board_slug, address)
    today = clock.today()
    rights = access.rights_on(request.user, place.meeting, ASKED, today)
    standing = standing_items_for(meeting=place.meeting)
    seen = agenda_of(meeting=place.meeting, user=request.user, today=today)
    note_agenda(request, seen, how="agenda")
    due = papers_due(meeting=place.meeting)
    page = agenda_page(seen, due=due, standing=standing, today=today, moved=request.GET.get("moved", ""))
    can_write = WRITES in rights and not page.closed
    context = {
        "page": page,
        "can_write": can_write,
        "can_publish": PUBLISHES in rights and not page.closed and bool(page.drafts),
        "can_limit": bool({WRITES, PRESIDES} & rights),
        "is_team": WRITES in rights,
        "may_look_back": LOOKS_BACK in rights,
        "can_print": DOWNLOADS in rights and bool(page.sent),
        "can_print_draft": READS_DRAFTS in rights and bool(page.drafts),
        "standing": standing_words(standing, seen) if can_write else None,
        **on_board(place.meeting.board, page="meetings"),
    }
    return render(request, "meetings/agenda.html", context)


@require_POST
def start(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Add the standing items of the constitution that the agenda has not."""
    place = place_to_write(request, partnership_slug, board_slug, address)
    try:
        added = start_from_standing_items(meeting=place.meeting, by=author(request))
    except (NoStandingItems, AgendaClosed) as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"{counted(len(added), 'standing item')} added.")
    return HttpResponseRedirect(place.href)


def add(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Put an item at the end of the agenda."""
    place = place_to_write(request, partnership_slug, board_slug, address)
    form = ItemForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _item_page(request, place, form)
    said = form.values()
    try:
        add_item(
            meeting=place.meeting,
            title=said.title,
            kind=said.kind,
            minutes=said.minutes,
            lead=said.lead,
            purpose=said.purpose,
            by=author(request),
        )
    except AgendaClosed as refused:
        form.add_error(None, str(refused))
        return _item_page(request, place, form)
    messages.success(request, f"“{said.title}” is on the agenda.")
    return HttpResponseRedirect(place.href)


def item(request: HttpRequest, partnership_slug: str, board_slug: str, address: str, item_id: int) -> HttpResponse:
    """Change what an item says."""
    place = place_to_write(request, partnership_slug, board_slug, address)
    found = _item_of(request, place, item_id)
    form = ItemForm.of(found, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _item_page(request, place, form, found)
    said = form.values()
    try:
        change_item(
            item=found,
            version=form.drawn_version,
            title=said.title,
            kind=said.kind,
            minutes=said.minutes,
            lead=said.lead,
            purpose=said.purpose,
            by=author(request),
        )
    except ItemClash as clash:
        return _item_page(request, place, _drawn_again(request, clash), found, clash=clash)
    except (AgendaClosed, NotOnTheAgenda) as refused:
        form.add_error(None, str(refused))
        return _item_page(request, place, form, found)
    messages.success(request, f"“{said.title}” is saved.")
    return HttpResponseRedirect(place.href)


@require_POST
def move(request: HttpRequest, partnership_slug: str, board_slug: str, address: str, item_id: int) -> HttpResponse:
    """Let an item change places with its neighbour; the button pressed has the focus again."""
    place = place_to_write(request, partnership_slug, board_slug, address)
    found = _item_of(request, place, item_id)
    direction = "up" if request.POST.get("direction") == "up" else "down"
    try:
        move_item(item=found, up=direction == "up", by=author(request))
    except (AlreadyAtTheEnd, AgendaClosed, NotOnTheAgenda) as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(place.href)
    seen = agenda_of(meeting=place.meeting, user=request.user, today=clock.today())
    number = next((each.number for each in seen.items if each.item.pk == found.pk), 0)
    messages.success(request, f"“{found.title}” is now item {number} of {len(seen.items)}.")
    return HttpResponseRedirect(f"{place.href}?moved={found.pk}-{direction}")


def remove(request: HttpRequest, partnership_slug: str, board_slug: str, address: str, item_id: int) -> HttpResponse:
    """Check, then take an item off the agenda with its papers."""
    place = place_to_write(request, partnership_slug, board_slug, address)
    found = _item_of(request, place, item_id)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            remove_item(item=found, reason=form.cleaned_data["reason"], by=author(request))
        except ReasonMissing as missing:
            form.add_error("reason", str(missing))
        except (AgendaClosed, NotOnTheAgenda, ItemRecorded) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{found.title}” is off the agenda.")
            return HttpResponseRedirect(place.href)
    context = {
        "place": place,
        "form": form,
        "item": found,
        "papers": list(found.papers.in_order()),
        **on_board(place.meeting.board, page="meetings"),
    }
    return render(
        request,
        "meetings/agenda_item_remove.html",
        context,
        status=HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
    )


def _item_of(request: HttpRequest, place: AgendaPlace, item_id: int) -> AgendaItem:
    found = item_at(meeting=place.meeting, number=item_id, user=request.user, today=clock.today())
    found.meeting = place.meeting
    return found


def _drawn_again(request: HttpRequest, clash: ItemClash) -> ItemForm:
    """The form as it was sent, on the item's present version, so that saving again keeps what was typed."""
    form = ItemForm.of(clash.item, {**request.POST.dict(), "version": str(clash.item.version)})
    form.add_error(None, str(clash))
    return form


def _item_page(
    request: HttpRequest,
    place: AgendaPlace,
    form: ItemForm,
    found: AgendaItem | None = None,
    *,
    clash: ItemClash | None = None,
) -> HttpResponse:
    context = {
        "place": place,
        "form": form,
        "item": found,
        "clash": clash_lines(clash.theirs, clash.yours) if clash else [],
        **on_board(place.meeting.board, page="meetings"),
    }
    status = HTTPStatus.CONFLICT if clash else HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "meetings/agenda_item.html", context, status=status)
