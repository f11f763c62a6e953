"""A board with everybody in their seats, and a year of its meetings made through the operations."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from meetings.models import Attendance, Meeting, MeetingKind, Recorded
from meetings.operations import RowEntry, call_meeting, cancel, close_register, open_register, record_attendance
from membership.models import Appointment, Seat
from membership.operations import appoint, bring_into_force, hand_over, name_deputy
from partnership.clock import LONDON
from partnership.models import Board
from reviews.presenters.attendance import AttendancePage, Grid, attendance_page
from reviews.queries import registers_until
from tests.cast import LONG_AGO, Cast, amended

YEAR_END = date(2027, 12, 31)
JANUARY, APRIL, JULY, OCTOBER = date(2027, 1, 21), date(2027, 4, 22), date(2027, 7, 15), date(2027, 10, 14)
ORDINARY = (JANUARY, APRIL, JULY, OCTOBER)
DEVELOPMENT_DAY, CANCELLED, EXTRAORDINARY = date(2027, 6, 24), date(2027, 7, 8), date(2027, 11, 10)
LETTERS = {
    "Y": Recorded.PRESENT,
    "D": Recorded.DEPUTY,
    "A": Recorded.APOLOGIES,
    "N": Recorded.DID_NOT_ATTEND,
}


class CityYear:
    """The Portsmouth board with everybody in their seats; whoever is not mentioned came."""

    def __init__(self, cast: Cast, board: Board | None = None) -> None:
        self.cast, self.author = cast, cast.author
        self.board = board or cast.elsewhere
        for seat in Seat.objects.filter(board=self.board).order_by("position"):
            if not Appointment.objects.filter(seat=seat).exists():
                self.seat(seat.key, f"rep {seat.key}")
            deputy = cast.person(f"deputy {seat.key}")
            name_deputy(seat=seat, person=deputy, starts_on=LONG_AGO, has_same_authority=True, by=self.author)

    def with_a_cast_of_its_own(self) -> CityYear:
        """The same people and places; further people are entered into the copy."""
        twin = copy(self)
        twin.cast = replace(self.cast, people=dict(self.cast.people))
        return twin

    def of(self, key: str) -> Seat:
        return Seat.objects.get(board=self.board, key=key)

    def seat(self, key: str, name: str) -> Appointment:
        return appoint(seat=self.of(key), person=self.cast.person(name), starts_on=LONG_AGO, by=self.author)

    def called(self, on: date, kind: MeetingKind = MeetingKind.ORDINARY) -> Meeting:
        return call_meeting(
            board=self.board,
            kind=kind,
            on=on,
            starts_at=time(10),
            ends_at=time(12),
            place="Civic Offices",
            by=self.author,
        )

    def held(self, on: date, letters: Mapping[str, str], kind: MeetingKind = MeetingKind.ORDINARY) -> Meeting:
        """A meeting from its call to the closing of its register."""
        return self.closed(self.opened(on, letters, kind))

    def closed(self, meeting: Meeting) -> Meeting:
        """Its register closed two hours after it began."""
        return close_register(meeting=meeting, at=meeting.begins + timedelta(hours=2), by=self.author)

    def opened(self, on: date, letters: Mapping[str, str], kind: MeetingKind = MeetingKind.ORDINARY) -> Meeting:
        """A meeting with its register open and everybody's row filled in."""
        begins = datetime.combine(on, time(10), tzinfo=LONDON)
        meeting = open_register(meeting=self.called(on, kind), at=begins - timedelta(minutes=10), by=self.author)
        rows = Attendance.objects.filter(meeting=meeting, seat__isnull=False).select_related("seat")
        entries = [
            RowEntry(
                attendance_id=row.pk,
                version=row.version,
                recorded=LETTERS[letters.get(row.seat.key if row.seat else "", "Y")],
                arrived_at=begins,
            )
            for row in rows
        ]
        record_attendance(meeting=meeting, rows=entries, by=self.author)
        return meeting

    def held_four_times(self, **by_seat: str) -> None:
        """The four ordinary meetings: `constabulary="YDYY"`; underscores stand for the hyphens of keys."""
        for number, on in enumerate(ORDINARY):
            self.held(on, {key.replace("_", "-"): letters[number] for key, letters in by_seat.items()})

    def amends_its_terms(self, on: date, changes: Mapping[str, str]) -> None:
        """A second version of the shipped terms, with these words changed."""
        version = {
            "number: 1\n": "number: 2\n",
            "in_force_from: 2022-09-01": f"in_force_from: {on}",
            "review_by: 2023-09-30": "review_by: 2028-09-30",
        }
        text = amended("portsmouth/board", {**version, **changes})
        bring_into_force(board=self.board, text=text, by=self.author)

    def page(self, year: int = 2027, today: date = YEAR_END) -> AttendancePage:
        registers = registers_until(board=self.board, until=date(year + 1, 1, 1), today=today)
        return attendance_page(board=self.board, registers=registers, year=year, today=today, may_download=True)

    def grid(self) -> Grid:
        (grid,) = self.page().grids
        return grid

    def hold_the_year_of_the_journey(self) -> None:
        """Four ordinary meetings held, a fifth cancelled, a development day; the ambulance's seat changes hands."""
        ambulance, successor = self.of("ambulance"), self.cast.person("tara quill")
        hand_over(seat=ambulance, to=successor, on=date(2027, 6, 1), reason="New post", by=self.author)
        self.held_four_times(constabulary="YDYY", probation="YDAY", diocese="DDDD")
        self.held(DEVELOPMENT_DAY, {"constabulary": "N", "diocese": "N"}, MeetingKind.DEVELOPMENT_DAY)
        cancel(meeting=self.called(CANCELLED), reason="Two partners in court", by=self.author)
