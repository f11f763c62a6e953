"""The attendance report, from the registers of a year on the shipped constitutions to every figure."""

from __future__ import annotations

from datetime import date

import pytest

from meetings.models import MeetingKind
from membership.models import Appointment
from membership.operations import end_appointment
from membership.operations.absences import grant_leave
from reviews.presenters.attendance import Grid, GridRow
from tests.reviews.city_year import EXTRAORDINARY, JANUARY, ORDINARY, CityYear

pytestmark = pytest.mark.django_db


def rows_of(grid: Grid, seat: str) -> list[GridRow]:
    return [row for row in grid.rows if row.seat == seat]


def letters(row: GridRow) -> str:
    return "".join(cell.style or "/" for cell in row.cells)


def rates(grid: Grid, seat: str) -> list[tuple[str, str] | None]:
    """The representative's rate and the seat's, each in words with its verdict."""
    row = rows_of(grid, seat)[0]
    return [(rate.words, rate.label) if rate else None for rate in (row.person_rate, row.seat_rate)]


# --- the year of the journey ------------------------------------------------------------------------------------------


def test_the_constabulary_meets_both_with_a_deputy(journey: CityYear) -> None:
    grid = journey.grid()
    assert rates(grid, "Hampshire Constabulary") == [
        ("Rep 3 of 4 (75%)", "Meets 75%"),
        ("Seat 4 of 4 (100%)", "Meets 100%"),
    ]
    assert [letters(row) for row in rows_of(grid, "Hampshire Constabulary")] == ["YD//YY"]


def test_probation_is_below_both(journey: CityYear) -> None:
    assert rates(journey.grid(), "National Probation Service") == [
        ("Rep 2 of 4 (50%)", "Below 75%"),
        ("Seat 3 of 4 (75%)", "Below 100%"),
    ]


def test_the_diocese_lives_by_its_deputy(journey: CityYear) -> None:
    assert rates(journey.grid(), "Portsmouth Diocese") == [
        ("Rep 0 of 4 (0%)", "Below 75%"),
        ("Seat 4 of 4 (100%)", "Meets 100%"),
    ]


def test_the_ambulance_is_counted_from_the_day_of_joining(journey: CityYear) -> None:
    now, before = rows_of(journey.grid(), "South Central Ambulance Service")
    assert (now.person, now.dates, letters(now)) == ("Tara Quill", "Joined 1 June 2027", "XX//YY")
    assert now.person_rate is not None
    assert now.person_rate.words == "Rep 2 of 2 (100%) since 1 June 2027"
    assert (before.person, before.dates, letters(before)) == ("Rep Ambulance", "Left 31 May 2027", "YY//XX")
    assert before.person_rate is not None
    assert before.person_rate.words == "Rep 2 of 2 (100%)"
    assert now.seat_rate is not None
    assert now.seat_rate.words == "Seat 4 of 4 (100%)"
    assert (now.span, before.seat_rate) == (2, None)


def test_cancelled_and_development_days_stand_beside_what_counts(journey: CityYear) -> None:
    columns = journey.grid().columns
    assert [(each.short, each.note) for each in columns] == [
        ("21 Jan", ""),
        ("22 Apr", ""),
        ("24 Jun", "development day, not counted"),
        ("8 Jul", "cancelled, not counted"),
        ("15 Jul", ""),
        ("14 Oct", ""),
    ]
    assert columns[0].href == "/p/portsmouth/board/meetings/2027-01-21/register/"
    assert columns[3].href == ""


BELOW = (
    "Representatives below 75%: Rep Probation (National Probation Service), 2 of 4 (50%); "
    "Rep Diocese (Portsmouth Diocese), 0 of 4 (0%)."
)


