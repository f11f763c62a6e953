"""Counting of days as slowly and plainly as possible; shares no import with the rule core."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date


def days_after_until(first: date, last: date) -> list[date]:
    """Every day after `first` up to and including `last`."""
    return [date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1)]


def is_weekday(day: date) -> bool:
    return day.isoweekday() not in {6, 7}


def working_days_in(days: list[date], holidays: AbstractSet[date]) -> int:
    return len([day for day in days if is_weekday(day) and day not in holidays])


def has_days(n: int, given: date, meeting: date) -> bool:
    """At least n days from the notice to the meeting."""
    return len(days_after_until(given, meeting)) >= n


def has_clear_days(n: int, given: date, meeting: date) -> bool:
    """At least n whole days between the two, neither counted."""
    return given < meeting and len(days_after_until(given, meeting)[:-1]) >= n


def has_working_days(n: int, given: date, meeting: date, holidays: AbstractSet[date]) -> bool:
    """At least n working days, the day of the notice out, the day of the meeting allowed."""
    return given <= meeting and working_days_in(days_after_until(given, meeting), holidays) >= n


def has_clear_working_days(n: int, given: date, meeting: date, holidays: AbstractSet[date]) -> bool:
    """At least n whole working days between the two."""
    return given < meeting and working_days_in(days_after_until(given, meeting)[:-1], holidays) >= n
