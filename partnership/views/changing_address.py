"""Changing the e-mail address of one's own account, and a manager's correction of somebody else's."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.forms.changing_address import CorrectedAddressForm, NewAddressForm
from partnership.forms.signing_in import CodeForm
from partnership.models import Board, User
from partnership.navigation import address_of, on_board
from partnership.signing_in import courier
from partnership.signing_in.changing_address import (
    NotThatAddress,
    NotTheirs,
    SameAddress,
    address_tries_left,
    ask_for_address,
    correct_address,
    enter_address_code,
)
from partnership.signing_in.client import client_of
from partnership.signing_in.codes import Entered
from partnership.signing_in.digests import in_two_halves, session_row
from partnership.signing_in.fresh import ITSELF, proved_lately
from partnership.signing_in.invitations import NobodyToInvite, TooManyInvitations
from partnership.signing_in.invited import people_of_board
from partnership.views.finding import board_at
from partnership.views.second_step import person_of

# What this browser asked for: the proof's id, the browser's half of the secret, the address that was typed.
ASKED = "address_to_prove"
OVER = "That code does not work any more, or not for this address. Ask for another one."
WRONG = "That is not the code. Copy it from the newest e-mail. {left}."

# --- one's own --------------------------------------------------------------------------------------------------------


@never_cache
@sensitive_variables("asked")
@require_http_methods(["GET", "HEAD", "POST"])
@proved_lately(then=ITSELF)
def own_address(request: HttpRequest) -> HttpResponse:
    """Ask for a code to the address that the reader wants to sign in with."""
    form = NewAddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        client, address = client_of(request), form.cleaned_data["address"]
        before = request.session.get(ASKED, {}).get("browser", "")
        try:
            asked = ask_for_address(person=person_of(request), address=address, before=before, client=client)
        except SameAddress as refused:
            form.add_error("address", str(refused))
        else:
            request.session[ASKED] = {"uuid": asked.uuid, "browser": asked.browser, "address": address}
            courier.send_soon(asked.letter, client)
            if settings.DEMO:
                shown = in_two_halves(asked.letter.code) if asked.letter is not None else ""
                return _code_page(request, CodeForm(), shown=shown)
            return HttpResponseRedirect(reverse("own_address_code"))
    return render(request, "partnership/own_address.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def own_address_code(request: HttpRequest) -> HttpResponse:
    """Enter that code: the address is the reader's from then on."""
    asked = request.session.get(ASKED)
    if asked is None:
        return HttpResponseRedirect(reverse("own_address"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _code_page(request, form)
    entered = enter_address_code(
        person=person_of(request),
        asked=(asked["uuid"], asked["browser"], asked["address"]),
        typed=form.cleaned_data["code"],
        session=session_row(request.session.session_key or ""),
        client=client_of(request),
    )
    if entered is not Entered.RIGHT:
        left = address_tries_left(uuid=asked["uuid"]) if entered is Entered.WRONG else 0
        times = "You can try once more" if left == 1 else f"You can try {left} times more"
        form.add_error("code", WRONG.format(left=times) if left else OVER)
        return _code_page(request, form)
    del request.session[ASKED]
    request.session.cycle_key()
    messages.success(request, f"From now on you sign in with {asked['address']}. Every other browser is signed out.")
    return HttpResponseRedirect(reverse("own_sign_in"))


def _code_page(request: HttpRequest, form: CodeForm, shown: str = "") -> HttpResponse:
    context = {
        "form": form,
        "address": request.session[ASKED]["address"],
        "minutes": int(settings.SIGN_IN.code_lasts.total_seconds() // 60),
        "shown": shown,
    }
    return render(request, "partnership/own_address_code.html", context, status=400 if form.errors else 200)


# --- somebody else's --------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def address_correct(request: HttpRequest, partnership_slug: str, board_slug: str, person_id: int) -> HttpResponseBase:
    """Correct the address of somebody of the board."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.WRITE, board, Kind.SIGN_IN_ADDRESS, clock.today())
    person = next((one for one in people_of_board(board=board, on=clock.today()) if one.pk == person_id), None)
    if person is None:
        raise Http404
    return _correct(request, board=board, person=person)


@proved_lately(then=ITSELF)
def _correct(request: HttpRequest, *, board: Board, person: User) -> HttpResponse:
    form = CorrectedAddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            correct_address(
                person=person,
                address=form.cleaned_data["address"],
                board=board,
                reason=form.cleaned_data["reason"],
                by=person_of(request),
                client=client_of(request),
            )
        except (SameAddress, NotThatAddress) as refused:
            form.add_error("address", str(refused))
        except (NotTheirs, NobodyToInvite, TooManyInvitations) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{person.name} has the new address, and an invitation is on its way to it.")
            return HttpResponseRedirect(reverse("invitations", args=address_of(board)))
    context = {"form": form, "person": person, **on_board(board, page="members")}
    return render(request, "partnership/address_correct.html", context, status=400 if form.errors else 200)
