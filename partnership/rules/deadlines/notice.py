"""The same rule asked from both sides, and the days between two routes.

A rule may be written from the meeting ("three clear days before") or from the
notice ("a meeting not less than ten working days after notice"). Either can
be asked for the latest day of notice and for the earliest meeting.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from partnership.rules.deadlines.calendars import ONE_DAY, WorkingDays
from partnership.rules.deadlines.deadlines import CLOCK_UNITS, Deadline, Direction, Limit
from partnership.rules.deadlines.due_dates import due_on


class NotNotice(ValueError):
    """The rule does not set a least time before a meeting, so it has no other side."""


def latest_notice_on(rule: Deadline, meeting_on: date, calendar: WorkingDays | None = None) -> date:
    """The last day on which notice of (or papers for) a meeting on `meeting_on` may go out.

    Raises `NotNotice`, and whatever `due_dates.due_on` raises.
    """
    _check(rule)
    if rule.direction is Direction.BEFORE:
        return due_on(rule, meeting_on, calendar).on
    day = meeting_on
    while due_on(rule, day, calendar).on > meeting_on:
        day -= ONE_DAY
    return day


def earliest_meeting_on(rule: Deadline, asked_on: date, calendar: WorkingDays | None = None) -> date:
    """The first day on which a meeting may be held if notice goes out on `asked_on`.

    Raises `NotNotice`, and whatever `due_dates.due_on` raises.
    """
    _check(rule)
    if rule.direction is Direction.AFTER:
        return due_on(rule, asked_on, calendar).on
    day = asked_on
    while due_on(rule, day, calendar).on < asked_on:
        day += ONE_DAY
    return day


def is_notice_enough(rule: Deadline, *, given_on: date, meeting_on: date, calendar: WorkingDays | None = None) -> bool:
    """Whether a meeting on `meeting_on` may rest on notice given on `given_on`.

    A window ("nor more than 60 days") also bounds how early the notice may be.
    """
    _check(rule)
    if rule.direction is Direction.BEFORE:
        return due_on(rule, meeting_on, calendar).allows(given_on)
    return due_on(rule, given_on, calendar).allows(meeting_on)


def days_without_a_route(
    *, urgent: Deadline, notice: Deadline, asked_on: date, calendar: WorkingDays | None = None
) -> tuple[date, ...]:
    """Days for which a decision is neither urgent enough nor can a meeting be called in time.

    `urgent` says up to which day a decision counts as urgent ("required at
    less than 10 days' notice"), `notice` how soon a meeting can be held.
    """
    first = due_on(urgent, asked_on, calendar).on + ONE_DAY
    meeting = earliest_meeting_on(notice, asked_on, calendar)
    return tuple(first + timedelta(days=n) for n in range((meeting - first).days))


class Route(StrEnum):
    """How a matter that cannot wait for an ordinary meeting may be decided."""

    URGENT = "urgent decision"
    MEETING = "extraordinary meeting"
    NONE = "no route"


@dataclass(frozen=True, slots=True)
class RouteAnswer:
    """The route for a decision needed on a day; `earliest_meeting_on` whichever the route."""

    route: Route
    urgent: Deadline
    notice: Deadline
    needed_on: date
    earliest_meeting_on: date


def route_for(
    *,
    urgent: Deadline,
    notice: Deadline,
    asked_on: date,
    needed_on: date,
    calendar: WorkingDays | None = None,
) -> RouteAnswer:
    """By which route a decision asked for on one day and needed by another can be taken."""
    earliest = earliest_meeting_on(notice, asked_on, calendar)
    if needed_on <= due_on(urgent, asked_on, calendar).on:
        route = Route.URGENT
    else:
        route = Route.MEETING if earliest <= needed_on else Route.NONE
    return RouteAnswer(route, urgent, notice, needed_on, earliest)


def _check(rule: Deadline) -> None:
    if rule.limit is not Limit.NOT_LESS_THAN:
        raise NotNotice(f"{rule.id} reads '{rule.limit}': it sets no least time before a meeting.")
    if rule.unit in CLOCK_UNITS:
        raise NotNotice(f"{rule.id} counts {rule.unit}: ask for a time, not for a date.")
