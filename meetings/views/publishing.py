"""Publishing an agenda: what goes out is checked first."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from meetings.forms import PublishForm
from meetings.operations import AgendaClosed, ChangedSinceChecked, LateWithoutReason, NothingToPublish, publish_agenda
from meetings.presenters.agenda import sent_words
from meetings.presenters.publishing import check_page
from meetings.queries import agenda_of, papers_due, recipients_of, unpublished
from meetings.views.agendas import AgendaPlace, place_of
from meetings.views.readings import note_agenda
from meetings.views.registers import author
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.navigation import on_board
from partnership.rules.arrangements import Document
from partnership.signing_in.fresh import ITSELF, proved_lately


@proved_lately(then=ITSELF)
def publish(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Check what goes out, when it was due and who receives it, then publish it."""
    place = place_of(request, partnership_slug, board_slug, address)
    access.require(request.user, Action.DECIDE, place.meeting, Kind.AGENDA)
    if request.method != "POST":
        return _check(request, place, PublishForm())
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _check(request, place, form)
    said = form.cleaned_data
    try:
        sent = publish_agenda(meeting=place.meeting, reason=said["reason"], checked=said["checked"], by=author(request))
    except LateWithoutReason as missing:
        form.add_error("reason", str(missing))
        return _check(request, place, form)
    except ChangedSinceChecked as changed:
        form.add_error(None, str(changed))
        return _check(request, place, form, status=HTTPStatus.CONFLICT)
    except (AgendaClosed, NothingToPublish) as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(place.href)
    due = papers_due(meeting=place.meeting)
    messages.success(request, f"The agenda is published. {sent_words(sent, due)}")
    return HttpResponseRedirect(place.href)


def _check(
    request: HttpRequest,
    place: AgendaPlace,
    form: PublishForm,
    *,
    status: HTTPStatus = HTTPStatus.BAD_REQUEST,
) -> HttpResponse:
    today = clock.today()
    agenda = agenda_of(meeting=place.meeting, user=request.user, today=today)
    note_agenda(request, agenda, how="agenda to publish")
    page = check_page(
        agenda,
        unpublished(meeting=place.meeting),
        due=papers_due(meeting=place.meeting),
        recipients=recipients_of(meeting=place.meeting, document=Document.AGENDA_AND_PAPERS, today=today),
        today=today,
    )
    context = {"page": page, "form": form, **on_board(place.meeting.board, page="meetings")}
    return render(request, "meetings/agenda_publish.html", context, status=status if form.errors else HTTPStatus.OK)
