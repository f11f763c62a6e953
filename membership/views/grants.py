"""Giving somebody access to a board for a time, without a seat; and ending it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from membership.forms.seats import Choices
from membership.forms.team import EndGrantForm, GrantForm
from membership.queries.seat_history import known_people
from membership.views.team import Act, act_page, address_in, board_to_write, posted
from partnership import clock
from partnership.access import GrantCodename, Kind
from partnership.models import Grant, User
from partnership.operations import grant, revoke_grant
from partnership.signing_in.fresh import asked_again


def grant_add(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Grant the rights of a coordinator, manager or observer of this board, with a reason and a last day."""
    board = board_to_write(request, partnership_slug, board_slug, Kind.GRANTS)
    if (asked := asked_again(request)) is not None:
        return asked
    people = [(pk, f"{name} ({email})") for pk, name, email in known_people(partnership_id=board.partnership_id)]
    form = GrantForm(posted(request), choices=Choices(people=people, initial={"seen": 0}))

    def does(by: User) -> object:
        said = form.cleaned_data
        return grant(
            person=User.objects.get(pk=said["who"]),
            codename=GrantCodename(said["role"]),
            board=board,
            reason=said["reason"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            by=by,
        )

    return act_page(
        request,
        Act(
            board=board,
            title="Grant access for a time",
            button="Grant it",
            done="The access is granted.",
            back=address_in("team", board),
            form=form,
            does=does,
            note="It counts while they have a place of their own in this partnership, and ends with its last day.",
        ),
    )


def grant_end(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """End what was granted, at once."""
    board = board_to_write(request, partnership_slug, board_slug, Kind.GRANTS)
    if (asked := asked_again(request)) is not None:
        return asked
    given = Grant.objects.filter(board=board, pk=number, until__gt=clock.today()).select_related("person").first()
    if given is None:
        raise Http404
    form = EndGrantForm(posted(request), choices=Choices(initial={"seen": 0}))

    def does(by: User) -> object:
        return revoke_grant(grant=given, reason=form.cleaned_data["reason"], by=by)

    return act_page(
        request,
        Act(
            board=board,
            title=f"End the access of {given.person.name}",
            button="End it now",
            done="The access has ended.",
            back=address_in("team", board),
            form=form,
            does=does,
            note="It ends at once, whatever its last day says.",
        ),
    )
