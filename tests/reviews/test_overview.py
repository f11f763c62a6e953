"""The overview of a board's year: each sentence, bar and matter follows from the rows, and from those alone."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from meetings.models import Attendance, ItemKind, Meeting
from meetings.operations import (
    add_item,
    agree_action,
    begin_item,
    close_action,
    publish_agenda,
    record_decision,
    record_departure,
    record_return,
)
from membership.operations import hand_over
from partnership.clock import LONDON
from partnership.models import Obligation
from partnership.obligations.causes import of_one_person
from partnership.obligations.operations import meet_obligation
from reviews.presenters.home_parts import Tag
from reviews.presenters.overview import OverviewPage
from reviews.presenters.overview_charts import Piece, QuorumChart
from tests.reviews.city_year import APRIL, JANUARY, JULY, OCTOBER, CityYear

pytestmark = pytest.mark.django_db

HERE = "/p/portsmouth/board/overview/"
ISLAND = "/p/isle-of-wight/main-board/overview/"
FOR_AN_HOUR, AWAY = timedelta(hours=1), timedelta(minutes=22)


@pytest.fixture(autouse=True)
def last_day(settings: Settings) -> Settings:
    """Nine in the morning of the last day of 2027."""
    settings.CLOCK_STOPPED_AT = datetime(2027, 12, 31, 9, tzinfo=LONDON)
    return settings


def client_of(city: CityYear, name: str) -> Client:
    client = Client()
    client.force_login(city.cast.person(name))
    return client


@pytest.fixture
def chair(city: CityYear) -> Client:
    return client_of(city, "rep chair")


def page_of(client: Client, address: str = HERE) -> OverviewPage:
    page: OverviewPage = client.get(address).context["page"]
    return page


def findings(client: Client, address: str = HERE) -> list[str]:
    return [f"{each.figure} {each.behind}".strip() for each in page_of(client, address).findings]


def quorum_of(client: Client, address: str = HERE) -> QuorumChart:
    chart = page_of(client, address).quorum
    assert chart is not None
    return chart


def matters(client: Client) -> list[str]:
    return [each.what for each in page_of(client).matters or ()]


def with_a_gap(city: CityYear, on: date, key: str = "constabulary") -> Meeting:
    """Everybody came; whoever holds that seat was away for 22 minutes, an hour after the beginning."""
    meeting = city.opened(on, {})
    row = Attendance.objects.get(meeting=meeting, seat__key=key)
    record_departure(attendance=row, at=meeting.begins + FOR_AN_HOUR, by=city.author)
    record_return(attendance=row, at=meeting.begins + FOR_AN_HOUR + AWAY, by=city.author)
    return meeting


def meet_everything(city: CityYear, *, days_late: int = 0) -> None:
    """Every duty of the team in the year done on the day it was due, the last of them so many days later."""
    of_the_team = Obligation.objects.filter(board=city.board).exclude(of_one_person())
    last = of_the_team.order_by("-due_on", "-pk").first()
    for duty in of_the_team:
        late = timedelta(days=days_late if duty == last else 0)
        meeting = Meeting.objects.get(pk=duty.cause_id)
        meet_obligation(duty=duty.duty, cause=meeting, on=duty.due_on + late, evidence="Sent", by=city.author)


# --- before anything --------------------------------------------------------------------------------------------------


def test_before_the_first_meeting_every_part_says_so(city: CityYear, chair: Client) -> None:
    page = page_of(chair)
    assert (page.caption, page.heading) == ("PSCP Board, 1 January to 31 December 2027", "The year so far")
    assert (page.findings, page.matters, page.quorum, page.duties, page.ages) == ((), (), None, None, None)
    said = chair.get(HERE).content.decode()
    for sentence in ("No meetings held in 2027 yet.", "Nothing needs your decision.", "Nothing has fallen due yet."):
        assert sentence in said
    assert page_of(chair, f"{HERE}2025/").nothing_held == "No meetings were held in 2025."
    assert page_of(chair, f"{HERE}2025/").matters is None
    for year in (0, 9999, 123456):
        assert chair.get(f"{HERE}{year}/").status_code == 404


# --- the quorum -------------------------------------------------------------------------------------------------------


def test_a_gap_is_told_and_drawn_to_the_minute(city: CityYear, chair: Client) -> None:
    city.held(JANUARY, {})
    assert findings(chair)[0] == "The one meeting was quorate throughout."
    city.held(APRIL, {})
    assert findings(chair)[0] == "All 2 meetings were quorate throughout."
    assert quorum_of(chair).title == "Every meeting was quorate throughout"
    city.closed(with_a_gap(city, OCTOBER))
    assert findings(chair)[0] == (
        "2 of 3 meetings were quorate throughout. On 14 October it was not quorate for 22 minutes."
    )
    chart = quorum_of(chair)
    assert chart.title == "One gap in the quorum, in October"
    january, _, october = chart.panels
    assert january.tag == Tag("Quorate throughout", "yes")
    assert october.tag == Tag("Not quorate for 22 minutes", "no")
    assert [bar.name for bar in october.bars] == [
        "Portsmouth City Council",
        "Hampshire Constabulary",
        "Hampshire and Isle of Wight Integrated Care Board",
    ]
    assert october.bars[0].pieces == (Piece("0.0%", "100.0%", is_missing=False),)
    assert october.bars[1].pieces == (
        Piece("0.0%", "50.0%", is_missing=False),
        Piece("50.0%", "18.3%", is_missing=True),
        Piece("68.3%", "31.7%", is_missing=False),
    )
    assert chart.table.lines[2][:6] == (
        "14 October 2027",
        "10am",
        "midday",
        "22",
        "11am to 11:22am",
        "Hampshire Constabulary 11am to 11:22am",
    )


def test_each_year_leads_to_the_others(city: CityYear, chair: Client) -> None:
    city.held(date(2026, 10, 15), {})
    assert [(each.year, each.href, each.is_shown) for each in page_of(chair).years] == [
        (2027, f"{HERE}2027/", True),
        (2026, f"{HERE}2026/", False),
    ]
    last = page_of(chair, f"{HERE}2026/")
    assert (last.heading, last.caption) == ("The year 2026", "PSCP Board, 1 January to 31 December 2026")
    assert last.findings[0].figure == "The one meeting was quorate throughout."
    assert page_of(chair).quorum is None


def test_the_absence_of_a_partner_is_the_whole_meeting(city: CityYear, chair: Client) -> None:
    city.held(JANUARY, {"icb": "N"})
    assert (
        findings(chair)[0]
        == "The one meeting was not quorate throughout. On 21 January it was not quorate at any time."
    )
    city.held(APRIL, {"icb": "N"})
    city.held(JULY, {"icb": "N"})
    assert findings(chair)[0] == (
        "None of the 3 meetings was quorate throughout. On 15 July it was not quorate at any time. "
        "On 22 April it was not quorate at any time. 1 other meeting had a gap too."
    )
    assert quorum_of(chair).title == "No meeting was quorate throughout"


def test_what_was_decided_in_the_gap_is_counted(city: CityYear, chair: Client) -> None:
    meeting = with_a_gap(city, OCTOBER)
    item = add_item(meeting=meeting, title="School transport", kind=ItemKind.DECISION, by=city.author)
    begin_item(item=item, at=meeting.begins + FOR_AN_HOUR, by=city.author)
    for minutes in (5, 30):
        at = meeting.begins + FOR_AN_HOUR + timedelta(minutes=minutes)
        record_decision(item=item, text=f"Agreed after {minutes}", decided_at=at, by=city.author)
    city.closed(meeting)
    assert findings(chair)[0].endswith(
        "On 14 October it was not quorate for 22 minutes, and 1 decision was taken in that time."
    )


def test_a_board_that_counts_heads_has_a_margin(city: CityYear) -> None:
    island = CityYear(city.cast, city.cast.board)
    island.held(JANUARY, {})
    chair = client_of(city, "chair")
    (panel,) = quorum_of(chair, ISLAND).panels
    assert [bar.name for bar in panel.bars][-1] == "The whole quorum"
    assert panel.margin == "By number, 12 more than needed at the lowest"
    island.held(APRIL, dict.fromkeys(list(island.cast.seats)[-14:], "N"))
    margins = [panel.margin for panel in quorum_of(chair, ISLAND).panels]
    assert margins[1] != margins[0]


# --- people, agencies, duties, actions --------------------------------------------------------------------------------


def test_representatives_and_agencies_follow_the_registers(city: CityYear, chair: Client) -> None:
    city.held_four_times()
    assert findings(chair)[1:3] == [
        "All 14 representatives are at 75% or above.",
        "No agency missed a meeting altogether.",
    ]


def test_who_is_below_is_named(city: CityYear, chair: Client) -> None:
    city.held_four_times(diocese="DDYY", probation="YNNY")
    assert findings(chair)[1:3] == [
        "2 of 14 representatives are below 75%. Portsmouth Diocese and National Probation Service.",
        "1 agency missed a meeting altogether. More than once: National Probation Service 2 of 4.",
    ]


def test_where_no_rate_is_expected_none_is_judged(city: CityYear) -> None:
    island = CityYear(city.cast, city.cast.board)
    island.held(JANUARY, {"icb": "D"})
    sentences = findings(client_of(city, "chair"), ISLAND)
    assert sentences[1].startswith("Representatives came ")
    assert sentences[1].endswith("The terms state no expectation, so no rate is judged.")


def planned_ahead(city: CityYear, settings: Settings, *days: date) -> None:
    """Meetings called before the year, as duties want, and held."""
    last_day, settings.CLOCK_STOPPED_AT = settings.CLOCK_STOPPED_AT, datetime(2026, 12, 1, 9, tzinfo=LONDON)
    for on in days:
        city.held(on, {})
    settings.CLOCK_STOPPED_AT = last_day


def test_duties_are_held_against_their_days(city: CityYear, chair: Client, settings: Settings) -> None:
    planned_ahead(city, settings, JANUARY, APRIL)
    assert findings(chair)[3] == (
        "None of the 4 duties was done on time. The latest: the agenda and papers for 21 January, 351 days late and "
        "not done yet."
    )
    meet_everything(city, days_late=3)
    assert findings(chair)[3] == "3 of 4 duties were done on time. The latest: the minutes for 22 April, 3 days late."
    chart = page_of(chair).duties
    assert chart is not None
    assert chart.title == "1 of 4 duties was late"
    assert [(row.group, row.words, row.is_late) for row in chart.rows] == [
        ("21 January", "on the day", False),
        ("", "on the day", False),
        ("22 April", "on the day", False),
        ("", "3 days late", True),
    ]
    (late,) = chart.late
    assert late.what == "The minutes for 22 April"
    assert late.words.startswith("Due on 6 May 2027, done on 9 May 2027: 3 days late. Clause")


def test_all_on_time_is_said(city: CityYear, chair: Client, settings: Settings) -> None:
    planned_ahead(city, settings, JANUARY)
    meet_everything(city)
    assert findings(chair)[3] == "All 2 duties were done on time."
    chart = page_of(chair).duties
    assert chart is not None
    assert chart.title == "Every duty was done on time"


def agreed(city: CityYear, text: str, agreed_on: date, due_on: date) -> object:
    owner = city.cast.person("rep council")
    return agree_action(board=city.board, text=text, owner=owner, due_on=due_on, agreed_on=agreed_on, by=city.author)


def test_open_actions_are_counted_by_age(city: CityYear, chair: Client) -> None:
    assert findings(chair) == []
    agreed(city, "New", date(2027, 12, 20), date(2028, 1, 20))
    assert findings(chair) == ["The one open action is not overdue. None is older than 90 days."]
    old = agreed(city, "Publish the form", date(2027, 3, 1), date(2027, 4, 1))
    agreed(city, "Share the protocol", date(2027, 11, 20), date(2027, 12, 1))
    assert findings(chair) == ["2 of 3 open actions are overdue. 1 is older than 90 days, overdue too."]
    page = page_of(chair)
    assert page.ages is not None
    assert page.ages.title == "2 of 3 open actions are overdue"
    assert [(row.band, row.still_open, row.overdue) for row in page.ages.rows] == [
        ("0 to 30 days", 1, 0),
        ("31 to 60 days", 1, 1),
        ("61 to 90 days", 0, 0),
        ("Over 90 days", 1, 1),
    ]
    assert matters(chair) == ["An action is not done: PSCP-2, Publish the form"]
    assert page.matters is not None
    assert page.matters[0].tag == Tag("274 days overdue", "no")
    close_action(action=old, by=city.author, reason="Published")  # type: ignore[arg-type]  # an Action
    assert findings(chair) == ["1 of 2 open actions is overdue. None is older than 90 days."]
    assert matters(chair) == []


# --- what needs the chair ---------------------------------------------------------------------------------------------


def test_persistent_absence_needs_the_chair(city: CityYear, chair: Client) -> None:
    city.held_four_times(post_16="YNNY")
    page = page_of(chair)
    assert page.matters
    matter = page.matters[0]
    assert matter.what == "Persistent non-attendance (local setting: 2): Post-16 Education"
    assert matter.hint == "Nobody came on 22 April and 15 July. Clause h."
    assert matter.href == "/p/portsmouth/board/attendance/"
    assert {each.href.rpartition("/register/")[2] for each in page.matters[1:]} == {"signatures/"}


def test_the_chair_is_asked_for_their_own_reply(city: CityYear, chair: Client) -> None:
    city.called(date(2028, 1, 20))
    assert matters(chair) == ["Say whether you are coming on 20 January 2028"]


def test_the_chair_s_own_papers_and_actions_need_them(city: CityYear, chair: Client) -> None:
    meeting = city.called(date(2028, 1, 20))
    add_item(meeting=meeting, title="School transport", kind=ItemKind.DECISION, by=city.author)
    publish_agenda(meeting=meeting, by=city.author)
    action = agree_action(
        board=city.board,
        text="Write to the partners",
        owner=city.cast.person("rep chair"),
        due_on=date(2028, 1, 5),
        agreed_on=date(2027, 10, 14),
        by=city.author,
    )
    page = page_of(chair)
    assert page.matters is not None
    assert [(each.what, each.hint) for each in page.matters[1:]] == [
        ("Read the papers for 20 January 2028", "board. 1 item, 0 pages. 1 item needs a decision."),
        ("Your action PSCP-1: Write to the partners", "board. Due on 5 January 2028."),
    ]
    assert page.matters[2].tag == Tag("Due in 5 days", "soon")
    close_action(action=action, by=city.author, reason="Written")
    assert len(matters(chair)) == 2


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_a_shared_chair_is_told_each_board_apart(city: CityYear) -> None:
    island, shared = CityYear(city.cast, city.cast.board), city.cast.person("rep chair")
    hand_over(seat=island.of("chair"), to=shared, on=date(2027, 1, 2), reason="New chair", by=city.author)
    island.held(JANUARY, {})
    city.held(APRIL, {"icb": "N"})
    client = client_of(city, "rep chair")
    assert findings(client, ISLAND)[0] == "The one meeting was quorate throughout."
    assert findings(client)[0].startswith("The one meeting was not quorate throughout.")
    first = page_of(client, "/")
    assert first.caption.startswith("Main Board, ")
    assert [each.overview_href for each in first.other_boards] == [HERE]


def test_another_partnership_s_board_may_not_be_known(city: CityYear) -> None:
    assert client_of(city, "chair").get(HERE).status_code == 404
    assert client_of(city, "rep chair").get(ISLAND).status_code == 404


def test_home_is_the_overview_of_the_first_board(city: CityYear, chair: Client) -> None:
    assert page_of(chair, "/").caption == "PSCP Board, 1 January to 31 December 2027"


# --- files and cost ---------------------------------------------------------------------------------------------------


def test_the_files_hold_the_same_figures(city: CityYear, chair: Client, settings: Settings) -> None:
    planned_ahead(city, settings, JANUARY)
    city.closed(with_a_gap(city, OCTOBER))
    agreed(city, "=1+1", date(2027, 3, 1), date(2027, 4, 1))
    response = chair.get(f"{HERE}2027/file/quorum/")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="board-quorum-2027.csv"'
    lines = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0][:4] == ["Meeting", "From", "To", "Minutes not quorate"]
    assert lines[2][:4] == ["14 October 2027", "10am", "midday", "22"]
    everything = chair.get(f"{HERE}2027/file/")
    assert everything["Content-Disposition"] == 'attachment; filename="board-overview-2027.csv"'
    titles = [line[0] for line in csv.reader(StringIO(everything.content.decode("utf-8-sig"))) if len(line) == 1]
    assert titles == ["Quorum", "Duties", "Open actions by age"]
    assert chair.get(f"{HERE}2027/file/nonsense/").status_code == 404
    assert client_of(city, "outsider").get(f"{HERE}2027/file/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_three_meetings_cost_what_one_costs(
    city: CityYear,
    chair: Client,
    settings: Settings,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    planned_ahead(city, settings, *(JANUARY, APRIL, JULY)[:rows])
    for _ in range(rows):
        agreed(city, "Publish the form", date(2027, 3, 1), date(2027, 4, 1))
    chair.get(HERE)
    with django_assert_num_queries(31):
        assert chair.get(HERE).status_code == 200
