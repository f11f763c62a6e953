"""The two yearly rules that go with every entry, against the zone's own data."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # its stubs are a package of their own

from meetings.london_zone import london_zone
from partnership.clock import LONDON


def offset_by_the_rules(local: datetime) -> timedelta:
    """The offset that a calendar works out for a local time: that of the last change before it."""
    parts: list[Any] = london_zone().subcomponents
    changes = [(_last_before(part, local), part) for part in parts]
    _, part = max(((at, part) for at, part in changes if at is not None), key=lambda found: found[0])
    offset: timedelta = part["tzoffsetto"].td
    return offset


def _last_before(part: Any, local: datetime) -> datetime | None:
    rule = rrulestr(part["rrule"].to_ical().decode(), dtstart=part["dtstart"].dt)
    found: datetime | None = rule.before(local, inc=True)
    return found


@pytest.mark.parametrize("year", [2027, 2060])
def test_every_day_at_ten_is_as_the_zone_says(year: int) -> None:
    for day in range(0, 365, 2):
        local = datetime.combine(date(year, 1, 1) + timedelta(days=day), time(10))
        assert offset_by_the_rules(local) == local.replace(tzinfo=LONDON).utcoffset(), local


@pytest.mark.parametrize("year", [2026, 2027, 2037, 2038])
def test_the_changes_themselves_are_at_one_in_the_morning_universal_time(year: int) -> None:
    for before in (datetime(year, 3, 1, tzinfo=UTC), datetime(year, 10, 1, tzinfo=UTC)):
        hours = [before + timedelta(hours=number) for number in range(31 * 24)]
        changed = [at for at in hours if _offset(at) != _offset(at - timedelta(hours=1))]
        assert [(at.hour, at.weekday()) for at in changed] == [(1, 6)]


def _offset(at: datetime) -> timedelta | None:
    return at.astimezone(LONDON).utcoffset()
