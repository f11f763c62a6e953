from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from meetings.models import Call, Meeting, MeetingKind, MeetingStatus
from meetings.operations import (
    AlreadyOpened,
    MeetingClash,
    MeetingTimeTaken,
    NoticeTooShort,
    NotPlanned,
    call_meeting,
    cancel,
    move,
    open_register,
)
from meetings.queries import meeting_at, meetings_to_come, past_meetings, upcoming_meetings
from partnership.authorship import saved
from partnership.clock import LONDON
from tests.cast import TODAY, Cast, at

APRIL = date(2027, 4, 22)


def test_times_are_local_and_instants_follow_them(cast: Cast) -> None:
    winter, summer = cast.meeting(), cast.meeting(on=APRIL)
    assert winter.begins == datetime(2027, 3, 17, 10, tzinfo=LONDON)
    assert winter.begins.utcoffset() == timedelta(0)
    assert summer.begins.utcoffset() == timedelta(hours=1)


def test_a_second_sitting_of_a_day_has_its_own_address(cast: Cast) -> None:
    morning, afternoon = cast.meeting(on=APRIL), cast.meeting(on=APRIL, starts_at=time(12))
    assert (morning.address, afternoon.address) == ("2027-04-22", "2027-04-22-2")
    for meeting in (morning, afternoon):
        assert meeting_at(board=cast.board, address=meeting.address, user=cast["member"]) == meeting
    with pytest.raises(MeetingTimeTaken):
        cast.meeting(on=APRIL)


@pytest.mark.parametrize("address", ["2027-04-23", "2027-02-30", "2027-04-22-1", "2027-04-22-3", "22 April", "", "…"])
def test_no_such_address(cast: Cast, address: str) -> None:
    cast.meeting(on=APRIL)
    with pytest.raises(Http404):
        meeting_at(board=cast.board, address=address, user=cast["member"])


def test_whom_the_meeting_is_hidden_from(cast: Cast) -> None:
    cast.meeting(on=APRIL)
    for name in ("neighbour", "outsider", "nobody"):
        with pytest.raises(Http404):
            meeting_at(board=cast.board, address="2027-04-22", user=cast[name])


def test_moving_gives_another_date_and_address(cast: Cast) -> None:
    first, second = cast.meeting(on=APRIL), cast.meeting(on=APRIL, starts_at=time(12))
    moved = move(
        meeting=second, on=TODAY, starts_at=time(14), ends_at=time(16), reason="Room taken", by=cast["coordinator"]
    )
    assert (moved.address, moved.starts_at, moved.ends_at) == ("2027-03-17", time(14), time(16))
    assert moved.history.latest().history_change_reason == "Room taken"
    later = move(meeting=first, on=APRIL, starts_at=time(9), ends_at=None, reason="Earlier", by=cast["coordinator"])
    assert (later.address, later.ends_at) == ("2027-04-22", None)


def test_moving_onto_another_meeting_is_refused(cast: Cast) -> None:
    cast.meeting(on=APRIL)
    meeting = cast.meeting()
    with pytest.raises(MeetingTimeTaken):
        move(meeting=meeting, on=APRIL, starts_at=time(10), reason="Clash", by=cast["coordinator"])
    meeting.refresh_from_db()
    assert meeting.on == TODAY


def test_what_was_cancelled_or_opened_is_neither_moved_nor_cancelled(cast: Cast) -> None:
    gone = cancel(meeting=cast.meeting(on=APRIL), reason="No business", by=cast["coordinator"])
    assert gone.status == MeetingStatus.CANCELLED
    with pytest.raises(NotPlanned):
        move(meeting=gone, on=TODAY, starts_at=time(9), reason="Back", by=cast["coordinator"])
    with pytest.raises(NotPlanned):
        open_register(meeting=gone, by=cast["coordinator"], at=at(10))
    opened = cast.open_meeting()
    with pytest.raises(AlreadyOpened):
        cancel(meeting=opened, reason="Too late", by=cast["coordinator"])
    with pytest.raises(AlreadyOpened):
        move(meeting=opened, on=APRIL, starts_at=time(9), reason="Too late", by=cast["coordinator"])


