"""The team of a board, offices that members hold, and closing an account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from membership.forms.seats import Choices, SeatForm
from membership.forms.team import AdmitForm, CloseForm, OfficeForm, ReleaseForm
from membership.models import OfficeTerm
from membership.operations import (
    ConsultationMissing,
    NotAMember,
    OfficeTaken,
    OwnAccount,
    SitsElsewhere,
    appoint_to_office,
    close_account,
    end_office,
    places_of,
)
from membership.presenters.seats import answers
from membership.presenters.team import ending_lines, grant_rows, office_rows, team_rows
from membership.queries import seats_on
from membership.queries.grants import grants_on
from membership.queries.offices import member_offices, office_history
from membership.queries.seat_history import known_people, team_over_time
from membership.views.seat_acts import invite_newcomer, person_of
from membership.views.seat_places import author
from partnership import access, clock
from partnership.access import Action, Kind, Role
from partnership.models import Board, Standing, StandingSource, User
from partnership.navigation import address_of, on_board
from partnership.operations import EndsBeforeItStarts, admit_to_team, release_from_team
from partnership.signing_in.fresh import ITSELF, proved_lately
from partnership.signing_in.invitations import NobodyToInvite, TooManyInvitations
from partnership.signing_in.invited import invited_among
from partnership.views.finding import board_at

READS_TEAM, WRITES_TEAM = (Kind.TEAM, Action.READ), (Kind.TEAM, Action.WRITE)
READS_GRANTS, GRANTS = (Kind.GRANTS, Action.READ), (Kind.GRANTS, Action.WRITE)
REFUSED: dict[type[Exception], str | None] = {
    ConsultationMissing: "consulted",
    EndsBeforeItStarts: "ends_on",
    NobodyToInvite: "invite",
    NotAMember: "who",
    OfficeTaken: "starts_on",
    OwnAccount: None,
    SitsElsewhere: None,
    TooManyInvitations: "invite",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something to be done on a page of the team: what it is called, its form, and what does it."""

    board: Board
    title: str
    button: str
    done: str
    back: str
    form: SeatForm
    does: Callable[[User], object]
    lines: tuple[str, ...] = ()
    note: str = ""


