"""Bringing a further version of the rules into force: its text, what it would change, the confirmation.

Nothing is stored before the confirmation: the text travels with the page, and what is confirmed is bound to what was
shown, by whom it was asked and after which version.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.forms.constitutions import AdoptForm, DraftForm
from meetings.operations.constitution_drafts import DraftAlreadyBegun, NothingChanged, bring_in_to_be_signed
from meetings.operations.constitutions import (
    AnotherVersionAdopted,
    MeetingHasBegun,
    NotFromThePast,
    OtherBody,
    adopt_version,
    check_it_may_follow,
)
from meetings.presenters.constitution_effects import effects_page
from meetings.version_effects import VersionEffects, effects_of
from meetings.views.registers import author
from membership.operations import SeatStillHeld
from membership.queries.signing import must_be_signed
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board, Constitution
from partnership.navigation import address_of, on_board
from partnership.operations import ConstitutionOutOfOrder
from partnership.queries import constitution_versions
from partnership.rules.deadlines.calendars import BeyondHorizon
from partnership.rules.plain_dates import plain_date
from partnership.views.finding import board_at

SALT = "what a version of the rules would change"
REFUSED = (
    AnotherVersionAdopted,
    BeyondHorizon,
    ConstitutionOutOfOrder,
    MeetingHasBegun,
    NotFromThePast,
    OtherBody,
    SeatStillHeld,
)
NOT_WHAT_WAS_SHOWN = "This is not what was shown when you last looked. Check what it changes now, and confirm again."


def bring_in(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Take the text of a version, show what it would change, and on confirmation bring it into force."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.WRITE, board, Kind.CONSTITUTION_DRAFT, clock.today())
    if request.method != "POST":
        return _form_page(request, board, DraftForm())
    draft = DraftForm(request.POST, request.FILES)
    if not draft.is_valid() or request.POST.get("step") == "edit":
        return _form_page(request, board, draft)
    follows = next(iter(constitution_versions(board=board)), None)
    refused = _refusal(board, draft, follows)
    if refused is not None:
        return _form_page(request, board, draft, refused)
    assert draft.begins_on is not None, "a valid draft begins on a day"
    effects = effects_of(
        board=board,
        text=draft.kept_text,
        in_force_from=draft.begins_on,
        follows=follows,
        user=request.user,
        today=clock.today(),
    )
    if request.POST.get("step") != "adopt":
        return _preview(request, board, draft, effects, AdoptForm())
    return _adopt(request, board, draft, effects)


def _adopt(request: HttpRequest, board: Board, draft: DraftForm, effects: VersionEffects) -> HttpResponse:
    """Bring it into force, if it is what was shown."""
    form = AdoptForm(request.POST)
    if not form.is_valid():
        return _preview(request, board, draft, effects, form)
    if not _was_shown(form.cleaned_data["preview"], board, draft, effects):
        form.add_error(None, NOT_WHAT_WAS_SHOWN)
        return _preview(request, board, draft, effects, form)
    if must_be_signed(effects.before, effects.terms):
        return _to_be_signed(request, board, draft, effects, form)
    try:
        adopted = adopt_version(
            board=board,
            text=draft.kept_text,
            in_force_from=effects.in_force_from,
            after=effects.follows,
            reason=form.cleaned_data["reason"],
            signed=form.cleaned_data["signed"],
            unseats=_unseated(effects),
            by=author(request),
        )
    except REFUSED as refused:
        return _form_page(request, board, draft, refused)
    messages.success(request, f"Version {adopted.version} is in force from {plain_date(adopted.in_force_from)}.")
    return HttpResponseRedirect(reverse("constitution_version", args=(*address_of(board), adopted.version)))


def _to_be_signed(
    request: HttpRequest, board: Board, draft: DraftForm, effects: VersionEffects, form: AdoptForm
) -> HttpResponse:
    """Put it before those who sign, where the rules name them."""
    try:
        bring_in_to_be_signed(
            board=board,
            text=draft.kept_text,
            in_force_from=effects.in_force_from,
            reason=form.cleaned_data["reason"],
            by=author(request),
        )
    except (*REFUSED, DraftAlreadyBegun, NothingChanged) as refused:
        return _form_page(request, board, draft, refused)
    messages.success(request, "Kept as a draft and put forward for signature.")
    return HttpResponseRedirect(reverse("constitution_draft", args=address_of(board)))


def _refusal(board: Board, draft: DraftForm, follows: Constitution | None) -> Exception | None:
    """Why this text cannot come next; None when it can."""
    shown = _opened(str(draft.data.get("preview", "")))
    if shown and follows is not None and shown["follows"] != follows.pk:
        return AnotherVersionAdopted(follows)
    assert draft.terms is not None, "a valid draft has terms"
    assert draft.begins_on is not None, "a valid draft begins on a day"
    try:
        check_it_may_follow(board=board, terms=draft.terms, in_force_from=draft.begins_on, after=follows)
    except REFUSED as refused:
        return refused
    return None


# --- what was shown ---------------------------------------------------------------------------------------------------


def _shown(board: Board, draft: DraftForm, effects: VersionEffects) -> dict[str, Any]:
    """What a confirmation is bound to."""
    return {
        "board": board.pk,
        "sha256": hashlib.sha256(draft.kept_text.encode()).hexdigest(),
        "begins": effects.in_force_from.isoformat(),
        "follows": effects.follows.pk if effects.follows else None,
        "unseats": _unseated(effects),
    }


def _unseated(effects: VersionEffects) -> list[int]:
    return sorted(appointment.pk for appointment in effects.seats.unseated)


def _was_shown(preview: str, board: Board, draft: DraftForm, effects: VersionEffects) -> bool:
    return _opened(preview) == _shown(board, draft, effects)


def _opened(preview: str) -> dict[str, Any]:
    """What a page was bound to; nothing for a page that is not ours."""
    try:
        opened: dict[str, Any] = signing.loads(preview, salt=SALT)
    except signing.BadSignature:
        return {}
    return opened


# --- pages ------------------------------------------------------------------------------------------------------------


def _form_page(request: HttpRequest, board: Board, draft: DraftForm, refused: Exception | None = None) -> HttpResponse:
    """The text, the day, and what is wrong with them."""
    adopted = refused.adopted if isinstance(refused, AnotherVersionAdopted) else None
    has_errors = refused is not None or bool(draft.is_bound and draft.errors)
    status = 409 if adopted is not None else 400 if has_errors else 200
    context = {
        "form": draft,
        "refused": refused,
        "adopted": adopted,
        "has_errors": has_errors,
        **on_board(board, page="constitution"),
    }
    return render(request, "meetings/constitution_import.html", context, status=status)


def _preview(
    request: HttpRequest, board: Board, draft: DraftForm, effects: VersionEffects, form: AdoptForm
) -> HttpResponse:
    """What it would change, and the form that confirms it."""
    has_errors = form.is_bound and bool(form.errors)
    context = {
        "page": effects_page(effects, today=clock.today()),
        "form": form,
        "text": draft.kept_text,
        "begins_on": effects.in_force_from.isoformat(),
        "preview": signing.dumps(_shown(board, draft, effects), salt=SALT),
        "has_errors": has_errors,
        **on_board(board, page="constitution"),
    }
    return render(request, "meetings/constitution_preview.html", context, status=400 if has_errors else 200)
