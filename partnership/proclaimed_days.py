"""Bank holidays proclaimed, or taken back, since the installed table was made: a file that every process reads.

A table is data of the whole machine, not of one partnership, and working days are counted where there is no database:
so it is a file in the folder of data, looked at anew whenever it has changed. Lines are only ever added.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from partnership.rules.deadlines.calendars import Division

COLUMNS = ("date", "division", "what", "by", "at", "reason")
ADDED, TAKEN_BACK = "added", "taken back"


class UnreadableDays(Exception):
    """The file of proclaimed days holds a line that says no day, no division, or nothing of it."""


@dataclass(frozen=True, slots=True)
class ProclaimedDay:
    """One line: a day that is a bank holiday of a division, or no longer; by whom, when and why it was entered."""

    on: date
    division: Division
    is_holiday: bool
    by: str
    at: str
    reason: str


def proclaimed() -> tuple[ProclaimedDay, ...]:
    """Every line, the oldest first. Raises UnreadableDays."""
    path = Path(settings.PROCLAIMED_DAYS)
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return _read(path, found.st_mtime_ns, found.st_size)


def changed_by_proclamation(division: Division, holidays: frozenset[date]) -> frozenset[date]:
    """These holidays as proclamations left them: of one day the last line counts."""
    last = {day.on: day.is_holiday for day in proclaimed() if day.division is division}
    return holidays.difference(last).union(on for on, is_holiday in last.items() if is_holiday) if last else holidays


def entered(days: Iterable[ProclaimedDay]) -> None:
    """Add these lines; the file is whole at every moment."""
    path = Path(settings.PROCLAIMED_DAYS)
    draft = path.with_name(f"{path.name}.new")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for day in (*proclaimed(), *days):
            what = ADDED if day.is_holiday else TAKEN_BACK
            writer.writerow((day.on.isoformat(), day.division.value, what, day.by, day.at, day.reason))
    draft.replace(path)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> tuple[ProclaimedDay, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_line(number, row) for number, row in enumerate(csv.DictReader(file), start=2))


def _line(number: int, row: dict[str, str]) -> ProclaimedDay:
    try:
        what = {ADDED: True, TAKEN_BACK: False}[row["what"]]
        on, division = date.fromisoformat(row["date"]), Division(row["division"])
        return ProclaimedDay(on, division, what, row["by"], row["at"], row["reason"])
    except (KeyError, TypeError, ValueError) as wrong:
        raise UnreadableDays(f"Line {number} of {settings.PROCLAIMED_DAYS} cannot be read: {wrong}.") from wrong
