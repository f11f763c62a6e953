"""Limiting items and papers of an agenda to named members, and recording interests in an item.

Every act holds the meeting, as every other change of an agenda does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from meetings.models import AgendaItem, Meeting, Paper, Reply, ReplyAnswer
from meetings.queries.protected_items import possible_readers
from membership.models import Appointment
from partnership import clock, protections
from partnership.authorship import saved
from partnership.models import Bar, BarSource, HandlingMark, Protection, Reader, User

# How long a deputy may read on after the meeting for which they stood in.
STAND_IN_READS_FOR = timedelta(days=14)


class NotAPossibleReader(Exception):
    """Only a member of the group, or a substitute for the meeting, is named."""


class MarkOfAnother(Exception):
    """The mark belongs to another partnership."""


@transaction.atomic
def limit_to_readers(
    *,
    matter: AgendaItem | Paper,
    reason: str,
    readers: Iterable[User],
    ends_on: date,
    by: User,
    excludes_team: bool = False,
) -> Protection:
    """Limit an item or a paper to named members, from now on and with all that hangs on it.

    Chair and scrutineer read it unless they are barred; the team, too, unless it is excluded. Raises
    `protections.NoReasonGiven`, NotAPossibleReader, EndsBeforeItStarts.
    """
    meeting = _held_meeting(matter)
    protection = _protection_of(matter, by=by)
    protections.limit(protection=protection, reason=reason, excludes_team=excludes_team, by=by)
    for person in readers:
        _name(protection, meeting, person, reason=reason, ends_on=ends_on, by=by)
    keep_stand_ins(meeting=meeting, by=by)
    return protection


@transaction.atomic
def name_for(*, matter: AgendaItem | Paper, person: User, reason: str, ends_on: date, by: User) -> Reader:
    """Name a further reader. Raises what limiting raises, and `protections.NotLimited`."""
    meeting = _held_meeting(matter)
    reader = _name(_protection_of(matter, by=by), meeting, person, reason=reason, ends_on=ends_on, by=by)
    keep_stand_ins(meeting=meeting, by=by)
    return reader


@transaction.atomic
def take_off(*, matter: AgendaItem | Paper, reader: Reader, reason: str, by: User) -> Reader:
    """Let somebody be named no longer; a deputy in their place goes with them. Raises `protections.NoReasonGiven`."""
    meeting = _held_meeting(matter)
    ended = protections.unname(reader=reader, reason=reason, by=by)
    keep_stand_ins(meeting=meeting, by=by)
    return ended


@transaction.atomic
def open_again(*, matter: AgendaItem | Paper, reason: str, by: User) -> Protection:
    """Lift the limit; interests recorded keep counting. Raises `protections.NoReasonGiven`."""
    _held_meeting(matter)
    return protections.lift_limit(protection=_protection_of(matter, by=by), reason=reason, by=by)


@transaction.atomic
def record_interest(*, item: AgendaItem, person: User, reason: str, by: User, is_chair: bool = False) -> Bar:
    """Record that somebody has an interest in an item: from now on it is closed to them, everywhere.

    Raises `protections.NoReasonGiven`, `protections.AlreadyBarred`.
    """
    _held_meeting(item)
    source = BarSource.DECLARED if person.pk == by.pk else BarSource.CHAIR if is_chair else BarSource.TEAM
    protection = _protection_of(item, by=by)
    return protections.bar(protection=protection, person=person, source=source, reason=reason, by=by)


@transaction.atomic
def mark_matter(*, matter: AgendaItem | Paper, mark: HandlingMark | None, by: User) -> None:
    """Give an item or a paper a handling mark of its partnership, or none. Raises MarkOfAnother."""
    meeting = _held_meeting(matter)
    if mark is not None and mark.partnership_id != meeting.board.partnership_id:
        raise MarkOfAnother("Choose a mark of this partnership.")
    held = type(matter)._default_manager.get(pk=matter.pk)
    held.mark = mark
    saved(held, by=by, reason="Handling mark changed", fields=["mark"])


@transaction.atomic
def keep_stand_ins(*, meeting: Meeting, by: User) -> None:
    """Let who is confirmed in place of a named reader at this meeting read too, and nobody who is no longer that.

    Called whenever a reply or a naming changes; the policy lets nobody in whose principal is named no longer.
    """
    limited = Protection.objects.filter(
        Q(agenda_item__meeting=meeting) | Q(paper__item__meeting=meeting), is_limited=True
    ).distinct()
    readers = list(
        Reader.objects.in_force(clock.today()).filter(protection__in=limited).select_related("protection", "person")
    )
    if not readers:
        return
    stands_in = _ConfirmedInPlace(meeting)
    last = max(meeting.on, clock.today()) + STAND_IN_READS_FOR
    named = [reader for reader in readers if reader.in_place_of_id is None]
    wanted = {(reader.pk, person.pk): (reader, person) for reader in named for person in stands_in(reader.person_id)}
    for reader in readers:
        if reader.in_place_of_id is not None and wanted.pop((reader.in_place_of_id, reader.person_id), None) is None:
            protections.unname(reader=reader, reason="No longer in place of a named member", by=by)
    for principal, person in wanted.values():
        protections.name_reader(
            protection=principal.protection,
            person=person,
            reason=f"In place of {principal.person.name} at this meeting",
            ends_on=min(principal.until - timedelta(days=1), last),
            in_place_of=principal,
            by=by,
        )


class _ConfirmedInPlace:
    """Who comes to the meeting as deputy for a seat that somebody represents."""

    def __init__(self, meeting: Meeting) -> None:
        deputising = Reply.objects.filter(meeting=meeting, answer=ReplyAnswer.DEPUTY, person__isnull=False)
        self._person_of_seat = {reply.seat_id: reply.person for reply in deputising.select_related("person")}
        held = Appointment.objects.representatives().in_force(meeting.on).filter(seat__in=self._person_of_seat)
        self._seats = list(held.values_list("person_id", "seat_id"))

    def __call__(self, representative: int) -> list[User]:
        found = [self._person_of_seat[seat] for person, seat in self._seats if person == representative]
        return [person for person in found if person is not None and person.pk != representative]


def _held_meeting(matter: AgendaItem | Paper) -> Meeting:
    """The meeting, locked until the transaction ends."""
    meeting_id = matter.meeting_id if isinstance(matter, AgendaItem) else matter.item.meeting_id
    return Meeting.objects.select_for_update(of=("self",)).select_related("board__partnership").get(pk=meeting_id)


def _protection_of(matter: AgendaItem | Paper, *, by: User) -> Protection:
    """The protection of the object as it stands, made where it has none. Its meeting is held."""
    held = type(matter)._default_manager.select_related("protection").get(pk=matter.pk)
    if held.protection is None:
        meeting = _held_meeting(matter)
        board = meeting.board
        held.protection = protections.protect(partnership=board.partnership, board=board, by=by)
        saved(held, by=by, reason="Protection begun", fields=["protection"])
    matter.protection = held.protection
    return held.protection


def _name(protection: Protection, meeting: Meeting, person: User, *, reason: str, ends_on: date, by: User) -> Reader:
    known = Reader.objects.in_force(clock.today()).filter(protection=protection, person=person, in_place_of=None)
    found = known.first()
    if found is not None:
        return found
    if person.pk not in {each.pk for each in possible_readers(meeting=meeting, on=clock.today())}:
        raise NotAPossibleReader(f"{person.name} does not sit on this group. Name somebody who does.")
    return protections.name_reader(protection=protection, person=person, reason=reason, ends_on=ends_on, by=by)
