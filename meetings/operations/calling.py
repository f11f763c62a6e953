"""Calling, moving and cancelling a meeting."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction
from django.db.models import Max

from meetings.duties import move_duties, plan_duties
from meetings.models import Call, Meeting, MeetingKind, MeetingStatus
from partnership import clock
from partnership.authorship import saved
from partnership.models import Board, User
from partnership.obligations.operations import cancel_obligations


class MeetingTimeTaken(Exception):
    """The board already meets at that time."""


class NotPlanned(Exception):
    """The meeting was held or cancelled."""


class AlreadyOpened(Exception):
    """The register is open: the meeting can no longer be moved, cancelled or replied to."""


@transaction.atomic
def call_meeting(
    *,
    board: Board,
    kind: MeetingKind,
    on: date,
    starts_at: time,
    by: User,
    ends_at: time | None = None,
    place: str = "",
    video_link: str = "",
    call: Call = Call.FIRST,
    reconvenes: Meeting | None = None,
) -> Meeting:
    """Put a meeting in the board's calendar, at local times, with what falls due because of it.

    Raises MeetingTimeTaken. A meeting entered after its day, for the record, makes nothing fall due.
    """
    meeting = Meeting(
        board=board,
        kind=kind,
        on=on,
        sitting=_next_sitting(board, on, starts_at),
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        video_link=video_link,
        call=call,
        reconvenes=reconvenes,
    )
    saved(meeting, by=by, reason="Meeting called")
    if on >= clock.today():
        plan_duties(meeting=meeting, by=by)
    return meeting


@transaction.atomic
def move(*, meeting: Meeting, on: date, starts_at: time, reason: str, by: User, ends_at: time | None = None) -> Meeting:
    """Give a planned meeting another date or time. Raises NotPlanned, AlreadyOpened, MeetingTimeTaken."""
    meeting = planned(meeting)
    if on != meeting.on or starts_at != meeting.starts_at:
        sitting = _next_sitting(meeting.board, on, starts_at)
        meeting.sitting = meeting.sitting if on == meeting.on else sitting
    meeting.on, meeting.starts_at, meeting.ends_at = on, starts_at, ends_at
    saved(meeting, by=by, reason=reason, fields=["on", "sitting", "starts_at", "ends_at"])
    move_duties(meeting=meeting, by=by)
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Cancel a planned meeting; it stays in the calendar as cancelled. Raises NotPlanned, AlreadyOpened."""
    meeting = planned(meeting)
    meeting.status = MeetingStatus.CANCELLED
    saved(meeting, by=by, reason=reason, fields=["status"])
    cancel_obligations(cause=meeting, reason=reason, by=by)
    return meeting


def planned(meeting: Meeting) -> Meeting:
    """The meeting, locked until the transaction ends. Raises NotPlanned, AlreadyOpened."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("board").get(pk=meeting.pk)
    if held.status != MeetingStatus.PLANNED:
        raise NotPlanned(f"This meeting was {held.get_status_display().lower()}.")
    if held.opened_at is not None:
        raise AlreadyOpened("The register of this meeting is open.")
    return held


def _next_sitting(board: Board, on: date, starts_at: time) -> int:
    """The number of a further meeting on that date. The board is held meanwhile."""
    Board.objects.select_for_update().get(pk=board.pk)
    same_day = Meeting.objects.filter(board=board, on=on)
    if same_day.filter(starts_at=starts_at).exists():
        raise MeetingTimeTaken(f"{board.name} already meets then.")
    last: int | None = same_day.aggregate(last=Max("sitting"))["last"]
    return (last or 0) + 1
