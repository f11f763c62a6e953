"""Dates, times and counts as people write them: "Thursday 22 April 2027", "5:30pm"."""

from collections.abc import Sequence
from datetime import date, time

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
NOON = 12
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def short_date(day: date) -> str:
    """`7 April`: where the year is plain from the sentence."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def brief_date(day: date, today: date) -> str:
    """`22 April`; `22 April 2028` in another year than this."""
    return short_date(day) if day.year == today.year else plain_date(day)


def plain_date(day: date) -> str:
    """`7 April 2027`."""
    return f"{short_date(day)} {day.year}"


def long_date(day: date) -> str:
    """`Wednesday 7 April 2027`."""
    return f"{WEEKDAYS[day.weekday()]} {plain_date(day)}"


def plain_time(at: time) -> str:
    """`5:30pm`, `10am`, `midnight`, `midday`."""
    if (at.hour, at.minute) == (0, 0):
        return "midnight"
    if (at.hour, at.minute) == (NOON, 0):
        return "midday"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % NOON or NOON}{minutes}{'am' if at.hour < NOON else 'pm'}"


def plain_length(minutes: int) -> str:
    """`12 minutes`, `1 hour 5 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts = [counted(hours, "hour")] if hours else []
    if rest or not parts:
        parts.append(counted(rest, "minute"))
    return " ".join(parts)


def counted(number: int, singular: str, plural: str = "") -> str:
    """`1 day`, `2 days`, `0 days`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def listed(names: Sequence[str], *, last: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`; there must be a name."""
    *most, final = names
    return f"{', '.join(most)} {last} {final}" if most else final
