"""Papers of an agenda: lodged, withdrawn, and handed out after a check."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render

from meetings.forms import PaperForm, WithdrawalForm
from meetings.models import AgendaItem, Paper, PaperFormat
from meetings.operations import (
    AgendaClosed,
    NotOnTheAgenda,
    PaperReasonMissing,
    lodge_paper,
    withdraw_paper,
)
from meetings.paper_files import FileRefused
from meetings.presenters.agenda import withdrawn_words
from meetings.queries import item_at, paper_at
from meetings.views.agendas import AgendaPlace, place_of, place_to_write
from meetings.views.readings import note_reading
from meetings.views.registers import author
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.navigation import on_board
from partnership.views.slowing import slowed_down

logger = logging.getLogger(__name__)

CONTENT_TYPES = {
    PaperFormat.PDF: "application/pdf",
    PaperFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def paper(request: HttpRequest, partnership_slug: str, board_slug: str, address: str, uuid: UUID) -> HttpResponseBase:
    """Hand out a file: a PDF to be read in the browser, a Word document to be saved."""
    place = place_of(request, partnership_slug, board_slug, address)
    found = paper_at(meeting=place.meeting, uuid=uuid, user=request.user, today=clock.today())
    # A draft is read by whoever may read drafts, a limited paper by whoever it is limited to; any other that was
    # published is downloaded by whoever may download it.
    is_read = found.published_in is None or found.is_limited
    access.require(request.user, Action.READ if is_read else Action.DOWNLOAD, found)
    if found.withdrawn_at is not None or found.item.withdrawn_at is not None:
        return _not_handed_out(request, place, found, withdrawn_words(found), status=HTTPStatus.GONE)
    slowed = slowed_down(request, board=place.meeting.board, is_restricted=found.is_limited)
    if slowed is not None:
        return slowed
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        logger.exception("The file of paper %s is missing.", found.uuid)
        words = "The file of this paper cannot be found. The partnership team can send it again."
        return _not_handed_out(request, place, found, words, status=HTTPStatus.NOT_FOUND)
    note_reading(request, items=[found.item_id], papers=[found.pk], how="file of a paper")
    kind = PaperFormat(found.format)
    response = FileResponse(
        file,
        as_attachment=kind is not PaperFormat.PDF,
        filename=found.original_name,
        content_type=CONTENT_TYPES[kind],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def add(request: HttpRequest, partnership_slug: str, board_slug: str, address: str, item_id: int) -> HttpResponse:
    """Lodge a file with an item."""
    place = place_to_write(request, partnership_slug, board_slug, address)
    access.require(request.user, Action.WRITE, place.meeting, Kind.PAPER_DRAFT)
    item = item_at(meeting=place.meeting, number=item_id, user=request.user, today=clock.today())
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if form.is_valid():
        try:
            _lodge(request, item, form)
        except FileRefused as refused:
            form.add_error("file", str(refused))
        except (AgendaClosed, NotOnTheAgenda) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{form.cleaned_data['title']}” is added to “{item.title}”.")
            return HttpResponseRedirect(place.href)
    context = {"item": item, "file_hint": f"PDF or Word (DOCX), smaller than {settings.PAPER_MEGABYTES}MB."}
    return _form_page(request, "meetings/agenda_paper.html", place, form, context)


def withdraw(request: HttpRequest, partnership_slug: str, board_slug: str, address: str, uuid: UUID) -> HttpResponse:
    """Check, then take a paper away from its item."""
    place = place_to_write(request, partnership_slug, board_slug, address)
    access.require(request.user, Action.WRITE, place.meeting, Kind.PAPER_DRAFT)
    found = paper_at(meeting=place.meeting, uuid=uuid, user=request.user, today=clock.today())
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdraw_paper(paper=found, reason=form.cleaned_data["reason"], by=author(request))
        except PaperReasonMissing as missing:
            form.add_error("reason", str(missing))
        except (AgendaClosed, NotOnTheAgenda) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{found.title}” is no longer with “{found.item.title}”.")
            return HttpResponseRedirect(place.href)
    return _form_page(request, "meetings/agenda_paper_withdraw.html", place, form, {"paper": found})


def _lodge(request: HttpRequest, item: AgendaItem, form: PaperForm) -> None:
    file = form.cleaned_data["file"]
    lodge_paper(item=item, title=form.cleaned_data["title"], file=file, original_name=file.name, by=author(request))


def _not_handed_out(
    request: HttpRequest, place: AgendaPlace, found: Paper, words: str, *, status: HTTPStatus
) -> HttpResponse:
    context = {"place": place, "paper": found, "words": words, **on_board(place.meeting.board, page="meetings")}
    return render(request, "meetings/paper_missing.html", context, status=status)


def _form_page(
    request: HttpRequest, template: str, place: AgendaPlace, form: Form, context: dict[str, Any]
) -> HttpResponse:
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    shown = {"place": place, "form": form, **on_board(place.meeting.board, page="meetings")}
    return render(request, template, {**shown, **context}, status=status)
