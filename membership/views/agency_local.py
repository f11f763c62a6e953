"""What a partnership's own pages say of an agency: its name there, its line on the list, its senior officer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from membership.forms.agencies import EndOfficerForm, ListForm, OfficerForm, OurNameForm, UnlistForm
from membership.models import AgencyDisplayName, RelevantAgency
from membership.operations.agency_register import (
    BeginsTooEarly,
    ListedAlready,
    NameKnownHere,
    NotListed,
    OfficerMissing,
    end_officer,
    list_agency,
    name_locally,
    name_officer,
    unlist_agency,
)
from membership.queries.agency_facts import facts_seen, local_facts
from membership.views.agency_places import AgencyPlace, acting, agency_to_write, answered, author, page_of
from partnership import clock
from partnership.rules.plain_dates import plain_date
from partnership.signing_in.fresh import asked_again


def our_name(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """How this partnership's pages call it."""
    place = agency_to_write(request, partnership_slug, slug)
    called = AgencyDisplayName.objects.filter(agency=place.agency, partnership=place.partnership).first()
    initial = {"name": called.name if called else "", "seen": _seen(place)}
    form = OurNameForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> tuple[str, str]:
        said = form.cleaned_data
        name_locally(**acting(request, place), name=said["name"], seen=said["seen"])
        return f"Our pages call it {said['name']}." if said["name"] else "Our pages use its own name.", place.href

    lead = "Only this partnership's pages use it. Past records are shown under it, too."
    page = page_of(place, "Our name for it", "Save", {NameKnownHere: "name"}, lead)
    return answered(request, place.register, page, form, act)


def list_page(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """Put it on the list of relevant agencies."""
    place = agency_to_write(request, partnership_slug, slug)
    initial = {"listed_as": place.name, "since": clock.today()}
    form = ListForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> tuple[str, str]:
        line = list_agency(**acting(request, place), **form.cleaned_data)
        return f"It is on the list as {line.listed_as}.", place.href

    page = page_of(place, "Put it on the list of relevant agencies", "Put it on the list", {ListedAlready: "listed_as"})
    return answered(request, place.register, page, form, act)


def unlist_page(request: HttpRequest, partnership_slug: str, slug: str, line_id: int) -> HttpResponse:
    """Take a line off the list; it is kept with its days."""
    place = agency_to_write(request, partnership_slug, slug)
    lines = RelevantAgency.objects.visible_to(request.user, clock.today()).select_related("agency", "partnership")
    line = lines.filter(pk=line_id, agency=place.agency, partnership=place.partnership).first()
    if line is None:
        raise Http404
    form = UnlistForm(request.POST if request.method == "POST" else None, initial={"on": clock.today()})

    def act() -> tuple[str, str]:
        said = form.cleaned_data
        unlist_agency(line=line, on=said["on"], reason=said["reason"], by=author(request))
        return f"It is off the list from {plain_date(said['on'])}.", place.href

    refusals = {BeginsTooEarly: "on", NotListed: None}
    page = page_of(place, "Take it off the list", "Take it off", refusals, f"Listed as {line.listed_as}.")
    return answered(request, place.register, page, form, act)


def officer(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """Name the senior officer who answers for it to this partnership."""
    place = agency_to_write(request, partnership_slug, slug)
    if (asked := asked_again(request)) is not None:
        return asked
    initial = {"from_on": clock.today(), "seen": _seen(place)}
    form = OfficerForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> tuple[str, str]:
        named = name_officer(**acting(request, place), **form.cleaned_data)
        return f"{named.name} answers for {place.name}.", place.href

    lead = "The senior officer answers for the agency's duties to this partnership. They need no seat."
    page = page_of(place, "Name the senior officer", "Name them", {BeginsTooEarly: "from_on"}, lead)
    return answered(request, place.register, page, form, act)


def no_officer(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """Nobody answers for it any more."""
    place = agency_to_write(request, partnership_slug, slug)
    form = EndOfficerForm(request.POST if request.method == "POST" else None, initial={"on": clock.today()})

    def act() -> tuple[str, str]:
        said = form.cleaned_data
        ended = end_officer(**acting(request, place), on=said["on"], reason=said["reason"])
        return f"{ended.name} no longer answers for {place.name}.", place.href

    refusals = {OfficerMissing: None, BeginsTooEarly: "on"}
    page = page_of(place, "The senior officer leaves", "Save", refusals)
    return answered(request, place.register, page, form, act)


def _seen(place: AgencyPlace) -> str:
    return facts_seen(local_facts(agency=place.agency, partnership=place.partnership))
