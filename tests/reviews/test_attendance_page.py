"""The attendance report as a page and as a file: who sees it, what it costs, what a spreadsheet makes of it."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from meetings.operations import cancel
from membership.operations import hand_over
from partnership.access import Role
from partnership.operations import admit_to_team
from partnership.spreadsheets import plain_cell
from reviews.queries import registers_until
from tests.cast import LONG_AGO, Cast
from tests.reviews.city_year import ORDINARY, YEAR_END, CityYear

pytestmark = pytest.mark.django_db

HERE = "/p/portsmouth/board/attendance/"


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.person(name))
    return client


@pytest.fixture
def coordinator(journey: CityYear) -> Client:
    person = journey.cast.person("city coordinator")
    admit_to_team(person=person, role=Role.COORDINATOR, board=journey.board, starts_on=LONG_AGO, by=journey.author)
    return client_of(journey.cast, "city coordinator")


def test_the_page_shows_this_year_and_leads_to_others(journey: CityYear, coordinator: Client) -> None:
    journey.held(date(2026, 10, 15), {})
    shown = coordinator.get(HERE).content.decode()
    assert "2 of 15 representatives are below 75%" in shown
    assert f'<a href="{HERE}2027/" aria-current="page">2027</a>' in shown
    assert f'<a href="{HERE}2026/">2026</a>' in shown
    assert f'href="{HERE}2027/file/" download' in shown
    assert '<span aria-hidden="true">D</span><span class="q-hide">Deputy attended</span>' in shown
    assert 'role="region"' in shown
    assert coordinator.get(f"{HERE}2026/").context["page"].heading == "Attendance meets what the terms expect"


def test_a_member_reads_it_and_may_not_take_it_away(journey: CityYear) -> None:
    member = client_of(journey.cast, "outsider")  # of the island; here they hold the constabulary's seat
    shown = member.get(f"{HERE}2027/").content.decode()
    assert "Hampshire Constabulary" in shown
    assert "CSV" not in shown
    assert member.get(f"{HERE}2027/file/").status_code == 403


@pytest.mark.parametrize("who", ["member", "chair", "coordinator"])
def test_who_may_read_it_is_led_there(city: CityYear, who: str) -> None:
    shown = client_of(city.cast, who).get("/p/isle-of-wight/main-board/").content.decode()
    assert "/p/isle-of-wight/main-board/attendance/" in shown


@pytest.mark.parametrize("who", ["observer", "neighbour"])
def test_who_may_not_read_it_is_not_led_there(city: CityYear, who: str) -> None:
    shown = client_of(city.cast, who).get("/p/isle-of-wight/main-board/").content.decode()
    assert "/p/isle-of-wight/main-board/members/" in shown
    assert "/p/isle-of-wight/main-board/attendance/" not in shown


def test_before_the_first_meeting_the_page_says_so(city: CityYear) -> None:
    cast = city.cast
    chair = client_of(cast, "chair")
    address = "/p/isle-of-wight/main-board/attendance/"
    assert "No meetings held in 2027 yet." in chair.get(address).content.decode()
    assert "No meetings were held in 2025." in chair.get(f"{address}2025/").content.decode()
    cancel(meeting=cast.meeting(on=date(2027, 2, 3)), reason="Snow", by=cast.author)
    assert "Wednesday 3 February 2027: cancelled, not counted." in chair.get(address).content.decode()
    for year in (0, 9999, 123456):
        assert chair.get(f"{address}{year}/").status_code == 404


def test_a_register_that_is_not_closed_does_not_count_yet(city: CityYear) -> None:
    city.cast.open_meeting()
    page = CityYear(city.cast, city.cast.board).page(today=date(2027, 3, 17))
    assert page.left_out == ("Wednesday 17 March 2027: register not closed, not counted.",)


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_file_holds_the_same_figures(journey: CityYear, coordinator: Client) -> None:
    response = coordinator.get(f"{HERE}2027/file/")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="board-attendance-2027.csv"'
    lines = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0][3:7] == [
        "Thursday 21 January 2027",
        "Thursday 22 April 2027",
        "Thursday 24 June 2027, development day, not counted",
        "Thursday 8 July 2027, cancelled, not counted",
    ]
    (police,) = [line for line in lines if line[0] == "Hampshire Constabulary"]
    assert police[3:] == [
        "Y", "D", "Not counted", "Not counted", "Y", "Y",
        "Rep 3 of 4 (75%)", "Meets 75%", "Seat 4 of 4 (100%)", "Meets 100%", "",
    ]  # fmt: skip
    assert len(lines) == 1 + 15


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_begins_as_a_formula(beginning: str) -> None:
    assert plain_cell(f"{beginning}1+1") == f"'{beginning}1+1"
    assert plain_cell(f"1{beginning}") == f"1{beginning}"


@pytest.mark.parametrize(("text", "cell"), [("-29", "-29"), ("-29\n", "'-29\n"), ("-", "'-"), ("-1-1", "'-1-1")])
def test_a_number_of_days_stays_a_number(text: str, cell: str) -> None:
    assert plain_cell(text) == cell


def test_a_name_cannot_become_a_formula(journey: CityYear, coordinator: Client) -> None:
    hand_over(
        seat=journey.of("solent"),
        to=journey.cast.person("=cmd|' /c calc'!a0"),
        on=date(2027, 12, 1),
        reason="New post",
        by=journey.author,
    )
    lines = list(csv.reader(StringIO(coordinator.get(f"{HERE}2027/file/").content.decode("utf-8-sig"))))
    assert next(line[1] for line in lines if line[0] == "Solent NHS Trust").startswith("'=")


# --- its cost ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_its_cost_does_not_grow(city: CityYear, django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    for on in ORDINARY[:count]:
        city.held(on, {"constabulary": "D"})
    with django_assert_num_queries(5):
        registers_until(board=city.board, until=date(2028, 1, 1), today=YEAR_END)
    member = client_of(city.cast, "outsider")
    with django_assert_num_queries(10):
        assert member.get(f"{HERE}2027/").status_code == 200
