"""Bank holidays typed by hand from the calendar, one row a year, and short builders for rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from partnership.rules.clauses import Clause
from partnership.rules.deadlines.calendars import Division, WorkingDays
from partnership.rules.deadlines.deadlines import Anchor, Deadline, Direction, Limit, Unit

ENGLAND_AND_WALES_DAYS = {
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
    2028: ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"],
}
SCOTLAND_DAYS = {
    2026: ["01-01", "01-02", "04-03", "05-04", "05-25", "06-15", "08-03", "11-30", "12-25", "12-28"],
    2027: ["01-01", "01-04", "03-26", "05-03", "05-31", "08-02", "11-30", "12-27", "12-28"],
    2028: ["01-03", "01-04", "04-14", "05-01", "05-29", "08-07", "11-30", "12-25", "12-26"],
}
NORTHERN_IRELAND_DAYS = {
    2026: ["01-01", "03-17", "04-03", "04-06", "05-04", "05-25", "07-13", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-17", "03-26", "03-29", "05-03", "05-31", "07-12", "08-30", "12-27", "12-28"],
    2028: ["01-03", "03-17", "04-14", "04-17", "05-01", "05-29", "07-12", "08-28", "12-25", "12-26"],
}


def _calendar(division: Division, days: dict[int, list[str]]) -> WorkingDays:
    holidays = frozenset(date.fromisoformat(f"{year}-{day}") for year in days for day in days[year])
    return WorkingDays(division, holidays, date(2026, 1, 1), date(2028, 12, 31))


ENGLAND_AND_WALES = _calendar(Division.ENGLAND_AND_WALES, ENGLAND_AND_WALES_DAYS)
SCOTLAND = _calendar(Division.SCOTLAND, SCOTLAND_DAYS)
NORTHERN_IRELAND = _calendar(Division.NORTHERN_IRELAND, NORTHERN_IRELAND_DAYS)
HAND_MADE = {calendar.division: calendar for calendar in (ENGLAND_AND_WALES, SCOTLAND, NORTHERN_IRELAND)}


def before(amount: int, unit: Unit, **fields: Any) -> Deadline:
    """So much before the meeting, at least."""
    return _rule(amount, unit, Direction.BEFORE, Anchor.MEETING, Limit.NOT_LESS_THAN, fields)


def after(amount: int, unit: Unit, **fields: Any) -> Deadline:
    """Within so much after the meeting."""
    return _rule(amount, unit, Direction.AFTER, Anchor.MEETING, Limit.WITHIN, fields)


def notice_of(amount: int, unit: Unit, **fields: Any) -> Deadline:
    """A meeting not less than so much after the notice."""
    return _rule(amount, unit, Direction.AFTER, Anchor.NOTICE, Limit.NOT_LESS_THAN, fields)


def _rule(
    amount: int, unit: Unit, direction: Direction, anchor: Anchor, limit: Limit, fields: dict[str, Any]
) -> Deadline:
    stated: dict[str, Any] = {
        "id": "the-rule",
        "duty": "Papers",
        "owner": "coordinator",
        "amount": amount,
        "unit": unit,
        "direction": direction,
        "anchor": anchor,
        "limit": limit,
        "clause": Clause("n", "Papers go out in time."),
    }
    return Deadline(**{**stated, **fields})
