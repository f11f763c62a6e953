"""The members of a board by seat."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from membership.presenters import seat_groups
from membership.presenters.inductions import InductionRow, induction_rows
from membership.presenters.team import office_rows
from membership.queries import HeldSeat, agencies_called, seats_on, team_of
from membership.queries.inductions import inductions_of
from membership.queries.offices import office_history, offices_for_members
from membership.queries.seat_history import left_vacant_on
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board
from partnership.navigation import on_board
from partnership.presenters.invitations import tag_of
from partnership.queries import constitution_in_force, terms_of
from partnership.signing_in.invited import invited_among
from partnership.views.finding import board_at

INDUCTIONS = (Kind.INDUCTION, Action.WRITE)
ASKED = ((Kind.SEATS, Action.READ), (Kind.SEATS, Action.WRITE), (Kind.INVITATIONS, Action.READ), INDUCTIONS)


def members(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Seats in the constitution's order, who holds each, who deputises; vacancies and missing deputies said."""
    board = board_at(request, partnership_slug, board_slug)
    today = clock.today()
    rights = access.rights_on(request.user, board, ASKED, today)
    if (Kind.SEATS, Action.READ) not in rights:
        raise Http404
    is_team = (Kind.SEATS, Action.WRITE) in rights
    version = constitution_in_force(board=board, on=today)
    terms = terms_of(constitution=version) if version else None
    seats = seats_on(board=board, on=today)
    agencies = {held.seat.agency_id for held in seats if held.seat.agency_id}
    sees_invitations = (Kind.INVITATIONS, Action.READ) in rights
    inductions = _inductions(request, board) if INDUCTIONS in rights else {}
    names, partners = agencies_called(agencies=agencies, partnership_id=board.partnership_id, on=today)
    groups = seat_groups(
        seats,
        names,
        terms,
        partners=partners,
        left_vacant=left_vacant_on(board=board, on=today) if any(seat.is_vacant for seat in seats) else {},
        tags=_tags(seats, board.partnership_id) if sees_invitations else None,
        inductions=inductions,
        is_team=is_team,
    )
    offices = offices_for_members(terms) if terms else []
    context = {
        "groups": groups,
        "team": team_of(board=board, on=today),
        "is_team": is_team,
        "sees_invitations": sees_invitations,
        "shows_inductions": any(row.inductions for group in groups for row in group.rows),
        "offices": office_rows(offices, office_history(board=board) if offices else (), today),
        **on_board(board, page="members"),
    }
    return render(request, "membership/members.html", context)


def _inductions(request: HttpRequest, board: Board) -> dict[int, InductionRow]:
    """How far each induction is that is under way, by whose it is. One query."""
    today = clock.today()
    found = inductions_of(partnership=board.partnership, user=request.user, on=today)
    under_way = [each for each in found if each.completed_on is None and each.stopped_on is None]
    rows = induction_rows(under_way, today=today)
    return {each.person_id: row for each, row in zip(under_way, rows, strict=True)}


def _tags(seats: Sequence[HeldSeat], partnership_id: int) -> dict[int, tuple[str, str]]:
    """Who of the holders cannot sign in yet, and why, by their ids."""
    people = {held.person for seat in seats for held in (seat.representative, *seat.deputies) if held is not None}
    found = invited_among(people=people, partnership_id=partnership_id)
    return {person: tag_of(invited) for person, invited in found.items()}
