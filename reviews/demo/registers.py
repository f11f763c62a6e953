"""Writing the register of a demo meeting, through the operations a coordinator uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from meetings.models import Attendance, AttendsAs, Meeting, Mode
from meetings.operations import (
    RowEntry,
    add_guest,
    close_register,
    end_withdrawal,
    open_register,
    record_attendance,
    record_departure,
    record_return,
    withdraw,
)
from partnership.models import User
from reviews.demo.marks import Mark, has_come
from reviews.demo.stories import Interest

REASONS = ("On leave", "In court", "Another meeting", "Ill")
OPENED_BEFORE = timedelta(minutes=10)


def fill_register(*, meeting: Meeting, marks: Mapping[int, Mark], by: User) -> Meeting:
    """Open the register and write its rows, departures and returns; it stays open. `marks` are by seat's id."""
    begins = meeting.begins
    # Not before the day itself begins, when the meeting is at midnight.
    opened_at = max(begins - OPENED_BEFORE, datetime.combine(meeting.on, time(0), tzinfo=begins.tzinfo))
    meeting = open_register(meeting=meeting, at=opened_at, by=by)
    rows = {row.seat_id: row for row in Attendance.objects.filter(meeting=meeting)}
    entries = [_entry(rows[seat_id], mark, begins) for seat_id, mark in marks.items() if seat_id in rows]
    record_attendance(meeting=meeting, rows=entries, by=by)
    for seat_id, mark in marks.items():
        if mark.left is not None and has_come(mark):
            record_departure(attendance=rows[seat_id], at=begins + timedelta(minutes=mark.left), by=by)
        if mark.back is not None and has_come(mark):
            record_return(attendance=rows[seat_id], at=begins + timedelta(minutes=mark.back), by=by)
    return meeting


def record_interests(*, meeting: Meeting, interests: tuple[Interest, ...], by: User) -> None:
    for interest in interests:
        row = Attendance.objects.get(meeting=meeting, seat__key=interest.seat)
        withdrawal = withdraw(
            attendance=row,
            item_number=interest.item,
            at=meeting.begins + timedelta(minutes=interest.from_minute),
            reason=interest.reason,
            by=by,
        )
        until = meeting.begins + timedelta(minutes=interest.until_minute)
        end_withdrawal(withdrawal=withdrawal, at=until, by=by)


def add_people_in_attendance(*, meeting: Meeting, people: tuple[User, ...], guests: tuple[str, ...], by: User) -> None:
    """The partnership team, and guests by name, from the start."""
    for person in people:
        add_guest(meeting=meeting, attends_as=AttendsAs.IN_ATTENDANCE, person=person, arrived_at=meeting.begins, by=by)
    for name in guests:
        add_guest(meeting=meeting, attends_as=AttendsAs.GUEST, name=name, arrived_at=meeting.begins, by=by)


def close_at_the_end(*, meeting: Meeting, by: User) -> Meeting:
    ends_at = meeting.ends_at or meeting.starts_at
    at = datetime.combine(meeting.on, ends_at, tzinfo=meeting.begins.tzinfo)
    return close_register(meeting=meeting, at=at, by=by)


def _entry(row: Attendance, mark: Mark, begins: datetime) -> RowEntry:
    is_here = has_come(mark)
    return RowEntry(
        attendance_id=row.pk,
        version=row.version,
        recorded=mark.recorded,
        mode=mark.mode if is_here else Mode.IN_THE_ROOM,
        reason="" if is_here else REASONS[row.pk % len(REASONS)],
        arrived_at=begins + timedelta(minutes=mark.arrived) if is_here else None,
    )
