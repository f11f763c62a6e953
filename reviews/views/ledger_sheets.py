"""The ledger of duties as PDF: asked for as it is narrowed, watched while it is made, handed out to who asked."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from meetings.models import Document, DocumentKind, DocumentState
from meetings.operations.own_sheets import ask_for_own_sheet
from meetings.presenters.document import ledger_sheet_page
from partnership import access, clock, pulse
from partnership.access import Action, Kind
from partnership.models import Board, Heartbeat
from partnership.navigation import address_of, on_board
from partnership.views.finding import board_at, reader_of
from partnership.views.slowing import slowed_down
from reviews.presenters.ledger_sheet import ledger_content
from reviews.views.ledger import page_of_ledger


@require_POST
def ledger_sheets(request: HttpRequest, partnership_slug: str, board_slug: str, year: int) -> HttpResponse:
    """Ask for the PDF of what the page shows."""
    board = _board(request, partnership_slug, board_slug)
    page = page_of_ledger(request, board, year, request.POST)
    content = ledger_content(page, board=board, today=clock.today()).to_json()
    asked = ask_for_own_sheet(board=board, kind=DocumentKind.LEDGER, content=content, by=reader_of(request))
    return HttpResponseRedirect(reverse("ledger_sheet", args=(*address_of(board), asked.uuid)))


def ledger_sheet(request: HttpRequest, partnership_slug: str, board_slug: str, uuid: UUID) -> HttpResponse:
    """How far it is; htmx asks for that part again every two seconds while it is being made."""
    board = _board(request, partnership_slug, board_slug)
    found = _sheet(request, board, uuid)
    is_waiting = found.state == DocumentState.WAITING
    worker_seen = pulse.last_seen().get(Heartbeat.Process.WORKER) if is_waiting else None
    page = ledger_sheet_page(found, board=board, worker_seen=worker_seen, now=clock.machine_now())
    if request.htmx:  # type: ignore[attr-defined]  # set by django_htmx's middleware
        return render(request, "meetings/document_progress.html", {"page": page})
    return render(request, "meetings/document.html", {"page": page, **on_board(board, page="overview")})


@require_safe
def ledger_sheet_file(request: HttpRequest, partnership_slug: str, board_slug: str, uuid: UUID) -> HttpResponseBase:
    """The PDF itself. Raises Http404 while there is none."""
    board = _board(request, partnership_slug, board_slug)
    found = _sheet(request, board, uuid)
    if found.state != DocumentState.READY or not found.file.storage.exists(found.file.name or ""):
        raise Http404
    slowed = slowed_down(request, board=board, is_restricted=False)
    if slowed is not None:
        return slowed
    name = f"duties-{board.slug}-{found.content['heading']['year']}.pdf"
    return FileResponse(found.file.open("rb"), content_type="application/pdf", filename=name)


def _board(request: HttpRequest, partnership_slug: str, board_slug: str) -> Board:
    """Raises Http404 where the ledger is not the reader's to see, PermissionDenied where not to take away."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.DOWNLOAD, board, Kind.LEDGER, clock.today())
    return board


def _sheet(request: HttpRequest, board: Board, uuid: UUID) -> Document:
    own = Document.objects.filter(board=board, kind=DocumentKind.LEDGER)
    return access.get_visible_or_404(own, request.user, clock.today(), uuid=uuid)
