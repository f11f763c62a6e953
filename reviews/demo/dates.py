"""On which dates the boards of the demonstration meet, year after year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import IntEnum

from meetings.models import MeetingKind

YEARS_BACK = 2
DAYS_AHEAD = 365


class Weekday(IntEnum):
    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Yearly:
    """The nth such weekday of these months, at local times: `months` maps a month to n."""

    board: str
    weekday: Weekday
    months: dict[int, int]
    starts_at: time
    ends_at: time
    place: str
    kind: MeetingKind = MeetingKind.ORDINARY


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting of a board on a date."""

    board: str
    kind: MeetingKind
    on: date
    starts_at: time
    ends_at: time
    place: str


MORNING, LATE_MORNING = time(10), time(12, 30)
AFTERNOON, LATE_AFTERNOON = time(14), time(16)

CALENDAR = (
    Yearly("isle-of-wight/main-board", Weekday.WEDNESDAY, {3: 3, 6: 3, 9: 3, 12: 2}, MORNING, LATE_MORNING,
           "County Hall, Newport"),
    Yearly("isle-of-wight/executive-group", Weekday.WEDNESDAY, {2: 4, 5: 4, 8: 3, 11: 3}, AFTERNOON, LATE_AFTERNOON,
           "By video"),
    Yearly("portsmouth/board", Weekday.THURSDAY, {1: 3, 4: 4, 7: 3, 10: 2}, MORNING, LATE_MORNING,
           "Civic Offices, room 4"),
    Yearly("portsmouth/board", Weekday.THURSDAY, {6: 4}, time(9, 30), time(15, 30), "Civic Offices, hall",
           MeetingKind.DEVELOPMENT_DAY),
    Yearly("portsmouth/executive-committee", Weekday.WEDNESDAY, {1: 2, 3: 4, 6: 4, 9: 4, 12: 2}, AFTERNOON,
           LATE_AFTERNOON, "By video"),
    Yearly("portsmouth/learning-committee", Weekday.THURSDAY, {2: 1, 5: 2, 9: 1, 11: 1}, AFTERNOON, LATE_AFTERNOON,
           "Civic Offices, room 2"),
    Yearly("portsmouth/scrutiny-committee", Weekday.TUESDAY, {2: 4, 5: 2, 9: 3, 11: 4}, MORNING, LATE_MORNING,
           "Civic Offices, room 2"),
    Yearly("portsmouth/child-exploitation-group", Weekday.MONDAY, {3: 2, 6: 2, 9: 2, 12: 1}, MORNING, time(11, 30),
           "By video"),
    Yearly("portsmouth/dsl-network", Weekday.TUESDAY, {3: 2, 6: 3, 11: 2}, LATE_AFTERNOON, time(17, 30),
           "Civic Offices, hall"),
    Yearly("portsmouth/mash-steering-group", Weekday.WEDNESDAY, {2: 3, 5: 3, 9: 1, 11: 3}, MORNING, time(11, 30),
           "By video"),
    Yearly("southampton/board", Weekday.TUESDAY, {2: 2, 5: 2, 7: 1, 10: 3}, MORNING, LATE_MORNING, "Civic Centre"),
    Yearly("hampshire/board", Weekday.THURSDAY, {3: 1, 6: 1, 9: 3, 12: 1}, MORNING, LATE_MORNING, "By video"),
    Yearly("hips/executive-group", Weekday.MONDAY, {2: 4, 6: 3, 9: 3, 11: 4}, time(14, 30), time(16, 30), "By video"),
)  # fmt: skip


def sittings(*, first: date, last: date) -> list[Sitting]:
    """Every meeting of the calendar from the first to the last of these dates, the earliest first."""
    found = [
        Sitting(entry.board, entry.kind, on, entry.starts_at, entry.ends_at, entry.place)
        for entry in CALENDAR
        for on in _dates_of(entry, range(first.year, last.year + 1))
        if first <= on <= last
    ]
    return sorted(found, key=lambda sitting: (sitting.on, sitting.board))


def _dates_of(entry: Yearly, years: range) -> Iterator[date]:
    for year in years:
        for month, n in entry.months.items():
            first_of_month = date(year, month, 1)
            until_weekday = (entry.weekday - first_of_month.weekday()) % 7
            yield first_of_month + timedelta(days=until_weekday + 7 * (n - 1))