def test_the_findings_come_first(journey: CityYear) -> None:
    page = journey.page()
    assert page.heading == "2 of 15 representatives are below 75%"
    assert page.lead == "4 meetings counted in 2027 so far."
    assert page.grids[0].findings == (
        BELOW,
        "Seat below 100%: National Probation Service, 3 of 4 (75%).",
        "Deputies kept the seat at 100% all the same: Portsmouth Diocese.",
    )


def test_an_extraordinary_meeting_counts(journey: CityYear) -> None:
    journey.held(EXTRAORDINARY, {"constabulary": "D"}, MeetingKind.EXTRAORDINARY)
    assert rates(journey.grid(), "Hampshire Constabulary")[0] == ("Rep 3 of 5 (60%)", "Below 75%")
    assert journey.grid().columns[-1].kind == "extraordinary"


def test_with_the_setting_off_it_does_not(journey: CityYear) -> None:
    journey.held(EXTRAORDINARY, {"constabulary": "D"}, MeetingKind.EXTRAORDINARY)
    journey.amends_its_terms(
        date(2027, 1, 1), {"counts: [ordinary meeting, extraordinary meeting]": "counts: [ordinary meeting]"}
    )
    assert rates(journey.grid(), "Hampshire Constabulary")[0] == ("Rep 3 of 4 (75%)", "Meets 75%")
    assert journey.grid().columns[-1].note == "extraordinary meeting, not counted"


def test_a_share_is_judged_before_it_is_rounded(city: CityYear) -> None:
    city.amends_its_terms(date(2027, 1, 1), {"representative: 75%": "representative: 67%"})
    for on, letter in zip(ORDINARY[:3], "YYD", strict=True):
        city.held(on, {"constabulary": letter})
    assert rates(city.grid(), "Hampshire Constabulary")[0] == ("Rep 2 of 3 (67%)", "Below 67%")
    assert city.grid().findings[0] == "3 of 4 meetings held."


def test_a_seat_that_stays_empty_twice_is_named_with_the_local_setting(city: CityYear) -> None:
    city.held_four_times(post_16="YNAY", solent="YNYN")
    grid = city.grid()
    (row,) = rows_of(grid, "Post-16 Education")
    assert row.long_absences == ("Persistent non-attendance (local setting: 2)",)
    assert rows_of(grid, "Solent NHS Trust")[0].long_absences == ()
    assert grid.findings[2] == (
        "Persistent non-attendance (local setting: 2): Post-16 Education, 22 April and 15 July."
    )


def test_a_run_that_began_in_the_year_before_is_still_seen(city: CityYear) -> None:
    city.held(date(2026, 10, 15), {"diocese": "N"})
    city.held(JANUARY, {"diocese": "A"})
    assert city.grid().findings[-1] == (
        "Persistent non-attendance (local setting: 2): Portsmouth Diocese, 15 October 2026 and 21 January."
    )
    (earlier,) = city.page(year=2026).grids
    assert rows_of(earlier, "Portsmouth Diocese")[0].long_absences == ()


def test_a_vacancy_counts_against_the_seat_and_nobody(city: CityYear) -> None:
    appointment = Appointment.objects.get(seat=city.of("diocese"), kind="representative")
    end_appointment(appointment=appointment, ends_on=date(2027, 6, 30), reason="Moved away", by=city.author)
    city.held_four_times(diocese="YYNN")
    left, vacant = rows_of(city.grid(), "Portsmouth Diocese")
    assert (left.person, left.dates, letters(left)) == ("Rep Diocese", "Left 30 June 2027", "YYXX")
    assert left.person_rate is not None
    assert left.person_rate.words == "Rep 2 of 2 (100%)"
    assert left.seat_rate is not None
    assert (left.seat_rate.words, left.seat_rate.label) == ("Seat 2 of 4 (50%)", "Below 100%")
    assert (vacant.person, letters(vacant), vacant.person_rate) == ("Vacant", "XXNN", None)
    assert vacant.cells[2].words == "Vacant, nobody came"


