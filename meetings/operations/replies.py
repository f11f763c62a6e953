"""What a seat says about coming, and the access a substitute gets by it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from meetings.models import Meeting, Reply, ReplyAnswer
from meetings.operations.calling import planned
from meetings.operations.rows import NobodyNamed
from membership.models import Seat
from membership.queries import deputies_for, representative_of
from partnership import clock
from partnership.access import Role
from partnership.authorship import deleted, saved
from partnership.models import Standing, StandingSource, User

# A substitute sees the one meeting until its dispute window is over; where the terms have none, this long after it.
SUBSTITUTE_SEES_FOR = timedelta(days=14)


@transaction.atomic
def reply(
    *, meeting: Meeting, seat: Seat, answer: ReplyAnswer, by: User, person: User | None = None, reason: str = ""
) -> Reply:
    """Record whether the seat's representative or a deputy comes; a later reply replaces the earlier one.

    `person` is who comes: the representative, or the first deputy, unless another is named; somebody who is not a
    designated deputy becomes a substitute and may see that one meeting. Raises NobodyNamed, NotPlanned, AlreadyOpened.
    """
    meeting = planned(meeting)
    given = Reply.objects.filter(meeting=meeting, seat=seat).first() or Reply(meeting=meeting, seat=seat)
    given.answer = answer
    given.person = None if answer is ReplyAnswer.APOLOGIES else person or _usual_person(meeting, seat, answer)
    given.reason = reason if answer is ReplyAnswer.APOLOGIES else ""
    given.replied_at = clock.now()
    saved(given, by=by, reason=f"Reply: {answer.label.lower()}")
    _keep_substitute(given, by=by)
    return given


def _usual_person(meeting: Meeting, seat: Seat, answer: ReplyAnswer) -> User:
    if answer is ReplyAnswer.COMING:
        holder = representative_of(seat=seat, on=meeting.on)
    else:
        holder = next(iter(deputies_for(seat=seat, on=meeting.on)), None)
    if holder is None:
        raise NobodyNamed(f"Say who comes for {seat.name}: nobody is named for that day.")
    return holder.person


def _keep_substitute(given: Reply, *, by: User) -> None:
    """Give a substitute their standing for the meeting, and take it from whom the reply no longer names."""
    known = {deputy.person_id for deputy in deputies_for(seat=given.seat, on=given.meeting.on)}
    substitute = given.person if given.answer == ReplyAnswer.DEPUTY and given.person_id not in known else None
    is_written = False
    for standing in Standing.objects.filter(source=StandingSource.SUBSTITUTION, source_id=given.pk):
        if substitute is not None and standing.person_id == substitute.pk:
            is_written = True
        else:
            deleted(standing, by=by, reason="No longer the substitute")
    if substitute is None or is_written:
        return
    board = given.meeting.board
    standing = Standing(
        person=substitute,
        role=Role.SUBSTITUTE,
        partnership_id=board.partnership_id,
        board=board,
        meeting_id=given.meeting_id,
        starts_on=clock.today(),
        until=max(given.meeting.on, clock.today()) + SUBSTITUTE_SEES_FOR + timedelta(days=1),
        source=StandingSource.SUBSTITUTION,
        source_id=given.pk,
    )
    saved(standing, by=by, reason="Named as substitute for one meeting")
