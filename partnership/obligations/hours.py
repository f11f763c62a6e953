"""When reminders are sent: dates and a local hour in London, turned into instants once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from partnership.clock import LONDON
from partnership.models import Obligation
from partnership.queries import terms_of
from partnership.rules.deadlines.calendars import BeyondHorizon, Division
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.deadlines.wall_clock import instant_of
from partnership.working_days import working_days


class NoSuchDuty(Exception):
    """The constitution has no rule of that id."""


def rule_of(obligation: Obligation) -> Deadline:
    """The rule behind an obligation, in the version of the constitution under which it was planned.

    Raises NoSuchDuty.
    """
    for rule in terms_of(constitution=obligation.constitution).deadlines:
        if rule.id == obligation.duty:
            return rule
    raise NoSuchDuty(f"{obligation.constitution} has no duty {obligation.duty}.")


def offsets_of(obligation: Obligation) -> tuple[int, ...]:
    """Days from the due date, the earliest first: the constitution's, or the settings' where it names none."""
    return tuple(sorted(rule_of(obligation).reminders or settings.REMINDER_DAYS))


def hour_of(obligation: Obligation, offset: int) -> datetime:
    """The instant of one reminder. Days are counted on dates, so that summer time moves nothing.

    Nobody is reminded on a weekend or a bank holiday: up to the due date it goes the working day before, after it the
    working day after.
    """
    day = obligation.due_on + timedelta(days=offset)
    calendar = working_days(Division(rule_of(obligation).calendar or _division_of(obligation)))
    try:
        day = calendar.on_or_before(day) if offset <= 0 else calendar.on_or_after(day)
    except BeyondHorizon:
        # Asked again at each look, and the table will have grown by then; a reminder on a holiday beats none.
        return instant_of(day, settings.REMINDER_AT, LONDON)
    return instant_of(day, settings.REMINDER_AT, LONDON)


def hours_of(obligation: Obligation) -> dict[int, datetime]:
    """Every reminder of the present version by its offset; what lay in the past when it was made is not among them.

    Of several that would go at one instant only the last is sent.
    """
    by_hour = {hour_of(obligation, offset): offset for offset in offsets_of(obligation)}
    return {offset: at for at, offset in by_hour.items() if at >= obligation.planned_at}


def _division_of(obligation: Obligation) -> str:
    return obligation.board.partnership.get_bank_holidays_display()


def first_look(hours: Iterable[datetime]) -> datetime | None:
    """When the planner first looks: as the earliest reminder comes near. None where there is no reminder."""
    return min((at - settings.REMINDERS_PLANNED_AHEAD for at in hours), default=None)


def next_look(hours: Iterable[datetime], after: datetime) -> datetime | None:
    """When the planner looks again: as each reminder comes near, and once more at its hour for who joined since."""
    looks = [look for at in hours for look in (at - settings.REMINDERS_PLANNED_AHEAD, at)]
    return min((look for look in looks if look > after), default=None)
