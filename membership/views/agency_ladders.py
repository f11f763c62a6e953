"""The grade ladders of an agency: a ladder, and its rungs moved by buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse

from membership.forms.agencies import LadderForm, RungForm
from membership.models import Grade, GradeLadder
from membership.operations.agency_identity import SharedAgency
from membership.operations.grade_ladders import (
    LadderTaken,
    NoRungBeyond,
    RungInUse,
    RungTaken,
    add_ladder,
    add_rung,
    move_rung,
    remove_rung,
    rename_rung,
)
from membership.queries.agency_facts import facts_seen, ladder_facts
from membership.views.agency_places import AgencyPlace, acting, agency_to_write, answered, author, page_of

# What a button of the page says, and whether it needs a name beside it.
LONGEST_NUMBER = 18
UP, DOWN, REMOVE, RENAME = "up", "down", "remove", "rename"


def add(request: HttpRequest, partnership_slug: str, slug: str) -> HttpResponse:
    """A further ladder."""
    place = agency_to_write(request, partnership_slug, slug)
    form = LadderForm(request.POST if request.method == "POST" else None)

    def act() -> tuple[str, str]:
        made = add_ladder(**acting(request, place), **form.cleaned_data)
        return f"{made.name} is entered.", place.register.address("agency_ladder", place.agency.slug, made.pk)

    page = page_of(place, "Add a grade ladder", "Add the ladder", {SharedAgency: None, LadderTaken: "name"})
    return answered(request, place.register, page, form, act)


def ladder(request: HttpRequest, partnership_slug: str, slug: str, ladder_id: int) -> HttpResponse:
    """The rungs of a ladder, the most senior first: moved, renamed, added, removed."""
    place = agency_to_write(request, partnership_slug, slug)
    found = GradeLadder.objects.filter(pk=ladder_id, agency=place.agency).select_related("agency").first()
    if found is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    button, rung = _pressed(request, found)
    needs_a_name = button in {"", RENAME}
    form = RungForm(posted, initial={"seen": facts_seen(ladder_facts(ladder=found))})
    form.fields["name"].required = needs_a_name

    def act() -> tuple[str, str]:
        said = _done(request, place, found, button, rung, form.cleaned_data)
        return said, place.register.address("agency_ladder", place.agency.slug, found.pk)

    refusals: Mapping[type[Exception], str | None] = {
        SharedAgency: None, RungTaken: "name", RungInUse: None, NoRungBeyond: None,
    }  # fmt: skip
    rungs = Grade.objects.filter(ladder=found).annotate(uses=Count("appointments")).order_by("rank")
    page = page_of(
        place,
        found.name,
        "Add a grade",
        refusals,
        template="membership/agency_ladder.html",
        rungs=rungs,
    )
    return answered(request, place.register, page, form, act)


def _pressed(request: HttpRequest, found: GradeLadder) -> tuple[str, Grade | None]:
    """The button, and the rung it stands beside. Raises Http404 for a rung of no such ladder."""
    button, _, number = request.POST.get("rung", "").partition("-")
    if not button:
        return "", None
    if button not in {UP, DOWN, REMOVE, RENAME} or not (
        number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    ):
        raise Http404
    rung = Grade.objects.filter(pk=int(number), ladder=found).select_related("ladder__agency").first()
    if rung is None:
        raise Http404
    return button, rung


def _done(
    request: HttpRequest,
    place: AgencyPlace,
    found: GradeLadder,
    button: str,
    rung: Grade | None,
    said: Mapping[str, str],
) -> str:
    """Do what the button says, and say that it is done."""
    how: dict[str, Any] = {"partnership": place.partnership, "by": author(request), "seen": said["seen"]}
    if rung is None:
        return f"{add_rung(ladder=found, name=said['name'], **how).name} is the last rung."
    acts: dict[str, Callable[[], str]] = {
        UP: lambda: f"{move_rung(grade=rung, up=True, **how).name} moved up.",
        DOWN: lambda: f"{move_rung(grade=rung, up=False, **how).name} moved down.",
        RENAME: lambda: f"It is called {rename_rung(grade=rung, name=said['name'], **how).name}.",
        REMOVE: lambda: _removed(rung, **how),
    }
    return acts[button]()


def _removed(rung: Grade, **how: Any) -> str:
    name = rung.name
    remove_rung(grade=rung, **how)
    return f"{name} is off the ladder."
