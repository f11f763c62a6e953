from __future__ import annotations

from datetime import time

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from meetings.models import Attendance, AttendsAs, Meeting, Recorded
from meetings.operations import (
    RowEntry,
    add_guest,
    move,
    record_attendance,
    record_departure,
    withdraw,
)
from meetings.queries import history_of_meeting, history_of_register
from partnership.change_history import Change, history_of
from partnership.held import read_once
from tests.cast import TODAY, Cast, at


def row(meeting: Meeting, key: str) -> Attendance:
    return Attendance.objects.get(meeting=meeting, seat__key=key)


def tick(cast: Cast, meeting: Meeting, *keys: str) -> None:
    drawn = [row(meeting, key) for key in keys]
    rows = [RowEntry(attendance_id=one.pk, version=one.version, recorded=Recorded.PRESENT) for one in drawn]
    record_attendance(meeting=meeting, rows=rows, by=cast["coordinator"])


def test_who_when_and_from_what_to_what(cast: Cast, stopped_clock: Settings) -> None:
    meeting = cast.open_meeting()
    tick(cast, meeting, "chair")
    stopped_clock.CLOCK_STOPPED_AT = at(10, 40)
    record_departure(attendance=row(meeting, "chair"), at=at(10, 38), by=cast["manager"])
    entries = [one for one in history_of_register(meeting=meeting, user=cast["member"]) if one.done == "Left"]
    left = next(one for one in entries if one.changes)
    assert (left.by, left.at, left.about, left.how) == ("Manager", at(10, 40), "Partnership chair", "~")
    assert left.changes == (Change("left at", "nothing", "Wednesday 17 March 2027 at 10:38am"),)
    ticked = next(
        one
        for one in history_of_register(meeting=meeting, user=cast["member"])
        if one.done == "Recorded as present" and one.how == "~"
    )
    assert Change("recorded", "Not recorded", "Present") in ticked.changes
    assert Change("person", "nothing", "Chair") in ticked.changes


def test_what_was_taken_away_is_told(cast: Cast) -> None:
    meeting = cast.open_meeting()
    tick(cast, meeting, "chair")
    drawn = row(meeting, "chair")
    back = RowEntry(attendance_id=drawn.pk, version=drawn.version, recorded=Recorded.NOT_RECORDED)
    record_attendance(meeting=meeting, rows=[back], by=cast["manager"])
    latest = history_of_register(meeting=meeting, user=cast["member"])[0]
    assert (latest.about, latest.by) == ("Partnership chair", "Manager")
    gone = [one for one in history_of_register(meeting=meeting, user=cast["member"]) if one.how == "-"]
    assert [(one.about, one.done, one.changes) for one in gone] == [
        ("Partnership chair", "Recorded as not recorded", ())
    ]


def test_the_history_of_a_meeting_is_the_reader_s_as_the_meeting_is(cast: Cast) -> None:
    meeting = cast.meeting()
    move(meeting=meeting, on=TODAY, starts_at=time(9), ends_at=time(11), reason="Room", by=cast["coordinator"])
    entries = history_of_meeting(meeting=meeting, user=cast["member"])
    assert [one.done for one in entries] == ["Room", "Meeting called"]
    assert Change("starts at", "10am", "9am") in entries[0].changes
    for name in ("neighbour", "outsider", "nobody"):
        assert history_of_meeting(meeting=meeting, user=cast[name]) == []
        assert history_of_register(meeting=meeting, user=cast[name]) == []


def test_any_tracked_object_has_its_history(cast: Cast) -> None:
    entries = history_of(cast.seats["chair"])
    assert [(one.how, one.about, one.by) for one in entries] == [("+", "Partnership chair", "Test author")]
    assert Change("board", "nothing", "Main Board") in entries[0].changes


@pytest.mark.parametrize("count", [1, 3])
def test_history_takes_the_same_queries_however_long(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    meeting = cast.open_meeting()
    keys = ("chair", "scrutineer", "constabulary")[:count]
    tick(cast, meeting, *keys)
    for key in keys:
        withdraw(attendance=row(meeting, key), item_number="6", at=at(10, 5), reason="Interest", by=cast.author)
        add_guest(meeting=meeting, attends_as=AttendsAs.GUEST, name=key, by=cast.author)
    with read_once(), django_assert_num_queries(8):
        history_of_register(meeting=meeting, user=cast["member"])
