"""The coming year: every board's dates, and replies to the next meetings of the two main boards."""

from __future__ import annotations

from datetime import date, timedelta

from meetings.deputy_checks import DeputySaid
from meetings.models import Meeting, ReplyAnswer
from meetings.operations import call_meeting, reply
from membership.queries import HeldSeat, seats_on
from reviews.demo.dates import DAYS_AHEAD, sittings
from reviews.demo.marks import chance
from reviews.demo.stage import Stage
from reviews.demo.stories import NEXT

# Of a hundred seats: how many have answered for the next meeting and for the one after it.
ANSWERED_OF_100 = (72, 25)
COMING_OF_100, DEPUTY_OF_100 = 78, 90


def plan_the_year_ahead(stage: Stage) -> None:
    """The calendar from tomorrow, a year on; today belongs to the two open meetings."""
    calendar = sittings(first=stage.today + timedelta(days=1), last=stage.today + timedelta(days=DAYS_AHEAD))
    for sitting in calendar:
        call_meeting(
            board=stage.boards[sitting.board],
            kind=sitting.kind,
            on=sitting.on,
            starts_at=sitting.starts_at,
            ends_at=sitting.ends_at,
            place=sitting.place,
            by=stage.coordinator_of(sitting.board),
        )


def collect_replies(stage: Stage) -> None:
    for board, fixed in NEXT.items():
        coming = Meeting.objects.filter(board=stage.boards[board]).upcoming(stage.today + timedelta(days=1))
        for meeting, answered in zip(coming, ANSWERED_OF_100, strict=False):
            is_next = answered == ANSWERED_OF_100[0]
            for held in seats_on(board=meeting.board, on=meeting.on):
                key = f"{board}/{_year_and_month(meeting.on)}/{held.seat.key}"
                if is_next and held.seat.key in fixed:
                    answer = fixed[held.seat.key]
                else:
                    answer = _answer_by_chance(held, key=key, answered=answered)
                _reply(meeting, held, answer)


def _answer_by_chance(held: HeldSeat, *, key: str, answered: int) -> ReplyAnswer | None:
    if chance(key, "answered") >= answered:
        return None
    turn = chance(key, "reply")
    if turn < COMING_OF_100:
        return ReplyAnswer.COMING
    return ReplyAnswer.DEPUTY if turn < DEPUTY_OF_100 and held.deputies else ReplyAnswer.APOLOGIES


def _reply(meeting: Meeting, held: HeldSeat, answer: ReplyAnswer | None) -> None:
    """The representative's own reply, where there is one."""
    if held.representative is None or answer is None:
        return
    reason = "On leave" if answer is ReplyAnswer.APOLOGIES else ""
    reply(
        meeting=meeting,
        seat=held.seat,
        answer=answer,
        reason=reason,
        said=DeputySaid(reason="Nobody else of the team is free that day"),
        by=held.representative.person,
    )


def _year_and_month(on: date) -> str:
    return f"{on:%Y-%m}"
