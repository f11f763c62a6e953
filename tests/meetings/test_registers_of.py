"""Several registers read at once say what each says alone, and cost no more."""

from __future__ import annotations

from datetime import date, time

import pytest
from pytest_django import DjangoAssertNumQueries

from meetings.models import AttendsAs, Meeting, ReplyAnswer
from meetings.operations import add_guest, reply
from meetings.queries import registers_of
from meetings.queries.register import Register
from membership.models import Seat
from membership.operations import hand_over
from membership.queries import names_of_agencies, seats_on, seats_on_days
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def said(register: Register) -> list[tuple[str, str, str, str]]:
    """What the rows of a register hold."""
    return [
        (
            str(row.held.seat if row.held else row.attendance and row.attendance.guest_name),
            str(row.held and row.held.representative),
            str(row.recorded),
            str(row.reply),
        )
        for row in register.rows
    ]


@pytest.fixture
def three(cast: Cast) -> list[Meeting]:
    """An open one with a guest, one ahead with a reply, one of another partnership."""
    cast.fill(["hmp"])
    open_one, ahead = cast.open_meeting(), cast.meeting(on=date(2027, 6, 16))
    add_guest(meeting=open_one, attends_as=AttendsAs.GUEST, name="A guest", by=cast["coordinator"])
    reply(meeting=ahead, seat=cast.seats["hmp"], answer=ReplyAnswer.COMING, by=cast.author)
    return [open_one, ahead, cast.meeting(on=date(2027, 4, 22), starts_at=time(9), board=cast.elsewhere)]


def test_each_says_what_it_says_alone(three: list[Meeting]) -> None:
    together = registers_of(meetings=three)
    for meeting, register in zip(three, together, strict=True):
        (alone,) = registers_of(meetings=[meeting])
        assert register.meeting == meeting
        assert said(register) == said(alone)
        assert register.constitution == alone.constitution is not None
    assert [len(register.guests) for register in together] == [1, 0, 0]
    assert [sum(row.reply is not None for row in register.seats) for register in together] == [0, 1, 0]
    assert {row.held.seat.board_id for row in together[2].seats if row.held} == {three[2].board_id}


def test_three_cost_what_one_costs(three: list[Meeting], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    found = list(Meeting.objects.filter(pk__in=[one.pk for one in three]).select_related("board__partnership"))
    for those in (found[:1], found):
        with django_assert_num_queries(5):
            registers_of(meetings=those)
    with django_assert_num_queries(0):
        assert registers_of(meetings=[]) == []


def test_a_seat_is_held_by_who_holds_it_that_day(cast: Cast) -> None:
    seat = cast.seats["constabulary"]
    hand_over(seat=seat, to=cast.person("successor"), on=date(2027, 4, 1), reason="New post", by=cast.author)
    before, after = date(2027, 3, 31), date(2027, 4, 1)
    found = seats_on_days(days=[(cast.board, before), (cast.board, after)])

    def holder(on: date) -> str:
        (held,) = [one for one in found[cast.board.pk, on] if one.seat == seat]
        return held.representative.person.name if held.representative else ""

    assert (holder(before), holder(after)) == ("Member", "Successor")
    assert [one.seat for one in found[cast.board.pk, after]] == [
        one.seat for one in seats_on(board=cast.board, on=after)
    ]


def test_agencies_are_called_as_each_partnership_calls_them(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert Seat.objects.filter(agency=None).exists()
    with django_assert_num_queries(0):
        assert names_of_agencies(agencies=[], on=date(2027, 3, 17)) == {}
