"""Requests of bodies to be named as relevant agencies, and what came of them: the team's alone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from membership.forms.agency_requests import DecisionForm, RequestForm
from membership.models import AgencyRequest, RequestOutcome
from membership.operations.agency_register import (
    AlreadyAsked,
    AlreadyDecided,
    BeginsTooEarly,
    decide_request,
    record_request,
)
from membership.presenters.agency_requests import request_lines
from membership.views.agency_places import FormPage, answered, author, register_to_write
from partnership import clock


def requests(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """What waits for a decision, and what was decided."""
    place = register_to_write(request, partnership_slug)
    asked = AgencyRequest.objects.filter(partnership=place.partnership).select_related("agency")
    lines = request_lines(asked)
    context = {"partnership": place.partnership, "place": place, "waiting": lines.waiting, "decided": lines.decided}
    return render(request, "membership/agency_requests.html", context)


def add(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Record that a body asks to be named."""
    place = register_to_write(request, partnership_slug)
    form = RequestForm(request.POST if request.method == "POST" else None, initial={"asked_on": clock.today()})

    def act() -> tuple[str, str]:
        asked = record_request(partnership=place.partnership, by=author(request), **form.cleaned_data)
        return f"The request of {asked.body} waits for a decision.", place.address("agency_requests")

    page = FormPage(
        title="Record a request",
        button="Record the request",
        back=place.address("agency_requests"),
        lead="A body that is not on the list of relevant agencies asks to be named.",
        caption=place.partnership.name,
        field_of={AlreadyAsked: "body"},
    )
    return answered(request, place, page, form, act)


def decide(request: HttpRequest, partnership_slug: str, request_id: int) -> HttpResponse:
    """What came of a request: who decided, when, why."""
    place = register_to_write(request, partnership_slug)
    asked = AgencyRequest.objects.filter(pk=request_id, partnership=place.partnership).first()
    if asked is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = DecisionForm(data, initial={"decided_on": clock.today()}, partnership=place.partnership)

    def act() -> tuple[str, str]:
        said = {name: value for name, value in form.cleaned_data.items() if name != "outcome"}
        outcome = RequestOutcome(form.cleaned_data["outcome"])
        done = decide_request(request=asked, outcome=outcome, by=author(request), **said)
        if outcome == RequestOutcome.NAMED and done.agency is not None:
            where = place.address("agency_list", done.agency.slug)
            return f"{asked.body} is named. Put it on the list of relevant agencies now.", where
        return f"The request of {asked.body} is decided.", place.address("agency_requests")

    page = FormPage(
        title=f"Decide the request of {asked.body}",
        button="Save the decision",
        back=place.address("agency_requests"),
        lead=asked.case_for,
        caption=place.partnership.name,
        field_of={AlreadyDecided: None, BeginsTooEarly: "decided_on"},
    )
    return answered(request, place, page, form, act)
