"""Working days: Monday to Friday, less the bank holidays of one division.

The table is passed in and knows how far it reaches. Beyond that it refuses to
answer: a count that silently took a holiday for a working day would put a
deadline on the wrong date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from partnership.rules.plain_dates import plain_date

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Division(StrEnum):
    """The three parts of the United Kingdom that have bank holidays of their own."""

    ENGLAND_AND_WALES = "England and Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


class BeyondHorizon(Exception):
    """A working day was asked for outside the dates whose bank holidays are known."""

    def __init__(self, *, on: date, calendar: "WorkingDays") -> None:
        self.on = on
        self.division = calendar.division
        self.known_from = calendar.known_from
        self.known_until = calendar.known_until
        super().__init__(
            f"The bank holidays of {self.division} are known from "
            f"{plain_date(self.known_from)} to {plain_date(self.known_until)}. "
            f"{plain_date(on)} lies outside, so working days cannot be counted there. "
            "Bring the bank holidays up to date."
        )


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """One division's bank holidays, known from `known_from` to `known_until`, both inclusive."""

    division: str
    holidays: frozenset[date]
    known_from: date
    known_until: date

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day. Raises `BeyondHorizon`."""
        if not self.known_from <= day <= self.known_until:
            raise BeyondHorizon(on=day, calendar=self)
        return day.weekday() < SATURDAY and day not in self.holidays

    def nth_after(self, day: date, n: int) -> date:
        """The n-th working day after `day` (which is never counted); `day` itself for 0."""
        return self._count(day, n, ONE_DAY)

    def nth_before(self, day: date, n: int) -> date:
        """The n-th working day before `day` (which is never counted); `day` itself for 0."""
        return self._count(day, n, -ONE_DAY)

    def on_or_after(self, day: date) -> date:
        """`day` when it is a working day, else the next one."""
        return day if self.is_working(day) else self.nth_after(day, 1)

    def on_or_before(self, day: date) -> date:
        """`day` when it is a working day, else the previous one."""
        return day if self.is_working(day) else self.nth_before(day, 1)

    def strictly_between(self, first: date, last: date) -> int:
        """How many working days lie after `first` and before `last`, neither counted."""
        return sum(self.is_working(day) for day in _days_between(first, last))

    def holidays_between(self, first: date, last: date) -> tuple[date, ...]:
        """Bank holidays that would otherwise be working days, strictly between two dates."""
        return tuple(day for day in _days_between(first, last) if day.weekday() < SATURDAY and not self.is_working(day))

    def _count(self, day: date, n: int, step: timedelta) -> date:
        while n > 0:
            day += step
            n -= self.is_working(day)
        return day


def _days_between(first: date, last: date) -> Iterator[date]:
    day = first + ONE_DAY
    while day < last:
        yield day
        day += ONE_DAY
