"""Our calendar entries, read by a library that had no part in writing them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client
from vobject.base import readComponents, readOne

from meetings.calendars import invitation
from meetings.models import Meeting
from meetings.operations import cancel, move
from meetings.operations.calendar_feeds import make_calendar_feed
from tests.cast import Cast


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(on=date(2027, 4, 22))


def event_in(meeting: Meeting, cast: Cast, sequence: int) -> tuple[str, Any]:
    calendar = readOne(invitation(meeting, to=cast["member"], sequence=sequence).text)
    return str(calendar.method.value), calendar.vevent


def test_an_invitation_an_update_and_a_cancellation_are_one_event(meeting: Meeting, cast: Cast) -> None:
    method, first = event_in(meeting, cast, 0)
    assert method == "REQUEST"
    assert first.attendee.value == "mailto:member@example.org"
    assert first.attendee.params["RSVP"] == ["TRUE"]
    assert first.organizer.value.startswith("mailto:")
    moved = move(
        meeting=meeting, on=date(2027, 4, 29), starts_at=time(14), ends_at=time(16), reason="The hall", by=cast.author
    )
    method, again = event_in(moved, cast, 1)
    assert (method, again.sequence.value, again.uid.value) == ("REQUEST", "1", first.uid.value)
    cancelled = cancel(meeting=moved, reason="No business", by=cast.author)
    method, gone = event_in(cancelled, cast, 2)
    assert (method, gone.status.value, gone.uid.value) == ("CANCEL", "CANCELLED", first.uid.value)


@pytest.mark.parametrize(
    ("day", "in_greenwich"),
    [
        (date(2027, 4, 22), datetime(2027, 4, 22, 9, tzinfo=UTC)),
        (date(2027, 11, 25), datetime(2027, 11, 25, 10, tzinfo=UTC)),
        (date(2027, 3, 29), datetime(2027, 3, 29, 9, tzinfo=UTC)),
        (date(2027, 11, 1), datetime(2027, 11, 1, 10, tzinfo=UTC)),
    ],
)
def test_ten_in_london_is_that_hour_by_the_rules_that_the_entry_carries(
    cast: Cast, day: date, in_greenwich: datetime
) -> None:
    """Summer, winter, and the first working days after either change of the clocks."""
    _, event = event_in(cast.meeting(on=day), cast, 0)
    assert event.dtstart.value.astimezone(UTC) == in_greenwich


def test_a_feed_is_read_whole_with_what_was_cancelled(meeting: Meeting, cast: Cast) -> None:
    cancel(meeting=cast.meeting(on=date(2027, 6, 16)), reason="No business", by=cast.author)
    token = make_calendar_feed(person=cast["member"], partnership=cast.partnership, board=cast.board, by=cast["member"])
    [calendar] = readComponents(Client().get(f"/calendar/{token}.ics").content.decode())
    assert calendar.method.value == "PUBLISH"
    assert {(str(event.dtstart.value.date()), event.status.value) for event in calendar.vevent_list} == {
        ("2027-04-22", "CONFIRMED"),
        ("2027-06-16", "CANCELLED"),
    }
