"""The register taken away as a file, and a file brought in: a dry run first, then all of it or nothing."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from membership.forms.register_import import ImportForm
from membership.models import AgencyImport
from membership.operations import AgencyNameTaken
from membership.operations.agency_identity import AgencyCircle, SharedAgency
from membership.operations.agency_register import ListedAlready, NameKnownElsewhere, NameKnownHere
from membership.operations.register_import import (
    KEPT,
    RegisterMoved,
    RowsRefused,
    commit_import,
    keep_import,
    sheet_in,
)
from membership.presenters.register_file import dry_run, register_lines, template_lines
from membership.queries.agency_register import categories_of
from membership.queries.register_plan import Plan, headings_of, plan_of
from membership.queries.register_snapshot import snapshot
from membership.register_choices import asked_of, groups_of
from membership.views.agency_places import RegisterPlace, author, register_at, register_to_write
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.spreadsheets import spreadsheet
from partnership.workbooks import SheetRefused, workbook

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Where rows of one file get in each other's way.
IN_THE_WAY = (NameKnownHere, NameKnownElsewhere, AgencyNameTaken, ListedAlready, AgencyCircle, SharedAgency)


def register_file(request: HttpRequest, partnership_slug: str, form: str) -> HttpResponse:
    """The register as the address narrows it, with the seats that its reader may see."""
    place = register_at(request, partnership_slug)
    today = clock.today()
    access.require(request.user, Action.DOWNLOAD, place.partnership, Kind.PARTNERSHIP, today)
    asked = asked_of(request.GET, groups_of(categories_of(partnership=place.partnership)))
    agencies = snapshot(partnership=place.partnership, on=today, narrowing=asked.narrowing, user=request.user)
    name = f"agencies-{place.partnership.slug}-{today.isoformat()}"
    return _file(form, name, list(register_lines(agencies)))


def template_file(request: HttpRequest, partnership_slug: str, form: str) -> HttpResponse:
    """A table to fill in."""
    register_to_write(request, partnership_slug)
    return _file(form, "agencies-to-fill-in", template_lines())


def _file(form: str, name: str, lines: list[list[str]]) -> HttpResponse:
    if form not in CONTENT_TYPES:
        raise Http404
    data = workbook("Agencies", lines) if form == XLSX else spreadsheet(lines).encode()
    response = HttpResponse(data, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def bring_in(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Take a file; what it would do is shown on a page of its own."""
    place = register_to_write(request, partnership_slug)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            headings_of(form.sheet)
        except SheetRefused as refused:
            form.add_error("file", f"{refused}.")
        else:
            name = form.cleaned_data["file"].name
            draft = keep_import(partnership=place.partnership, sheet=form.sheet, file_name=name, by=author(request))
            return HttpResponseRedirect(place.address("agencies_check", draft.uuid))
    context = {"partnership": place.partnership, "place": place, "form": form}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "membership/agencies_import.html", context, status=status)


def check(request: HttpRequest, partnership_slug: str, uuid: UUID) -> HttpResponse:
    """Every row of the file with its fate; the button does all of it, if it is still what was shown."""
    place = register_to_write(request, partnership_slug)
    draft = AgencyImport.objects.filter(uuid=uuid).first()
    if draft is not None and (draft.partnership_id, draft.person_id) != (place.partnership.pk, author(request).pk):
        raise Http404
    if draft is None or draft.made_at < clock.now() - KEPT:
        messages.error(request, "That file is no longer kept. Choose it again.")
        return HttpResponseRedirect(place.address("agencies_import"))
    if request.method != "POST":
        plan = plan_of(sheet=sheet_in(draft), partnership=place.partnership, on=clock.today())
        return _check_page(request, place, draft, plan)
    try:
        done = commit_import(
            draft=draft, partnership=place.partnership, mark=request.POST.get("mark", ""), by=author(request)
        )
    except RegisterMoved as moved:
        status = HTTPStatus.CONFLICT if request.POST.get("mark") else HTTPStatus.BAD_REQUEST
        return _check_page(request, place, draft, moved.plan, str(moved), status)
    except (RowsRefused, *IN_THE_WAY) as refused:
        plan = plan_of(sheet=sheet_in(draft), partnership=place.partnership, on=clock.today())
        return _check_page(request, place, draft, plan, f"{refused} Nothing was saved.", HTTPStatus.BAD_REQUEST)
    messages.success(request, f"The file is brought in. {dry_run(done).lead}")
    return HttpResponseRedirect(place.href)


def _check_page(
    request: HttpRequest,
    place: RegisterPlace,
    draft: AgencyImport,
    plan: Plan,
    problem: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "partnership": place.partnership,
        "place": place,
        "file_name": draft.file_name,
        "page": dry_run(plan),
        "problem": problem,
    }
    return render(request, "membership/agencies_check.html", context, status=status)
