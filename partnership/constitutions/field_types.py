"""The kinds of value a file may hold: words, ids, dates, fractions, yes or no.

Each is strict, refuses what it is not in one sentence, and knows its JSON Schema. Dates, fractions
and yes/no arrive as the words that the file has.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from partnership.constitutions.problems import quoted
from partnership.rules.deadlines.calendars import Division
from partnership.rules.deadlines.deadlines import DayOfYear
from partnership.rules.plain_dates import MONTHS

WORDS, FORM = "~words", "~form"  # the two branches of a union, told apart before anything is checked
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
FRACTION = re.compile(r"(\d{1,9})/(\d{1,9})")
PERCENT = re.compile(r"(\d{1,3}) ?%")
CLOCK_TIME = re.compile(r"(\d{1,2}):(\d{2})")
DAY_AND_MONTH = re.compile(r"(\d{1,2}) ([A-Z][a-z]+)")
DIVISIONS = {
    "england-and-wales": Division.ENGLAND_AND_WALES,
    "scotland": Division.SCOTLAND,
    "northern-ireland": Division.NORTHERN_IRELAND,
}
LATEST_YEAR = 2200
EARLIEST_YEAR = 1800


def refusal(sentence: str) -> PydanticCustomError:
    """An error that already is the sentence to show."""
    return PydanticCustomError("sentence", "{sentence}", {"sentence": sentence})


def a_date(value: Any) -> date:
    """An ISO date. Impossible ones say why."""
    if isinstance(value, date):
        return value
    parts = DATE.fullmatch(value) if isinstance(value, str) else None
    if not parts:
        raise refusal(f"Expected a date such as 2026-04-01, found {quoted(value)}.")
    year, month, day = (int(part) for part in parts.groups())
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise refusal(f"The year of a date lies between {EARLIEST_YEAR} and {LATEST_YEAR}, and {value} does not.")
    if not 1 <= month <= len(MONTHS):
        raise refusal(f"{value} is no date: a year has 12 months.")
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise refusal(f"{value} is no date: {MONTHS[month - 1]} {year} has {days} days.")
    return date(year, month, day)


def a_fraction(value: Any) -> Fraction:
    """`1/2`, `75%` or a whole number, exactly. Decimals have a sentence of their own."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, float):
        raise refusal(f'Decimals are not exact: write {value:g} as a fraction such as "1/2".')
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return Fraction(value)
    if isinstance(value, str):
        if parts := FRACTION.fullmatch(value):
            if int(parts[2]) == 0:
                raise refusal(f"{quoted(value)} divides by nothing.")
            return Fraction(int(parts[1]), int(parts[2]))
        if percent := PERCENT.fullmatch(value):
            return Fraction(int(percent[1]), 100)
    raise refusal(f'Expected a fraction such as "1/2", found {quoted(value)}.')


def a_share(value: Any) -> Fraction:
    """A fraction of a whole: more than nothing and no more than all of it."""
    fraction = a_fraction(value)
    if not 0 < fraction <= 1:
        raise refusal(f"A share lies above 0 and at most at 1, and {value} does not.")
    return fraction


def yes_or_no(value: Any) -> bool:
    """`yes`, `no`, `true` or `false`."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"yes", "no"}:
        return value.lower() == "yes"
    raise refusal(f"Expected yes or no, found {quoted(value)}.")


def only_yes(value: Any) -> Literal[True]:
    """`yes`, where the key alone says it and `no` would say nothing."""
    if yes_or_no(value):
        return True
    raise refusal('Only "yes" has a meaning here; leave the rule out when it does not hold.')


def a_time(value: Any) -> time:
    """A local time on the 24-hour clock, "17:30"."""
    if isinstance(value, time):
        return value
    parts = CLOCK_TIME.fullmatch(value) if isinstance(value, str) else None
    if not parts or int(parts[1]) > 23 or int(parts[2]) > 59:  # noqa: PLR2004
        raise refusal(f'Expected a time of the 24-hour clock such as "17:30", found {quoted(value)}.')
    return time(int(parts[1]), int(parts[2]))


def a_day_of_year(value: Any) -> DayOfYear:
    """A day of every year: "1 April"."""
    if isinstance(value, DayOfYear):
        return value
    parts = DAY_AND_MONTH.fullmatch(value) if isinstance(value, str) else None
    if not parts or parts[2] not in MONTHS:
        raise refusal(f"Expected a day of the year such as 1 April, found {quoted(value)}.")
    day, month = int(parts[1]), MONTHS.index(parts[2]) + 1
    longest = monthrange(2028, month)[1]
    if not 1 <= day <= longest:
        raise refusal(f"{value} is no day of any year: {parts[2]} has {longest} days.")
    return DayOfYear(day, month)


def a_date_or_silence(value: Any) -> date | None:
    """An ISO date, or None for `not stated`."""
    return None if value is None or value == "not stated" else a_date(value)


def a_division(value: Any) -> Division:
    """The part of the United Kingdom whose bank holidays count."""
    if isinstance(value, Division):
        return value
    if isinstance(value, str) and value in DIVISIONS:
        return DIVISIONS[value]
    raise refusal(f"Expected {' or '.join(DIVISIONS)}, found {quoted(value)}.")


def an_id(value: Any) -> Any:
    """Lower-case letters, figures and hyphens."""
    if isinstance(value, str) and value and not re.fullmatch(ID, value):
        raise refusal(f"An id is made of lower-case letters, figures and single hyphens, and {quoted(value)} is not.")
    return value


def _kind(value: Any) -> str:
    return WORDS if isinstance(value, str) else FORM


Words = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Id = Annotated[str, BeforeValidator(an_id), StringConstraints(min_length=1, max_length=80),
               WithJsonSchema({"type": "string", "pattern": ID, "maxLength": 80})]  # fmt: skip
Date = Annotated[date, BeforeValidator(a_date), WithJsonSchema({"type": "string", "format": "date"})]
ANY_FRACTION = {"anyOf": [{"type": "string", "pattern": r"^(\d{1,9}/\d{1,9}|\d{1,3} ?%)$"},
                          {"type": "integer", "minimum": 0}]}  # fmt: skip
DATE_OR_SILENCE = {"anyOf": [{"type": "string", "format": "date"}, {"const": "not stated"}]}
OpenDate = Annotated[date | None, BeforeValidator(a_date_or_silence), WithJsonSchema(DATE_OR_SILENCE)]
Calendar = Annotated[Division, BeforeValidator(a_division), WithJsonSchema({"enum": list(DIVISIONS)})]
Ratio = Annotated[Fraction, BeforeValidator(a_fraction), WithJsonSchema(ANY_FRACTION)]
ShareOf = Annotated[Fraction, BeforeValidator(a_share), WithJsonSchema(ANY_FRACTION)]
YesNo = Annotated[bool, BeforeValidator(yes_or_no), WithJsonSchema({"enum": [True, False, "yes", "no"]})]
Yes = Annotated[Literal[True], BeforeValidator(only_yes), WithJsonSchema({"enum": [True, "yes"]})]
ClockTime = Annotated[time, BeforeValidator(a_time), WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}:\d{2}$"})]
YearDay = Annotated[DayOfYear, BeforeValidator(a_day_of_year),
                    WithJsonSchema({"type": "string", "pattern": r"^\d{1,2} [A-Z][a-z]+$"})]  # fmt: skip
Whole = Annotated[int, Field(ge=0, le=1_000_000)]
Positive = Annotated[int, Field(ge=1, le=1_000_000)]
NotStated = Annotated[Literal["not stated"], Tag(WORDS)]
by_kind = Discriminator(_kind)
