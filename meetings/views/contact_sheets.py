"""The contact list of a board as PDF: asked for, watched while it is made, handed out while the list still says so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from meetings.contact_sheet import contacts_content
from meetings.models import Document, DocumentKind, DocumentState
from meetings.operations.own_sheets import ask_for_own_sheet, is_still_so
from meetings.presenters.document import contact_sheet_page
from meetings.views.registers import author
from membership.views.contacts import board_with_contacts, contact_list
from partnership import access, clock, pulse
from partnership.access import Action, Kind
from partnership.models import Board, Heartbeat
from partnership.navigation import address_of, on_board
from partnership.views.slowing import slowed_down


@require_POST
def contact_sheets(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Ask for the PDF of the list as the reader has it now."""
    board = _board(request, partnership_slug, board_slug)
    content = _content(request, board)
    asked = ask_for_own_sheet(board=board, kind=DocumentKind.CONTACTS, content=content, by=author(request))
    return HttpResponseRedirect(reverse("contact_sheet", args=(*address_of(board), asked.uuid)))


def contact_sheet(request: HttpRequest, partnership_slug: str, board_slug: str, uuid: UUID) -> HttpResponse:
    """How far it is; htmx asks for that part again every two seconds while it is being made."""
    board = _board(request, partnership_slug, board_slug)
    found = _sheet(request, board, uuid)
    is_waiting = found.state == DocumentState.WAITING
    worker_seen = pulse.last_seen().get(Heartbeat.Process.WORKER) if is_waiting else None
    page = contact_sheet_page(
        found,
        board=board,
        is_still_so=is_still_so(found, _content(request, board)),
        worker_seen=worker_seen,
        now=clock.machine_now(),
    )
    if request.htmx:  # type: ignore[attr-defined]  # set by django_htmx's middleware
        return render(request, "meetings/document_progress.html", {"page": page})
    return render(request, "meetings/document.html", {"page": page, **on_board(board, page="members")})


@require_safe
def contact_sheet_file(request: HttpRequest, partnership_slug: str, board_slug: str, uuid: UUID) -> HttpResponseBase:
    """The PDF itself. Raises Http404 while there is none, and once the list says something else to its reader."""
    board = _board(request, partnership_slug, board_slug)
    found = _sheet(request, board, uuid)
    if found.state != DocumentState.READY or not found.file.storage.exists(found.file.name or ""):
        raise Http404
    if not is_still_so(found, _content(request, board)):
        raise Http404
    slowed = slowed_down(request, board=board, is_restricted=False)
    if slowed is not None:
        return slowed
    name = f"contacts-{board.slug}-{clock.today().isoformat()}.pdf"
    return FileResponse(found.file.open("rb"), content_type="application/pdf", filename=name)


def _board(request: HttpRequest, partnership_slug: str, board_slug: str) -> Board:
    """Raises Http404 where the list is not the reader's to see, PermissionDenied where not to take away."""
    board = board_with_contacts(request, partnership_slug, board_slug)
    access.require(request.user, Action.DOWNLOAD, board, Kind.CONTACT_DETAILS, clock.today())
    return board


def _sheet(request: HttpRequest, board: Board, uuid: UUID) -> Document:
    own = Document.objects.filter(board=board, kind=DocumentKind.CONTACTS)
    return access.get_visible_or_404(own, request.user, clock.today(), uuid=uuid)


def _content(request: HttpRequest, board: Board) -> dict[str, Any]:
    """The list as the reader has it now."""
    today = clock.today()
    page = contact_list(board, is_for_team=access.may(request.user, Action.READ, board, Kind.NEEDS, today))
    return contacts_content(page, board=board, today=today).to_json()
