"""Who may be named for a limited item, who is, and whose interests in an item are recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q

from meetings.models import AgendaItem, Meeting, Paper
from partnership.access import TEAM_ROLES, Role
from partnership.models import Bar, HandlingMark, Protection, Reader, Standing, User
from partnership.models.standing import StandingQuerySet

# Whoever sits for themselves, or as a substitute at that meeting. A deputy reads in place of who is named.
NAMEABLE = (Role.MEMBER, Role.VICE_CHAIR)


def possible_readers(*, meeting: Meeting, on: date) -> list[User]:
    """Who may be named for an item of the meeting, by name. One query."""
    standings = Standing.objects.in_force(on).filter(
        Q(role__in=NAMEABLE, meeting_id=None) | Q(role=Role.SUBSTITUTE, meeting_id=meeting.pk), board=meeting.board_id
    )
    return _people_of(standings)


def people_of_group(*, meeting: Meeting, on: date) -> list[User]:
    """Everybody who may have an interest in an item: who sits, deputises, observes or administers. One query."""
    here = Q(board=meeting.board_id) | Q(board=None, partnership=meeting.board.partnership_id, role__in=TEAM_ROLES)
    return _people_of(Standing.objects.in_force(on).filter(here, Q(meeting_id=None) | Q(meeting_id=meeting.pk)))


def readers_of(*, protection: Protection | None, on: date) -> list[Reader]:
    """The named readers as they stand, those in place of another after them. One query."""
    if protection is None:
        return []
    found = Reader.objects.in_force(on).filter(protection=protection)
    return list(
        found.select_related("person", "granted_by", "in_place_of__person").order_by(
            F("in_place_of").asc(nulls_first=True), "person__name", "pk"
        )
    )


def marks_for(*, meeting: Meeting, chosen: int | None) -> list[HandlingMark]:
    """The handling marks to choose from, the one chosen among them though it was retired since. One query."""
    marks = HandlingMark.objects.filter(partnership=meeting.board.partnership_id)
    return list(marks.filter(Q(is_retired=False) | Q(pk=chosen)).order_by("severity"))


def interests_in(*, protection: Protection | None) -> list[Bar]:
    """The interests that count. One query."""
    if protection is None:
        return []
    found = Bar.objects.filter(protection=protection, lifted_at=None)
    return list(found.select_related("person").order_by("recorded_at", "pk"))


def limited_among(*, items: Iterable[int], papers: Iterable[int] = ()) -> list[Protection]:
    """The limited protections before any of these items and papers. One query."""
    limited = Protection.objects.filter(is_limited=True)
    found = limited.filter(Q(agenda_item__in=list(items)) | Q(paper__in=list(papers)))
    return list(found.order_by("pk").distinct())


def is_any_protected(*, items: Iterable[int], papers: Iterable[int]) -> bool:
    """Whether a protection stands before any of these, be it a single bar."""
    those = AgendaItem.objects.filter(pk__in=list(items), protection__isnull=False)
    return those.exists() or Paper.objects.filter(pk__in=list(papers), protection__isnull=False).exists()


def _people_of(standings: StandingQuerySet) -> list[User]:
    people = {one.person_id: one.person for one in standings.select_related("person")}
    return sorted((one for one in people.values() if one.is_active), key=lambda one: (one.name, one.pk))
