"""PDFs of a meeting: asked for, watched while a worker makes them, handed out after a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from meetings.agenda_sheet import agenda_content
from meetings.forms import number_in
from meetings.minutes import MinutesContent, NothingToMinute, draft_minutes
from meetings.minutes.reading import for_reader
from meetings.models import Document, DocumentKind, DocumentState, Meeting, Minutes
from meetings.operations.documents import ask_for_document
from meetings.presenters.agenda import agenda_href
from meetings.presenters.document import DRAFTS, document_page
from meetings.presenters.minutes import minutes_href
from meetings.queries import meeting_at
from meetings.views.readings import note_reading
from meetings.views.registers import author
from partnership import access, clock, pulse
from partnership.access import Action, Kind
from partnership.models import Heartbeat
from partnership.navigation import address_of, on_board
from partnership.views.finding import board_at
from partnership.views.slowing import slowed_down

# Whoever may read a draft may have it on paper, to check it; of what was sent the table says who may download it.
NEEDED = {
    DocumentKind.AGENDA: (Action.DOWNLOAD, Kind.AGENDA),
    DocumentKind.AGENDA_DRAFT: (Action.READ, Kind.AGENDA_DRAFT),
    DocumentKind.MINUTES: (Action.DOWNLOAD, Kind.MINUTES),
    DocumentKind.MINUTES_DRAFT: (Action.READ, Kind.MINUTES_DRAFT),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a document shows, and the ids of the items and papers that its reader must be able to read for it."""

    content: Mapping[str, Any]
    items: tuple[int, ...]
    papers: tuple[int, ...] = ()


class NothingToShow(Exception):
    """There is no such document yet; the message says why."""


@require_POST
def documents(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Ask for a PDF; the page of the document shows how far it is."""
    meeting = _meeting(request, partnership_slug, board_slug, address)
    kind = _kind(request)
    action, on = NEEDED[kind]
    access.require(request.user, action, meeting, on)
    try:
        shown = _content(request, meeting, kind)
    except NothingToShow as nothing:
        messages.warning(request, str(nothing))
        is_minutes = kind in {DocumentKind.MINUTES, DocumentKind.MINUTES_DRAFT}
        return HttpResponseRedirect(minutes_href(meeting) if is_minutes else agenda_href(meeting))
    asked = ask_for_document(
        meeting=meeting,
        kind=kind,
        content=shown.content,
        items=shown.items,
        papers=shown.papers,
        by=author(request),
    )
    return HttpResponseRedirect(reverse("document", args=(*address_of(meeting.board), meeting.address, asked.uuid)))


def document(request: HttpRequest, partnership_slug: str, board_slug: str, address: str, uuid: UUID) -> HttpResponse:
    """How far the document is; htmx asks for that part again every two seconds while it is being made."""
    meeting = _meeting(request, partnership_slug, board_slug, address)
    found = _document(request, meeting, uuid)
    is_waiting = found.state == DocumentState.WAITING
    worker_seen = pulse.last_seen().get(Heartbeat.Process.WORKER) if is_waiting else None
    page = document_page(found, meeting=meeting, worker_seen=worker_seen, now=clock.machine_now())
    if request.htmx:  # type: ignore[attr-defined]  # set by django_htmx's middleware
        return render(request, "meetings/document_progress.html", {"page": page})
    return render(request, "meetings/document.html", {"page": page, **on_board(meeting.board, page="meetings")})


@require_safe
def document_file(
    request: HttpRequest, partnership_slug: str, board_slug: str, address: str, uuid: UUID
) -> HttpResponseBase:
    """The PDF itself. Raises Http404 while there is none."""
    meeting = _meeting(request, partnership_slug, board_slug, address)
    found = _document(request, meeting, uuid)
    if found.kind not in DRAFTS:
        access.require(request.user, Action.DOWNLOAD, found)
    if found.state != DocumentState.READY or not found.file.storage.exists(found.file.name or ""):
        raise Http404
    slowed = slowed_down(request, board=meeting.board, is_restricted=found.reader_id is not None)
    if slowed is not None:
        return slowed
    items = found.items.values_list("pk", flat=True)
    note_reading(request, items=items, papers=found.papers.values_list("pk", flat=True), how="file of a document")
    name = f"{found.get_kind_display().lower().replace(' ', '-')}-{meeting.board.slug}-{meeting.address}.pdf"
    return FileResponse(found.file.open("rb"), content_type="application/pdf", filename=name)


def _meeting(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> Meeting:
    board = board_at(request, partnership_slug, board_slug)
    return meeting_at(board=board, address=address, user=request.user, today=clock.today())


def _document(request: HttpRequest, meeting: Meeting, uuid: UUID) -> Document:
    found = access.get_visible_or_404(Document.objects.filter(meeting=meeting), request.user, uuid=uuid)
    found.meeting = meeting
    return found


def _kind(request: HttpRequest) -> DocumentKind:
    """The kind that the form names. Raises BadRequest for one that does not exist, or is not of a meeting."""
    kind = request.POST.get("kind", "")
    if kind not in NEEDED:
        raise BadRequest("Say which document.")
    return DocumentKind(kind)


def _content(request: HttpRequest, meeting: Meeting, kind: DocumentKind) -> Shown:
    """What the document shows its reader now. Raises NothingToShow."""
    today = clock.today()
    if kind is DocumentKind.MINUTES:
        kept = MinutesContent.from_json(_minutes_sent(request, meeting).content)
        minutes = for_reader(kept, meeting=meeting, user=request.user, today=today)
        return Shown(minutes.to_json(), minutes.items_shown)
    if kind is DocumentKind.MINUTES_DRAFT:
        try:
            draft = draft_minutes(meeting=meeting, user=request.user, today=today)
        except NothingToMinute as nothing:
            raise NothingToShow(str(nothing)) from nothing
        return Shown(draft.to_json(), draft.items_shown)
    is_draft = kind is DocumentKind.AGENDA_DRAFT
    agenda = agenda_content(meeting=meeting, user=request.user, today=today, is_draft=is_draft)
    if agenda is None:
        raise NothingToShow("The agenda has not been published yet.")
    return Shown(agenda.to_json(), agenda.items_shown, agenda.papers_named)


def _minutes_sent(request: HttpRequest, meeting: Meeting) -> Minutes:
    """The version that the form names, else the latest. Raises NothingToShow."""
    sent = Minutes.objects.visible_to(request.user, clock.today()).filter(meeting=meeting).order_by("-version")
    asked = number_in(request.POST.get("version", ""))
    found = sent.first() if asked is None else sent.filter(version=asked).first()
    if found is None:
        raise NothingToShow("The minutes have not been sent yet.")
    return found
