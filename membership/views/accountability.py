"""Officers with delegated authority, statements of accountability, and the end of a lead representative."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from membership.forms.accountability import EndForm, OfficerForm, StatementForm
from membership.models import DelegatedOfficer, LeadRepresentative
from membership.operations.accountability import (
    NoAuthority,
    NobodyLeads,
    NotTheirAgency,
    StatementUnsaid,
    delegate_to_officer,
    end_officer_delegation,
    lodge_statement,
)
from membership.operations.lead_representatives import PostMissing, end_lead_representative
from membership.presenters.accountability import agency_of, choices_of, statement_on_page
from membership.queries.accountability import PartnerFacts, partners_of
from membership.views.agency_places import author
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Partnership
from partnership.operations import AccountClosed, EndsBeforeItStarts
from partnership.rules.plain_dates import plain_date
from partnership.signing_in.fresh import asked_again


def partnership_at(request: HttpRequest, slug: str, action: Action) -> Partnership:
    """The partnership of an address. Raises Http404, and PermissionDenied for who may read and not do that."""
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, clock.today(), slug=slug)
    access.require(request.user, action, here, Kind.ACCOUNTABILITY, clock.today())
    return here


def _is_ended(form: EndForm, end: Callable[..., object]) -> bool:
    """Whether the form was sent and the end is recorded; a day that is refused is said at its field."""
    if not form.is_valid():
        return False
    try:
        end(ends_on=form.cleaned_data["ends_on"], reason=form.cleaned_data["reason"])
    except EndsBeforeItStarts as refused:
        form.add_error("ends_on", str(refused))
        return False
    return True


def lead_end(request: HttpRequest, partnership_slug: str, number: int) -> HttpResponse:
    """End a lead representative whom nobody follows yet."""
    here = partnership_at(request, partnership_slug, Action.WRITE)
    rows = LeadRepresentative.objects.filter(partnership=here).select_related("person")
    lead = access.get_visible_or_404(rows, request.user, clock.today(), pk=number)
    form = EndForm(request.POST if request.method == "POST" else None)
    if _is_ended(form, partial(end_lead_representative, lead=lead, by=author(request))):
        messages.success(request, f"{lead.person} leads until {plain_date(form.cleaned_data['ends_on'])}.")
        return _back(here)
    lead_words = f"{lead}. From the day after, nobody leads for the agency until somebody is entered."
    return _form_page(request, here, form, title="End a lead representative", button="End it", lead=lead_words)


def officer_add(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Record an officer to whom a lead representative has delegated."""
    here = partnership_at(request, partnership_slug, Action.WRITE)
    if (asked := asked_again(request)) is not None:
        return asked
    partners = partners_of(partnership=here, user=request.user, on=clock.today())
    form = OfficerForm(request.POST if request.method == "POST" else None, agencies=choices_of(partners))
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            officer = delegate_to_officer(
                partnership=here,
                agency=agency_of(partners, cleaned["agency"]),
                name=cleaned["name"],
                email=cleaned["email"],
                post=cleaned["post"],
                authorities=form.chosen,
                starts_on=cleaned["starts_on"],
                ends_on=cleaned["ends_on"],
                by=author(request),
            )
        except (NobodyLeads, NoAuthority, PostMissing) as refused:
            form.add_error("starts_on" if isinstance(refused, NobodyLeads) else None, str(refused))
        except EndsBeforeItStarts as refused:
            form.add_error("ends_on", str(refused))
        except AccountClosed as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, f"{officer.person} acts for the agency from {plain_date(officer.starts_on)}.")
            return _back(here)
    lead_words = "The lead representative delegates and stays accountable. The officer reads here what they read."
    return _form_page(request, here, form, title="Enter an officer", button="Enter", lead=lead_words)


def officer_end(request: HttpRequest, partnership_slug: str, number: int) -> HttpResponse:
    """End what was delegated to an officer."""
    here = partnership_at(request, partnership_slug, Action.WRITE)
    rows = DelegatedOfficer.objects.filter(partnership=here).select_related("person")
    officer = access.get_visible_or_404(rows, request.user, clock.today(), pk=number)
    form = EndForm(request.POST if request.method == "POST" else None)
    if _is_ended(form, partial(end_officer_delegation, officer=officer, by=author(request))):
        until = plain_date(form.cleaned_data["ends_on"])
        messages.success(request, f"{officer.person} acts for the agency until {until}.")
        return _back(here)
    return _form_page(request, here, form, title="End a delegation", button="End it", lead=str(officer))


def accountability(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """A partner's statement, those before it, and the form for whoever lodges the next."""
    here, today = partnership_at(request, partnership_slug, Action.READ), clock.today()
    facts = next(
        (each for each in partners_of(partnership=here, user=request.user, on=today) if each.agency.slug == slug), None
    )
    if facts is None:
        raise Http404
    is_team = access.may(request.user, Action.WRITE, here, Kind.ACCOUNTABILITY, today)
    may_lodge = is_team or _leads(request, facts)
    form = StatementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_lodge:
            raise PermissionDenied
        if form.is_valid() and _lodged(request, here, facts, form, is_team=is_team):
            return HttpResponseRedirect(request.path)
    context = {
        "partnership": here,
        "name": facts.name,
        "statements": [statement_on_page(each, today=today) for each in facts.statements],
        "form": form,
        "may_lodge": may_lodge,
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "membership/accountability.html", context, status=status)


def _lodged(
    request: HttpRequest, here: Partnership, facts: PartnerFacts, form: StatementForm, *, is_team: bool
) -> bool:
    cleaned = form.cleaned_data
    try:
        lodge_statement(
            partnership=here,
            agency=facts.agency,
            responsibilities=cleaned["responsibilities"],
            line=cleaned["line"],
            delegated=cleaned["delegated"],
            review_on=cleaned["review_on"],
            is_team=is_team,
            by=author(request),
        )
    except (StatementUnsaid, NotTheirAgency) as refused:
        form.add_error("review_on", str(refused))
        return False
    messages.success(request, f"The statement of {facts.name} is lodged.")
    return True


def _leads(request: HttpRequest, facts: PartnerFacts) -> bool:
    today = clock.today()
    return any(
        each.person_id == request.user.pk and each.starts_on <= today and (each.until is None or each.until > today)
        for each in facts.leads
    )


def _form_page(request: HttpRequest, here: Partnership, form: forms.Form, **words: str) -> HttpResponse:
    context = {"form": form, "partnership": here, **words}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "membership/accountability_form.html", context, status=status)


def _back(here: Partnership) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("lead_representatives", args=(here.slug,)))
