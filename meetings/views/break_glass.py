"""Break-glass: opening one limited object with a reason, reading it while it is open, and the chair's review."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from meetings.forms.break_glass import BreakGlassForm, ReviewForm
from meetings.queries.broken_glass import limited_at, opened_by
from meetings.views.registers import author
from partnership import access, clock
from partnership.access import Action
from partnership.break_glass import AlreadyReviewed, BreakGlassRefused, NothingSaid, open_by_break_glass, review
from partnership.clock import LONDON
from partnership.models import BreakGlass, BreakGlassCategory
from partnership.readings import record_reading
from partnership.rules.plain_dates import long_date, plain_time
from partnership.signing_in.proof import is_fresh


def break_glass(request: HttpRequest) -> HttpResponse:
    """Ask for one object; what is open now is listed."""
    if not access.may_break_glass(request.user):
        raise Http404
    by = author(request)
    form = BreakGlassForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            opened = open_by_break_glass(
                protection=limited_at(form.cleaned_data["address"]),
                category=BreakGlassCategory(form.cleaned_data["category"]),
                reason=form.cleaned_data["reason"],
                has_fresh_proof=is_fresh(request.session, has_second_step=True),
                by=by,
            )
        except BreakGlassRefused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(reverse("break_glass_opened", args=(opened.uuid,)))
    now = clock.now()
    running = [one for one in BreakGlass.objects.filter(person=by, until__gt=now) if one.is_running(now)]
    context = {"form": form, "running": [(one.uuid, _clock(one.until)) for one in running]}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "meetings/break_glass.html", context, status=status)


def opened(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The object's words, to be read and no more, for who opened it and as long as it is open. Each reading is kept."""
    by = author(request)
    glass = get_object_or_404(BreakGlass.objects.select_related("protection__board"), uuid=uuid, person=by)
    if not access.may_break_glass(by) or not glass.is_running(clock.now()) or not glass.protection.is_limited:
        raise Http404
    record_reading(person=by, protections=[glass.protection], how="break-glass")
    context = {"glass": glass, "seen": opened_by(glass), "until": _clock(glass.until)}
    return render(request, "meetings/break_glass_opened.html", context)


def break_glass_review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was opened, by whom and why, for those who answer for the group; the chair's word on it."""
    rows = BreakGlass.objects.select_related("protection__board__partnership", "person", "reviewed_by")
    glass = access.get_visible_or_404(rows, request.user, uuid=uuid)
    may_review = access.may(request.user, Action.DECIDE, glass)
    if request.method == "POST" and not may_review:
        raise PermissionDenied
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            review(glass=glass, words=form.cleaned_data["words"], by=author(request))
        except (AlreadyReviewed, NothingSaid) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your word is recorded.")
            return HttpResponseRedirect(request.path)
    at = glass.opened_at.astimezone(LONDON)
    seen = opened_by(glass)
    context = {
        "glass": glass,
        "form": form,
        "may_review": may_review and glass.reviewed_at is None,
        "opened": f"{long_date(at.date())}, {plain_time(at.time())} to {_clock(glass.until)}",
        "due": long_date(glass.review_due_on),
        # Whoever may not read the item learns which it was by its meeting, not by its title.
        "title": seen.item.title if access.may(request.user, Action.READ, seen.item) else "",
        "meeting": f"{seen.item.meeting.board.name}, {long_date(seen.item.meeting.on)}",
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "meetings/break_glass_review.html", context, status=status)


def _clock(at: datetime) -> str:
    return plain_time(at.astimezone(LONDON).time())
