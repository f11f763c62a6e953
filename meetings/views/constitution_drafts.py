"""A further version of the rules in the making: begun, looked at whole, put forward or adopted, dropped."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.forms.constitution_drafts import BeginForm, DetailsForm, DiscardForm
from meetings.operations import constitution_drafts as acts
from meetings.operations.constitutions import (
    AnotherVersionAdopted,
    MeetingHasBegun,
    NoReasonGiven,
    NotFromThePast,
    OtherBody,
)
from meetings.presenters.constitution_draft import DraftPage, PastDraft, draft_page, past_draft
from meetings.presenters.constitution_effects import effects_page
from meetings.version_effects import VersionEffects, effects_of
from meetings.views.registers import author
from membership.operations import SeatStillHeld
from membership.queries.signing import signing_places
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.clock import LONDON
from partnership.constitutions.problems import BadFile
from partnership.constitutions.rule_places import places
from partnership.models import Board, ConstitutionDraft, User
from partnership.navigation import address_of, on_board
from partnership.operations import ConstitutionOutOfOrder
from partnership.queries import body_names, constitution_versions, terms_in
from partnership.rules.deadlines.calendars import BeyondHorizon
from partnership.rules.plain_dates import plain_date
from partnership.views.finding import board_at

REFUSED = (
    acts.DraftAlreadyBegun,
    acts.DraftClosed,
    acts.MustBeSigned,
    acts.NoDayGiven,
    acts.NothingChanged,
    acts.NoVersionYet,
    acts.RuleMoved,
    acts.VersionMovedOn,
    AnotherVersionAdopted,
    BadFile,
    BeyondHorizon,
    ConstitutionOutOfOrder,
    MeetingHasBegun,
    NoReasonGiven,
    NotFromThePast,
    OtherBody,
    SeatStillHeld,
)
LONGEST_NUMBER = 8
ASKED = ((Kind.CONSTITUTION_DRAFT, Action.WRITE), (Kind.CONSTITUTION_DRAFT, Action.DECIDE))


def draft(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """The draft under way with everything it would change; without one, the form that begins it."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.READ, board, Kind.CONSTITUTION_DRAFT, clock.today())
    return page(request, board)


