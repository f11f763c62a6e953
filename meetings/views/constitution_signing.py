"""Signing a version: what signing means, the text's mark, a tick; with the last signature it comes into force."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.forms.constitution_drafts import SignForm
from meetings.operations import constitution_signing as acts
from meetings.presenters.constitution_effects import effects_page
from meetings.views.constitution_drafts import REFUSED, address, effects_of_draft, open_draft
from meetings.views.registers import author
from membership.queries.signing import SigningPlace, signing_places
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board, ConstitutionDraft
from partnership.navigation import address_of, on_board
from partnership.rules.plain_dates import plain_date
from partnership.signing_in.fresh import ITSELF, proved_lately
from partnership.views.finding import board_at

NOT_NOW = (acts.ChangedSinceShown, acts.NotForYouToSign, acts.NotPutForward, acts.SignedAlready)
ASKED = (Kind.CONSTITUTION_DRAFT, Action.DECIDE)


@proved_lately(then=ITSELF)
def sign(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Sign the draft that was put forward, as those whom the rules name: with a second step of the last minutes."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.READ, board, Kind.CONSTITUTION_DRAFT, clock.today())
    draft = open_draft(request, board)
    mine = _places_of(request, draft)
    if not mine and ASKED not in access.rights_on(request.user, board, (ASKED,), clock.today()):
        raise PermissionDenied
    if draft is None:
        return HttpResponseRedirect(address(board))
    if request.method != "POST":
        return _page(request, board, draft, mine)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, board, draft, mine, form=form)
    try:
        given, adopted = acts.sign(
            draft=draft, place=form.cleaned_data["place"], sha256=form.cleaned_data["sha256"], by=author(request)
        )
    except (*NOT_NOW, *REFUSED) as refused:
        return _page(request, board, draft, mine, form=form, refused=refused)
    if adopted is None:
        messages.success(request, f"You have signed as {given.capacity}.")
        return HttpResponseRedirect(address(board))
    begins = plain_date(adopted.in_force_from)
    messages.success(request, f"All have signed: version {adopted.version} is in force from {begins}.")
    return HttpResponseRedirect(reverse("constitution_version", args=(*address_of(board), adopted.version)))


def _places_of(request: HttpRequest, draft: ConstitutionDraft | None) -> list[SigningPlace]:
    """The signatures that the reader may give."""
    if draft is None:
        return []
    return [
        place
        for place in signing_places(draft=draft, on=clock.today())
        if request.user.pk in {person.pk for person in place.people}
    ]


def _page(
    request: HttpRequest,
    board: Board,
    draft: ConstitutionDraft,
    mine: list[SigningPlace],
    *,
    form: SignForm | None = None,
    refused: Exception | None = None,
) -> HttpResponse:
    given = {each.place for each in draft.signatures.filter(voided_at=None)}
    has_errors = refused is not None or bool(form is not None and form.errors)
    context = {
        "draft": draft,
        "page": effects_page(effects_of_draft(request, draft), today=clock.today()),
        "place": next((place for place in mine if place.key not in given), None),
        "is_put_forward": draft.state == "put forward",
        "form": form or SignForm(),
        "refused": refused,
        "has_errors": has_errors,
        "signer": request.user,
        **on_board(board, page="constitution"),
    }
    status = 409 if refused is not None else 400 if has_errors else 200
    return render(request, "meetings/constitution_draft_sign.html", context, status=status)
