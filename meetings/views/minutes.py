"""The minutes of a meeting: their draft, sending them, and reading what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from meetings.forms import SendMinutesForm
from meetings.minutes import MinutesContent, NothingToMinute, draft_minutes
from meetings.minutes.due import minutes_due
from meetings.minutes.reading import for_reader
from meetings.minutes.recipients import minutes_go_to
from meetings.models import Document, DocumentKind, Meeting, Minutes
from meetings.operations import (
    ChangedSinceChecked,
    LateWithoutReason,
    NotTheirsToSend,
    RegisterNotClosed,
    send_minutes,
)
from meetings.operations.documents import content_hash
from meetings.operations.minutes import fingerprint_to_send, next_version
from meetings.presenters.minutes import (
    MinutesPage,
    draft_page,
    empty_page,
    minutes_href,
    send_page,
    sent_page,
    sent_words,
)
from meetings.presenters.shown import Rights
from meetings.queries import meeting_at
from meetings.queries.minutes import minutes_sent, ready_document
from meetings.views.readings import note_reading
from meetings.views.registers import author
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.navigation import on_board
from partnership.signing_in.fresh import ITSELF, proved_lately
from partnership.views.finding import board_at

READS_DRAFT, WRITES_DRAFT = (Kind.MINUTES_DRAFT, Action.READ), (Kind.MINUTES_DRAFT, Action.WRITE)
ASKED = (READS_DRAFT, WRITES_DRAFT, (Kind.MINUTES, Action.READ), (Kind.MINUTES, Action.DOWNLOAD))


@dataclass(frozen=True, slots=True)
class MinutesPlace:
    """A meeting whose minutes the reader may see, in draft or once they are sent."""

    meeting: Meeting
    rights: Rights

    @property
    def href(self) -> str:
        return minutes_href(self.meeting)


def place_of(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> MinutesPlace:
    """The meeting at an address. Raises Http404 when its minutes will never be the reader's to see."""
    today = clock.today()
    board = board_at(request, partnership_slug, board_slug)
    meeting = meeting_at(board=board, address=address, user=request.user, today=today)
    rights = Rights(access.rights_on(request.user, meeting, ASKED, today))
    if not rights.may(Kind.MINUTES, Action.READ) and not rights.may(*READS_DRAFT):
        access.conceal(meeting)
    return MinutesPlace(meeting, rights)


def minutes(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """What was sent last, or the version that the address asks for; before that the draft, to those who may see it."""
    place = place_of(request, partnership_slug, board_slug, address)
    versions = minutes_sent(meeting=place.meeting, user=request.user, today=clock.today())
    page = _page(request, place, versions)
    context = {
        "page": page,
        "may_write": place.rights.may(*WRITES_DRAFT),
        "may_download": place.rights.may(Kind.MINUTES, Action.DOWNLOAD) or page.document_kind == "minutes draft",
        **on_board(place.meeting.board, page="meetings"),
    }
    return render(request, "meetings/minutes.html", context)


def _page(request: HttpRequest, place: MinutesPlace, versions: list[Minutes]) -> MinutesPage:
    meeting, today = place.meeting, clock.today()
    due = minutes_due(meeting=meeting)
    if versions:
        shown = _asked_for(request, versions)
        kept = MinutesContent.from_json(shown.content)
        content = for_reader(kept, meeting=meeting, user=request.user, today=today)
        note_reading(request, items=content.items_shown, how="minutes")
        pdf = _pdf(request, meeting, DocumentKind.MINUTES, content)
        return sent_page(meeting, shown, versions, content=content, due=due, pdf=pdf, today=today)
    if not place.rights.may(*READS_DRAFT):
        return empty_page(meeting, due=due, sentence="The minutes have not been sent yet.", today=today)
    try:
        content = draft_minutes(meeting=meeting, user=request.user, today=today)
    except NothingToMinute as nothing:
        return empty_page(meeting, due=due, sentence=str(nothing), today=today)
    note_reading(request, items=content.items_shown, how="draft minutes")
    pdf = _pdf(request, meeting, DocumentKind.MINUTES_DRAFT, content)
    return draft_page(meeting, content, due=due, pdf=pdf, today=today)


def _asked_for(request: HttpRequest, versions: list[Minutes]) -> Minutes:
    """The version that the address names, else the latest. Raises Http404 where there is none of that number."""
    asked = request.GET.get("version")
    if asked is None:
        return versions[0]
    for each in versions:
        if str(each.version) == asked:
            return each
    raise Http404


def _pdf(request: HttpRequest, meeting: Meeting, kind: DocumentKind, content: MinutesContent) -> Document | None:
    shown = content_hash(content.to_json())
    return ready_document(meeting=meeting, kind=kind, content_hash=shown, user=request.user, today=clock.today())


@proved_lately(then=ITSELF)
def send(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Check what goes out, to whom, and when it was due, then send it."""
    place = place_of(request, partnership_slug, board_slug, address)
    access.require(request.user, Action.WRITE, place.meeting, Kind.MINUTES_DRAFT)
    if request.method != "POST":
        return _check(request, place, SendMinutesForm())
    form = SendMinutesForm(request.POST)
    if not form.is_valid():
        return _check(request, place, form)
    said = form.cleaned_data
    try:
        sent = send_minutes(meeting=place.meeting, reason=said["reason"], checked=said["checked"], by=author(request))
    except LateWithoutReason as missing:
        form.add_error("reason", str(missing))
        return _check(request, place, form)
    except ChangedSinceChecked as changed:
        form.add_error(None, str(changed))
        return _check(request, place, form, status=HTTPStatus.CONFLICT)
    except (NotTheirsToSend, NothingToMinute, RegisterNotClosed) as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(place.href)
    messages.success(request, f"The minutes are sent. {sent_words(sent, minutes_due(meeting=place.meeting))}")
    return HttpResponseRedirect(place.href)


def _check(
    request: HttpRequest,
    place: MinutesPlace,
    form: SendMinutesForm,
    *,
    status: HTTPStatus = HTTPStatus.BAD_REQUEST,
) -> HttpResponse:
    meeting, today = place.meeting, clock.today()
    try:
        draft = draft_minutes(meeting=meeting, user=request.user, today=today)
    except NothingToMinute as nothing:
        messages.warning(request, str(nothing))
        return HttpResponseRedirect(place.href)
    version = next_version(meeting)
    page = send_page(
        meeting,
        draft,
        version=version,
        mark=fingerprint_to_send(draft, version),
        goes_to=minutes_go_to(meeting=meeting, today=today),
        due=minutes_due(meeting=meeting),
        today=today,
    )
    context = {"page": page, "form": form, **on_board(meeting.board, page="meetings")}
    return render(request, "meetings/minutes_send.html", context, status=status if form.errors else HTTPStatus.OK)
