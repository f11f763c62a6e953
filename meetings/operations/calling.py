"""Calling, moving and cancelling a meeting."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction
from django.db.models import Max

from meetings.announcements import CALLED, CANCELLED, MOVED
from meetings.announcements.invitations import changes_of
from meetings.duties import move_duties, plan_duties
from meetings.models import Call, Meeting, MeetingKind, MeetingStatus
from meetings.operations.substitutes import end_with_the_meeting
from meetings.queries.deadlines import calendar_of, notice_rules
from partnership import clock
from partnership.authorship import saved
from partnership.models import Board, User
from partnership.obligations.announcements import announce
from partnership.obligations.operations import cancel_obligations
from partnership.queries import constitution_in_force
from partnership.rules.deadlines.duty_sentences import notice_refusal
from partnership.rules.deadlines.notice import earliest_meeting_on, is_notice_enough


class MeetingTimeTaken(Exception):
    """The board already meets at that time."""


class NotPlanned(Exception):
    """The meeting was held or cancelled."""


class AlreadyOpened(Exception):
    """The register is open: the meeting can no longer be moved, cancelled or replied to."""


class NoticeTooShort(Exception):
    """The terms refuse a meeting of that kind on so near a day."""


class MeetingClash(Exception):
    """Somebody else changed the meeting since the form was drawn; `theirs` is the meeting as it stands."""

    def __init__(self, theirs: Meeting) -> None:
        super().__init__("Somebody else changed this meeting while you were writing. Nothing was saved.")
        self.theirs = theirs


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
    notice_on: date | None = None,
) -> Meeting:
    """Put a meeting in the board's calendar, at local times, with what falls due because of it.

    `notice_on` is the day on which notice of it is given, by a message to every holder of a seat (None: it is entered
    for the record, and nobody is told). Raises MeetingTimeTaken,
    NoticeTooShort, `calendars.BeyondHorizon`. A meeting entered after its day makes nothing fall due.
    """
    if notice_on is not None:
        _require_notice(board, kind, given_on=notice_on, meeting_on=on)
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
        if notice_on is not None:
            announce(kind=CALLED.name, cause=meeting, board=board, by=by)
    return meeting


@transaction.atomic
def move(
    *,
    meeting: Meeting,
    on: date,
    starts_at: time,
    reason: str,
    by: User,
    ends_at: time | None = None,
    place: str | None = None,
    video_link: str | None = None,
    notice_on: date | None = None,
    seen: int | None = None,
) -> Meeting:
    """Give a planned meeting another date or time, and another place where one is named.

    `seen` is how many changes the form was drawn from (None: not asked); `notice_on` as in `call_meeting`. Raises
    NotPlanned, AlreadyOpened, MeetingTimeTaken, MeetingClash, NoticeTooShort, `calendars.BeyondHorizon`.
    """
    meeting = planned(meeting)
    _require_seen(meeting, seen)
    if on != meeting.on or starts_at != meeting.starts_at:
        sitting = _next_sitting(meeting.board, on, starts_at)
        meeting.sitting = meeting.sitting if on == meeting.on else sitting
    if notice_on is not None and on != meeting.on:
        _require_notice(meeting.board, MeetingKind(meeting.kind), given_on=notice_on, meeting_on=on)
    meeting.on, meeting.starts_at, meeting.ends_at = on, starts_at, ends_at
    meeting.place = meeting.place if place is None else place
    meeting.video_link = meeting.video_link if video_link is None else video_link
    saved(meeting, by=by, reason=reason, fields=["on", "sitting", "starts_at", "ends_at", "place", "video_link"])
    move_duties(meeting=meeting, by=by)
    announce(kind=MOVED.name, cause=meeting, board=meeting.board, occurrence=str(changes_of(meeting)), by=by)
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: User, seen: int | None = None) -> Meeting:
    """Cancel a planned meeting; it stays in the calendar as cancelled.

    `seen` as in `move`. Raises NotPlanned, AlreadyOpened, MeetingClash.
    """
    meeting = planned(meeting)
    _require_seen(meeting, seen)
    meeting.status = MeetingStatus.CANCELLED
    saved(meeting, by=by, reason=reason, fields=["status"])
    cancel_obligations(cause=meeting, reason=reason, by=by)
    announce(kind=CANCELLED.name, cause=meeting, board=meeting.board, by=by)
    end_with_the_meeting(meeting=meeting, on=clock.today(), by=by)
    return meeting


def planned(meeting: Meeting) -> Meeting:
    """The meeting, locked until the transaction ends. Raises NotPlanned, AlreadyOpened."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("board").get(pk=meeting.pk)
    if held.status != MeetingStatus.PLANNED:
        raise NotPlanned(f"This meeting was {held.get_status_display().lower()}.")
    if held.opened_at is not None:
        raise AlreadyOpened("The register of this meeting is open.")
    return held


def times_changed(meeting: Meeting) -> int:
    """How often the meeting has changed: a form says from which change it was drawn."""
    return int(meeting.history.count())


def _require_seen(meeting: Meeting, seen: int | None) -> None:
    if seen is not None and seen != times_changed(meeting):
        raise MeetingClash(meeting)


def _require_notice(board: Board, kind: MeetingKind, *, given_on: date, meeting_on: date) -> None:
    """Raises NoticeTooShort with the earliest day, `calendars.BeyondHorizon`."""
    constitution = constitution_in_force(board=board, on=given_on)
    for rule in notice_rules(kind, constitution) if constitution else ():
        calendar = calendar_of(rule, board)
        if not is_notice_enough(rule, given_on=given_on, meeting_on=meeting_on, calendar=calendar):
            raise NoticeTooShort(notice_refusal(rule, earliest_meeting_on(rule, given_on, calendar)))


def _next_sitting(board: Board, on: date, starts_at: time) -> int:
    """The number of a further meeting on that date. The board is held meanwhile."""
    Board.objects.select_for_update().get(pk=board.pk)
    same_day = Meeting.objects.filter(board=board, on=on)
    if same_day.filter(starts_at=starts_at).exists():
        raise MeetingTimeTaken(f"{board.name} already meets then.")
    last: int | None = same_day.aggregate(last=Max("sitting"))["last"]
    return (last or 0) + 1