def begin(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Begin a draft from the version in force."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.WRITE, board, Kind.CONSTITUTION_DRAFT, clock.today())
    if request.method != "POST":
        return HttpResponseRedirect(address(board))
    form = BeginForm(request.POST)
    if not form.is_valid():
        return page(request, board, form=form)
    try:
        acts.begin_draft(board=board, reason=form.cleaned_data["reason"], by=author(request))
    except REFUSED as refused:
        return page(request, board, form=form, refused=refused)
    return HttpResponseRedirect(address(board))


def details(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Title, day, review and note of the version."""
    board, found = draft_to_change(request, partnership_slug, board_slug)
    version = terms_in(text=found.text).version
    mark = acts.mark_of(acts.version_of(found.text))
    initial = {
        "seen": mark,
        "title": version.title,
        "in_force_from": version.in_force_from,
        "review_by": version.review_by,
        "note": version.note,
    }
    form = DetailsForm(request.POST or None, initial=initial)
    is_clash = False
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_details(draft=found, by=author(request), **form.cleaned_data)
        except acts.RuleMoved as moved:
            form = DetailsForm({**request.POST.dict(), "seen": mark})
            form.add_error(None, f"{moved} Your values are kept below; save again to put them over theirs.")
            is_clash = True
        except REFUSED as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(address(board))
    has_errors = form.is_bound and bool(form.errors)
    context = {"form": form, "number": version.number, "has_errors": has_errors, **on_board(board, page="constitution")}
    status = 409 if is_clash else 400 if has_errors else 200
    return render(request, "meetings/constitution_draft_details.html", context, status=status)


def discard(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Drop the draft, with a reason."""
    board, found = draft_to_change(request, partnership_slug, board_slug)
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.discard_draft(draft=found, reason=form.cleaned_data["reason"], by=author(request))
        except REFUSED as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The draft is discarded. Nothing of the rules has changed.")
            return HttpResponseRedirect(address(board))
    has_errors = form.is_bound or request.method == "POST"
    context = {"form": form, "draft": found, "has_errors": has_errors, **on_board(board, page="constitution")}
    return render(request, "meetings/constitution_draft_discard.html", context, status=400 if has_errors else 200)


def forward(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Put the draft before those who sign; where the rules name nobody, bring it into force."""
    board, found = draft_to_change(request, partnership_slug, board_slug)
    if request.method != "POST":
        return HttpResponseRedirect(address(board))
    edition = request.POST.get("edition", "")
    if not edition.isdecimal() or len(edition) > LONGEST_NUMBER:
        return page(request, board, refused=acts.NothingChanged("Open the draft again: this form could not be read."))
    number = int(edition)
    try:
        if signing_places(draft=found, on=clock.today()):
            acts.put_forward(draft=found, edition=number, by=author(request))
            messages.success(request, "Put forward for signature. A change of the text now voids what was signed.")
            return HttpResponseRedirect(address(board))
        adopted = acts.adopt_draft(draft=found, edition=number, reason=found.reason, by=author(request))
    except REFUSED as refused:
        return page(request, board, refused=refused)
    messages.success(request, f"Version {adopted.version} is in force from {plain_date(adopted.in_force_from)}.")
    return HttpResponseRedirect(reverse("constitution_version", args=(*address_of(board), adopted.version)))


def look_again(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Put the draft's changes onto the version adopted since it was begun."""
    board, found = draft_to_change(request, partnership_slug, board_slug)
    if request.method != "POST":
        return HttpResponseRedirect(address(board))
    try:
        _, both = acts.take_up_again(draft=found, by=author(request))
    except REFUSED as refused:
        return page(request, board, refused=refused)
    if both:
        messages.warning(
            request, f"Both versions changed {', '.join(both)}: the draft's words stand. Check them below."
        )
    else:
        messages.success(request, "The draft's changes now stand on the latest version. Check them below.")
    return HttpResponseRedirect(address(board))


# --- what the pages share ---------------------------------------------------------------------------------------------


def address(board: Board) -> str:
    return reverse("constitution_draft", args=address_of(board))


def draft_to_change(request: HttpRequest, partnership_slug: str, board_slug: str) -> tuple[Board, ConstitutionDraft]:
    """The board and its draft, for somebody who may change it. Raises Http404, PermissionDenied."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.WRITE, board, Kind.CONSTITUTION_DRAFT, clock.today())
    found = open_draft(request, board)
    if found is None:
        raise Http404
    return board, found


def open_draft(request: HttpRequest, board: Board) -> ConstitutionDraft | None:
    readable = ConstitutionDraft.objects.visible_to(request.user, clock.today()).open()
    found = readable.filter(board=board).select_related("follows").first()
    if found is not None:
        found.board = board
    return found


def effects_of_draft(request: HttpRequest, found: ConstitutionDraft, text: str = "") -> VersionEffects:
    """What the draft, or a further text of it, would change; without a day of its own, from tomorrow on."""
    said = terms_in(text=text or found.text).version.in_force_from
    return effects_of(
        board=found.board,
        text=text or found.text,
        in_force_from=said or clock.today() + timedelta(days=1),
        follows=found.follows,
        user=request.user,
        today=clock.today(),
    )


def page(
    request: HttpRequest, board: Board, *, form: BeginForm | None = None, refused: Exception | None = None
) -> HttpResponse:
    """The page of the draft, or of there being none."""
    found = open_draft(request, board)
    rights = access.rights_on(request.user, board, ASKED, clock.today())
    has_errors = refused is not None or bool(form is not None and form.errors)
    context = {
        "draft": found,
        "page": _page(request, found) if found is not None else None,
        "form": form or BeginForm(),
        "refused": refused,
        "has_errors": has_errors,
        "may_write": ASKED[0] in rights,
        "past": _past(board, request),
        **on_board(board, page="constitution"),
    }
    is_clash = isinstance(refused, (acts.RuleMoved, acts.VersionMovedOn, acts.DraftClosed, AnotherVersionAdopted))
    return render(
        request, "meetings/constitution_draft.html", context, status=409 if is_clash else 400 if has_errors else 200
    )


def _page(request: HttpRequest, found: ConstitutionDraft) -> DraftPage:
    effects = effects_of_draft(request, found)
    bodies = body_names(partnership=found.board.partnership, user=request.user, on=clock.today())
    comparison = effects.comparison
    changed = frozenset((each.rule.family, each.rule.id) for each in comparison.rules) if comparison else frozenset()
    latest = next(iter(constitution_versions(board=found.board)), None)
    moved_on = ""
    if latest is not None and latest.pk != found.follows_id:
        moved_on = f"Version {latest.version} was adopted after this draft was begun."
    first = found.history.select_related("history_user").order_by("history_date", "history_id").first()
    return draft_page(
        found,
        terms=terms_in(text=found.text),
        effects=effects_page(effects, today=clock.today()),
        places=list(places(found.text)),
        signing=signing_places(draft=found, on=clock.today()),
        given=list(found.signatures.all()),
        bodies=bodies,
        changed=changed,
        begun_by=str(first.history_user),
        moved_on=moved_on,
        reader=request.user if isinstance(request.user, User) else None,
    )


def _past(board: Board, request: HttpRequest) -> list[PastDraft]:
    """The drafts that were closed, the latest first, with who closed them. Two queries."""
    closed = ConstitutionDraft.objects.visible_to(request.user, clock.today()).filter(board=board)
    rows = list(closed.exclude(pk__in=ConstitutionDraft.objects.open()).select_related("adopted")[:20])
    history = ConstitutionDraft.history.filter(id__in=[row.pk for row in rows]).select_related("history_user")
    last = {line.id: line for line in history.order_by("history_date", "history_id")}
    return [
        past_draft(row, str(last[row.pk].history_user), last[row.pk].history_date.astimezone(LONDON).date())
        for row in rows
    ]
