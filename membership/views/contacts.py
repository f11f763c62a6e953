"""The contact list of a board: for its readers, as files for those who may take it away, and for the team to mend."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from membership.duties import DETAILS
from membership.forms.contacts import CorrectionForm, again
from membership.models import Appointment
from membership.operations import DetailsClash, change_details
from membership.presenters.contacts import (
    ContactPage,
    changes_of,
    contact_lines,
    contact_page,
    own_card,
    shared_facts,
    team_facts,
)
from membership.queries import agency_names
from membership.queries.contacts import OwnDetails, details_of, listed_on
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.change_history import history_of
from partnership.models import Board
from partnership.navigation import address_of, on_board
from partnership.obligations.kept_rules import rule_on
from partnership.signing_in.fresh import proved_lately
from partnership.spreadsheets import spreadsheet
from partnership.views.finding import board_at, reader_of
from partnership.views.slowing import slowed_down
from partnership.workbooks import workbook

DOWNLOAD, NEEDS = (Kind.CONTACT_DETAILS, Action.DOWNLOAD), (Kind.NEEDS, Action.READ)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def contacts(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Everybody on the board's list, with what the reader may know of them."""
    board = board_with_contacts(request, partnership_slug, board_slug)
    rights = access.rights_on(request.user, board, (DOWNLOAD, NEEDS), clock.today())
    page = contact_list(board, is_for_team=NEEDS in rights)
    context = {"page": page, "may_download": DOWNLOAD in rights, **on_board(board, page="members")}
    return render(request, "membership/contacts.html", context)


@proved_lately()
def contacts_file(request: HttpRequest, partnership_slug: str, board_slug: str, form: str) -> HttpResponse:
    """The same list for a spreadsheet: comma-separated, or as a workbook."""
    board = board_with_contacts(request, partnership_slug, board_slug)
    today = clock.today()
    access.require(request.user, Action.DOWNLOAD, board, Kind.CONTACT_DETAILS, today)
    if form not in {"csv", "xlsx"}:
        raise Http404
    slowed = slowed_down(request, board=board, is_restricted=False)
    if slowed is not None:
        return slowed
    lines = contact_lines(contact_list(board, is_for_team=access.may(request.user, Action.READ, board, Kind.NEEDS)))
    if form == "csv":
        response = HttpResponse(spreadsheet(lines), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(workbook("Contacts", lines), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="contacts-{board.slug}-{today.isoformat()}.{form}"'
    return response


def contact(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """One person's details with their history, corrected by the team for them. It is not their confirmation."""
    board = board_with_contacts(request, partnership_slug, board_slug)
    access.require(request.user, Action.WRITE, board, Kind.CONTACT_DETAILS, clock.today())
    held = Appointment.objects.filter(seat__board=board, pk=number).select_related("person", "seat").first()
    if held is None:
        raise Http404
    details = details_of(partnership=board.partnership, person=held.person)
    form = CorrectionForm.of(details, request.POST if request.method == "POST" else None)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            change_details(
                partnership=board.partnership,
                person=held.person,
                entered=form.entered(),
                seen=form.cleaned_data["seen"],
                by=reader_of(request),
                reason=form.cleaned_data["reason"],
            )
        except DetailsClash as clash:
            theirs = clash.theirs
            form = again(CorrectionForm, request.POST, theirs)
            form.add_error(None, str(clash))
        else:
            messages.success(request, f"Saved for {held.person.name}. It does not count as their confirmation.")
            return HttpResponseRedirect(reverse("contacts", args=address_of(board)))
    context = {
        "form": form,
        "person": held.person,
        "seat": held.seat,
        "card": own_card(OwnDetails(board.partnership, details, None), today=clock.today()),
        "theirs": [*shared_facts(theirs), *team_facts(theirs)] if theirs else [],
        "changes": changes_of(history_of(details)) if details.pk else [],
        **on_board(board, page="members"),
    }
    status = 409 if theirs else 400 if form.errors else 200
    return render(request, "membership/contact.html", context, status=status)


def board_with_contacts(request: HttpRequest, partnership_slug: str, board_slug: str) -> Board:
    """The board of an address. Raises Http404 where its contact list is not the reader's to see."""
    board = board_at(request, partnership_slug, board_slug)
    if not board.may_read_contacts:
        access.conceal(board)
    return board


def contact_list(board: Board, *, is_for_team: bool) -> ContactPage:
    """The list as that reader has it."""
    today = clock.today()
    listed = listed_on(board=board, on=today)
    agencies = {each.appointment.seat.agency_id or 0 for each in listed if each.appointment}
    names = agency_names(agencies=agencies, partnership_id=board.partnership_id, on=today)
    duty = rule_on(board=board, duty=DETAILS, on=today)
    return contact_page(
        listed,
        board=board,
        agencies=names,
        rule=duty[0] if duty else None,
        is_for_team=is_for_team,
        today=today,
    )
