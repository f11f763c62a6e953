"""Where an escalation is shown: what is late on the chair's page, what goes before a meeting on the next meeting's."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from meetings.models import Meeting
from meetings.operations import agree_action, cancel
from membership.operations import bring_into_force
from partnership.access import Role
from partnership.clock import LONDON
from partnership.models import Obligation
from partnership.obligations.operations import meet_obligation
from partnership.obligations.waivers import waive
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, TODAY, Cast, amended
from tests.pages.conftest import SignedIn
from tests.terms_with_waiver import PAPERS, let_waive

APRIL, MAY = date(2027, 4, 22), date(2027, 5, 20)


def on(settings: Settings, day: int, month: int = 4) -> None:
    """The papers for 22 April are due on the 15th."""
    settings.CLOCK_STOPPED_AT = datetime(2027, month, day, 10, tzinfo=LONDON)


def matters(signed_in: SignedIn, name: str = "chair") -> list[tuple[str, str]]:
    page = signed_in(name).get("/").context["page"]
    return [(each.what, each.tag.words if each.tag else "") for each in page.matters]


# --- the chair's page -------------------------------------------------------------------------------------------------


def test_it_is_shown_from_the_day_the_terms_name_and_first(
    cast: Cast, signed_in: SignedIn, stopped_clock: Settings
) -> None:
    cast.meeting(on=APRIL)
    on(stopped_clock, 15)
    assert all("papers" not in what for what, _ in matters(signed_in))
    on(stopped_clock, 16)
    what, tag = matters(signed_in)[0]
    assert (what.startswith("The agenda and papers for"), tag) == (True, "1 day late")
    on(stopped_clock, 20)
    assert matters(signed_in)[0][1] == "5 days late"


def test_whatever_the_terms_say_a_week_late_is_shown(cast: Cast, signed_in: SignedIn, stopped_clock: Settings) -> None:
    text = amended(
        "isle-of-wight/main-board", {"number: 2\n": "number: 3\n", PAPERS: PAPERS.replace("chair", "manager")}
    )
    bring_into_force(board=cast.board, text=text, in_force_from=TODAY, by=cast.author)
    cast.meeting(on=APRIL)
    on(stopped_clock, 21)
    assert all("papers" not in what for what, _ in matters(signed_in))
    on(stopped_clock, 22)
    assert matters(signed_in)[0][1] == "7 days late"


def test_done_cancelled_or_waived_it_is_gone(cast: Cast, signed_in: SignedIn, stopped_clock: Settings) -> None:
    let_waive(cast, "chair")
    done, gone, waived = (cast.meeting(on=date(2027, 4, day)) for day in (20, 21, 22))
    on(stopped_clock, 19)
    assert sum("papers" in what for what, _ in matters(signed_in)) == 3
    meet_obligation(duty="papers", cause=done, on=date(2027, 4, 16), evidence="Agenda, version 1", by=cast.author)
    cancel(meeting=gone, reason="Snow", by=cast["coordinator"])
    asked = Obligation.objects.get(cause_id=waived.pk, duty="papers")
    waive(obligation=asked, reason="Nothing to be read", by=cast["chair"])
    assert all("papers" not in what for what, _ in matters(signed_in))


def test_what_is_late_for_months_stands_last_and_what_is_one_members_own_not_at_all(
    cast: Cast, signed_in: SignedIn, stopped_clock: Settings
) -> None:
    cast.meeting(on=APRIL)
    cast.meeting(on=date(2027, 7, 15))
    agree_action(board=cast.board, text="Review it", owner=cast["member"], due_on=APRIL, by=cast["coordinator"])
    on(stopped_clock, 12, 7)
    late = [tag for what, tag in matters(signed_in) if "papers" in what]
    assert late == ["4 days late", "88 days late"]
    assert all("an action for" not in what for what, _ in matters(signed_in))


def test_more_than_there_is_room_for_is_counted(cast: Cast, signed_in: SignedIn, stopped_clock: Settings) -> None:
    for day in range(10, 23):
        cast.meeting(on=date(2027, 4, day))
    on(stopped_clock, 20)
    client = signed_in("chair")
    page = client.get("/").context["page"]
    late = [each for each in page.matters if "papers" in each.what]
    assert len(late) == 8
    more = next(each for each in page.matters if "more duties" in each.what)
    assert client.get(more.href).status_code == 200
    for each in late:
        assert client.get(each.href).status_code == 200, "the chair may open it"


@pytest.mark.parametrize("number", [1, 4])
def test_more_late_duties_cost_no_more_queries(
    cast: Cast,
    signed_in: SignedIn,
    stopped_clock: Settings,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    for day in range(number):
        cast.meeting(on=date(2027, 4, 19 + day))
    on(stopped_clock, 18)
    client = signed_in("chair")
    client.get("/")
    with django_assert_max_num_queries(27):
        client.get("/")


# --- the next meeting -------------------------------------------------------------------------------------------------


@pytest.fixture
def brought(cast: Cast) -> Cast:
    """Papers late by a day go before the Executive Group, and before the group's own next meeting."""
    words = PAPERS.replace("[chair]", "[chair, Executive Group, next Board]")
    text = amended("isle-of-wight/main-board", {"number: 2\n": "number: 3\n", PAPERS: words})
    bring_into_force(board=cast.board, text=text, in_force_from=TODAY, by=cast.author)
    admit_to_team(
        person=cast["coordinator"], role=Role.COORDINATOR, board=cast.neighbours, starts_on=LONG_AGO, by=cast.author
    )
    return cast


def page_of(signed_in: SignedIn, meeting: Meeting, name: str = "coordinator") -> str:
    board = meeting.board
    response = signed_in(name).get(f"/p/isle-of-wight/{board.slug}/meetings/{meeting.address}/")
    assert response.status_code == 200
    return response.content.decode()


HEADING = "To be put before this meeting"


def test_a_groups_own_next_meeting_alone_shows_it(brought: Cast, signed_in: SignedIn, stopped_clock: Settings) -> None:
    first, second = brought.meeting(on=APRIL), brought.meeting(on=MAY)
    on(stopped_clock, 15)
    assert HEADING not in page_of(signed_in, first)
    on(stopped_clock, 16)
    assert HEADING in page_of(signed_in, first)
    assert "1 day late" in page_of(signed_in, first)
    assert HEADING not in page_of(signed_in, second)
    assert HEADING not in page_of(signed_in, first, "member")
    meet_obligation(duty="papers", cause=first, on=date(2027, 4, 16), evidence="Agenda, version 1", by=brought.author)
    assert HEADING not in page_of(signed_in, first)


def test_another_group_shows_whose_it_is_to_who_may_read_it(
    brought: Cast, signed_in: SignedIn, stopped_clock: Settings
) -> None:
    brought.meeting(on=APRIL)
    theirs = brought.meeting(on=MAY, board=brought.neighbours)
    on(stopped_clock, 19)
    said = page_of(signed_in, theirs)
    assert HEADING in said
    assert "Main Board." in said
    assert HEADING not in page_of(signed_in, theirs, "neighbour"), "who may not read the other group's ledger"


def test_terms_that_bring_nothing_before_a_meeting_show_nothing(
    cast: Cast, signed_in: SignedIn, stopped_clock: Settings
) -> None:
    first = cast.meeting(on=APRIL)
    on(stopped_clock, 20)
    assert HEADING not in page_of(signed_in, first)
