"""When reminders are sent: dates and a local hour in London, turned into instants once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings

from partnership.access import Role
from partnership.clock import LONDON
from partnership.models import Obligation
from partnership.obligations.causes import is_of_one_person, is_told_beyond
from partnership.queries import terms_of
from partnership.rules.deadlines.calendars import BeyondHorizon, Division, WorkingDays
from partnership.rules.deadlines.deadlines import Deadline
from partnership.rules.deadlines.wall_clock import instant_of
from partnership.working_days import working_days

FRIDAY = 4
# The column that keeps an offset holds no more.
MOST_DAYS = 32_000
TEAM, TEAM_ROLES = "team", frozenset({Role.COORDINATOR, Role.MANAGER})
# Whom the words of an escalation mean by their role on the board; for others see `holders`.
ROLES_OF_WORD = {
    "coordinator": frozenset({Role.COORDINATOR}),
    "manager": frozenset({Role.MANAGER}),
    TEAM: TEAM_ROLES,
    "chair": frozenset({Role.CHAIR}),
    "vice-chair": frozenset({Role.VICE_CHAIR}),
    "scrutineer": frozenset({Role.SCRUTINEER}),
}


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


@dataclass(frozen=True, slots=True)
class Step:
    """Who hears of it, so many days from its due date: whom it concerns, and beside them people in these roles.

    `words` name whom else the terms escalate to: no role on the board, but somebody who is found elsewhere, or a group.
    """

    offset: int
    is_reminder: bool
    roles: frozenset[Role] = frozenset()
    words: tuple[str, ...] = ()


def steps_of(obligation: Obligation) -> tuple[Step, ...]:
    """The constitution's reminders and those to whom it escalates, the earliest first.

    Somebody always hears that it passed: where no reminder comes after the due date, whom it concerns and the team
    hear on the settings' days. Of what is one member's own the team is told by number, in its letter of the week.
    """
    rule = rule_of(obligation)
    is_own = is_of_one_person(obligation)
    reminders = set(rule.reminders or settings.REMINDER_DAYS)
    passed = set() if any(days > 0 for days in reminders) else set(settings.OVERDUE_DAYS)
    roles: dict[int, set[Role]] = {days: set() for days in reminders | passed}
    words: dict[int, dict[str, None]] = {}
    for days in passed:
        roles[days] |= set() if is_own else TEAM_ROLES
    for days, word in ((each.days, word) for each in rule.escalation for word in each.to):
        if is_own and (word == TEAM or not is_told_beyond(obligation)):
            continue
        if word in ROLES_OF_WORD:
            roles.setdefault(days, set()).update(ROLES_OF_WORD[word])
        else:
            roles.setdefault(days, set())
            words.setdefault(days, {})[word] = None
    return tuple(
        Step(days, is_reminder=days in reminders | passed, roles=frozenset(named), words=tuple(words.get(days, ())))
        for days, named in sorted(roles.items())
    )


def told_steps(obligation: Obligation) -> tuple[Step, ...]:
    """The same, and that at which somebody hears of what was entered late, the earliest first."""
    late = late_step(obligation)
    those = steps_of(obligation) if late is None else (*steps_of(obligation), late)
    return tuple(sorted(those, key=lambda step: step.offset))


def late_step(obligation: Obligation) -> Step | None:
    """Whom it concerns, and the team where its date is past, hear once of what was entered too late to be reminded of.

    Its offset counts to the day on which it was entered, which no bank holiday moves.
    """
    if obligation.entered_late_at is None:
        return None
    days = (obligation.entered_late_at.astimezone(LONDON).date() - obligation.due_on).days
    is_past = late_hour(obligation.entered_late_at, obligation).astimezone(LONDON).date() > obligation.due_on
    roles = TEAM_ROLES if is_past and is_told_beyond(obligation) else frozenset()
    return Step(min(days, MOST_DAYS), is_reminder=True, roles=roles)


def late_hour(entered_at: datetime, obligation: Obligation) -> datetime:
    """The next hour of reminders, of a working day, after it was entered."""
    local = entered_at.astimezone(LONDON)
    day = local.date() if local.time() <= settings.REMINDER_AT else local.date() + timedelta(days=1)
    try:
        day = _calendar_of(obligation).on_or_after(day)
    except BeyondHorizon:
        day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > FRIDAY else 0)
    return instant_of(day, settings.REMINDER_AT, LONDON)


def is_entered_late(obligation: Obligation, at: datetime) -> bool:
    """Whether its date, or every reminder up to it, has gone by at that moment."""
    if obligation.due_on < at.astimezone(LONDON).date():
        return True
    before = [step.offset for step in steps_of(obligation) if step.is_reminder and step.offset <= 0]
    return bool(before) and all(hour_of(obligation, offset) < at for offset in before)


def offsets_of(obligation: Obligation) -> tuple[int, ...]:
    """Days from the due date on which anybody hears of it, the earliest first."""
    return tuple(step.offset for step in steps_of(obligation))


def hour_of(obligation: Obligation, offset: int) -> datetime:
    """The instant of one reminder. Days are counted on dates, so that summer time moves nothing.

    Nobody is reminded on a weekend or a bank holiday: up to the due date it goes the working day before, after it the
    working day after.
    """
    day, calendar = obligation.due_on + timedelta(days=offset), _calendar_of(obligation)
    try:
        day = calendar.on_or_before(day) if offset <= 0 else calendar.on_or_after(day)
    except BeyondHorizon:
        # Asked again at each look, and the table will have grown by then; a reminder on a holiday beats none.
        return instant_of(day, settings.REMINDER_AT, LONDON)
    return instant_of(day, settings.REMINDER_AT, LONDON)


def hours_of(obligation: Obligation) -> dict[int, datetime]:
    """Every step of the present version by its offset; what lay in the past when it was made is not among them."""
    return {step.offset: at for step, at in timed_steps(obligation)}


def timed_steps(obligation: Obligation) -> list[tuple[Step, datetime]]:
    """The same with who hears. Of several steps at one instant the last is left, and tells everybody of them."""
    by_hour: dict[datetime, Step] = {}
    timed = [(step, hour_of(obligation, step.offset)) for step in steps_of(obligation)]
    late = late_step(obligation)
    if late is not None and obligation.entered_late_at is not None:
        timed.append((late, late_hour(obligation.entered_late_at, obligation)))
    for step, at in sorted(timed, key=lambda one: one[0].offset):
        same = by_hour.get(at, step)
        is_reminder = step.is_reminder or same.is_reminder
        words = tuple(dict.fromkeys((*same.words, *step.words)))
        by_hour[at] = replace(step, is_reminder=is_reminder, roles=step.roles | same.roles, words=words)
    return [(step, at) for at, step in by_hour.items() if at >= obligation.planned_at]


def step_of(obligation: Obligation, offset: int) -> Step | None:
    """What a message of that offset was for, with what fell on the same morning; None where the terms changed since."""
    timed = [step for step, _ in timed_steps(obligation)]
    return next((step for step in (*timed, *told_steps(obligation)) if step.offset == offset), None)


def _calendar_of(obligation: Obligation) -> WorkingDays:
    division = rule_of(obligation).calendar or obligation.board.partnership.get_bank_holidays_display()
    return working_days(Division(division))


def first_look(hours: Iterable[datetime]) -> datetime | None:
    """When the planner first looks: as the earliest reminder comes near. None where there is no reminder."""
    return min((at - settings.REMINDERS_PLANNED_AHEAD for at in hours), default=None)


def next_look(hours: Iterable[datetime], after: datetime) -> datetime | None:
    """When the planner looks again: as each reminder comes near, and once more at its hour for who joined since."""
    looks = [look for at in hours for look in (at - settings.REMINDERS_PLANNED_AHEAD, at)]
    return min((look for look in looks if look > after), default=None)
