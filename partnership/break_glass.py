"""Opening a restricted object by break-glass, telling of it in the same transaction, and the chair's word on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from partnership import access, clock
from partnership.access import Role
from partnership.authorship import saved
from partnership.break_glass_duty import review_asked, review_given
from partnership.clock import LONDON
from partnership.models import (
    Announcement,
    Bar,
    Board,
    BreakGlass,
    BreakGlassCategory,
    Protection,
    Standing,
    User,
)
from partnership.models.break_glass import SHORTEST_REASON
from partnership.obligations import wordings
from partnership.obligations.announcements import AnnouncementKind, announce, enter
from partnership.obligations.causes import Wording
from partnership.obligations.letters import Letter
from partnership.obligations.wordings import MessageKind, Words
from partnership.rules.deadlines.calendars import BeyondHorizon, Division
from partnership.rules.plain_dates import long_date, plain_time
from partnership.working_days import working_days


class BreakGlassRefused(Exception):
    """It is not opened; the message says why."""


class AlreadyReviewed(Exception):
    """The chair's word is recorded already."""


class NothingSaid(Exception):
    """A review says something."""


@transaction.atomic
def open_by_break_glass(
    *, protection: Protection | None, category: BreakGlassCategory, reason: str, has_fresh_proof: bool, by: User
) -> BreakGlass:
    """Open one limited object to somebody who looks after the machine, and tell those who answer for it at once.

    Raises BreakGlassRefused.
    """
    # One at a time: two requests at once must not both be the third of a day.
    User.objects.select_for_update().get(pk=by.pk)
    if not access.may_break_glass(by):
        raise BreakGlassRefused("Only somebody who looks after the machine may do that.")
    if protection is None:
        raise BreakGlassRefused("No limited item or paper has that address.")
    held = Protection.objects.select_for_update().get(pk=protection.pk)
    if not held.is_limited or held.board_id is None:
        raise BreakGlassRefused("Break-glass opens what a group has limited to named members, and nothing else.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise BreakGlassRefused(f"Say why in at least {SHORTEST_REASON} characters.")
    if not has_fresh_proof:
        raise BreakGlassRefused("Prove who you are again first: your second step was too long ago.")
    now = clock.now()
    midnight = datetime.combine(now.astimezone(LONDON).date(), time(), tzinfo=LONDON)
    if BreakGlass.objects.filter(person=by, opened_at__gte=midnight).count() >= settings.BREAK_GLASS_A_DAY:
        raise BreakGlassRefused(f"You have done this {settings.BREAK_GLASS_A_DAY} times today. Nobody may more often.")
    made = BreakGlass(
        protection=held,
        person=by,
        category=category,
        reason=reason.strip(),
        opened_at=now,
        until=now + settings.BREAK_GLASS_FOR,
        review_due_on=_review_due(held, now.date()),
    )
    if not told_of(made, now.date()):
        raise BreakGlassRefused("Nobody but you would be told of it, so it cannot be opened.")
    saved(made, by=by, reason="Break-glass")
    announce(kind=KIND.name, cause=made, board=_board(made), by=by)
    review_asked(glass=made, board=_board(made), by=by)
    return made


@transaction.atomic
def review(*, glass: BreakGlass, words: str, by: User) -> BreakGlass:
    """Record the chair's word on it. Raises AlreadyReviewed, NothingSaid."""
    held = BreakGlass.objects.select_for_update(of=("self",)).get(pk=glass.pk)
    if held.reviewed_at is not None:
        raise AlreadyReviewed("This was reviewed already.")
    if not words.strip():
        raise NothingSaid("Enter what you make of it.")
    held.review, held.reviewed_by, held.reviewed_at = words.strip(), by, clock.now()
    saved(held, by=by, reason="Break-glass reviewed", fields=["review", "reviewed_by", "reviewed_at"])
    review_given(glass=held, by=by)
    return held


def told_of(glass: BreakGlass, on: date) -> set[int]:
    """Chair and manager of the group; the scrutineer, too, where one of these has an interest. Never the asker."""
    board = _board(glass)
    standings = Standing.objects.in_force(on).filter(
        role__in=(Role.CHAIR, Role.MANAGER, Role.SCRUTINEER), partnership=board.partnership_id, person__is_active=True
    )
    here = [one for one in standings if one.board_id in {None, board.pk}]
    barred = set(Bar.objects.filter(protection=glass.protection_id, lifted_at=None).values_list("person_id", flat=True))
    first = {one.person_id for one in here if one.role != Role.SCRUTINEER}
    told = first - barred
    if first & barred or not told:
        told |= {one.person_id for one in here if one.role == Role.SCRUTINEER}
    return told - {glass.person_id}


def _board(glass: BreakGlass) -> Board:
    board = glass.protection.board
    if board is None:
        raise BreakGlassRefused("This belongs to no group.")
    return board


def review_due_again(glass: BreakGlass) -> date:
    """By when its review falls due by the table of bank holidays as it stands."""
    return _review_due(glass.protection, glass.opened_at.astimezone(clock.LONDON).date())


def _review_due(protection: Protection, today: date) -> date:
    """So many working days from today; where the holidays are not known that far ahead, the same number of weekdays."""
    days = settings.BREAK_GLASS_REVIEW_WORKING_DAYS
    calendar = working_days(Division(protection.partnership.get_bank_holidays_display()))
    try:
        return calendar.nth_after(today, days)
    except BeyondHorizon:
        return today + timedelta(days=days + days // 5 * 2)


# --- what is told -----------------------------------------------------------------------------------------------------


def _load(ids: Collection[int]) -> Mapping[int, BreakGlass]:
    return BreakGlass.objects.select_related("protection__board__partnership", "person").in_bulk(ids)


WORDED = MessageKind(
    name="break-glass",
    label="Break-glass was used",
    goes_to="Whoever answers for the group",
    standard=Words(
        "Break-glass used: {group}",
        "{person}, who looks after the machine, opened it on {when}.\n"
        "What it was, and the reason given, is on its page.\n"
        "The chair's word on it is due by {due date}.",
    ),
    why_fixed="It says that somebody opened what they may not read otherwise.",
)


def _letter(glass: BreakGlass, announcement: Announcement, person: User, today: date) -> Letter:
    board, at = _board(glass), glass.opened_at.astimezone(LONDON)
    when = f"{long_date(at.date())} at {plain_time(at.time())}"
    return Letter(
        kind=WORDED,
        values={
            "group": board.short_name,
            "person": glass.person.name,
            "when": when,
            "due date": long_date(glass.review_due_on),
        },
        heading="Something limited to named members was opened",
        button="See what was opened, and why",
        path=reverse("break_glass_review", args=(glass.uuid,)),
        sent_as=f"one of those who answer for {board.name}",
    )


def _is_current(glass: BreakGlass, announcement: Announcement) -> bool:
    """It stays something to be told of, whatever becomes of the object."""
    return True


def _recipients(glass: BreakGlass, announcement: Announcement, on: date) -> set[int]:
    return told_of(glass, on)


KIND = AnnouncementKind(
    name="break-glass",
    model="partnership.breakglass",
    load=_load,
    is_current=_is_current,
    recipients=_recipients,
    letter=_letter,
    wording=lambda glass: Wording(what="a notice of break-glass", of_what=_board(glass).short_name),
)


def enter_kind() -> None:
    """Make it known to the outbox, and how it is worded."""
    enter(KIND)
    wordings.enter(WORDED)
