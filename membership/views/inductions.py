"""Inductions of a partnership: the list, one person's, and what new members are given."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from membership.forms.inductions import MarkForm, PracticeForm, SetForm
from membership.models import Induction, InductionStep
from membership.operations import (
    NotTheirs,
    accept_description,
    mark_step,
    set_practice,
    take_shipped_sets,
    write_set,
)
from membership.presenters.contacts import changes_of
from membership.presenters.inductions import asked_by, induction_page, induction_rows
from membership.queries.inductions import RoleSetUp, inductions_of, set_up_of, steps_of
from partnership import access, clock
from partnership.access import Action, Kind, Role
from partnership.change_history import entries_of
from partnership.models import Partnership
from partnership.views.finding import reader_of


def inductions(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Those that the reader may know of: the team its boards', anybody else their own."""
    here = _partnership(request, partnership_slug)
    today = clock.today()
    found = inductions_of(partnership=here, user=request.user, on=today)
    is_team = access.may(request.user, Action.WRITE, here, Kind.INDUCTION, today)
    context = {
        "partnership": here,
        "under_way": induction_rows((each for each in found if _is_under_way(each)), today=today),
        "over": induction_rows((each for each in found if not _is_under_way(each)), today=today),
        "is_team": is_team,
    }
    if is_team:
        set_up = set_up_of(partnership=here, on=today)
        context |= {"set_up": set_up, "asked": asked_by(set_up), "form": _practice_form(set_up.practice)}
    return render(request, "membership/inductions.html", context)


def induction(request: HttpRequest, partnership_slug: str, number: UUID) -> HttpResponse:
    """One person's induction; its lines are marked by whom they say."""
    today = clock.today()
    here = _partnership(request, partnership_slug)
    rows = Induction.objects.filter(partnership=here).select_related("person", "board__partnership", "description")
    found = access.get_visible_or_404(rows, request.user, today, uuid=number)
    person = reader_of(request)
    is_team = access.may(person, Action.WRITE, found, on=today)
    if request.method == "POST":
        try:
            _marked(request, found, is_team=is_team)
        except NotTheirs as refused:
            raise PermissionDenied from refused
        return HttpResponseRedirect(request.path)
    steps = steps_of(induction=found)
    entries = entries_of(
        found.history.all(),
        InductionStep.history.filter(induction_id=found.pk, history_type="~"),
        about={(InductionStep, step.pk): step.text for step in steps},
    )
    context = {
        "page": induction_page(found, steps, is_own=person == found.person, is_team=is_team, today=today),
        "changes": [
            change | {"about": entry.about} for change, entry in zip(changes_of(entries), entries, strict=True)
        ],
        "partnership": here,
    }
    return render(request, "membership/induction.html", context)


def _marked(request: HttpRequest, found: Induction, *, is_team: bool) -> None:
    """Raises NotTheirs, Http404."""
    person = reader_of(request)
    if "accept" in request.POST:
        accept_description(induction=found, by=person)
        messages.success(request, "You have accepted the role description.")
        return
    form = MarkForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Nothing was marked. Choose a line again.")
        return
    step = InductionStep.objects.filter(induction=found, pk=form.cleaned_data["step"]).first()
    if step is None:
        raise Http404
    mark_step(step=step, is_done=form.cleaned_data["is_done"], as_team=is_team and person != found.person, by=person)


def checklist(request: HttpRequest, partnership_slug: str, role: str) -> HttpResponse:
    """What one role is given: its description, and the lines of its checklist."""
    here = _partnership_to_write(request, partnership_slug)
    if role not in Role.values:
        raise Http404
    set_up = set_up_of(partnership=here, on=clock.today())
    known = next((each for each in set_up.roles if each.role == role), RoleSetUp(Role(role), None, (), ()))
    form = SetForm.of(known, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        write_set(partnership=here, role=Role(role), by=reader_of(request), **form.cleaned_data)
        messages.success(request, "Saved. Inductions under way stay as they began.")
        return HttpResponseRedirect(reverse("inductions", args=[here.slug]))
    context = {"form": form, "partnership": here, "role": Role(role).label}
    return render(request, "membership/induction_checklist.html", context, status=400 if form.errors else 200)


@require_POST
def practice(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Switch the local practice on or off, or take in what ships."""
    here = _partnership_to_write(request, partnership_slug)
    if "shipped" in request.POST:
        take_shipped_sets(partnership=here, by=reader_of(request))
        messages.success(
            request, "The shipped role descriptions and checklists are yours now. Change them as you like."
        )
        return HttpResponseRedirect(reverse("inductions", args=[here.slug]))
    form = PracticeForm(request.POST)
    if form.is_valid():
        set_practice(partnership=here, by=reader_of(request), **form.cleaned_data)
        messages.success(request, "Saved.")
    else:
        messages.warning(request, "Nothing was saved. Enter weeks from 1 to 52.")
    return HttpResponseRedirect(reverse("inductions", args=[here.slug]))


def _is_under_way(each: Induction) -> bool:
    return each.completed_on is None and each.stopped_on is None


def _practice_form(found: object) -> PracticeForm:
    return PracticeForm(initial={"is_on": getattr(found, "is_on", False), "weeks": getattr(found, "weeks", 8)})


def _partnership(request: HttpRequest, slug: str) -> Partnership:
    return access.get_visible_or_404(Partnership.objects.all(), request.user, clock.today(), slug=slug)


def _partnership_to_write(request: HttpRequest, slug: str) -> Partnership:
    """Raises Http404, and PermissionDenied for who may only know of the partnership."""
    here = _partnership(request, slug)
    if not access.may(request.user, Action.WRITE, here, Kind.INDUCTION, clock.today()):
        raise PermissionDenied
    return here
