"""A member on leave reads what their own seat came to before, and nothing else of the board."""

from __future__ import annotations

from datetime import date, timedelta

from pytest_django import Settings

from meetings.models import Attendance, Recorded
from meetings.operations import RowEntry, close_register, open_register, record_attendance
from membership.operations import grant_leave
from tests.cast import TODAY, Cast, at
from tests.pages.conftest import SignedIn
from tests.pages.test_constitution_pages import main_of

PAST, BOARD = "/my/past-record/", "/p/isle-of-wight/main-board/"


def held_today(cast: Cast) -> None:
    meeting = open_register(meeting=cast.meeting(), at=at(9, 50), by=cast["coordinator"])
    row = Attendance.objects.get(meeting=meeting, seat__key="constabulary")
    entry = RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.PRESENT, arrived_at=at(10))
    record_attendance(meeting=meeting, rows=[entry], by=cast["coordinator"])
    close_register(meeting=meeting, at=at(10, 4), by=cast["coordinator"])


def test_on_leave_ones_own_record_stays_and_the_board_does_not(
    cast: Cast, signed_in: SignedIn, settings: Settings
) -> None:
    held_today(cast)
    client = signed_in("member")
    assert "You are not on leave from any seat." in main_of(client.get(PAST))
    assert client.get(BOARD + "my-agency/").status_code == 200
    tomorrow = TODAY + timedelta(days=1)
    grant_leave(
        appointment=cast.appointments["member"], starts_on=tomorrow, ends_on=date(2027, 5, 31), by=cast["coordinator"]
    )
    settings.CLOCK_STOPPED_AT = at(9) + timedelta(days=2)
    client = signed_in("member")
    assert client.get(BOARD + "my-agency/").status_code == 404
    page = main_of(client.get(PAST))
    assert "On leave from 18 March 2027 to 31 May 2027. This is 2027 until then." in page
    assert "Wednesday 17 March 2027" in page
    assert "You are not on leave" in main_of(signed_in("deputy").get(PAST))


def test_what_came_after_the_leave_began_is_not_there(cast: Cast, signed_in: SignedIn) -> None:
    grant_leave(appointment=cast.appointments["member"], starts_on=TODAY, by=cast["coordinator"])
    held_today(cast)
    page = main_of(signed_in("member").get(PAST))
    assert "No meeting was held in that time." in page
    assert "17 March 2027." in page
