"""What follows a seat when somebody comes, goes or is away: replies, substitutes, actions, items led."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from meetings.models import Meeting, Reply, ReplyAnswer
from meetings.operations import agree_action, cancel, reply
from meetings.operations.substitutes import end_with_the_minutes, last_day_of_substitutes
from meetings.queries import recipients_of
from membership.models import Seat
from membership.operations import appoint, end_appointment, grant_leave, hand_over
from membership.tasks import follow_due_handovers
from partnership.models import Standing, StandingSource
from partnership.rules.arrangements import Document
from tests.agendas import item_on
from tests.cast import LONG_AGO, TODAY, Cast, at

DAY = timedelta(days=1)
APRIL = date(2027, 4, 1)


@pytest.fixture
def june(cast: Cast) -> Meeting:
    return cast.meeting(on=date(2027, 6, 16))


def substitution() -> Standing:
    return Standing.objects.get(source=StandingSource.SUBSTITUTION)


def test_a_seat_is_asked_again_when_whoever_was_to_come_is_gone(cast: Cast, june: Meeting) -> None:
    for key, person in (("constabulary", cast["member"]), ("chair", cast["chair"])):
        reply(meeting=june, seat=cast.seats[key], answer=ReplyAnswer.COMING, person=person, by=person)
    end_appointment(appointment=cast.appointments["member"], ends_on=APRIL, reason="Left", by=cast.author)
    assert [given.seat.key for given in Reply.objects.all()] == ["chair"]
    assert Reply.history.filter(history_type="-").get().history_change_reason.startswith("Whoever was to come")


def test_a_reply_before_the_last_day_stands(cast: Cast) -> None:
    soon = cast.meeting(on=APRIL)
    reply(meeting=soon, seat=cast.seats["constabulary"], answer=ReplyAnswer.COMING, by=cast["member"])
    end_appointment(appointment=cast.appointments["member"], ends_on=APRIL, reason="Left", by=cast.author)
    assert Reply.objects.get().person == cast["member"]


def test_on_leave_nobody_is_coming_and_papers_go_to_the_deputy(cast: Cast, june: Meeting) -> None:
    reply(meeting=june, seat=cast.seats["constabulary"], answer=ReplyAnswer.COMING, by=cast["member"])
    grant_leave(appointment=cast.appointments["member"], starts_on=TODAY, by=cast.author)
    assert not Reply.objects.exists()
    found = recipients_of(meeting=june, document=Document.AGENDA_AND_PAPERS, today=TODAY)
    assert found is not None
    names = [one.name for one in found.people]
    assert "Deputy" in names
    assert "Member" not in names


def test_actions_and_items_follow_on_the_successors_first_day(
    cast: Cast, june: Meeting, stopped_clock: Settings
) -> None:
    seat = cast.seats["constabulary"]
    own = agree_action(board=cast.board, text="Report", owner=cast["member"], due_on=APRIL, by=cast["coordinator"])
    other = agree_action(board=cast.board, text="Chair", owner=cast["chair"], due_on=APRIL, by=cast["coordinator"])
    item = item_on(june, cast["coordinator"], "Custody", lead="Member")
    hand_over(seat=seat, to=cast["nobody"], on=APRIL, reason="Promoted", by=cast["coordinator"])
    follow_due_handovers()
    own.refresh_from_db()
    assert own.owner == cast["member"], "until their last day"
    stopped_clock.CLOCK_STOPPED_AT = at(0).replace(month=4, day=1)
    for _ in range(2):
        follow_due_handovers()
    for row in (own, other, item):
        row.refresh_from_db()
    assert (own.owner, other.owner, item.lead) == (cast["nobody"], cast["chair"], "Nobody")
    assert own.history.count() == 2, "once, however often it is asked"


def test_a_handover_of_today_is_followed_at_once(cast: Cast) -> None:
    own = agree_action(board=cast.board, text="Report", owner=cast["member"], due_on=APRIL, by=cast["coordinator"])
    hand_over(seat=cast.seats["constabulary"], to=cast["nobody"], on=TODAY, reason="Promoted", by=cast["coordinator"])
    own.refresh_from_db()
    assert own.owner == cast["nobody"]


# --- substitutes ------------------------------------------------------------------------------------------------------


def sent(cast: Cast, meeting: Meeting) -> Standing:
    reply(
        meeting=meeting,
        seat=cast.seats["constabulary"],
        answer=ReplyAnswer.DEPUTY,
        person=cast["nobody"],
        by=cast["coordinator"],
    )
    return substitution()


def test_a_substitute_sees_the_meeting_until_its_minutes_are_past_dispute(cast: Cast, june: Meeting) -> None:
    assert sent(cast, june).until is None
    end_with_the_minutes(meeting=june, sent_on=date(2027, 6, 20), by=cast.author)
    assert substitution().until == date(2027, 7, 5), "14 days: these terms set no time"


def test_where_the_terms_set_a_time_to_dispute_it_is_theirs(cast: Cast) -> None:
    meeting = cast.meeting(on=date(2027, 4, 22), board=cast.elsewhere)
    assert last_day_of_substitutes(meeting=meeting, sent_on=date(2027, 5, 4)) == date(2027, 5, 18)


def test_a_new_representative_ends_the_substitute_at_once(cast: Cast) -> None:
    held = cast.meeting()
    sent(cast, held)
    hand_over(seat=cast.seats["constabulary"], to=cast["outsider"], on=TODAY + DAY, reason="Left", by=cast.author)
    assert substitution().until == TODAY + DAY
    assert Reply.objects.count() == 1, "who came today stays recorded"


def test_a_new_representative_is_asked_again(cast: Cast, june: Meeting) -> None:
    sent(cast, june)
    hand_over(seat=cast.seats["constabulary"], to=cast["outsider"], on=APRIL, reason="Left", by=cast.author)
    assert not Reply.objects.exists()
    assert not Standing.objects.filter(source=StandingSource.SUBSTITUTION).exists()


def test_a_cancelled_meeting_ends_it_with_the_day(cast: Cast, june: Meeting) -> None:
    sent(cast, june)
    cancel(meeting=june, reason="Snow", by=cast["coordinator"])
    assert substitution().until == TODAY + DAY


def test_filling_another_seat_touches_nothing(cast: Cast, june: Meeting) -> None:
    reply(meeting=june, seat=cast.seats["constabulary"], answer=ReplyAnswer.COMING, by=cast["member"])
    appoint(seat=cast.seats["icb"], person=cast["nobody"], starts_on=LONG_AGO, by=cast.author)
    far = Seat.objects.get(board=cast.elsewhere, key="constabulary")
    hand_over(seat=far, to=cast["nobody"], on=TODAY, reason="Left", by=cast.author)
    assert Reply.objects.count() == 1
