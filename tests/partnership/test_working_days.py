"""The installed table against the one typed by hand, and against an independent package."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Never

import holidays as independent
import pytest

from partnership import working_days as module
from partnership.rules.deadlines.calendars import BeyondHorizon, Division
from partnership.working_days import HolidaysMissing, working_days
from tests.rules.hand_made_calendars import HAND_MADE

SUBDIVISIONS = {
    Division.ENGLAND_AND_WALES: "ENG",
    Division.SCOTLAND: "SCT",
    Division.NORTHERN_IRELAND: "NIR",
}


@pytest.mark.parametrize("division", Division)
def test_table_equals_the_one_typed_by_hand(division: Division) -> None:
    known = {day for day in working_days(division).holidays if 2026 <= day.year <= 2028}
    assert known == HAND_MADE[division].holidays


@pytest.mark.parametrize("division", Division)
def test_every_weekday_of_ten_years_agrees_with_an_independent_package(division: Division) -> None:
    other = independent.country_holidays("GB", subdiv=SUBDIVISIONS[division], years=range(2019, 2029))
    calendar = working_days(division)
    days = (date(2019, 1, 1) + timedelta(days=n) for n in range(3653))
    differing = [day for day in days if day.weekday() < 5 and calendar.is_working(day) is (day in other)]
    assert differing == []


@pytest.mark.parametrize("division", Division)
def test_table_reaches_to_the_end_of_its_last_whole_year(division: Division) -> None:
    calendar = working_days(division)
    assert calendar.known_until == date(max(calendar.holidays).year, 12, 31)
    with pytest.raises(BeyondHorizon):
        calendar.is_working(calendar.known_until + timedelta(days=1))


def test_table_is_read_once_for_each_division() -> None:
    assert working_days(Division.SCOTLAND) is working_days(Division.SCOTLAND)


def test_table_is_read_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> Never:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("requests.get", refuse)
    module._installed.cache_clear()
    assert working_days(Division.ENGLAND_AND_WALES).holidays


def test_year_that_is_not_whole_is_beyond_the_horizon() -> None:
    spring = frozenset({date(2030, 12, 25), date(2031, 4, 11)})
    assert module._last_whole_year(Division.SCOTLAND, spring) == 2030


def test_table_without_one_whole_year_is_refused() -> None:
    with pytest.raises(HolidaysMissing, match="No whole year of bank holidays for Scotland"):
        module._last_whole_year(Division.SCOTLAND, frozenset({date(2031, 4, 11)}))
