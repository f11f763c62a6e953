"""A duty of the ledger waived, and its waiver withdrawn, by whom the terms let."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import DutyWaiver, Obligation, User
from partnership.navigation import address_of, on_board
from partnership.obligations.causes import of_one_person
from partnership.obligations.hours import rule_of
from partnership.obligations.waivers import CannotBeWaived, NoReason, NotWaived, may_waive, waive, withdraw_waiver
from partnership.views.finding import board_at, reader_of
from reviews.forms.ledger import WaiverForm
from reviews.presenters.ledger import wording_of


def ledger_waiver(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """Say that one duty need not be done this time, or has to be after all."""
    board = board_at(request, partnership_slug, board_slug)
    user = reader_of(request)
    access.require(user, Action.DECIDE, board, Kind.LEDGER, clock.today())
    # What is each member's own stands in no list, and uses of break-glass least of all.
    rows = Obligation.objects.visible_to(user, clock.today()).filter(board=board, pk=number, cancelled_at=None)
    asked = rows.exclude(of_one_person()).select_related("constitution", "board__partnership").first()
    if asked is None:
        raise Http404
    is_withdrawing = request.POST.get("act") == "withdraw"
    form = WaiverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        refused = _refused(asked, form.cleaned_data["reason"], user, is_withdrawing=is_withdrawing)
        if not refused:
            said = "The waiver is withdrawn: it has to be done." if is_withdrawing else "The duty is waived."
            messages.success(request, said)
            return HttpResponseRedirect(reverse("ledger_year", args=[*address_of(board), asked.due_on.year]))
        form.add_error(None, refused)
        asked.refresh_from_db()
    context = {
        "form": form,
        "asked": asked,
        "rule": rule_of(asked),
        "wording": wording_of(asked),
        "why_not": _why_not(asked, user),
        "waivers": DutyWaiver.objects.visible_to(user).filter(obligation=asked).select_related("by").order_by("pk"),
        **on_board(board, page="overview"),
    }
    return render(request, "reviews/ledger_waiver.html", context, status=400 if form.errors else 200)


def _refused(asked: Obligation, reason: str, user: User, *, is_withdrawing: bool) -> str:
    """Do it; the sentence that says why it is refused, where it is."""
    try:
        (withdraw_waiver if is_withdrawing else waive)(obligation=asked, reason=reason, by=user)
    except (CannotBeWaived, NoReason, NotWaived) as refused:
        return str(refused)
    return ""


def _why_not(asked: Obligation, user: User) -> str:
    """Why it cannot be waived by that person as it stands; empty where it can, and where it is waived."""
    if asked.waived_at is not None:
        return ""
    try:
        may_waive(asked, by=user)
    except CannotBeWaived as refused:
        return str(refused)
    return ""
