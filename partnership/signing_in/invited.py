"""Who of a board was invited, and what became of it: for the team."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from partnership import clock
from partnership.models import Board, Invitation, SignInAct, SignInEvent, Standing, User
from partnership.rights import Role
from partnership.signing_in.invitations import standings_by_person, still_stands, waiting_for_invitation


class Stage(StrEnum):
    """How far somebody is."""

    CLOSED = "closed"
    NOT_INVITED = "not invited"
    WAITING = "waiting"
    EXPIRED = "expired"
    VOID = "void"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    HERE = "here"


# Of these the team has something to do.
TO_INVITE = frozenset({Stage.NOT_INVITED, Stage.EXPIRED, Stage.VOID, Stage.WITHDRAWN})
# What of an invitation says how far somebody is.
COLUMNS = ("address", "rests_on", "opens_account", "expires_at", "accepted_at", "withdrawn_at")


@dataclass(frozen=True, slots=True)
class Invited:
    """One person's stage, and the instant that belongs to it: since when it is so, or how long it lasts."""

    stage: Stage
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PersonInvited:
    """Somebody of a board, their roles there, and how far they are."""

    person: User
    roles: tuple[str, ...]
    invited: Invited


def people_of_board(*, board: Board, on: date) -> dict[User, list[str]]:
    """Everybody with a part in the board today or to come, with their roles; by name. One query.

    Nobody is there for the case tier alone.
    """
    here = Q(board=board) | Q(board=None, partnership=board.partnership_id)
    rows = Standing.objects.filter(here).exclude(until__lte=on).exclude(role=Role.CASE_TIER)
    found: dict[User, list[str]] = {}
    for row in rows.select_related("person").order_by("person__name", "person_id", "pk"):
        roles = found.setdefault(row.person, [])
        label = row.get_role_display()
        if label not in roles:
            roles.append(label)
    return found


def people_invited(*, board: Board, on: date) -> list[PersonInvited]:
    """Everybody of the board, by name, with how far they are. Four queries at most."""
    people = people_of_board(board=board, on=on)
    invited = invited_among(people=people, partnership_id=board.partnership_id)
    return [PersonInvited(person, tuple(roles), invited[person.pk]) for person, roles in people.items()]


def invited_among(*, people: Collection[User], partnership_id: int) -> dict[int, Invited]:
    """How far each of these is in that partnership, by their ids. One query; a second while one can be accepted,
    and one where somebody who was here may have to accept another.
    """
    latest, here = _latest_of(people, partnership_id)
    is_any_open = any(row.is_open(clock.machine_now()) for row in latest.values())
    standings = standings_by_person([person.pk for person in people], partnership_id) if is_any_open else {}
    here -= _waiting_again([row for row in latest.values() if row.person_id in here])
    return {
        person.pk: _invited(person, latest.get(person.pk), standings.get(person.pk, []), is_here=person.pk in here)
        for person in people
    }


def _waiting_again(latest: Iterable[Invitation]) -> set[int]:
    """Who of these was here, but must accept an invitation to another address. A query where there may be any."""
    perhaps = [row.person_id for row in latest if row.opens_account and row.accepted_at is None]
    if not perhaps:
        return set()
    return set(User.objects.filter(waiting_for_invitation(), pk__in=perhaps).values_list("pk", flat=True))


def _latest_of(people: Collection[User], partnership_id: int) -> tuple[dict[int, Invitation], set[int]]:
    """The last invitation of each to the partnership, and who has ever signed in. One query.

    A row for each person and invitation, or for the person alone: only what says how far somebody is is filled in.
    """
    signed_in = SignInEvent.objects.filter(person=OuterRef("pk"), what=SignInAct.SIGNED_IN)
    sent = FilteredRelation("invitations", condition=Q(invitations__partnership=partnership_id))
    rows = User.objects.filter(pk__in=[person.pk for person in people]).annotate(is_here=Exists(signed_in), sent=sent)
    latest: dict[int, Invitation] = {}
    here: set[int] = set()
    columns = ("pk", "is_here", "sent__pk", *(f"sent__{column}" for column in COLUMNS))
    for person, is_here, pk, *values in rows.order_by("sent__made_at", "sent__pk").values_list(*columns):
        if is_here:
            here.add(person)
        if pk is not None:
            latest[person] = Invitation(pk=pk, person_id=person, **dict(zip(COLUMNS, values, strict=True)))
    return latest, here


def _invited(person: User, latest: Invitation | None, standings: list[str], *, is_here: bool) -> Invited:
    if not person.is_active:
        return Invited(Stage.CLOSED)
    if latest is None:
        return Invited(Stage.HERE if is_here else Stage.NOT_INVITED)
    latest.person = person
    if latest.accepted_at is not None:
        return Invited(Stage.ACCEPTED, latest.accepted_at)
    if latest.is_open(clock.machine_now()) and still_stands(latest, standings):
        return Invited(Stage.WAITING, latest.expires_at)
    # What was not accepted keeps nobody out who signs in otherwise.
    return Invited(Stage.HERE) if is_here else _over(latest)


def _over(latest: Invitation) -> Invited:
    if latest.withdrawn_at is not None:
        return Invited(Stage.WITHDRAWN, latest.withdrawn_at)
    is_late = latest.expires_at <= clock.machine_now()
    return Invited(Stage.EXPIRED, latest.expires_at) if is_late else Invited(Stage.VOID)
