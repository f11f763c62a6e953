"""The home of those who keep boards: every figure follows from a row, and changes with it."""

from __future__ import annotations

from datetime import date, time

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from meetings.models import Attendance, Meeting, Recorded, ReplyAnswer
from meetings.operations import (
    RowEntry,
    agree_action,
    cancel,
    close_action,
    close_register,
    record_attendance,
    reply,
)
from membership.operations import name_deputy
from partnership.access import Role
from partnership.models import Obligation
from partnership.obligations.kept_rules import switch_practice
from partnership.obligations.operations import meet_obligation
from partnership.operations import admit_to_team
from reviews.presenters.home_parts import Tag
from reviews.presenters.team_home import DueRow, TeamHome
from reviews.queries.week import SHOWN_DUE
from tests.cast import LONG_AGO, TODAY, Cast, at
from tests.pages.conftest import SignedIn

# Papers are due seven days before a meeting of the board, minutes and tracker seven days after it.
THIS_WEEK, NEXT_WEEK, LATE, FAR = date(2027, 3, 26), date(2027, 3, 31), date(2027, 3, 23), date(2027, 6, 16)
AGENDA = "/p/isle-of-wight/main-board/meetings/{}/agenda/"


def home_of(signed_in: SignedIn, name: str = "coordinator") -> TeamHome:
    home: TeamHome = signed_in(name).get("/").context["home"]
    return home


# --- the week ---------------------------------------------------------------------------------------------------------


def test_with_no_meeting_there_is_no_deadline(cast: Cast, signed_in: SignedIn) -> None:
    home = home_of(signed_in)
    assert (home.today, home.heading) == ("Wednesday 17 March 2027", "Nothing is due this week")
    assert home.lead == "No deadline is set on any of your boards."
    assert (home.due, home.next_week, home.meetings, home.actions) == ((), "", (), ())
    assert "No further meeting of your groups is planned." in signed_in("coordinator").get("/").content.decode()


def test_an_empty_week_names_the_next_deadline(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=FAR)
    home = home_of(signed_in)
    assert home.lead == ("Your next deadline is Wednesday 9 June 2027: the agenda and papers for main-board, 16 June.")
    said = signed_in("coordinator").get("/").content.decode()
    assert "<p>Your next deadline is Wednesday 9 June 2027" in said


def test_what_is_due_by_sunday_is_a_row(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=THIS_WEEK)
    home = home_of(signed_in)
    assert (home.heading, home.week) == ("1 thing is due this week", "15 to 21 March")
    assert home.lead == "The first is on Friday: the agenda and papers for main-board, 26 March (Support 2)."
    assert home.due == (
        DueRow(
            day="Fri 19 March",
            days_left="in 2 days",
            style="soon",
            what="Send the agenda and papers",
            href=AGENDA.format("2027-03-26"),
            board="main-board",
            of_what="26 March",
            clause="Support 2",
        ),
    )


def test_late_ones_come_first_and_are_told(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=LATE)
    assert home_of(signed_in).lead == "It is 1 day late: the agenda and papers for main-board, 23 March."
    cast.meeting(on=THIS_WEEK)
    home = home_of(signed_in)
    assert home.heading == "2 things are due this week"
    assert home.lead == "1 of them is 1 day late: the agenda and papers for main-board, 23 March."
    assert [(row.days_left, row.style) for row in home.due] == [("1 day late", "no"), ("in 2 days", "soon")]
    cast.meeting(on=date(2027, 3, 22))
    assert home_of(signed_in).lead == (
        "2 of them are late, the longest the agenda and papers for main-board, 22 March, due on Monday 15 March 2027."
    )


def test_an_old_day_has_its_year_and_the_group_is_named_once(cast: Cast, signed_in: SignedIn) -> None:
    switch_practice(board=cast.board, duty="terms-reviewed", is_on=True, on=TODAY, by=cast["manager"])
    Obligation.objects.filter(duty="terms-reviewed").update(due_on=date(2023, 9, 30))
    (row,) = home_of(signed_in).due
    assert (row.day, row.days_left) == ("Sat 30 September 2023", "1264 days late")
    assert (row.board, row.of_what) == ("main-board", "version 2")
    page = signed_in("coordinator").get("/").content.decode()
    assert "<b>main-board</b>, version 2." in page


def test_what_is_done_is_no_longer_due(cast: Cast, signed_in: SignedIn) -> None:
    meeting = cast.meeting(on=THIS_WEEK)
    meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="Published", by=cast.author)
    assert home_of(signed_in).heading == "Nothing is due this week"