def team(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Who works in the team, since when and until when; offices that members hold."""
    board = board_at(request, partnership_slug, board_slug)
    today = clock.today()
    rights = access.rights_on(request.user, board, (READS_TEAM, WRITES_TEAM, READS_GRANTS, GRANTS), today)
    if READS_TEAM not in rights:
        access.conceal(board)
    standings = team_over_time(board=board)
    invited = invited_among(people={one.person for one in standings}, partnership_id=board.partnership_id)
    context = {
        "rows": team_rows(standings, today, invited),
        "may_write": WRITES_TEAM in rights,
        "offices": office_rows(member_offices(board=board, on=today), office_history(board=board), today),
        "people": known_people(partnership_id=board.partnership_id),
        "grants": grant_rows(grants_on(board=board), today) if READS_GRANTS in rights else [],
        "reads_grants": READS_GRANTS in rights,
        "may_grant": GRANTS in rights,
        **on_board(board, page="members"),
    }
    return render(request, "membership/team.html", context)


@proved_lately(then=ITSELF)
def admit(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Admit a coordinator or manager from a day, with or without an end."""
    board = board_to_write(request, partnership_slug, board_slug, Kind.TEAM)
    people = [(pk, f"{name} ({email})") for pk, name, email in known_people(partnership_id=board.partnership_id)]
    form = AdmitForm(posted(request), choices=Choices(people=people, initial={"seen": 0}))

    def does(by: User) -> object:
        said = form.cleaned_data
        person = person_of(form, by)
        made = admit_to_team(
            person=person,
            role=Role(said["role"]),
            board=board,
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            by=by,
        )
        invite_newcomer(form, person, board, by)
        return made

    return act_page(
        request,
        Act(
            board=board,
            title="Admit to the team",
            button="Admit",
            done="They are admitted to the team.",
            back=address_in("team", board),
            form=form,
            does=does,
            note="From their first day they may do what a coordinator or manager of this board does.",
        ),
    )


@proved_lately(then=ITSELF)
def release(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """End somebody's place in the team."""
    board = board_to_write(request, partnership_slug, board_slug, Kind.TEAM)
    own = Standing.objects.filter(board=board, source=StandingSource.TEAM, pk=number).select_related("person")
    standing = own.first()
    if standing is None:
        raise Http404
    form = ReleaseForm(posted(request), choices=Choices(initial={"seen": 0}))

    def does(by: User) -> object:
        return release_from_team(
            standing=standing, ends_on=form.cleaned_data["ends_on"], reason=form.cleaned_data["reason"], by=by
        )

    return act_page(
        request,
        Act(
            board=board,
            title=f"End the place of {standing.person.name} in the team",
            button="End it",
            done="The end is recorded.",
            back=address_in("team", board),
            form=form,
            does=does,
            note="Their access to this board as a member of the team ends with that day.",
        ),
    )


def office(request: HttpRequest, partnership_slug: str, board_slug: str, office_id: str) -> HttpResponse:
    """Appoint a member to an office, recording who appointed them and who was consulted."""
    board = board_to_write(request, partnership_slug, board_slug, Kind.SEATS)
    today = clock.today()
    here = next((one for one in member_offices(board=board, on=today) if one.id == office_id), None)
    if here is None:
        raise Http404
    held = [one.representative for one in seats_on(board=board, on=today) if one.representative is not None]
    people = [(one.person_id, one.person.name) for one in held]
    form = OfficeForm(posted(request), choices=Choices(people=people, initial={"seen": 0}))

    def does(by: User) -> object:
        said = form.cleaned_data
        person = User.objects.get(pk=said["who"])
        made = appoint_to_office(
            board=board,
            office=office_id,
            person=person,
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            appointed_by=said["appointed_by"],
            consulted=said["consulted"],
            consulted_on=said["on"],
            by=by,
        )
        invite_newcomer(form, person, board, by)
        return made

    return act_page(
        request,
        Act(
            board=board,
            title=f"Appoint {here.name}",
            button="Appoint",
            done="The appointment is recorded.",
            back=address_in("members", board),
            form=form,
            does=does,
            note=f"{here.clause.words} ({here.clause.citation})",
        ),
    )


def office_end(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """End somebody's time in an office."""
    board = board_to_write(request, partnership_slug, board_slug, Kind.SEATS)
    term = OfficeTerm.objects.filter(board=board, pk=number).select_related("person").first()
    if term is None:
        raise Http404
    form = ReleaseForm(posted(request), choices=Choices(initial={"seen": 0}))

    def does(by: User) -> object:
        said = form.cleaned_data
        return end_office(term=term, ends_on=said["ends_on"], reason=said["reason"], by=by)

    return act_page(
        request,
        Act(
            board=board,
            title=f"End the office of {term.person.name}",
            button="End it",
            done="The end is recorded.",
            back=address_in("members", board),
            form=form,
            does=does,
            note="They keep their own seat.",
        ),
    )


@proved_lately(then=ITSELF)
def close(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """Close the account of somebody who has left; everything that ends with it is shown first."""
    board = board_to_write(request, partnership_slug, board_slug, Kind.TEAM)
    known = {pk for pk, _, _ in known_people(partnership_id=board.partnership_id)}
    person = User.objects.filter(pk=number).first() if number in known else None
    if person is None:
        raise Http404
    form = CloseForm(posted(request), choices=Choices(initial={"seen": 0}))

    def does(by: User) -> object:
        return close_account(person=person, partnership=board.partnership, reason=form.cleaned_data["reason"], by=by)

    lines = ending_lines(places_of(person=person, today=clock.today()), board.partnership)
    return act_page(
        request,
        Act(
            board=board,
            title=f"Close the account of {person.name}",
            button="Close the account",
            done="The account is closed.",
            back=address_in("team", board),
            form=form,
            does=does,
            lines=tuple(lines),
            note="They are signed out at once and cannot sign in again. Nothing of theirs is deleted.",
        ),
    )


def board_to_write(request: HttpRequest, partnership_slug: str, board_slug: str, kind: Kind) -> Board:
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.WRITE, board, kind, clock.today())
    return board


def address_in(name: str, board: Board) -> str:
    return reverse(name, args=address_of(board))


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def act_page(request: HttpRequest, act: Act) -> HttpResponse:
    """The form, then a page to check, then the act."""
    form = act.form
    context: dict[str, Any] = {"act": act, "form": form, **on_board(act.board, page="members")}
    if request.method != "POST" or not form.is_valid() or "back" in request.POST:
        return render(request, "membership/team_act.html", context, status=400 if form.errors else 200)
    if "confirm" not in request.POST:
        return render(request, "membership/team_act_check.html", context | {"answers": answers(form)})
    try:
        with transaction.atomic():
            act.does(author(request))
    except tuple(REFUSED) as refused:
        field = next(field for kind, field in REFUSED.items() if isinstance(refused, kind))
        form.add_error(field if field in form.fields else None, str(refused))
        return render(request, "membership/team_act.html", context, status=400)
    messages.success(request, act.done)
    return HttpResponseRedirect(act.back)
