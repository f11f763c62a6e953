"""The lead representatives of a partnership's statutory partners: who leads, in which post, since when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from membership.forms.lead_representatives import LeadForm
from membership.operations.lead_representatives import (
    NotAStatutoryPartner,
    PostMissing,
    name_lead_representative_by_address,
)
from membership.presenters.accountability import agency_of, choices_of, partner_on_page
from membership.queries.accountability import partners_of
from membership.views.agency_places import author, register_at
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.operations import AccountClosed, EndsBeforeItStarts
from partnership.rules.plain_dates import plain_date
from partnership.signing_in.fresh import asked_again


def leads(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Who leads for each statutory partner; the team enters who follows."""
    partnership = register_at(request, partnership_slug).partnership
    today = clock.today()
    writing = request.method == "POST"
    access.require(
        request.user, Action.WRITE if writing else Action.READ, partnership, Kind.ACCOUNTABILITY, today
    )  # fmt: skip
    partners = partners_of(partnership=partnership, user=request.user, on=today)
    form = LeadForm(choices_of(partners), request.POST if writing else None)
    if writing and (asked := asked_again(request)) is not None:
        return asked
    if writing and form.is_valid():
        try:
            lead = name_lead_representative_by_address(
                partnership=partnership,
                agency=agency_of(partners, form.cleaned_data["agency"]),
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                post=form.cleaned_data["post"],
                starts_on=form.cleaned_data["starts_on"],
                by=author(request),
            )
        except AccountClosed as refused:
            form.add_error("email", str(refused))
        except (EndsBeforeItStarts, NotAStatutoryPartner, PostMissing) as refused:
            form.add_error("starts_on" if isinstance(refused, EndsBeforeItStarts) else None, str(refused))
        else:
            messages.success(request, f"{lead.person} leads from {plain_date(lead.starts_on)}.")
            return HttpResponseRedirect(reverse("lead_representatives", args=(partnership.slug,)))
    may_write = access.may(request.user, Action.WRITE, partnership, Kind.ACCOUNTABILITY, today)
    context = {
        "partnership": partnership,
        "partners": [
            partner_on_page(each, partnership=partnership, may_write=may_write, today=today) for each in partners
        ],
        "form": form,
        "may_write": may_write,
        "has_errors": form.is_bound and bool(form.errors),
    }
    return render(
        request, "membership/lead_representatives.html", context, status=400 if context["has_errors"] else 200
    )
