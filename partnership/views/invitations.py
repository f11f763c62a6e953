"""Inviting people to sign in: the team's page of a board, and the page that an invitation opens."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board, SignInMeans, User
from partnership.navigation import address_of, on_board
from partnership.presenters.invitations import invitations_page, until_words
from partnership.signing_in.client import client_of
from partnership.signing_in.entering import enter
from partnership.signing_in.invitations import (
    NobodyToInvite,
    NotOpen,
    TooManyInvitations,
    accept,
    invitation_for,
    invite,
    is_wrong_too_often,
    note_wrong,
    withdraw,
)
from partnership.signing_in.invited import people_invited, people_of_board
from partnership.signing_in.middleware import without_second_step
from partnership.signing_in.provider import the_provider
from partnership.views.finding import board_at, reader_of

# --- the team ---------------------------------------------------------------------------------------------------------


@require_safe
def invitations(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Everybody of the board, and whether they can sign in."""
    board = _board(request, partnership_slug, board_slug, Action.READ)
    may_correct = access.may(request.user, Action.WRITE, board, Kind.SIGN_IN_ADDRESS, clock.today())
    page = invitations_page(people_invited(board=board, on=clock.today()))
    context = {"page": page, "may_correct": may_correct, **on_board(board, page="members")}
    return render(request, "partnership/invitations.html", context)


@require_POST
def invitation_send(request: HttpRequest, partnership_slug: str, board_slug: str, person_id: int) -> HttpResponse:
    """Invite somebody of the board, or send their invitation anew."""
    board = _board(request, partnership_slug, board_slug, Action.WRITE)
    person = _person(board, person_id)
    try:
        made = invite(person=person, board=board, by=reader_of(request))
    except (NobodyToInvite, TooManyInvitations) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{person.name} is invited. The invitation works {until_words(made)}.")
    return _back(board)


@require_POST
def invitation_withdraw(request: HttpRequest, partnership_slug: str, board_slug: str, person_id: int) -> HttpResponse:
    """Take back the invitation of somebody of the board."""
    board = _board(request, partnership_slug, board_slug, Action.WRITE)
    person = _person(board, person_id)
    try:
        withdraw(person=person, board=board, by=reader_of(request))
    except NotOpen as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, f"The invitation of {person.name} is withdrawn. Its address opens nothing any more.")
    return _back(board)


def _board(request: HttpRequest, partnership_slug: str, board_slug: str, action: Action) -> Board:
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, action, board, Kind.INVITATIONS, clock.today())
    return board


def _person(board: Board, person_id: int) -> User:
    found = next((one for one in people_of_board(board=board, on=clock.today()) if one.pk == person_id), None)
    if found is None:
        raise Http404
    return found


def _back(board: Board) -> HttpResponse:
    return HttpResponseRedirect(reverse("invitations", args=address_of(board)))


# --- whoever was invited ----------------------------------------------------------------------------------------------


@login_not_required
@without_second_step
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation opens. To look at it changes nothing, as mail scanners look at every address; its button does.

    One that was used, withdrawn, is too old, void or never was gives one and the same page.
    """
    client = client_of(request)
    if is_wrong_too_often(client):
        return render(request, "partnership/invitation_over.html", {"is_too_often": True}, status=429)
    if request.method == "POST":
        person = accept(token)
        if person is None:
            note_wrong(token, client)
            return _over(request)
        enter(request, person, how=SignInMeans.INVITATION)
        return HttpResponseRedirect(reverse("home"))
    found = invitation_for(token)
    if found is None:
        return _over(request)
    other = request.user if request.user.is_authenticated and request.user != found.person else None
    context = {"invitation": found, "until": until_words(found), "other": other}
    context |= {"provider": the_provider(), "token": token}
    return render(request, "partnership/invitation.html", context)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "partnership/invitation_over.html", {}, status=404)
