"""Today's meetings of the two main boards: open since the last full hour, one person short of a quorum."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.db import transaction

from meetings.models import Attendance, Meeting, MeetingKind, Presence, Withdrawal
from meetings.operations import call_meeting
from meetings.queries import register_of
from meetings.signature_duties import keep_signatures
from partnership.authorship import saved
from partnership.models import Board, User
from reviews.demo.business import Sitting as Business
from reviews.demo.business import publish_business
from reviews.demo.confidentiality import sign_here
from reviews.demo.marks import read_mark
from reviews.demo.registers import fill_register
from reviews.demo.stage import Stage
from reviews.demo.stories import TODAY

LENGTH, ONE_HOUR = timedelta(hours=2, minutes=30), timedelta(hours=1)
REFRESHED = "The demonstration was moved to today"


def open_todays_meetings(stage: Stage) -> list[Meeting]:
    return [
        _open(board=stage.boards[place], place=place, now=stage.now, by=stage.coordinator_of(place)) for place in TODAY
    ]


@transaction.atomic
def refresh_todays_meetings(*, now: datetime, coordinators: dict[str, User]) -> list[Meeting]:
    """Move the meetings whose register is open to the last full hour, with every time recorded in them.

    Where the register was closed meanwhile, a new meeting is opened. Returns the meetings that changed.
    """
    changed = []
    for place in TODAY:
        slug, board_slug = place.split("/")
        board = Board.objects.get(partnership__slug=slug, slug=board_slug)
        still_open = Meeting.objects.filter(board=board, opened_at__isnull=False, closed_at=None).order_by("on").last()
        if still_open is None:
            changed.append(_open(board=board, place=place, now=now, by=coordinators[slug]))
            continue
        begins = _last_free_hour(board, now, besides=still_open)
        if (still_open.on, still_open.starts_at) != (begins.date(), begins.time()):
            changed.append(_moved(still_open, to=begins, by=coordinators[slug]))
    return changed


def _last_free_hour(board: Board, now: datetime, besides: Meeting | None = None) -> datetime:
    """The last full hour at which the board has no other meeting."""
    taken = Meeting.objects.filter(board=board)
    if besides is not None:
        taken = taken.exclude(pk=besides.pk)
    begins = now.replace(minute=0, second=0, microsecond=0)
    while taken.filter(on=begins.date(), starts_at=begins.time()).exists():
        begins -= ONE_HOUR
    return begins


def _open(*, board: Board, place: str, now: datetime, by: User) -> Meeting:
    begins = _last_free_hour(board, now)
    meeting = call_meeting(
        board=board,
        kind=MeetingKind.ORDINARY,
        on=begins.date(),
        starts_at=begins.time(),
        ends_at=_end_of(begins),
        place="Council chamber, and by video",
        by=by,
    )
    publish_business(Business(meeting, place, by, back=0))
    story = TODAY[place]
    seats = [row.held.seat for row in register_of(meeting=meeting).seats if row.held is not None]
    marks = {
        seat.pk: read_mark(story.marks[seat.key], key=f"today/{place}/{seat.key}")
        for seat in seats
        if seat.key in story.marks
    }
    meeting = fill_register(meeting=meeting, marks=marks, by=by)
    sign_here(meeting)
    return meeting


def _moved(meeting: Meeting, *, to: datetime, by: User) -> Meeting:
    """The same meeting at another time; whoever came, left or withdrew did so as much later."""
    was = meeting.begins
    same_day = Meeting.objects.filter(board=meeting.board_id, on=to.date()).exclude(pk=meeting.pk)
    meeting.sitting = max((one.sitting for one in same_day), default=0) + 1
    meeting.on, meeting.starts_at, meeting.ends_at = to.date(), to.time(), _end_of(to)
    # In UTC: between two local times the clocks may have changed.
    by_how_much = meeting.begins.astimezone(UTC) - was.astimezone(UTC)
    for name in ("opened_at", "begun_at"):
        at = getattr(meeting, name)
        setattr(meeting, name, at + by_how_much if at else None)
    saved(meeting, by=by, reason=REFRESHED)
    for attendance in Attendance.objects.filter(meeting=meeting):
        attendance.version += 1
        saved(attendance, by=by, reason=REFRESHED, fields=["version"])
    for presence in Presence.objects.filter(attendance__meeting=meeting):
        presence.arrived_at += by_how_much
        presence.left_at = presence.left_at + by_how_much if presence.left_at else None
        saved(presence, by=by, reason=REFRESHED)
    for withdrawal in Withdrawal.objects.filter(attendance__meeting=meeting):
        withdrawal.from_at += by_how_much
        withdrawal.until_at = withdrawal.until_at + by_how_much if withdrawal.until_at else None
        saved(withdrawal, by=by, reason=REFRESHED)
    keep_signatures(meeting=meeting, by=by)
    return meeting


def _end_of(begins: datetime) -> time | None:
    """The planned end; none is planned when it would fall on the next day."""
    ends = begins + LENGTH
    return ends.time() if ends.date() == begins.date() else None
