"""Telling at once that somebody took very many files: the manager, by mail and in the trail of the group.

The message names the person, the group and the hour, and no file. Of the case tier nobody outside is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from partnership import clock
from partnership.access import Role
from partnership.audit.recording import record
from partnership.clock import LONDON
from partnership.models import Announcement, Board, Standing, User, What
from partnership.obligations import wordings
from partnership.obligations.announcements import AnnouncementKind, announce, enter
from partnership.obligations.causes import Wording
from partnership.obligations.letters import Letter
from partnership.obligations.wordings import MessageKind, Words
from partnership.operations import system_author
from partnership.rules.plain_dates import long_date, plain_time

WATCH = "brake on very many files"
LIMITED, OTHER = "limited", "other"


@transaction.atomic
def tell_of_bulk_reading(*, person: User, board: Board, is_restricted: bool) -> None:
    """Tell of it, once a day for a person and a group; what is limited to named members apart from the rest."""
    what = LIMITED if is_restricted else OTHER
    occurrence = f"{clock.today()} {board.pk} {what}"
    if Announcement.objects.filter(kind=KIND.name, cause_id=person.pk, occurrence=occurrence).exists():
        return
    announce(kind=KIND.name, cause=person, board=board, by=system_author(job=WATCH), occurrence=occurrence)
    record(
        What.SLOWED_DOWN,
        by=person,
        subject=person,
        partnership_id=board.partnership_id,
        board_id=board.pk,
        detail=f"{what} files",
    )


def told_of(person: User, board: Board, on: date) -> set[int]:
    """The group's managers, never the person; where none is left the chair."""
    here = Standing.objects.in_force(on).filter(partnership=board.partnership_id, person__is_active=True)
    rows = [one for one in here.filter(role__in=(Role.MANAGER, Role.CHAIR)) if one.board_id in {None, board.pk}]
    managers = {one.person_id for one in rows if one.role == Role.MANAGER} - {person.pk}
    return managers or {one.person_id for one in rows} - {person.pk}


# --- what is told -----------------------------------------------------------------------------------------------------


def _load(ids: Collection[int]) -> Mapping[int, User]:
    return User.objects.in_bulk(ids)


WORDED = MessageKind(
    name="bulk-reading",
    label="Somebody took very many files",
    goes_to="Whoever answers for the group",
    standard=Words(
        "Very many files taken: {group}",
        "{person} took so many {files} within an hour that they are slowed down. When: {when}.\n"
        "It may be nothing: somebody prepares for a meeting. It may be somebody else in their account.\n"
        "Ask them. If it was not they, close their account, and tell whoever runs Quorate for you.",
    ),
    why_fixed="It warns of an account that somebody else may be using.",
)


def _letter(person: User, announcement: Announcement, to: User, today: date) -> Letter:
    board, at = announcement.board, announcement.made_at.astimezone(LONDON)
    when = f"{long_date(at.date())}, {plain_time(at.time())}"
    limited = " limited to named members" if announcement.occurrence.endswith(LIMITED) else ""
    return Letter(
        kind=WORDED,
        values={"group": board.short_name, "person": person.name, "files": f"files{limited}", "when": when},
        heading="Somebody took very many files within an hour",
        button="See what they took",
        path=f"{reverse('board_audit', args=(board.partnership.slug, board.slug))}?"
        + urlencode({"what": "downloads", "who": person.name}),
        sent_as=f"one of those who answer for {board.name}",
    )


def _is_current(person: User, announcement: Announcement) -> bool:
    """It stays something to be told of."""
    return True


def _recipients(person: User, announcement: Announcement, on: date) -> set[int]:
    return told_of(person, announcement.board, on)


def _wording(person: User) -> Wording:
    return Wording(what="a notice of very many files taken", of_what="within an hour")


KIND = AnnouncementKind(
    name="bulk-reading",
    model="partnership.user",
    load=_load,
    is_current=_is_current,
    recipients=_recipients,
    letter=_letter,
    wording=_wording,
)


def enter_kind() -> None:
    """Make it known to the outbox, and how it is worded."""
    enter(KIND)
    wordings.enter(WORDED)
