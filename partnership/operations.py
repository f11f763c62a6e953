"""What is done to people, partnerships, boards, constitutions and standings. Every act names who did it.

Rights are asked in the views, by `partnership.access`; an operation keeps the rules of the record.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from django.db import transaction

from partnership import clock
from partnership.access import TEAM_ROLES, GrantCodename, Role, lodge_permission, withdraw_permission
from partnership.addresses import receiving
from partnership.authorship import saved
from partnership.handling import begin_marks
from partnership.models import (
    Board,
    BoardKind,
    Constitution,
    Division,
    Grant,
    MutualAccountability,
    Partnership,
    RemindersAs,
    Standing,
    StandingSource,
    User,
)
from partnership.names import plain_name
from partnership.queries import terms_in
from partnership.signing_in.sessions import end_every_session


class CircularAccountability(Exception):
    """A board would answer to itself, directly or through others."""


class OtherPartnership(Exception):
    """The two boards belong to different partnerships."""


class ConstitutionOutOfOrder(Exception):
    """A version numbered or dated no later than one already adopted: past versions are never edited."""


class NotInForceFromAnyDate(Exception):
    """Neither the file nor the caller says from when a version is in force."""


class NotATeamRole(Exception):
    """Only coordinator, manager and administrator come without a seat."""


class AccountClosed(Exception):
    """That address belongs to an account that is closed, or to a job."""


class EndsBeforeItStarts(Exception):
    """The end is not after the start."""


# --- people -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def system_author(*, job: str) -> User:
    """The named author of a job's changes, made the first time it is asked for; it never signs in."""
    email = f"{job.replace(' ', '-')}@system.invalid".lower()
    author = User.objects.filter(email=email, is_system=True).first()
    if author is not None:
        return author
    author = User(email=email, name=job.capitalize(), is_system=True, joined_at=clock.now())
    author.set_unusable_password()
    return saved(author, by=author, reason="Named as the author of a job")


@transaction.atomic
def register_person(*, email: str, name: str, by: User, is_demo: bool = False) -> User:
    """Enter a person by e-mail address, kept as `addresses` has it.

    Raises IntegrityError for a second one, NotAnAddress.
    """
    person = User(email=receiving(email), name=plain_name(name), is_demo=is_demo, joined_at=clock.now())
    person.set_unusable_password()
    return saved(person, by=by, reason="Person entered")


def person_or_newcomer(*, email: str, name: str, by: User) -> User:
    """Whose account that address is; where it is nobody's, somebody is entered under that name.

    Raises AccountClosed, NotAnAddress.
    """
    known = User.objects.at_address(email).first()
    if known is None:
        return register_person(email=email, name=name, is_demo=by.is_demo, by=by)
    if known.is_system or not known.is_active:
        raise AccountClosed(f"The account of {known.email} is closed. Enter another address.")
    return known


@transaction.atomic
def deactivate_person(*, person: User, reason: str, by: User) -> User:
    """Close the account at once; nothing of theirs is deleted."""
    person.is_active = False
    end_every_session(person, detail="The account was closed.")
    return saved(person, by=by, reason=reason, fields=["is_active"])


@transaction.atomic
def choose_reminders(*, person: User, reminders_as: RemindersAs, by: User) -> User:
    """How that person wants their reminders, from the next that is planned on; the same again changes nothing."""
    if person.reminders_as == reminders_as:
        return person
    person.reminders_as = reminders_as
    return saved(person, by=by, reason="Chose how reminders come", fields=["reminders_as"])


def choose_week_letter(*, person: User, wants: bool, by: User) -> User:
    """Whether that person wants the letter of the week; the same again changes nothing."""
    if person.week_letter == wants:
        return person
    person.week_letter = wants
    return saved(person, by=by, reason="Chose whether the letter of the week comes", fields=["week_letter"])


# --- partnerships and boards ------------------------------------------------------------------------------------------


@transaction.atomic
def found_partnership(
    *,
    slug: str,
    name: str,
    short_name: str,
    by: User,
    bank_holidays: Division = Division.ENGLAND_AND_WALES,
    action_prefix: str = "",
    team_email: str = "",
) -> Partnership:
    """Enter a partnership. Its actions are numbered after `action_prefix`, or its short name where there is none.

    Answers to its messages go to `team_email`.
    """
    partnership = Partnership(
        slug=slug,
        name=name,
        short_name=short_name,
        bank_holidays=bank_holidays,
        action_prefix=action_prefix,
        team_email=team_email,
    )
    saved(partnership, by=by, reason="Partnership entered")
    begin_marks(partnership=partnership, by=by)
    return partnership


@transaction.atomic
def settle_second_step(*, partnership: Partnership, members_take_it: bool, reason: str, by: User) -> Partnership:
    """Whether members without access to what is restricted have to take a second step, too. Everybody is shown it."""
    partnership.members_take_second_step = members_take_it
    return saved(partnership, by=by, reason=reason, fields=["members_take_second_step"])


@transaction.atomic
def found_board(
    *, partnership: Partnership, slug: str, name: str, short_name: str, kind: BoardKind, by: User, position: int = 0
) -> Board:
    board = Board(partnership=partnership, slug=slug, name=name, short_name=short_name, kind=kind, position=position)
    return saved(board, by=by, reason="Board entered")


@transaction.atomic
def make_accountable(*, board: Board, to: Board, by: User) -> Board:
    """Let one board answer to another of its partnership.

    Raises CircularAccountability when the line above `to` leads back to the board, OtherPartnership.
    """
    # Two lines drawn at once could close a ring between them: the partnership's boards are held meanwhile.
    above = dict(
        Board.objects.select_for_update()
        .filter(partnership=board.partnership_id)
        .order_by("pk")
        .values_list("pk", "accountable_to")
    )
    if to.pk not in above:
        raise OtherPartnership(f"{to} is a board of another partnership.")
    step: int | None = to.pk
    while step is not None:
        if step == board.pk:
            raise CircularAccountability(f"{to} already answers to {board}.")
        step = above[step]
    board.accountable_to = to
    return saved(board, by=by, reason=f"Made accountable to {to}", fields=["accountable_to"])


