"""Copies of what is held on a person, and erasures: the manager asks, the worker does it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.forms.personal_data import ErasureForm, PersonForm
from partnership.models import Erasure, Partnership, SubjectCopy, User
from partnership.personal_data.erasing import NotAPerson, Plan, StillHere, check_may_be_erased, plan
from partnership.personal_data.packaging import NotOfThisPartnership, ask_for_copy, copy_to_fetch
from partnership.personal_data.registry import RETENTION
from partnership.personal_data.working import ask_for_erasure
from partnership.signing_in.fresh import proved_lately

SHOWN = 20


def personal_data(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """What the reader asked for, what came of it, and how long each class of records is kept."""
    here = _here(request, partnership_slug, Action.READ)
    return _shown(request, here, PersonForm(partnership=here), ErasureForm(partnership=here, prefix="erase"))


@require_POST
@proved_lately(then="personal_data", words=("partnership_slug",))
def copy(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Have a copy made."""
    here = _here(request, partnership_slug, Action.WRITE)
    form = PersonForm(request.POST, partnership=here)
    if form.is_valid():
        try:
            ask_for_copy(person=form.cleaned_data["email"], by=_reader(request), partnership=here)
        except NotOfThisPartnership as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, "The copy is being made. It is here for you alone, for 7 days.")
            return HttpResponseRedirect(reverse("personal_data", args=(here.slug,)))
    return _shown(request, here, form, ErasureForm(partnership=here, prefix="erase"), status=400)


@require_POST
@proved_lately(then="personal_data", words=("partnership_slug",))
def erase(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Show what an erasure would take; with a reason, have it done."""
    here = _here(request, partnership_slug, Action.DECIDE)
    form = ErasureForm(request.POST, partnership=here, prefix="erase")
    shown: Plan | None = None
    if form.is_valid():
        person, reason = form.cleaned_data["email"], form.cleaned_data["reason"]
        try:
            check_may_be_erased(person)
            if reason and "confirm" in request.POST:
                ask_for_erasure(person=person, reason=reason, by=_reader(request))
                messages.success(request, "The erasure has been asked for. It is done within minutes.")
                return HttpResponseRedirect(reverse("personal_data", args=(here.slug,)))
            shown = plan(person=person)
        except (StillHere, NotAPerson) as refused:
            form.add_error("email", str(refused))
        if shown and "confirm" in request.POST:
            form.add_error("reason", "Say why: the request by its date, or the rule.")
    status = 400 if form.errors else 200
    return _shown(request, here, PersonForm(partnership=here), form, plan=shown, status=status)


@proved_lately()
def copy_file(request: HttpRequest, partnership_slug: str, uuid: UUID) -> HttpResponseBase:
    """The copy itself: for whoever asked for it, while they may and while it lasts; both asked again each time."""
    here = _here(request, partnership_slug, Action.WRITE)
    found = copy_to_fetch(uuid=uuid, by=_reader(request))
    if found is None or found.partnership_id != here.pk:
        access.note_denial(SubjectCopy.objects.none())
        raise Http404
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=f"held-on-person-{found.person_id}.zip")


def _shown(
    request: HttpRequest,
    here: Partnership,
    copy_form: PersonForm,
    erase_form: ErasureForm,
    *,
    plan: Plan | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "partnership": here,
        "form": copy_form if copy_form.errors else erase_form,
        "copy_form": copy_form,
        "erase_form": erase_form,
        "plan": plan.to_json() if plan else None,
        "copies": SubjectCopy.objects.filter(asked_by=_reader(request), partnership=here).select_related("person")[
            :SHOWN
        ],
        "erasures": Erasure.objects.filter(asked_by=_reader(request)).select_related("person")[:SHOWN],
        "classes": RETENTION.values(),
    }
    return render(request, "partnership/personal_data.html", context, status=status)


def _here(request: HttpRequest, slug: str, action: Action) -> Partnership:
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, clock.today(), slug=slug)
    access.require(request.user, action, here, Kind.PERSONAL_DATA, clock.today())
    return here


def _reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("Only a signed-in person reaches this page.")
    return request.user
