"""What the terms let a seat reply about its deputy, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from meetings.deputy_checks import DeputySaid
from meetings.live_quoracy import quoracy_at
from meetings.models import Attendance, DeputyStanding, Meeting, Recorded, Reply, ReplyAnswer
from meetings.operations import (
    DeputyReasonNeeded,
    DeputyRefused,
    ReplyClash,
    RowEntry,
    confirmation,
    open_register,
    record_attendance,
    reply,
    times_replied,
)
from meetings.queries import register_of
from membership.models import Seat
from membership.operations import name_deputy
from tests.cast import LONG_AGO, TODAY, Cast, at

GRADE = "Your deputy should be the same grade as you or one grade lower."
AUTHORITY = "Your deputy must have the same decision-making authority as you."


@dataclass
class Sending:
    """A seat of the Isle of Wight whose member sends the deputy."""

    cast: Cast
    meeting: Meeting

    def deputy(self, **said: object) -> Reply:
        seat = self.cast.seats["constabulary"]
        words = DeputySaid(**said)  # type: ignore[arg-type]  # each test names what is said
        return reply(meeting=self.meeting, seat=seat, answer=ReplyAnswer.DEPUTY, said=words, by=self.cast["member"])


@pytest.fixture
def sending(cast: Cast) -> Sending:
    return Sending(cast, cast.meeting())


def test_another_authority_is_refused_and_nothing_is_written(sending: Sending) -> None:
    with pytest.raises(DeputyRefused, match=AUTHORITY):
        sending.deputy(has_same_authority=False, reason="Nobody else")
    assert not Reply.objects.exists()


def test_two_grades_lower_asks_for_a_reason_and_keeps_it(sending: Sending) -> None:
    with pytest.raises(DeputyReasonNeeded) as needed:
        sending.deputy(grades_lower=2)
    assert str(needed.value) == GRADE
    with pytest.raises(DeputyReasonNeeded):
        sending.deputy(grades_lower=2, reason="  ")
    kept = sending.deputy(grades_lower=2, reason="On leave that week ")
    assert (kept.said_authority, kept.said_grades_lower, kept.deputy_reason) == (None, 2, "On leave that week")


def test_one_grade_lower_is_accepted_and_needs_no_reason(sending: Sending) -> None:
    kept = sending.deputy(grades_lower=1, has_same_authority=True, reason="Not asked for")
    assert (kept.said_grades_lower, kept.deputy_reason) == (1, "")


def test_another_answer_forgets_what_was_said_of_the_deputy(sending: Sending) -> None:
    sending.deputy(grades_lower=2, reason="On leave")
    given = reply(
        meeting=sending.meeting,
        seat=sending.cast.seats["constabulary"],
        answer=ReplyAnswer.COMING,
        said=DeputySaid(grades_lower=2, reason="On leave"),
        by=sending.cast["member"],
    )
    assert (given.said_authority, given.said_grades_lower, given.deputy_reason) == (None, None, "")


def test_the_register_takes_over_what_was_said(sending: Sending) -> None:
    sending.deputy(grades_lower=2, reason="On leave")
    meeting = open_register(meeting=sending.meeting, at=at(9, 50), by=sending.cast["coordinator"])
    row = Attendance.objects.get(meeting=meeting, seat__key="constabulary")
    entry = RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.DEPUTY)
    (row,) = record_attendance(meeting=meeting, rows=[entry], by=sending.cast["coordinator"])
    assert (row.person, row.deputy_standing, row.deputy_note, row.deputy_reason) == (
        sending.cast["deputy"],
        DeputyStanding.IMPROPER,
        "grade too low",
        "On leave",
    )


def test_what_was_said_of_one_deputy_is_not_said_of_another(sending: Sending) -> None:
    sending.deputy(grades_lower=2, reason="On leave")
    meeting = open_register(meeting=sending.meeting, at=at(9, 50), by=sending.cast["coordinator"])
    row = Attendance.objects.get(meeting=meeting, seat__key="constabulary")
    entry = RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.DEPUTY, name="Pat Doe")
    (row,) = record_attendance(meeting=meeting, rows=[entry], by=sending.cast["coordinator"])
    assert (row.deputy_note, row.deputy_reason) == ("authority not declared, grade unknown", "")


def test_a_reply_drawn_from_an_earlier_one_is_a_clash(sending: Sending) -> None:
    seat, meeting = sending.cast.seats["constabulary"], sending.meeting
    first = reply(meeting=meeting, seat=seat, answer=ReplyAnswer.COMING, by=sending.cast["member"], seen=0)
    with pytest.raises(ReplyClash) as clash:
        reply(meeting=meeting, seat=seat, answer=ReplyAnswer.APOLOGIES, by=sending.cast["coordinator"], seen=0)
    assert clash.value.theirs == first
    assert times_replied(first) == 1
    again = reply(meeting=meeting, seat=seat, answer=ReplyAnswer.APOLOGIES, by=sending.cast["coordinator"], seen=1)
    assert times_replied(again) == 2


def test_the_sentence_follows_the_terms(sending: Sending) -> None:
    assert confirmation(sending.deputy()) == "Deputy will attend in your place."
    cast = sending.cast
    far = Seat.objects.get(board=cast.elsewhere, key="constabulary")
    name_deputy(seat=far, person=cast.person("sam lee"), starts_on=LONG_AGO, by=cast.author)
    meeting = cast.meeting(on=TODAY, board=cast.elsewhere)
    given = reply(meeting=meeting, seat=far, answer=ReplyAnswer.DEPUTY, by=cast["outsider"])
    assert confirmation(given) == "Sam Lee will attend with the same voting rights."


def test_where_only_the_named_deputy_may_come_another_is_refused(cast: Cast) -> None:
    far = Seat.objects.get(board=cast.elsewhere, key="constabulary")
    meeting = cast.meeting(on=TODAY, board=cast.elsewhere)
    with pytest.raises(DeputyRefused, match=r"Only your named deputy may attend in your place\."):
        reply(meeting=meeting, seat=far, answer=ReplyAnswer.DEPUTY, person=cast.person("pat"), by=cast["outsider"])


def test_the_forecast_counts_a_deputy_as_the_register_will(sending: Sending) -> None:
    cast, meeting = sending.cast, sending.meeting
    cast.fill(cast.seats)

    def headline() -> str:
        return quoracy_at(register_of(meeting=meeting), now=at(9)).headline

    for seat in cast.seats.values():
        if seat.key != "constabulary":
            reply(meeting=meeting, seat=seat, answer=ReplyAnswer.COMING, by=cast.author)
    sending.deputy(grades_lower=2, reason="On leave")
    assert headline() == "Not certain: 2 of 3 safeguarding partners are coming."
    sending.deputy(grades_lower=1)
    assert headline() == "Expected to be quorate: all 3 safeguarding partners are coming."
