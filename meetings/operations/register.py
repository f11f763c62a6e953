"""Opening and closing a register."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from meetings.models import Attendance, Meeting, MeetingStatus, Recorded, Reply, ReplyAnswer
from meetings.operations.calling import planned
from meetings.operations.replies import reply
from meetings.operations.rows import RowValues, holders_on, open_meeting, write
from meetings.signature_duties import keep_signatures
from meetings.year_duties import meetings_changed
from membership.models import Seat
from partnership import clock
from partnership.authorship import saved
from partnership.models import User


class NotYetTheDay(Exception):
    """The register of a meeting is opened on its day or after it."""


class RegisterNotClosed(Exception):
    """Only a closed register is opened again."""


@transaction.atomic
def open_register(*, meeting: Meeting, by: User, at: datetime | None = None) -> Meeting:
    """Open the register: a row for every seat of that day, with apologies filled in from the replies.

    A reply that a deputy comes names the deputy in the row and records nothing.
    Raises NotYetTheDay, NotPlanned, AlreadyOpened.
    """
    meeting = planned(meeting)
    opened_at = at or clock.now()
    if opened_at.astimezone(clock.LONDON).date() < meeting.on:
        raise NotYetTheDay(f"The register can be opened from {meeting.on:%-d %B %Y}.")
    meeting.opened_at = opened_at
    saved(meeting, by=by, reason="Register opened", fields=["opened_at"])
    replies = {given.seat_id: given for given in Reply.objects.filter(meeting=meeting)}
    for seat in Seat.objects.filter(board=meeting.board_id).on_board(meeting.on):
        row = Attendance(meeting=meeting, seat=seat)
        given = replies.get(seat.pk)
        if given is not None and given.answer == ReplyAnswer.APOLOGIES:
            row.recorded, row.reason = Recorded.APOLOGIES, given.reason
        elif given is not None and given.answer == ReplyAnswer.DEPUTY:
            row.person_id = given.person_id
        saved(row, by=by, reason="Register opened")
    return meeting


@transaction.atomic
def record_start(*, meeting: Meeting, at: datetime, by: User) -> Meeting:
    """Record when the chair began the meeting, where that was not at its planned start. Raises RegisterNotOpen."""
    meeting = open_meeting(meeting)
    meeting.begun_at = at
    return saved(meeting, by=by, reason="Start of the meeting recorded", fields=["begun_at"])


@transaction.atomic
def record_apologies(*, meeting: Meeting, seat: Seat, reason: str, by: User) -> None:
    """Record apologies: as the seat's reply before the register is open, as its row from then on.

    Raises RegisterNotOpen once the register is closed, NotPlanned for a cancelled meeting.
    """
    current = Meeting.objects.get(pk=meeting.pk)
    if current.opened_at is None:
        reply(meeting=current, seat=seat, answer=ReplyAnswer.APOLOGIES, reason=reason, by=by)
        return
    current = open_meeting(current)
    row = Attendance.objects.select_for_update(of=("self",)).select_related("seat").get(meeting=current, seat=seat)
    write(row, RowValues(Recorded.APOLOGIES, reason=reason), meeting=current, holders=holders_on(current), by=by)
    keep_signatures(meeting=current, by=by)


@transaction.atomic
def close_register(*, meeting: Meeting, by: User, at: datetime | None = None) -> Meeting:
    """Close the register: blank rows become "did not attend", and the meeting is held. Raises RegisterNotOpen."""
    meeting = open_meeting(meeting)
    holders = holders_on(meeting)
    blank = Attendance.objects.select_for_update(of=("self",)).filter(meeting=meeting, recorded=Recorded.NOT_RECORDED)
    for row in blank.select_related("seat"):
        write(row, RowValues(Recorded.DID_NOT_ATTEND), meeting=meeting, holders=holders, by=by)
    meeting.closed_at, meeting.status = at or clock.now(), MeetingStatus.HELD
    saved(meeting, by=by, reason="Register closed", fields=["closed_at", "status"])
    meetings_changed(board=meeting.board, by=by)
    return meeting


@transaction.atomic
def reopen_register(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Open a closed register again to correct it; what closing filled in stays until it is changed.

    Raises RegisterNotClosed.
    """
    held = Meeting.objects.select_for_update(of=("self",)).select_related("board").get(pk=meeting.pk)
    if held.closed_at is None:
        raise RegisterNotClosed("The register of this meeting is not closed.")
    held.closed_at, held.status = None, MeetingStatus.PLANNED
    saved(held, by=by, reason=reason, fields=["closed_at", "status"])
    meetings_changed(board=held.board, by=by)
    return held
