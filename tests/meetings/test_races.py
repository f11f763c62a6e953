"""Two people writing one register at the same time, on whichever database the run uses.

Each race runs in threads with connections of their own. The negative controls switch the protection off and must lose
an update: a race test that passes without it would prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import Settings

from meetings.models import Attendance, Meeting, Recorded
from meetings.operations import (
    AlreadyHere,
    AlreadyOpened,
    AttendanceClash,
    MeetingTimeTaken,
    RowEntry,
    open_register,
    record_arrival,
    record_attendance,
    rows,
)
from membership.models import Appointment
from membership.operations import SeatTaken, appoint
from membership.queries import overlapping_appointments
from tests.cast import TODAY, Cast, assembled, at

pytestmark = pytest.mark.django_db(transaction=True)


def two_at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts at the same moment, each in a thread of its own; each gives its result or the error it raised."""
    together = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        together.wait(10)
        try:
            return act()
        except Exception as error:  # noqa: BLE001 - the test asks which error it was
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.fixture
def full_cast(stopped_clock: Settings) -> Cast:
    return assembled()


def chair_row(meeting: Meeting) -> Attendance:
    return Attendance.objects.get(meeting=meeting, seat__key="chair")


def two_stale_forms(cast: Cast, meeting: Meeting) -> tuple[Callable[[], object], Callable[[], object]]:
    """Two people save forms drawn from the same version, one ticking present, the other apologies."""
    drawn = chair_row(meeting)
    present = RowEntry(attendance_id=drawn.pk, version=drawn.version, recorded=Recorded.PRESENT)
    apologies = RowEntry(
        attendance_id=drawn.pk, version=drawn.version, recorded=Recorded.APOLOGIES, reason="Telephoned"
    )
    return (
        lambda: record_attendance(meeting=meeting, rows=[present], by=cast["coordinator"]),
        lambda: record_attendance(meeting=meeting, rows=[apologies], by=cast["manager"]),
    )


def test_of_two_stale_forms_one_wins_and_the_other_is_told(full_cast: Cast) -> None:
    meeting = full_cast.open_meeting()
    results = two_at_once(*two_stale_forms(full_cast, meeting))
    clashes = [result for result in results if isinstance(result, AttendanceClash)]
    assert [type(result) for result in results if result not in clashes] == [list]
    assert len(clashes) == 1
    kept = chair_row(meeting)
    assert (kept.version, kept.history.count()) == (2, 2)
    assert clashes[0].clashes[0].theirs.recorded == kept.recorded
    assert clashes[0].clashes[0].yours.recorded != kept.recorded


def test_without_the_version_check_an_update_is_lost(full_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "is_stale", lambda *_: False)
    meeting = full_cast.open_meeting()
    results = two_at_once(*two_stale_forms(full_cast, meeting))
    assert [type(result) for result in results] == [list, list]
    kept = chair_row(meeting)
    told = {change.recorded for change in kept.history.filter(version__gt=1)}
    assert told == {Recorded.PRESENT, Recorded.APOLOGIES}
    assert kept.version == 3


def test_one_arrival_pressed_twice_is_one_presence(full_cast: Cast) -> None:
    meeting = full_cast.open_meeting()
    row = chair_row(meeting)

    def arrive() -> object:
        return record_arrival(attendance=row, at=at(10, 1), by=full_cast["coordinator"])

    results = two_at_once(arrive, arrive)
    assert sorted(type(result).__name__ for result in results) == [AlreadyHere.__name__, Attendance.__name__]
    assert row.presences.count() == 1


def test_a_register_opened_twice_is_opened_once(full_cast: Cast) -> None:
    meeting = full_cast.meeting()

    def open_it() -> object:
        return open_register(meeting=meeting, at=at(9, 50), by=full_cast["coordinator"])

    results = two_at_once(open_it, open_it)
    assert sorted(type(result).__name__ for result in results) == [AlreadyOpened.__name__, Meeting.__name__]
    assert Attendance.objects.filter(meeting=meeting).count() == 25


def test_two_cannot_take_one_seat(full_cast: Cast) -> None:
    seat = full_cast.seats["icb"]

    def sit(name: str) -> Callable[[], object]:
        person = full_cast[name]
        last = TODAY + timedelta(days=30)
        # With an end each: no constraint of the database sees the overlap, only the lock on the seat does.
        return lambda: appoint(seat=seat, person=person, starts_on=TODAY, ends_on=last, by=full_cast.author)

    results = two_at_once(sit("nobody"), sit("outsider"))
    assert sorted(type(result).__name__ for result in results) == [Appointment.__name__, SeatTaken.__name__]
    assert overlapping_appointments() == []


def test_two_cannot_call_one_meeting(full_cast: Cast) -> None:
    results = two_at_once(full_cast.meeting, full_cast.meeting)
    assert sorted(type(result).__name__ for result in results) == [Meeting.__name__, MeetingTimeTaken.__name__]
