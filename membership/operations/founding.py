"""Founding a partnership on an installation, and inviting its first manager: by whoever runs the machine, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction

from membership.operations.seats import bring_into_force
from partnership import clock
from partnership.access import Role
from partnership.models import Board as BoardRow
from partnership.models import BoardKind, Division, Invitation, Partnership, Standing, User
from partnership.operations import admit_to_team, found_board, found_partnership, register_person, system_author
from partnership.queries import terms_in
from partnership.rules.constitution import Constitution as Terms
from partnership.signing_in.invitations import has_been_here, invite

JOB = "operator"
LONGEST_NAME, LONGEST_SHORT_NAME, LONGEST_SLUG = 200, 40, 60


class FoundingRefused(Exception):
    """What was asked cannot be founded; the sentence says what to change."""


@dataclass(frozen=True, slots=True)
class Board:
    """The text of its constitution; the day is for one that states none."""

    text: str
    in_force_from: date | None


@dataclass(frozen=True, slots=True)
class Manager:
    email: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What is asked for. Names are needed where the partnership or the person is new."""

    slug: str
    manager: Manager
    name: str = ""
    short_name: str = ""
    team_email: str = ""
    bank_holidays: Division = Division.ENGLAND_AND_WALES
    boards: tuple[Board, ...] = ()


@dataclass
class Founded:
    """What was done, a line each; and the invitation, unless the manager is here already."""

    done: list[str] = field(default_factory=list)
    invitation: Invitation | None = None


@transaction.atomic
def found(asked: Founding) -> Founded:
    """Found what is not there yet, and invite the first manager, all or nothing. Asked again it founds nothing twice.

    Until the manager has accepted, each time gives a new invitation, and the one before is dead. Raises
    FoundingRefused, and as `bring_into_force` and `invite`.
    """
    by, founded = system_author(job=JOB), Founded()
    # Held meanwhile: two that run at once found one after the other.
    User.objects.select_for_update().get(pk=by.pk)
    partnership = _partnership(asked, founded, by)
    for board in asked.boards:
        _board(partnership, board, founded, by)
    first = BoardRow.objects.filter(partnership=partnership).order_by("position", "pk").first()
    if first is None:
        raise FoundingRefused(f"{partnership} has no board. Give a constitution file with --constitution.")
    first.partnership = partnership
    manager = _manager(asked.manager, partnership, founded, by)
    if has_been_here(manager):
        founded.done.append(f"{manager} has signed in before: there is nothing to invite them to.")
    else:
        founded.invitation = invite(person=manager, board=first, by=by)
        founded.done.append(f"{manager} is invited.")
    return founded


def _partnership(asked: Founding, founded: Founded, by: User) -> Partnership:
    known = Partnership.objects.filter(slug=asked.slug).first()
    if known is not None:
        founded.done.append(f"{known} is there.")
        return known
    _check_new(asked)
    made = found_partnership(
        slug=asked.slug,
        name=asked.name,
        short_name=asked.short_name,
        team_email=asked.team_email,
        bank_holidays=asked.bank_holidays,
        by=by,
    )
    founded.done.append(f"{made} is founded.")
    return made


def _check_new(asked: Founding) -> None:
    try:
        validate_slug(asked.slug)
    except ValidationError as refused:
        raise FoundingRefused(
            f"“{asked.slug}” cannot stand in an address: use small letters, digits and hyphens, like isle-of-wight."
        ) from refused
    if asked.slug != asked.slug.lower() or len(asked.slug) > LONGEST_SLUG:
        raise FoundingRefused(f"“{asked.slug}” must be in small letters, and at most {LONGEST_SLUG} of them.")
    if not (asked.name and asked.short_name):
        raise FoundingRefused(f"There is no partnership {asked.slug} yet: give its --name and its --short-name.")
    if not (asked.name + asked.short_name).isprintable():
        raise FoundingRefused("A name is one line of characters that are drawn: it stands in the headers of messages.")
    if len(asked.name) > LONGEST_NAME or len(asked.short_name) > LONGEST_SHORT_NAME:
        raise FoundingRefused(f"A name has at most {LONGEST_NAME} characters, a short name {LONGEST_SHORT_NAME}.")
    if Partnership.objects.filter(name=asked.name).exists():
        raise FoundingRefused(f"Another partnership is called {asked.name} already.")


def _board(partnership: Partnership, asked: Board, founded: Founded, by: User) -> None:
    terms = terms_in(text=asked.text)
    slug = _slug_of(terms, partnership)
    known = BoardRow.objects.filter(partnership=partnership, slug=slug).first()
    if known is not None:
        founded.done.append(f"{known} is there; its terms are as they were.")
        return
    if terms.body.kind not in BoardKind.values:
        raise FoundingRefused(f"{terms.body.name}: a group cannot be a “{terms.body.kind}” here.")
    if BoardRow.objects.filter(partnership=partnership, name=terms.body.name).exists():
        raise FoundingRefused(f"Another group is called {terms.body.name} already.")
    board = found_board(
        partnership=partnership,
        slug=slug,
        name=terms.body.name,
        short_name=terms.body.short_name,
        kind=BoardKind(terms.body.kind),
        position=BoardRow.objects.filter(partnership=partnership).count(),
        by=by,
    )
    version = bring_into_force(board=board, text=asked.text, in_force_from=asked.in_force_from, by=by)
    founded.done.append(f"{board} is founded, its terms in force from {version.in_force_from:%-d %B %Y}.")


def _slug_of(terms: Terms, partnership: Partnership) -> str:
    """The body's own id, without the partnership's, which stands before it in every address."""
    return terms.body.id.removeprefix(f"{partnership.slug}-") or terms.body.id


def _manager(asked: Manager, partnership: Partnership, founded: Founded, by: User) -> User:
    today = clock.today()
    managers = Standing.objects.filter(partnership=partnership, role=Role.MANAGER, person__is_active=True)
    managers = managers.exclude(until__lte=today).select_related("person")
    if any(one.person.email == asked.email for one in managers):
        person = User.objects.get(email=asked.email)
        founded.done.append(f"{person} is a manager.")
        return person
    other = managers.first()
    if other is not None:
        raise FoundingRefused(
            f"{partnership} has a manager already, {other.person}: they admit and invite others on the team's page."
        )
    person = _person(asked, by)
    admit_to_team(person=person, role=Role.MANAGER, partnership=partnership, starts_on=today, by=by)
    founded.done.append(f"{person} is the first manager, from {today:%-d %B %Y}.")
    return person


def _person(asked: Manager, by: User) -> User:
    known = User.objects.filter(email=asked.email).first()
    if known is None:
        if not asked.name:
            raise FoundingRefused(f"Nobody has the address {asked.email} yet: give their --manager-name.")
        return register_person(email=asked.email, name=asked.name, by=by)
    if known.is_system or not known.is_active:
        raise FoundingRefused(f"The account of {asked.email} is closed. Give another address.")
    return known
