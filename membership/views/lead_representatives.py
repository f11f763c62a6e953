"""The lead representatives of a partnership's statutory partners: who leads, in which post, since when."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from membership.forms.lead_representatives import LeadForm
from membership.models import Agency, LeadRepresentative, StatutoryRole
from membership.operations.lead_representatives import (
    NotAStatutoryPartner,
    PostMissing,
    name_lead_representative_by_address,
)
from membership.queries.agency_register import agencies_in, named
from membership.views.agency_places import author, register_at
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Partnership
from partnership.operations import EndsBeforeItStarts
from partnership.rules.plain_dates import plain_date


@dataclass(frozen=True, slots=True)
class PartnerOnPage:
    """A statutory partner, who leads for it today or next, and who did before."""

    name: str
    lead: str
    since: str
    before: tuple[str, ...]


def leads(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Who leads for each statutory partner; the team enters who follows."""
    partnership = register_at(request, partnership_slug).partnership
    today = clock.today()
    writing = request.method == "POST"
    access.require(
        request.user, Action.WRITE if writing else Action.READ, partnership, Kind.ACCOUNTABILITY, today
    )  # fmt: skip
    agencies = _partners(partnership)
    form = LeadForm(
        [(each.slug, _shown(each)) for each in agencies], request.POST or None if not writing else request.POST
    )
    if writing and form.is_valid():
        try:
            lead = name_lead_representative_by_address(
                partnership=partnership,
                agency=next(each for each in agencies if each.slug == form.cleaned_data["agency"]),
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                post=form.cleaned_data["post"],
                starts_on=form.cleaned_data["starts_on"],
                by=author(request),
            )
        except (EndsBeforeItStarts, NotAStatutoryPartner, PostMissing) as refused:
            form.add_error("starts_on" if isinstance(refused, EndsBeforeItStarts) else None, str(refused))
        else:
            messages.success(request, f"{lead.person} leads from {plain_date(lead.starts_on)}.")
            return HttpResponseRedirect(reverse("lead_representatives", args=(partnership.slug,)))
    may_write = access.may(request.user, Action.WRITE, partnership, Kind.ACCOUNTABILITY, today)
    context = {
        "partnership": partnership,
        "partners": _on_page(request, partnership, agencies),
        "form": form,
        "may_write": may_write,
        "has_errors": form.is_bound and bool(form.errors),
    }
    return render(
        request, "membership/lead_representatives.html", context, status=400 if context["has_errors"] else 200
    )


def _partners(partnership: Partnership) -> list[Agency]:
    """The statutory partners of the register, by the name that the partnership knows them by."""
    partners = agencies_in(partnership).filter(statutory_role=StatutoryRole.SAFEGUARDING_PARTNER)
    return list(named(partners, partnership=partnership, on=clock.today()))


def _shown(agency: Agency) -> str:
    """The name that `named` has found for it."""
    name: str = vars(agency)["shown"]
    return name


def _on_page(request: HttpRequest, partnership: Partnership, agencies: list[Agency]) -> list[PartnerOnPage]:
    rows = LeadRepresentative.objects.visible_to(request.user, clock.today()).filter(partnership=partnership)
    by_agency: dict[int, list[LeadRepresentative]] = {}
    for row in rows.select_related("person"):
        by_agency.setdefault(row.agency_id, []).append(row)
    today = clock.today()
    found = []
    for agency in agencies:
        known = by_agency.get(agency.pk, [])
        now = next((each for each in known if each.until is None or each.until > today), None)
        found.append(
            PartnerOnPage(
                name=_shown(agency),
                lead=str(now) if now is not None else "",
                since=plain_date(now.starts_on) if now is not None else "",
                before=tuple(f"{each}, from {plain_date(each.starts_on)}" for each in known if each is not now),
            )
        )
    return found
