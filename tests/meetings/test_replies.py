from __future__ import annotations

import pytest
from pytest_django import Settings

from meetings.models import ReplyAnswer
from meetings.operations import AlreadyOpened, NobodyNamed, NotPlanned, cancel, open_register, reply
from meetings.queries import replies_to
from tests.cast import Cast, at


def test_a_reply_names_who_comes(cast: Cast) -> None:
    meeting, seat = cast.meeting(), cast.seats["constabulary"]
    coming = reply(meeting=meeting, seat=seat, answer=ReplyAnswer.COMING, by=cast["member"])
    assert (coming.person, coming.replied_at) == (cast["member"], at(10, 5))
    deputy = reply(meeting=meeting, seat=seat, answer=ReplyAnswer.DEPUTY, by=cast["member"])
    assert (deputy.pk, deputy.person) == (coming.pk, cast["deputy"])
    away = reply(
        meeting=meeting,
        seat=seat,
        answer=ReplyAnswer.APOLOGIES,
        reason="Court",
        person=cast["deputy"],
        by=cast["member"],
    )
    assert (away.person, away.reason) == (None, "Court")
    assert [row.answer for row in away.history.order_by("history_id")] == ["coming", "deputy", "apologies"]


def test_a_later_reply_forgets_the_reason_of_the_apology(cast: Cast, stopped_clock: Settings) -> None:
    meeting, seat = cast.meeting(), cast.seats["chair"]
    reply(meeting=meeting, seat=seat, answer=ReplyAnswer.APOLOGIES, reason="Court", by=cast["chair"])
    stopped_clock.CLOCK_STOPPED_AT = at(10, 30)
    given = reply(meeting=meeting, seat=seat, answer=ReplyAnswer.COMING, by=cast["chair"])
    assert (given.reason, given.replied_at) == ("", at(10, 30))


def test_nobody_named_is_asked_for(cast: Cast) -> None:
    meeting = cast.meeting()
    for answer in (ReplyAnswer.COMING, ReplyAnswer.DEPUTY):
        with pytest.raises(NobodyNamed, match="nobody is named for that day"):
            reply(meeting=meeting, seat=cast.seats["icb"], answer=answer, by=cast["coordinator"])


def test_replies_end_with_the_opening_or_the_meeting(cast: Cast) -> None:
    gone = cancel(meeting=cast.meeting(on=at(10).date().replace(month=4)), reason="Snow", by=cast["coordinator"])
    opened = open_register(meeting=cast.meeting(), at=at(9, 50), by=cast["coordinator"])
    for meeting, error in ((gone, NotPlanned), (opened, AlreadyOpened)):
        with pytest.raises(error):
            reply(meeting=meeting, seat=cast.seats["chair"], answer=ReplyAnswer.COMING, by=cast["chair"])


def test_every_seat_is_listed_with_its_reply(cast: Cast) -> None:
    meeting = cast.meeting()
    given = reply(meeting=meeting, seat=cast.seats["chair"], answer=ReplyAnswer.COMING, by=cast["chair"])
    replies = {one.held.seat.key: one.reply for one in replies_to(meeting=meeting)}
    assert (len(replies), replies["chair"], replies["icb"]) == (25, given, None)