@pytest.mark.parametrize(
    ("says", "rate", "note"),
    [
        ("", "Rep 2 of 2 (100%)", "Meetings within leave of absence are left out of the representative's rate"),
        ("absence", "Rep 2 of 4 (50%)", "A meeting within leave of absence counts as missed by the representative."),
    ],
)
def test_leave_counts_as_the_terms_say_and_the_page_says_how(city: CityYear, says: str, rate: str, note: str) -> None:
    if says:
        terms = {"minimum_meetings: 4": f"minimum_meetings: 4\n  leave: {says}"}
        city.amends_its_terms(date(2026, 12, 31), terms)
    city.held_four_times(diocese="YNNY")
    away = Appointment.objects.get(seat=city.of("diocese"), kind="representative")
    grant_leave(appointment=away, starts_on=date(2027, 4, 1), ends_on=date(2027, 8, 31), by=city.author)
    grid = city.grid()
    (row,) = rows_of(grid, "Portsmouth Diocese")
    assert row.person_rate is not None
    assert row.person_rate.words == rate
    assert row.seat_rate is not None
    assert row.seat_rate.words == "Seat 2 of 4 (50%)"
    assert [words for words in grid.counting if note in words] != []
    assert sum("leave of absence" in words for words in grid.counting) == 1


def test_where_nobody_was_away_nothing_is_said_of_leave(journey: CityYear) -> None:
    assert not any("leave" in words for words in journey.grid().counting)


def test_seats_that_are_not_members_are_left_out_and_named(journey: CityYear) -> None:
    grid = journey.grid()
    assert len({row.seat for row in grid.rows}) == 14
    last = "Not in the table, because they are not counted as members: Independent chair and Lead Member for Children."
    assert grid.counting[-1] == last


def test_clause_and_reading_stand_under_the_grid(journey: CityYear) -> None:
    grid = journey.grid()
    assert grid.clause_source == "Clause f. Arrangements of September 2022, version 1."
    assert grid.counting[0] == (
        "A named representative attends 75% and the seat is filled at 100%, counted over ordinary meetings and "
        "extraordinary meetings. At least 4 meetings a year."
    )
    assert grid.counting[1].startswith("Reading chosen (local setting): Over the ordinary and extraordinary meetings")


def test_each_expectation_is_held_against_its_own_time(city: CityYear) -> None:
    city.held_four_times(constabulary="YDYD")
    city.amends_its_terms(date(2027, 6, 1), {"representative: 75%": "representative: 50%"})
    page = city.page()
    first, second = page.grids
    assert page.heading == "Attendance in 2027, under 2 expectations"
    assert (first.title, second.title) == (
        "1 January 2027 to 31 May 2027: version 1",
        "1 June 2027 to 31 December 2027: version 2",
    )
    assert rates(first, "Hampshire Constabulary")[0] == ("Rep 1 of 2 (50%)", "Below 75%")
    assert rates(second, "Hampshire Constabulary")[0] == ("Rep 1 of 2 (50%)", "Meets 50%")
    assert first.findings[0].startswith("Representative below 75%")


# --- boards that ask for no rate --------------------------------------------------------------------------------------


def test_where_no_rate_is_asked_none_is_judged(city: CityYear) -> None:
    island = CityYear(city.cast, city.cast.board)
    island.held(date(2027, 3, 3), {"probation": "N"})
    page = island.page(today=date(2027, 3, 17))
    assert page.heading == "Attendance in 2027"
    assert page.lead == (
        "1 meeting counted in 2027 so far. These terms ask for no rate of attendance. "
        "The expectation is not stated, so no rate is judged."
    )
    (grid,) = page.grids
    assert grid.findings == ()
    assert grid.clause_source == ""
    assert (grid.person_heading, grid.seat_heading) == ("Representative", "Seat")
    judged = {rate.label for row in grid.rows for rate in (row.person_rate, row.seat_rate) if rate}
    assert judged == {""}