def test_lists_of_meetings(cast: Cast) -> None:
    last_year, today, next_month = cast.meeting(on=date(2026, 12, 9)), cast.meeting(), cast.meeting(on=APRIL)
    cancelled = cancel(meeting=cast.meeting(on=date(2027, 1, 20)), reason="Snow", by=cast["coordinator"])
    elsewhere = cast.meeting(board=cast.elsewhere)
    assert upcoming_meetings(board=cast.board, user=cast["member"], today=TODAY) == [today, next_month]
    assert past_meetings(board=cast.board, user=cast["member"], today=TODAY) == [cancelled, last_year]
    assert upcoming_meetings(board=cast.board, user=cast["outsider"], today=TODAY) == []
    assert meetings_to_come(user=cast["outsider"], today=TODAY) == [elsewhere]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_one_query_beside_what_their_reader_holds(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for month in range(1, count + 1):
        cast.meeting(on=date(2027, month + 3, 1))
        cast.meeting(on=date(2026, month, 1))
    for listed in (upcoming_meetings, past_meetings):
        with django_assert_num_queries(2):
            found = listed(board=cast.board, user=cast["member"], today=TODAY)
            assert {meeting.board.partnership.slug for meeting in found} == {"isle-of-wight"}
        assert len(found) == count


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_at": time(9)},
        {"closed_at": at(12)},
        {"status": MeetingStatus.HELD},
        {"opened_at": at(10), "closed_at": at(9), "status": MeetingStatus.HELD},
        {"opened_at": at(10), "status": MeetingStatus.CANCELLED},
        {"begun_at": at(10)},
    ],
)
def test_the_database_refuses_a_meeting_that_cannot_be(cast: Cast, changes: dict[str, object]) -> None:
    fields: dict[str, object] = {"board": cast.board, "on": TODAY, "starts_at": time(10), **changes}
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(Meeting(**fields), by=cast.author, reason="By hand")


def test_a_first_call_reconvenes_nothing(cast: Cast) -> None:
    inquorate = cast.meeting()
    again = call_meeting(
        board=cast.board,
        kind=MeetingKind.ORDINARY,
        on=APRIL,
        starts_at=time(10),
        call=Call.SECOND,
        reconvenes=inquorate,
        by=cast["coordinator"],
    )
    assert again.reconvenes == inquorate
    again.call = Call.FIRST
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(again, by=cast.author, reason="By hand")


def test_moving_may_change_the_place_too(cast: Cast) -> None:
    meeting = cast.meeting(on=APRIL)
    moved = move(meeting=meeting, on=APRIL, starts_at=time(10), place="Room 4", reason="Flood", by=cast["coordinator"])
    assert (moved.place, moved.video_link, moved.address) == ("Room 4", "", "2027-04-22")


def test_a_form_drawn_from_an_earlier_state_is_a_clash(cast: Cast) -> None:
    meeting = cast.meeting(on=APRIL)
    move(meeting=meeting, on=APRIL, starts_at=time(9), reason="Earlier", by=cast["coordinator"], seen=1)
    with pytest.raises(MeetingClash) as clash:
        move(meeting=meeting, on=APRIL, starts_at=time(14), reason="Later", by=cast["manager"], seen=1)
    assert clash.value.theirs.starts_at == time(9)
    with pytest.raises(MeetingClash):
        cancel(meeting=meeting, reason="Snow", by=cast["manager"], seen=1)
    assert cancel(meeting=meeting, reason="Snow", by=cast["manager"], seen=2).status == MeetingStatus.CANCELLED


def test_an_extraordinary_meeting_keeps_its_notice(cast: Cast) -> None:
    def call(day: int, notice_on: date | None) -> Meeting:
        return call_meeting(
            board=cast.elsewhere,
            kind=MeetingKind.EXTRAORDINARY,
            on=date(2027, 4, day),
            starts_at=time(10),
            notice_on=notice_on,
            by=cast.author,
        )

    monday = date(2027, 3, 22)
    with pytest.raises(NoticeTooShort) as refused:
        call(6, monday)
    assert str(refused.value) == (
        "Extraordinary meetings need at least 10 working days' notice. The earliest date is Wednesday 7 April 2027."
    )
    assert call(7, monday).on == date(2027, 4, 7)
    assert call(6, None).on == date(2027, 4, 6), "for the record, what was held is entered as it was"


def test_a_meeting_is_not_moved_round_the_notice(cast: Cast) -> None:
    meeting = call_meeting(
        board=cast.elsewhere,
        kind=MeetingKind.EXTRAORDINARY,
        on=APRIL,
        starts_at=time(10),
        by=cast.author,
        notice_on=TODAY,
    )
    with pytest.raises(NoticeTooShort):
        move(meeting=meeting, on=date(2027, 3, 24), starts_at=time(10), reason="x", by=cast.author, notice_on=TODAY)
