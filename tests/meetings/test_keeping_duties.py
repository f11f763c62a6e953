"""The job that keeps duties asks as often for one seat as for all of a board, and asks nothing twice."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.operations import agree_action
from membership.models import Seat
from membership.operations import bring_into_force
from partnership.models import Obligation, ObligationEvent
from partnership.obligations.features import plan_all, plan_board
from partnership.obligations.kept_rules import switch_practice
from partnership.obligations.waivers import waive
from tests.cast import TODAY, Cast, amended


def asked(cast: Cast) -> int:
    """How many queries the job takes for the board where nothing changes."""
    plan_board(board=cast.board, by=cast.author)
    with CaptureQueriesContext(connection) as queries:
        plan_board(board=cast.board, by=cast.author)
    return len(queries)


@pytest.fixture
def kept(cast: Cast) -> Cast:
    for duty in ("vacancy", "appointment-ending", "terms-reviewed"):
        switch_practice(board=cast.board, duty=duty, is_on=True, on=TODAY, by=cast["manager"])
    return cast


def test_more_seats_and_more_people_cost_no_more_queries(kept: Cast) -> None:
    seats = Seat.objects.filter(board=kept.board)
    assert seats.count() >= 24
    many = asked(kept)
    kept.fill([key for key in kept.seats if key not in {"chair", "scrutineer"}])
    assert asked(kept) == many
    assert many <= 30


def test_more_boards_cost_a_boards_queries_each(kept: Cast) -> None:
    plan_all(by=kept.author)
    with CaptureQueriesContext(connection) as queries:
        plan_all(by=kept.author)
    boards = 3
    assert len(queries) <= 1 + boards * 32


def test_more_actions_cost_no_more_queries(kept: Cast) -> None:
    numbers = []
    for number in range(3):
        agree_action(
            board=kept.board, text=f"Action {number}", owner=kept["member"], due_on=TODAY, by=kept["coordinator"]
        )
        numbers.append(asked(kept))
    assert numbers[0] == numbers[2]


def test_asked_again_nothing_is_written(kept: Cast) -> None:
    plan_all(by=kept.author)
    written = ObligationEvent.objects.count()
    plan_all(by=kept.author)
    assert ObligationEvent.objects.count() == written


def test_a_vacancy_that_is_waived_is_not_asked_for_again(cast: Cast) -> None:
    vacancy = "  - id: vacancy\n    duty: Vacant seat filled\n    owner: manager\n    kind: local practice\n"
    waiver = '    waiver: {by: [manager], clause: {ref: "9.4", words: "The manager may leave it for a time."}}\n'
    text = amended("isle-of-wight/main-board", {"number: 2\n": "number: 3\n", vacancy: vacancy + waiver})
    bring_into_force(board=cast.board, text=text, in_force_from=TODAY, by=cast.author)
    switch_practice(board=cast.board, duty="vacancy", is_on=True, on=TODAY, by=cast["manager"])
    one = Obligation.objects.filter(duty="vacancy").order_by("pk")[0]
    waive(obligation=one, reason="Nobody can be found this year.", by=cast["manager"])
    number = Obligation.objects.filter(duty="vacancy").count()
    plan_board(board=cast.board, by=cast.author)
    assert Obligation.objects.filter(duty="vacancy").count() == number
    one.refresh_from_db()
    assert one.waived_at is not None
