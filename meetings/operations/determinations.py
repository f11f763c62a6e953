"""Where the terms let the chair determine that a meeting may go ahead although not quorate."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from meetings.models import Determination, Meeting
from meetings.operations.rows import open_meeting
from membership.models import Appointment
from partnership import clock
from partnership.authorship import saved
from partnership.models import User
from partnership.queries import constitution_in_force, terms_of


class NoSuchDetermination(Exception):
    """The terms in force let nobody determine that a meeting is quorate."""


class NotTheirsToDetermine(Exception):
    """The terms give the determination to another office."""


@transaction.atomic
def determine_quorate(
    *,
    meeting: Meeting,
    determined_by: User,
    reason: str,
    by: User,
    item_number: str = "",
    at: datetime | None = None,
) -> Determination:
    """Record the determination of whoever the terms give it to; `item_number` empty is for the whole meeting.

    Raises NoSuchDetermination, NotTheirsToDetermine, RegisterNotOpen.
    """
    meeting = open_meeting(meeting)
    constitution = constitution_in_force(board=meeting.board, on=meeting.on)
    rule = terms_of(constitution=constitution).quorum.determination if constitution else None
    if rule is None:
        raise NoSuchDetermination("These terms of reference give nobody the power to determine that.")
    held = Appointment.objects.filter(seat__board=meeting.board, person=determined_by).representatives()
    offices = {
        office
        for office_words in held.in_force(meeting.on).values_list("seat__office", flat=True)
        for office in office_words.split(", ")
    }
    if rule.by not in offices:
        raise NotTheirsToDetermine(f"These terms of reference give that to another office than {determined_by}'s.")
    determination = Determination(
        meeting=meeting,
        item_number=item_number,
        determined_by=determined_by,
        at=at or clock.now(),
        reason=reason,
    )
    return saved(determination, by=by, reason="Determination recorded")
