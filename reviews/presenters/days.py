"""Days as a home page writes them: against today."""

from __future__ import annotations

from datetime import date

from partnership.rules.plain_dates import MONTHS, WEEKDAYS, brief_date, counted, short_date

# From so many days before it, what is due stands out.
SOON = 2


def weekday_and_date(day: date, today: date) -> str:
    """`Thu 15 April`; `Sat 30 September 2023` in another year than this."""
    return f"{WEEKDAYS[day.weekday()][:3]} {brief_date(day, today)}"


def from_today(day: date, today: date) -> str:
    """`today`, `tomorrow`, `in 3 days`, `3 days late`."""
    days = (day - today).days
    if days < 0:
        return f"{counted(-days, 'day')} late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {counted(days, 'day')}")


def urgency(day: date, today: date) -> str:
    """How a date stands out: `no` once it has passed, `soon` shortly before, else empty."""
    days = (day - today).days
    return "no" if days < 0 else "soon" if days <= SOON else ""


def on_day(day: date, today: date) -> str:
    """`today`, `tomorrow`, `on Thursday` within the week ahead, else `on 22 April`, with its year if another."""
    days = (day - today).days
    if days in {0, 1}:
        return from_today(day, today)
    return f"on {WEEKDAYS[day.weekday()]}" if 0 < days < len(WEEKDAYS) else f"on {brief_date(day, today)}"


def span_of_days(first: date, last: date) -> str:
    """`12 to 18 April`, `29 March to 4 April`."""
    begins = str(first.day) if (first.year, first.month) == (last.year, last.month) else short_date(first)
    return f"{begins} to {short_date(last)}"


def month_name(day: date) -> str:
    """`October`."""
    return MONTHS[day.month - 1]
