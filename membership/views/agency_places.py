"""What every page of the register of agencies begins with, and how each of its forms is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from membership.models import Agency
from membership.operations.agency_identity import AgencyClash
from membership.queries.agency_facts import facts_seen
from membership.queries.agency_register import agencies_in, named
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Partnership, User

WRITE, DOWNLOAD = (Kind.PARTNERSHIP, Action.WRITE), (Kind.PARTNERSHIP, Action.DOWNLOAD)
ASKED = (WRITE, DOWNLOAD)


@dataclass(frozen=True, slots=True)
class RegisterPlace:
    """The register of an address, and what its reader may do to it."""

    partnership: Partnership
    rights: frozenset[tuple[Kind, Action]]

    @property
    def may_write(self) -> bool:
        return WRITE in self.rights

    @property
    def may_download(self) -> bool:
        return DOWNLOAD in self.rights

    @property
    def href(self) -> str:
        return reverse("agencies", args=(self.partnership.slug,))

    def address(self, name: str, *words: object) -> str:
        """The address of a page of the register."""
        return reverse(name, args=(self.partnership.slug, *words))


@dataclass(frozen=True, slots=True)
class AgencyPlace:
    """The agency of an address, under the name that the partnership knows it by."""

    register: RegisterPlace
    agency: Agency
    name: str

    @property
    def partnership(self) -> Partnership:
        return self.register.partnership

    @property
    def href(self) -> str:
        return self.register.address("agency", self.agency.slug)


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form: what it says, where it leads back to, which field a refusal is about."""

    title: str
    button: str
    back: str
    lead: str = ""
    caption: str = ""
    template: str = "membership/agency_form.html"
    field_of: Mapping[type[Exception], str | None] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


def author(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("Only a signed-in person reaches a page that writes.")
    return request.user


def register_at(request: HttpRequest, slug: str) -> RegisterPlace:
    """The register of an address. Raises Http404 for whoever may not know of the partnership."""
    today = clock.today()
    partnerships = access.with_rights(Partnership.objects.all(), request.user, ASKED, today)
    here = access.get_visible_or_404(partnerships, request.user, today, slug=slug)
    return RegisterPlace(here, access.rights_in(here, ASKED))


def register_to_write(request: HttpRequest, slug: str) -> RegisterPlace:
    """The same, for an act on it. Raises Http404, and PermissionDenied for who may only read it."""
    place = register_at(request, slug)
    access.require(request.user, Action.WRITE, place.partnership, Kind.PARTNERSHIP, clock.today())
    return place


def agency_at(request: HttpRequest, partnership_slug: str, slug: str) -> AgencyPlace:
    """The agency of an address. Raises Http404 where it is not in that register."""
    register = register_at(request, partnership_slug)
    agencies = agencies_in(register.partnership).filter(slug=slug).select_related("parent")
    found = named(agencies, partnership=register.partnership, on=clock.today()).first()
    if found is None:
        raise Http404
    return AgencyPlace(register, found, str(found.shown))  # type: ignore[attr-defined]  # it is named


def agency_to_write(request: HttpRequest, partnership_slug: str, slug: str) -> AgencyPlace:
    """The same, for an act on it. Raises Http404, and PermissionDenied for who may only read it."""
    place = agency_at(request, partnership_slug, slug)
    access.require(request.user, Action.WRITE, place.partnership, Kind.PARTNERSHIP, clock.today())
    return place


def acting(request: HttpRequest, place: AgencyPlace) -> dict[str, Any]:
    """Whom and where an act on the agency concerns, and who does it."""
    return {"agency": place.agency, "partnership": place.partnership, "by": author(request)}


def page_of(
    place: AgencyPlace,
    title: str,
    button: str,
    refusals: Mapping[type[Exception], str | None],
    lead: str = "",
    template: str = "membership/agency_form.html",
    **extra: object,
) -> FormPage:
    """A page with a form about the agency; `refusals` says which field each is about."""
    return FormPage(
        title=title,
        button=button,
        back=place.href,
        lead=lead,
        caption=place.name,
        template=template,
        field_of=refusals,
        extra=extra,
    )


def answered(
    request: HttpRequest, place: RegisterPlace, page: FormPage, form: forms.Form, act: Callable[[], tuple[str, str]]
) -> HttpResponse:
    """Do what the form says and lead on, or show it again with what is wrong and everything that was typed.

    `act` does it, and gives the sentence of success and the address to go to.
    """
    theirs: Mapping[str, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            said, href = act()
        except AgencyClash as clash:
            theirs = clash.theirs
            form.data = form.data.copy()  # type: ignore[attr-defined]  # what is posted can be copied
            form.data["seen"] = facts_seen(clash.theirs)  # type: ignore[index]  # a copy takes values
            form.add_error(None, str(clash))
        except tuple(page.field_of) as refused:
            form.add_error(_field_of(refused, page), str(refused))
        else:
            messages.success(request, said)
            return HttpResponseRedirect(href)
    context = {"partnership": place.partnership, "page": page, "form": form, "theirs": theirs, **page.extra}
    status = HTTPStatus.CONFLICT if theirs else HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, page.template, context, status=status)


def _field_of(refused: Exception, page: FormPage) -> str | None:
    return next(name for kind, name in page.field_of.items() if isinstance(refused, kind))