@transaction.atomic
def make_mutually_accountable(*, one: Board, other: Board, by: User) -> MutualAccountability:
    """Record that two boards of one partnership hold each other to account; asking twice is harmless."""
    if one.partnership_id != other.partnership_id:
        raise OtherPartnership(f"{other} is a board of another partnership.")
    if one.pk == other.pk:
        raise CircularAccountability(f"{one} cannot hold itself to account.")
    first, second = sorted((one, other), key=lambda board: board.pk)
    known = MutualAccountability.objects.filter(one=first, other=second).first()
    return known or saved(MutualAccountability(one=first, other=second), by=by, reason="Mutual accountability entered")


# --- constitutions ----------------------------------------------------------------------------------------------------


@transaction.atomic
def adopt_constitution(
    *,
    board: Board,
    text: str,
    by: User,
    in_force_from: date | None = None,
    reason: str = "Terms of reference adopted",
) -> Constitution:
    """Keep a further version of the board's terms of reference, as the file says: number, title, dates.

    `in_force_from` is for a file that states no date, and wins over one that does. Raises `problems.BadFile` for a text
    that is not a constitution, NotInForceFromAnyDate, and ConstitutionOutOfOrder unless number and date are after those
    of every version before it.
    """
    terms = terms_in(text=text)
    begins_on = in_force_from or terms.version.in_force_from
    if begins_on is None:
        raise NotInForceFromAnyDate("The file does not say from when it is in force: give the date.")
    Board.objects.select_for_update().get(pk=board.pk)
    latest = Constitution.objects.filter(board=board).order_by("-in_force_from").first()
    check_order(latest=latest, number=terms.version.number, begins_on=begins_on)
    constitution = Constitution(
        board=board,
        version=terms.version.number,
        title=terms.version.title,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        in_force_from=begins_on,
        review_by=terms.version.review_by,
        adopted_at=clock.now(),
    )
    return saved(constitution, by=by, reason=reason)


def check_order(*, latest: Constitution | None, number: int, begins_on: date) -> None:
    """Raises ConstitutionOutOfOrder unless number and date are after those of the latest version."""
    if latest is not None and (begins_on <= latest.in_force_from or number <= latest.version):
        raise ConstitutionOutOfOrder(
            f"Version {latest.version} is in force from {latest.in_force_from:%-d %B %Y}: "
            "a further version has a higher number and starts later."
        )


# --- the team, and grants ---------------------------------------------------------------------------------------------


@transaction.atomic
def admit_to_team(
    *,
    person: User,
    role: Role,
    starts_on: date,
    by: User,
    board: Board | None = None,
    partnership: Partnership | None = None,
    ends_on: date | None = None,
) -> Standing:
    """Give a coordinator, manager or administrator their standing on one board, or on all of a partnership.

    `ends_on` is the last day. Raises NotATeamRole, EndsBeforeItStarts.
    """
    if role not in TEAM_ROLES:
        raise NotATeamRole(f"{role.label} comes with a seat, not by admission to the team.")
    tenant = board.partnership if board is not None else partnership
    if tenant is None:
        raise ValueError("Name a board or a partnership.")
    standing = Standing(
        person=person,
        role=role,
        partnership=tenant,
        board=board,
        starts_on=starts_on,
        until=None if ends_on is None else day_after_last(starts_on=starts_on, ends_on=ends_on),
        source=StandingSource.TEAM,
    )
    return saved(standing, by=by, reason=f"Admitted to the team as {role.label.lower()}")


@transaction.atomic
def release_from_team(*, standing: Standing, ends_on: date, reason: str, by: User) -> Standing:
    """End a team standing with that last day. Raises EndsBeforeItStarts when it is before the first day."""
    standing.until = day_after_last(starts_on=standing.starts_on, ends_on=ends_on)
    return saved(standing, by=by, reason=reason, fields=["until"])


@transaction.atomic
def grant(
    *, person: User, codename: GrantCodename, board: Board, reason: str, starts_on: date, ends_on: date, by: User
) -> Grant:
    """Grant what no seat gives, with a reason and a last day; guardian keeps the permission beside it."""
    until = day_after_last(starts_on=starts_on, ends_on=ends_on)
    given = Grant(
        person=person, codename=codename, board=board, granted_by=by, reason=reason, starts_on=starts_on, until=until
    )
    saved(given, by=by, reason=reason)
    lodge_permission(person=person, codename=codename, board=board)
    return given


@transaction.atomic
def revoke_grant(*, grant: Grant, reason: str, by: User) -> Grant:
    """End a grant from today; guardian's permission goes too, unless another grant still rests on it."""
    today = clock.today()
    grant.until = max(grant.starts_on, min(grant.until, today))
    saved(grant, by=by, reason=reason, fields=["until"])
    others = Grant.objects.filter(person=grant.person, board=grant.board, codename=grant.codename, until__gt=today)
    if not others.exists():
        withdraw_permission(person=grant.person, codename=GrantCodename(grant.codename), board=grant.board)
    return grant


def day_after_last(*, starts_on: date, ends_on: date) -> date:
    """`ends_on`, the last day, as the half-open end that is stored. Raises EndsBeforeItStarts."""
    if ends_on < starts_on:
        raise EndsBeforeItStarts(f"The last day, {ends_on:%-d %B %Y}, is before the first, {starts_on:%-d %B %Y}.")
    return ends_on + timedelta(days=1)
