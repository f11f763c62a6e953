"""What an agency is, changed by the team of the one partnership that uses it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from membership.forms.agencies import AliasForm, ChangeForm, ReasonForm, RenameForm, SucceedForm
from membership.models import AgencyName, SuccessionKind
from membership.operations import AgencyNameTaken
from membership.operations.agency_identity import (
    AgencyCircle,
    AlreadySucceeded,
    NoSuchAlias,
    NotAfterTheLast,
    NotSucceeded,
    NotYet,
    SharedAgency,
    add_alias_in_register,
    change_identity,
    end_alias,
    rename_in_register,
    succeed,
    withdraw_succession,
)
from membership.queries.agency_facts import facts_seen, identity_facts
from membership.queries.agency_page import seats_to_move
from membership.views.agency_places import AgencyPlace, acting, agency_to_write, answered, page_of
from partnership import clock
from partnership.rules.plain_dates import plain_date


def change(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """Its kind, statutory role, duties, and what it is part of."""
    place = agency_to_write(request, partnership_slug, slug)
    agency = place.agency
    parent = AgencyName.objects.filter(agency=agency.parent_id, is_alias=False, until=None).first()
    initial = {
        "kind": agency.kind,
        "statutory_role": agency.statutory_role,
        "section_11": agency.section_11,
        "education_duty": agency.education_duty,
        "parent": parent.name if parent else "",
        "seen": _seen(place),
    }
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, initial=initial, partnership=place.partnership)

    def act() -> tuple[str, str]:
        said = form.cleaned_data
        change_identity(**acting(request, place), identity=form.identity, reason=said["reason"], seen=said["seen"])
        return f"{place.name} is changed.", place.href

    page = page_of(place, "Change what it is", "Save", {SharedAgency: None, AgencyCircle: "parent"})
    return answered(request, place.register, page, form, act)


def rename(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """A further name from a day; the earlier one is kept."""
    place = agency_to_write(request, partnership_slug, slug)
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"seen": _seen(place)})

    def act() -> tuple[str, str]:
        said = form.cleaned_data
        name, from_on = said["name"], said["from_on"]
        rename_in_register(**acting(request, place), name=name, from_on=from_on, seen=said["seen"])
        return f"From {plain_date(from_on)} it is called {name}.", place.href

    refusals = {SharedAgency: None, AgencyNameTaken: "name", NotAfterTheLast: "from_on"}
    page = page_of(place, "Rename it from a day", "Rename", refusals, "Its present name is kept with its last day.")
    return answered(request, place.register, page, form, act)


def alias(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """Another name by which people know it, added or ended."""
    place = agency_to_write(request, partnership_slug, slug)
    is_ending = "end" in request.POST
    data = {"name": request.POST["end"]} if is_ending else request.POST if request.method == "POST" else None
    form = AliasForm(data)

    def act() -> tuple[str, str]:
        name = form.cleaned_data["name"]
        if is_ending:
            end_alias(**acting(request, place), name=name)
            return f"It is no longer known as {name}.", place.href
        add_alias_in_register(**acting(request, place), name=name)
        return f"It is also known as {name}.", place.href

    refusals = {SharedAgency: None, AgencyNameTaken: "name", NoSuchAlias: None}
    aliases = AgencyName.objects.filter(agency=place.agency, is_alias=True, until=None).order_by("name")
    page = page_of(
        place, "Other names", "Add the name", refusals, template="membership/agency_alias.html", aliases=aliases
    )
    return answered(request, place.register, page, form, act)


def successor(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """Another agency stands in its place from a day: it merged into that one, or was replaced by it."""
    place = agency_to_write(request, partnership_slug, slug)
    seats = seats_to_move(agency=place.agency, partnership=place.partnership, user=request.user, on=clock.today())
    form = SucceedForm(
        request.POST if request.method == "POST" else None,
        partnership=place.partnership,
        seats=[(str(seat.pk), f"{seat.board.name}: {seat.name}") for seat in seats],
    )

    def act() -> tuple[str, str]:
        said = form.cleaned_data
        chosen = set(said.get("seats", ()))
        succeed(
            **acting(request, place),
            successor=said["successor"],
            kind=SuccessionKind(said["kind"]),
            on=said["on"],
            seats=[seat for seat in seats if str(seat.pk) in chosen],
            moves_listing=said["moves_listing"],
            what_moved=said["what_moved"],
        )
        return f"{place.name} was followed by another agency.", place.href

    refusals = {SharedAgency: None, AlreadySucceeded: None, AgencyCircle: "successor", NotYet: "on"}
    lead = "It keeps its names, its history and its past seats. Nothing of the past is rewritten."
    page = page_of(place, "Record what came after", "Record", refusals, lead)
    return answered(request, place.register, page, form, act)


def no_successor(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """Undo a succession recorded by mistake."""
    place = agency_to_write(request, partnership_slug, slug)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act() -> tuple[str, str]:
        withdraw_succession(**acting(request, place), reason=form.cleaned_data["reason"])
        return f"{place.name} stands for itself again.", place.href

    lead = "Seats that went to the other agency come back. The list of relevant agencies stays as it is."
    page = page_of(place, "It was not followed", "Undo", {SharedAgency: None, NotSucceeded: None}, lead)
    return answered(request, place.register, page, form, act)


def _seen(place: AgencyPlace) -> str:
    return facts_seen(identity_facts(agency=place.agency, on=clock.today()))
