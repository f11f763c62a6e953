"""Acknowledging the arrangements for an agency, and what the team sees of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from membership.forms.acknowledgements import RecordForm, TakeBackForm
from membership.models import Acknowledgement
from membership.operations.acknowledgements import (
    AcknowledgedAlready,
    AcknowledgementUnsaid,
    NoLongerAsked,
    NotAcknowledged,
    acknowledge,
    record_acknowledgement,
    take_back_acknowledgement,
)
from membership.presenters.acknowledgements import Names, acknowledgements_page, name_of, own_arrangements
from membership.queries import names_of_agencies
from membership.queries.acknowledgements import Asked, asked_of_board, asked_of_person
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.navigation import address_of, on_board
from partnership.queries import terms_of
from partnership.rules.book.rule_book import rule_book
from partnership.views.finding import board_at, reader_of


def my_arrangements(request: HttpRequest) -> HttpResponse:
    """Every version that the reader's agencies are asked to acknowledge, and those that were acknowledged."""
    today = clock.today()
    found = asked_of_person(person=reader_of(request), on=today)
    context = {"arrangements": own_arrangements(found, _names(found), today=today)}
    return render(request, "membership/my_arrangements.html", context)


def my_arrangement(request: HttpRequest, number: UUID) -> HttpResponse:
    """The whole of one version in words, and the button that acknowledges it for the agency."""
    today, person = clock.today(), reader_of(request)
    found = next((each for each in asked_of_person(person=person, on=today) if each.row.uuid == number), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            acknowledge(row=found.row, by=person)
        except (AcknowledgedAlready, NoLongerAsked) as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, "Thank you. It is recorded, and your partnership team sees it.")
        return HttpResponseRedirect(reverse("my_arrangements"))
    names = _names([found])
    version = found.row.constitution
    context = {
        "arrangement": next(iter(own_arrangements([found], names, today=today)), None),
        "agency": name_of(found, names),
        "version": version,
        "board": version.board,
        "chapters": [each for each in rule_book(terms_of(constitution=version)) if each.rules],
    }
    return render(request, "membership/my_arrangement.html", context)


def acknowledgements(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Who has acknowledged the latest version, and who has not."""
    here, today = board_at(request, partnership_slug, board_slug), clock.today()
    access.require(request.user, Action.READ, here, Kind.ACKNOWLEDGEMENTS, today)
    may_write = access.may(request.user, Action.WRITE, here, Kind.ACKNOWLEDGEMENTS, today)
    found = asked_of_board(board=here, user=reader_of(request), on=today)
    context = {
        "page": acknowledgements_page(found, _names(found), may_write=may_write, today=today),
        **on_board(here, page="constitution"),
    }
    return render(request, "membership/acknowledgements.html", context)


def acknowledgement(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """The team records what an agency said elsewhere, or takes back what was recorded by mistake."""
    here, today = board_at(request, partnership_slug, board_slug), clock.today()
    rows = Acknowledgement.objects.filter(constitution__board=here).select_related("constitution__board__partnership")
    row = access.get_visible_or_404(rows, request.user, today, pk=number)
    access.require(request.user, Action.WRITE, row, on=today)
    is_given = row.acknowledged_on is not None
    data = request.POST if request.method == "POST" else None
    form = TakeBackForm(data) if is_given else RecordForm(data)
    if form.is_valid():
        cleaned, by = form.cleaned_data, reader_of(request)
        try:
            if is_given:
                take_back_acknowledgement(row=row, reason=cleaned["reason"], by=by)
            else:
                record_acknowledgement(row=row, name=cleaned["name"], on=cleaned["on"], how=cleaned["how"], by=by)
        except (AcknowledgedAlready, AcknowledgementUnsaid, NoLongerAsked, NotAcknowledged) as refused:
            form.add_error("on" if isinstance(refused, AcknowledgementUnsaid) else None, str(refused))
        else:
            messages.success(request, "It is taken back and asked for again." if is_given else "It is recorded.")
            return HttpResponseRedirect(reverse("acknowledgements", args=address_of(here)))
    names = _names([Asked(row, None)])
    context = {
        "form": form,
        "agency": name_of(Asked(row, None), names),
        "row": row,
        "is_given": is_given,
        **on_board(here, page="constitution"),
    }
    return render(request, "membership/acknowledgement.html", context, status=400 if form.errors else 200)


def _names(found: list[Asked]) -> Names:
    agencies = {(each.row.agency_id, each.row.constitution.board.partnership_id) for each in found}
    return names_of_agencies(agencies=agencies, on=clock.today())
