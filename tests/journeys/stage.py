"""The two boards the journeys play on, every seat held, made through the operations in one go.

Each journey calls a meeting of its own, so that they share the boards and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time

from meetings.models import Attendance, Meeting, MeetingKind, Recorded
from meetings.operations import RowEntry, call_meeting, open_register, record_attendance
from membership.models import AgencyKind, Appointment, Seat, StatutoryRole
from membership.operations import appoint, enter_agency, enter_grade_ladder, name_deputy
from partnership.access import Role
from partnership.models import Board, User
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, TODAY, Cast, assembled, at

ISLAND, CITY = "island", "city"
ISLAND_REQUIRED = ("chair", "scrutineer", "constabulary", "childrens-social-care", "icb")
ISLAND_OTHERS = (
    "hmp",
    "probation",
    "iow-nhs-trust",
    "primary-school",
    "public-health",
    "adults-board",
    "youth-justice",
)
CITY_PARTNERS = ("council", "constabulary", "icb")
GRADES = ("Director", "Head of service", "Service manager", "Team manager")


class Stage:
    """Both boards with their people."""

    def __init__(self) -> None:
        self.cast: Cast = assembled()
        self.boards: dict[str, Board] = {ISLAND: self.cast.board, CITY: self.cast.elsewhere}
        self._sittings: Counter[tuple[str, date]] = Counter()
        self._seat_a_deputy_two_grades_too_low()
        self.cast.fill(self.cast.seats)
        self._fill_the_city()

    def _seat_a_deputy_two_grades_too_low(self) -> None:
        seat, author = self.cast.seats["regulatory-services"], self.cast.author
        agency = enter_agency(
            slug="island-council",
            name="Island Council",
            kind=AgencyKind.LOCAL_AUTHORITY,
            statutory_role=StatutoryRole.RELEVANT_AGENCY,
            by=author,
        )
        ladder = enter_grade_ladder(agency=agency, name="Council grades", grades=GRADES, by=author)
        director, _, service_manager, _ = ladder.grades.order_by("rank")
        appoint(seat=seat, person=self.cast.person("colin ashby"), starts_on=LONG_AGO, grade=director, by=author)
        name_deputy(
            seat=seat,
            person=self.cast.person("dawn petrie"),
            starts_on=LONG_AGO,
            grade=service_manager,
            has_same_authority=True,
            by=author,
        )

    def _fill_the_city(self) -> None:
        city, author = self.cast.elsewhere, self.cast.author
        taken = set(Appointment.objects.filter(seat__board=city).values_list("seat__key", flat=True))
        for seat in Seat.objects.filter(board=city).exclude(key__in=taken):
            appoint(seat=seat, person=self.cast.person(f"city {seat.key}"), starts_on=LONG_AGO, by=author)
        police = Seat.objects.get(board=city, key="constabulary")
        sam = self.cast.person("sam lee")
        name_deputy(seat=police, person=sam, starts_on=LONG_AGO, has_same_authority=True, by=author)
        coordinator = self.cast["coordinator"]
        admit_to_team(person=coordinator, role=Role.COORDINATOR, board=city, starts_on=LONG_AGO, by=author)

    @property
    def coordinator(self) -> User:
        return self.cast["coordinator"]

    def seats(self, board: str) -> list[str]:
        """The keys of every seat, in the constitution's order."""
        return list(Seat.objects.filter(board=self.boards[board]).order_by("position").values_list("key", flat=True))

    def planned_meeting(self, board: str, *, on: date = TODAY, notice_on: date | None = None) -> Meeting:
        """A meeting of its own: another minute of the board's day each time. Nobody is invited without notice."""
        self._sittings[board, on] += 1
        return call_meeting(
            board=self.boards[board],
            kind=MeetingKind.ORDINARY,
            on=on,
            starts_at=time(10, self._sittings[board, on]),
            ends_at=time(12, 30),
            place="County Hall",
            notice_on=notice_on,
            by=self.coordinator,
        )

    def open_meeting(self, board: str, *present: str, at_time: datetime | None = None) -> Meeting:
        """Today's meeting with its register open, and these seats ticked as present."""
        meeting = open_register(meeting=self.planned_meeting(board), at=at(9, 50), by=self.coordinator)
        self.tick(meeting, present, arrived_at=at_time or at(9, 55))
        return meeting

    def tick(
        self,
        meeting: Meeting,
        keys: Iterable[str],
        recorded: Recorded = Recorded.PRESENT,
        arrived_at: datetime | None = None,
    ) -> None:
        record_attendance(
            meeting=meeting,
            rows=[
                RowEntry(attendance_id=row.pk, version=row.version, recorded=recorded, arrived_at=arrived_at)
                for row in Attendance.objects.filter(meeting=meeting, seat__key__in=list(keys))
            ],
            by=self.coordinator,
        )
