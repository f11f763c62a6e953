"""The register of agencies of a partnership: searched and narrowed, and one agency with all that is known of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from membership.forms.agencies import AddForm
from membership.models import Agency
from membership.operations import AgencyNameTaken
from membership.operations.agency_register import (
    InTheRegister,
    NameKnownElsewhere,
    NameKnownHere,
    register_agency,
    use_agency,
)
from membership.presenters.agency_page import agency_on_page
from membership.presenters.agency_register import PER_PAGE, register_on_page
from membership.queries.agency_page import agency_history, agency_record
from membership.queries.agency_register import categories_of, register_page
from membership.register_choices import asked_of, groups_of
from membership.views.agency_places import (
    FormPage,
    RegisterPlace,
    agency_at,
    answered,
    author,
    register_at,
    register_to_write,
)
from partnership import clock


def agencies(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """The agencies of the partnership, narrowed as the address asks."""
    place = register_at(request, partnership_slug)
    groups = groups_of(categories_of(partnership=place.partnership))
    asked = asked_of(request.GET, groups)
    found = register_page(
        partnership=place.partnership,
        user=request.user,
        on=clock.today(),
        narrowing=asked.narrowing,
        number=asked.page,
        size=PER_PAGE,
    )
    context = {"partnership": place.partnership, "place": place, "page": register_on_page(found, asked, groups)}
    return render(request, "membership/agencies.html", context)


def agency(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """One agency: its names over time, its duties, who came before and after, the seats it holds, its history."""
    place = agency_at(request, partnership_slug, slug)
    today = clock.today()
    known: dict[str, Any] = {
        "agency": place.agency,
        "partnership": place.partnership,
        "user": request.user,
        "on": today,
    }
    record = agency_record(**known, for_team=place.register.may_write)
    page = agency_on_page(record, agency_history(**known), today=today)
    context = {"partnership": place.partnership, "place": place, "agency": place.agency, "page": page}
    return render(request, "membership/agency.html", context)


def add(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Enter an agency; one of the same name that others know is offered first."""
    place = register_to_write(request, partnership_slug)
    form = AddForm(request.POST if request.method == "POST" else None, partnership=place.partnership)
    known: list[Agency] = []

    def act() -> tuple[str, str]:
        said = form.cleaned_data
        try:
            entered = register_agency(
                partnership=place.partnership,
                name=said["name"],
                identity=form.identity,
                aliases=said["aliases"],
                is_another=said["is_another"],
                by=author(request),
            )
        except NameKnownElsewhere as elsewhere:
            known.extend(elsewhere.agencies)
            raise
        return f"{said['name']} is in the register.", place.address("agency", entered.slug)

    page = FormPage(
        title="Add an agency",
        button="Add the agency",
        back=place.href,
        caption=place.partnership.name,
        template="membership/agency_add.html",
        field_of={NameKnownHere: "name", NameKnownElsewhere: "name", AgencyNameTaken: "aliases"},
        extra={"known": known, "place": place},
    )
    return answered(request, place, page, form, act)


@require_POST
def use(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Enter an agency that others know already, as it is."""
    place = register_to_write(request, partnership_slug)
    found = Agency.objects.filter(slug=request.POST.get("agency", "").replace("\x00", "")).first()
    if found is None:
        messages.error(request, "No agency was chosen. Enter its name.")
        return HttpResponseRedirect(place.address("agency_add"))
    return _used(request, place, found)


def _used(request: HttpRequest, place: RegisterPlace, found: Agency) -> HttpResponse:
    try:
        use_agency(partnership=place.partnership, agency=found, by=author(request))
    except (InTheRegister, NameKnownHere) as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(place.href)
    messages.success(request, "The agency is in the register.")
    return HttpResponseRedirect(place.address("agency", found.slug))
