"""The pages of the case tier: one's own cases, one case with its papers. To everybody else none of them exists."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from meetings.models import PaperFormat
from meetings.paper_files import FileRefused
from meetings.views.papers import CONTENT_TYPES
from meetings.views.registers import author
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Partnership, Reader
from partnership.protections import NoReasonGiven
from partnership.readings import record_reading
from partnership.signing_in.fresh import asked_again
from partnership.views.slowing import slowed_down
from reviews.forms.cases import CasePaperForm, CloseCaseForm, NameOnCaseForm, OpenCaseForm
from reviews.models import CaseFile, CasePaper
from reviews.operations.cases import (
    CaseClosed,
    NotAReference,
    NotOfTheCaseTier,
    NotTheirsToClose,
    ReferenceTaken,
    add_case_paper,
    case_tier_of,
    close_case,
    name_on_case,
    open_case,
)

REFUSED = (CaseClosed, FileRefused, NoReasonGiven, NotOfTheCaseTier, NotTheirsToClose)


def cases(request: HttpRequest, tier: str) -> HttpResponse:
    """The cases that the reader is named on, and a form for a new one."""
    here = _tier(request, tier)
    people = case_tier_of(here, clock.today())
    form = OpenCaseForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and (asked := asked_again(request)) is not None:
        return asked
    if form.is_valid():
        try:
            opened = open_case(
                partnership=here,
                reference=form.cleaned_data["reference"],
                steward=form.person("steward"),
                panel_chair=form.person("panel_chair"),
                by=author(request),
            )
        except (NotAReference, ReferenceTaken) as refused:
            form.add_error("reference", str(refused))
        except NotOfTheCaseTier as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{opened.reference} is open.")
            return HttpResponseRedirect(reverse("cases", args=(tier,)))
    mine = access.visible(CaseFile.objects.filter(partnership=here), to=request.user)
    context = {"partnership": here, "cases": list(mine.select_related("steward")), "form": form}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "reviews/cases.html", context, status=status)


def case(request: HttpRequest, tier: str, reference: str) -> HttpResponse:
    """One case: who is named on it, its papers, and what can be done."""
    here = _tier(request, tier)
    found = _case(request, here, reference)
    forms = _forms(request, here)
    act = request.POST.get("act", "")
    if act == "name" and (asked := asked_again(request)) is not None:
        return asked
    if request.method == "POST" and act in forms and forms[act].is_valid():
        form = forms[act]
        try:
            _do(request, found, act, form)
        except REFUSED as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is saved.")
            return HttpResponseRedirect(request.path)
    record_reading(person=author(request), protections=[found.protection], how="case")
    readers = Reader.objects.in_force(clock.today()).filter(protection=found.protection).select_related("person")
    context = {
        "partnership": here,
        "case": found,
        "papers": list(found.papers.all()),
        "readers": list(readers.order_by("person__name")),
        "forms": forms,
        "form": forms.get(act),
        "may_close": found.panel_chair == request.user and found.closed_on is None,
    }
    is_wrong = any(form.errors for form in forms.values())
    return render(request, "reviews/case.html", context, status=HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK)


@require_safe
def case_paper(request: HttpRequest, tier: str, reference: str, uuid: UUID) -> HttpResponseBase:
    """A file of a case, to who is named on it."""
    here = _tier(request, tier)
    found = _case(request, here, reference)
    paper = access.get_visible_or_404(CasePaper.objects.filter(case=found), request.user, uuid=uuid)
    slowed = slowed_down(request, board=None, is_restricted=True)
    if slowed is not None:
        return slowed
    file = paper.file.open("rb")
    record_reading(person=author(request), protections=[found.protection], how="file of a case")
    kind = PaperFormat(paper.format)
    return FileResponse(
        file,
        as_attachment=kind is not PaperFormat.PDF,
        # The file's own name may say more than the reference does.
        filename=f"{found.reference}.{kind}",
        content_type=CONTENT_TYPES[kind],
    )


def _tier(request: HttpRequest, slug: str) -> Partnership:
    """The partnership, to somebody of its case tier. Raises Http404 to everybody else."""
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, slug=slug)
    access.require(request.user, Action.READ, here, Kind.CASE_TIER)
    return here


def _case(request: HttpRequest, here: Partnership, reference: str) -> CaseFile:
    rows = CaseFile.objects.select_related("protection", "steward", "panel_chair")
    return access.get_visible_or_404(rows, request.user, partnership=here, reference=reference)


def _forms(request: HttpRequest, here: Partnership) -> dict[str, Form]:
    """The forms of the page, the one that was sent with what it says."""
    people = case_tier_of(here, clock.today())
    act = request.POST.get("act", "")
    data = request.POST
    return {
        "name": NameOnCaseForm(data if act == "name" else None, people=people),
        "paper": CasePaperForm(data, request.FILES) if act == "paper" else CasePaperForm(),
        "close": CloseCaseForm(data if act == "close" else None),
    }


def _do(request: HttpRequest, found: CaseFile, act: str, form: Form) -> None:
    """Raises what the operations raise."""
    by, said = author(request), form.cleaned_data
    if isinstance(form, NameOnCaseForm):
        name_on_case(case=found, person=form.person("reader"), reason=said["reason"], by=by)
    elif isinstance(form, CasePaperForm):
        file = said["file"]
        add_case_paper(case=found, title=said["title"], file=file, original_name=file.name, by=by)
    else:
        close_case(case=found, reason=said["reason"], by=by)
