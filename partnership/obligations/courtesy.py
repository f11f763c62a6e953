"""When reminders leave people in peace: in the evening, at night, and on days that are not worked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings

from partnership.clock import LONDON
from partnership.models import Division
from partnership.rules.deadlines import calendars
from partnership.rules.deadlines.wall_clock import instant_of
from partnership.working_days import working_days


def quiet_divisions(now: datetime) -> frozenset[str]:
    """The divisions in whose partnerships no reminder goes at `now`: all of them at night, some on their holidays."""
    local = now.astimezone(LONDON)
    if not settings.QUIET_UNTIL <= local.time() < settings.QUIET_FROM:
        return frozenset(Division.values)
    return frozenset(division.value for division in Division if not is_worked(local.date(), division))


def is_worked(day: date, division: Division) -> bool:
    """Whether it is a working day; beyond the table of bank holidays, whether it is one of Monday to Friday."""
    calendar = working_days(calendars.Division(division.label))
    try:
        return calendar.is_working(day)
    except calendars.BeyondHorizon:
        return day.isoweekday() <= 5  # noqa: PLR2004 - Friday


def awake_since(now: datetime) -> datetime:
    """When the quiet hours before `now` ended; what waited for that has not been late."""
    return instant_of(now.astimezone(LONDON).date(), settings.QUIET_UNTIL, LONDON)


def digest_after(now: datetime, division: Division) -> datetime:
    """The hour of the next day's digest: the first working day after today."""
    day = now.astimezone(LONDON).date() + timedelta(days=1)
    while not is_worked(day, division):
        day += timedelta(days=1)
    return instant_of(day, settings.DIGEST_AT, LONDON)


def digest_of_the_day(at: datetime) -> datetime:
    """The hour of the digest that a reminder of that hour goes in."""
    return instant_of(at.astimezone(LONDON).date(), settings.DIGEST_AT, LONDON)
