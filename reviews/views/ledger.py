"""A board's ledger of duties, as page and files; what its manager does there: name a decision, keep a practice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.operations.decided_duties import (
    DONE_BY_DECIDING,
    DatesMissing,
    NotDoneByDeciding,
    NotThatDecision,
    decisions_to_choose,
    meet_by_decision,
)
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board, Obligation
from partnership.navigation import address_of, on_board
from partnership.obligations.kept_rules import NoSuchPractice, practices_of, switch_practice
from partnership.spreadsheets import spreadsheet
from partnership.views.finding import board_at, reader_of
from partnership.workbooks import workbook
from reviews.forms.ledger import DecisionForm
from reviews.ledger_narrowing import Narrowing
from reviews.presenters.ledger import LedgerPage, decision_words, ledger_lines, ledger_page, wording_of
from reviews.queries.ledger import ledger_of

ASKED = (
    (Kind.LEDGER, Action.READ),
    (Kind.LEDGER, Action.DOWNLOAD),
    (Kind.LEDGER, Action.WRITE),
    (Kind.LEDGER, Action.DECIDE),
)
FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def ledger(request: HttpRequest, partnership_slug: str, board_slug: str, year: int | None = None) -> HttpResponse:
    """Every duty of a year, this one unless the address names another."""
    board = board_at(request, partnership_slug, board_slug)
    page = page_of_ledger(request, board, clock.today().year if year is None else year, request.GET)
    return render(request, "reviews/ledger.html", {"page": page, **on_board(board, page="overview")})


def ledger_file(request: HttpRequest, partnership_slug: str, board_slug: str, year: int, form: str) -> HttpResponse:
    """The same for a spreadsheet, narrowed as the page was."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.DOWNLOAD, board, Kind.LEDGER, clock.today())
    if form not in FILES:
        raise Http404
    page = page_of_ledger(request, board, year, request.GET)
    lines = ledger_lines(page.rows, page.counted)
    content = spreadsheet(lines) if form == "csv" else workbook("Duties", lines)
    response = HttpResponse(content, content_type=FILES[form])
    response["Content-Disposition"] = f'attachment; filename="duties-{board.slug}-{year}.{form}"'
    return response


def ledger_decision(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """Name the decision that did what was due."""
    board = board_at(request, partnership_slug, board_slug)
    user = reader_of(request)
    access.require(user, Action.WRITE, board, Kind.LEDGER, clock.today())
    rows = Obligation.objects.visible_to(user, clock.today()).filter(board=board, pk=number, duty__in=DONE_BY_DECIDING)
    asked = rows.open().select_related("constitution", "board__partnership").first()
    if asked is None:
        raise Http404
    decisions = {decision.pk: decision for decision in decisions_to_choose(obligation=asked, user=user)}
    form = DecisionForm(request.POST if request.method == "POST" else None)
    form.offer((pk, decision_words(decision)) for pk, decision in decisions.items())
    if request.method == "POST" and form.is_valid():
        decision = decisions[int(form.cleaned_data["decision"])]
        try:
            meet_by_decision(obligation=asked, decision=decision, by=user)
        except (DatesMissing, NotDoneByDeciding, NotThatDecision) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The decision is recorded as what was due.")
            return HttpResponseRedirect(reverse("ledger_year", args=[*address_of(board), asked.due_on.year]))
    context = {
        "form": form,
        "asked": asked,
        "wording": wording_of(asked),
        "decisions": decisions,
        **on_board(board, page="overview"),
    }
    return render(request, "reviews/ledger_decision.html", context, status=400 if form.errors else 200)


def local_practices(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Which practices of the field the group keeps although no clause asks for them."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.WRITE, board, Kind.LEDGER, clock.today())
    if request.method == "POST":
        is_on = request.POST.get("keep") == "yes"
        try:
            switch_practice(
                board=board,
                duty=request.POST.get("duty", ""),
                is_on=is_on,
                on=clock.today(),
                by=reader_of(request),
            )
        except NoSuchPractice as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(
                request, "The practice is kept from now on." if is_on else "The practice is kept no longer."
            )
        return HttpResponseRedirect(reverse("local_practices", args=address_of(board)))
    context = {"practices": practices_of(board=board, on=clock.today()), **on_board(board, page="overview")}
    return render(request, "reviews/local_practices.html", context)


def page_of_ledger(request: HttpRequest, board: Board, year: int, asked: Mapping[str, str]) -> LedgerPage:
    """The year as the reader asked for it.

    Raises Http404 for who may not know the ledger, and for a year that no calendar has.
    """
    today = clock.today()
    rights = access.rights_on(request.user, board, ASKED, today)
    if (Kind.LEDGER, Action.READ) not in rights:
        access.conceal(board)
    if not MINYEAR + 2 < year < MAXYEAR - 2:
        raise Http404
    found = ledger_of(board=board, year=year, user=request.user, today=today)
    return ledger_page(
        board=board,
        ledger=found,
        year=year,
        narrowing=Narrowing.of(asked, found),
        today=today,
        may_download=(Kind.LEDGER, Action.DOWNLOAD) in rights,
        may_write=(Kind.LEDGER, Action.WRITE) in rights,
        roles=access.roles_on(request.user, board, today) if (Kind.LEDGER, Action.DECIDE) in rights else (),
    )