def test_a_cancelled_meeting_asks_for_nothing(cast: Cast, signed_in: SignedIn) -> None:
    cancel(meeting=cast.meeting(on=THIS_WEEK), reason="Snow", by=cast.author)
    assert home_of(signed_in).heading == "Nothing is due this week"


def test_next_week_is_counted(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=NEXT_WEEK)
    home = home_of(signed_in)
    assert home.lead == (
        "Your next deadline is Wednesday 24 March 2027: the agenda and papers for main-board, 31 March."
    )
    assert home.next_week == ""
    cast.meeting(on=THIS_WEEK)
    assert home_of(signed_in).next_week.startswith("Next week: ")


def test_a_long_list_is_cut_and_says_so(cast: Cast, signed_in: SignedIn) -> None:
    for minute in range(SHOWN_DUE + 2):
        cast.meeting(on=THIS_WEEK, starts_at=time(9, minute))
    home = home_of(signed_in)
    assert (home.heading, len(home.due), home.more_due) == ("14 things are due this week", SHOWN_DUE, 2)


def test_nobody_sees_what_another_partnership_owes(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=THIS_WEEK, board=cast.elsewhere)
    cast.meeting(on=FAR)
    home = home_of(signed_in)
    assert home.heading == "Nothing is due this week"
    assert [meeting.board for meeting in home.meetings] == ["main-board"]
    city = cast.person("city coordinator")
    admit_to_team(person=city, role=Role.COORDINATOR, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author)
    theirs = home_of(signed_in, "city coordinator")
    assert theirs.heading == "1 thing is due this week"
    assert [row.board for row in theirs.due] == ["board"]


# --- next meetings ----------------------------------------------------------------------------------------------------


def replied(cast: Cast, meeting: Meeting, *keys: str) -> None:
    for key in keys:
        reply(meeting=meeting, seat=cast.seats[key], answer=ReplyAnswer.COMING, by=cast.author)


def tags(signed_in: SignedIn) -> list[Tag | None]:
    return [meeting.tag for meeting in home_of(signed_in).meetings]


def test_the_forecast_follows_the_replies(cast: Cast, signed_in: SignedIn) -> None:
    cast.fill(cast.seats)
    meeting = cast.meeting(on=FAR)
    assert tags(signed_in) == [Tag("No replies yet", "open")]
    keys = [key for key in cast.seats if key not in {"cabinet-member", "constabulary"}]
    replied(cast, meeting, *keys)
    assert tags(signed_in) == [Tag("Not certain: ask 1 person", "soon")]
    replied(cast, meeting, "constabulary")
    assert tags(signed_in) == [Tag("Quorum expected", "yes")]


def test_days_and_the_next_deadline(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=date(2027, 3, 18))
    cast.meeting(on=FAR)
    soon, far = home_of(signed_in).meetings
    assert (soon.figure, soon.unit, soon.deadline) == ("1", "day", "Late: the agenda and papers, due by 11 March")
    assert (far.figure, far.unit, far.when) == ("91", "days", "Wednesday 16 June 2027, 10am")
    assert far.deadline == "Next: the agenda and papers by 9 June"


def test_a_register_that_is_open_is_led_to(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    (today,) = home_of(signed_in).meetings
    assert (today.figure, today.unit, today.tag) == ("Today", "", Tag("Not quorate now", "no"))
    assert today.href == "/p/isle-of-wight/main-board/meetings/2027-03-17/register/"


def test_a_register_says_how_it_stands(cast: Cast, signed_in: SignedIn) -> None:
    cast.fill(cast.seats)
    meeting = cast.open_meeting()
    rows = [
        RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.PRESENT, arrived_at=at(9, 55))
        for row in Attendance.objects.filter(meeting=meeting)
    ]
    record_attendance(meeting=meeting, rows=rows, by=cast.author)
    assert tags(signed_in) == [Tag("Quorate now", "yes")]
    close_register(meeting=Meeting.objects.get(pk=meeting.pk), at=at(10, 4), by=cast.author)
    assert tags(signed_in) == [Tag("Held", "open")]


def test_where_nobody_could_mend_it_that_is_said(cast: Cast, signed_in: SignedIn) -> None:
    replied(cast, cast.meeting(on=FAR), "constabulary")
    assert tags(signed_in) == [Tag("Quorum not expected", "no")]


def test_terms_without_a_quorum_promise_none(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=FAR, board=cast.neighbours)
    assert [each.tag for each in home_of(signed_in, "neighbour").meetings] == [Tag("No quorum stated", "open")]


# --- actions and seats ------------------------------------------------------------------------------------------------


def test_overdue_actions_are_counted_among_the_open(cast: Cast, signed_in: SignedIn, settings: Settings) -> None:
    agreed = date(2027, 1, 20)
    overdue, older, _ = (
        agree_action(
            board=cast.board,
            text=text,
            owner=cast["member"],
            due_on=due_on,
            agreed_on=agreed,
            by=cast["coordinator"],
        )
        for text, due_on in (
            ("Share the protocol", date(2027, 3, 16)),
            ("Publish the form", date(2027, 3, 1)),
            ("Name a deputy", date(2027, 4, 1)),
        )
    )
    home = home_of(signed_in)
    assert home.actions_title == "Overdue actions (2 of 3 open)"
    assert [(row.text, row.due, row.overdue_by) for row in home.actions] == [
        ("Publish the form", "1 March 2027", "16 days"),
        ("Share the protocol", "16 March 2027", "1 day"),
    ]
    assert home.actions[0].whose == "Member"
    assert home.actions[0].href == f"/p/isle-of-wight/main-board/actions/{older.number}/"
    close_action(action=overdue, by=cast["coordinator"], reason="Shared")
    assert home_of(signed_in).actions_title == "Overdue actions (1 of 2 open)"


def test_vacant_seats_wait(cast: Cast, signed_in: SignedIn) -> None:
    def waiting(name: str) -> list[str]:
        return [f"{row.before}{row.linked}" for row in home_of(signed_in, name).waiting]

    # These terms let any substitute come, so that no seat wants for a named deputy.
    assert waiting("coordinator") == ["main-board: 21 seats are vacant"]
    cast.fill(["hmp"])
    assert waiting("coordinator") == ["main-board: 20 seats are vacant"]


def test_seats_without_a_deputy_wait_where_the_terms_want_one(cast: Cast, signed_in: SignedIn) -> None:
    city = cast.person("city coordinator")
    admit_to_team(person=city, role=Role.COORDINATOR, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author)

    def waiting() -> list[str]:
        return [f"{row.before}{row.linked}" for row in home_of(signed_in, "city coordinator").waiting]

    assert waiting() == ["board: 15 seats are vacant", "board: 1 seat has no named deputy"]
    seat = cast.elsewhere.seats.get(key="constabulary")
    name_deputy(seat=seat, person=cast.person("stand in"), starts_on=LONG_AGO, by=cast.author)
    assert waiting() == ["board: 15 seats are vacant"]


# --- who gets it, and what it costs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "template"),
    [
        ("coordinator", "reviews/home_team.html"),
        ("manager", "reviews/home_team.html"),
        ("neighbour", "reviews/home_team.html"),
        ("chair", "reviews/overview.html"),
        ("scrutineer", "reviews/overview.html"),
        ("member", "reviews/home_member.html"),
        ("deputy", "reviews/home_member.html"),
        ("observer", "reviews/home_member.html"),
        ("nobody", "reviews/home_member.html"),
    ],
)
def test_each_gets_the_home_of_their_standing(cast: Cast, signed_in: SignedIn, who: str, template: str) -> None:
    assert template in [each.name for each in signed_in(who).get("/").templates]


def test_team_comes_before_chair(cast: Cast, signed_in: SignedIn) -> None:
    admit_to_team(
        person=cast["chair"], role=Role.COORDINATOR, board=cast.neighbours, starts_on=LONG_AGO, by=cast.author
    )
    home = home_of(signed_in, "chair")
    links = {each.name: (each.href, each.overview_href) for each in home.boards}
    assert links["IOWSCP: main-board"] == (
        "/p/isle-of-wight/main-board/",
        "/p/isle-of-wight/main-board/overview/",
    )


def _boards_meetings_actions(cast: Cast, rows: int) -> None:
    places = [cast.board, cast.neighbours, cast.elsewhere][:rows]
    for number, board in enumerate(places):
        if board != cast.board:
            admit_to_team(
                person=cast["coordinator"], role=Role.COORDINATOR, board=board, starts_on=LONG_AGO, by=cast.author
            )
        for on in (LATE, THIS_WEEK, NEXT_WEEK, FAR):
            cast.meeting(on=on, board=board)
        agree_action(
            board=board,
            text=f"Action {number}",
            owner=cast["coordinator"],
            due_on=date(2027, 3, 1),
            agreed_on=date(2027, 2, 1),
            by=cast["coordinator"],
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_three_boards_cost_what_one_costs(
    cast: Cast, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    _boards_meetings_actions(cast, rows)
    client = signed_in("coordinator")
    client.get("/")
    with django_assert_num_queries(28):
        assert client.get("/").context["home"].heading == f"{2 if rows == 1 else 4} things are due this week"
