"""The duties of the constitutions that ship: all there, on the dates that the journeys name, with their reminders."""

from __future__ import annotations

from datetime import date, time

import pytest

from partnership.rules.deadlines.calendars import Division
from partnership.rules.deadlines.deadlines import Breach, Deadline, DeadlineKind, Strength
from partnership.rules.deadlines.due_dates import anchor_in, due_on
from partnership.rules.deadlines.notice import days_without_a_route, earliest_meeting_on, is_notice_enough
from partnership.working_days import working_days
from tests.constitutions.shipped import FILES, shipped

ISLAND, PORTSMOUTH = "isle-of-wight/main-board", "portsmouth/board"
CALENDAR = working_days(Division.ENGLAND_AND_WALES)


def duty(place: str, name: str) -> Deadline:
    return next(deadline for deadline in shipped(place).deadlines if deadline.id == name)


DUTIES = {
    ISLAND: {
        "agenda-agreed", "papers", "team-update", "minutes-and-tracker", "board-report", "group-reports", "reply",
        "forecast", "minutes-approved", "action-done", "challenge-reply", "details-confirmed", "vacancy",
        "appointment-ending", "break-glass-review", "quarterly-meeting", "section-11-return", "partner-assurance",
        "policies-reviewed", "terms-reviewed",
    },
    PORTSMOUTH: {
        "reports", "amendments", "items", "items-considered", "late-item-permission", "papers", "reply", "forecast",
        "confidentiality", "minutes", "disputes", "dispute-answer", "minutes-approved", "feedback",
        "extraordinary-notice", "urgent", "urgent-consultation", "urgent-reported", "action-done", "action-challenge",
        "challenge-reply", "escalation-sent", "escalation-answered", "enquiry", "deputy-named", "vacancy",
        "appointment-ending", "induction", "arrangements-acknowledged", "accountability-statement",
        "delegation-renewed", "practice-decision-agreed", "break-glass-review", "dates-agreed", "meetings-held",
        "attendance-target", "attendance-reported", "agency-procedures", "dataset-return", "dataset-analysis",
        "dataset-report", "contributions", "budget-and-plan", "annual-report", "presentations",
        "arrangements-reviewed", "thresholds-audit", "policies-reviewed",
    },
    "portsmouth/learning-committee": {
        "quarterly-report-executive", "quarterly-report-board", "annual-analysis", "practice-decision-agreed",
    },
    "portsmouth/scrutiny-committee": {
        "scrutiny-programme", "deep-dives-held", "compact-return", "practice-decision-agreed",
    },
    "portsmouth/executive-committee": {"items-considered", "deep-dive-process"},
    "hips/executive-group": {"yearly-review", "learning-item", "escalated-issue-answered"},
    "hips/procedures-group": {"section-11-return"},
}  # fmt: skip


@pytest.mark.parametrize("place", DUTIES)
def test_a_body_has_every_duty_and_no_other(place: str) -> None:
    assert {deadline.id for deadline in shipped(place).deadlines} == DUTIES[place]


def test_every_duty_names_an_owner_and_who_is_reminded_when() -> None:
    for path in FILES:
        for deadline in shipped(f"{path.parent.name}/{path.stem}").deadlines:
            assert deadline.owner
            assert bool(deadline.reminders) <= bool(deadline.recipients), deadline.id


# --- on which date -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "name", "anchor", "due"),
    [
        (PORTSMOUTH, "reports", date(2027, 4, 22), date(2027, 4, 1)),
        (PORTSMOUTH, "items", date(2027, 4, 22), date(2027, 4, 8)),
        (PORTSMOUTH, "amendments", date(2027, 4, 22), date(2027, 4, 15)),
        (PORTSMOUTH, "papers", date(2027, 4, 22), date(2027, 4, 15)),
        (PORTSMOUTH, "minutes", date(2027, 4, 22), date(2027, 5, 6)),
        (PORTSMOUTH, "papers", date(2027, 4, 29), date(2027, 4, 22)),
        (PORTSMOUTH, "minutes", date(2027, 4, 29), date(2027, 5, 13)),
        (PORTSMOUTH, "disputes", date(2027, 5, 4), date(2027, 5, 18)),
        (PORTSMOUTH, "contributions", date(2028, 4, 1), date(2027, 10, 1)),
        (PORTSMOUTH, "confidentiality", date(2027, 4, 22), date(2027, 4, 22)),
        (ISLAND, "papers", date(2027, 3, 17), date(2027, 3, 10)),
        (ISLAND, "minutes-and-tracker", date(2027, 3, 17), date(2027, 3, 24)),
        (ISLAND, "details-confirmed", date(2027, 8, 31), date(2028, 2, 29)),
    ],
)
def test_what_falls_due_when(place: str, name: str, anchor: date, due: date) -> None:
    assert due_on(duty(place, name), anchor).on == due


@pytest.mark.parametrize(
    ("place", "name", "day"),
    [
        (PORTSMOUTH, "dates-agreed", date(2027, 1, 31)),
        (PORTSMOUTH, "annual-report", date(2027, 9, 30)),
        (PORTSMOUTH, "meetings-held", date(2027, 12, 31)),
        ("hips/executive-group", "yearly-review", date(2027, 9, 30)),
        ("portsmouth/scrutiny-committee", "deep-dives-held", date(2027, 12, 31)),
    ],
)
def test_what_falls_due_each_year(place: str, name: str, day: date) -> None:
    rule = duty(place, name)
    assert due_on(rule, anchor_in(rule, 2027)).on == day


def test_amendments_are_due_at_noon_and_papers_by_midnight() -> None:
    assert duty(PORTSMOUTH, "amendments").by_time == time(12)
    assert duty(PORTSMOUTH, "papers").by_time is None


def test_an_extraordinary_meeting_waits_for_ten_working_days_over_easter() -> None:
    notice, asked_on = duty(PORTSMOUTH, "extraordinary-notice"), date(2027, 3, 22)
    assert earliest_meeting_on(notice, asked_on, CALENDAR) == date(2027, 4, 7)
    assert not is_notice_enough(notice, given_on=asked_on, meeting_on=date(2027, 4, 6), calendar=CALENDAR)
    assert notice.effect_of_breach is Breach.REFUSED
    assert notice.shortening is None


def test_between_the_two_routes_lie_days_that_neither_fits() -> None:
    gap = days_without_a_route(
        urgent=duty(PORTSMOUTH, "urgent"),
        notice=duty(PORTSMOUTH, "extraordinary-notice"),
        asked_on=date(2027, 3, 22),
        calendar=CALENDAR,
    )
    assert (gap[0], gap[-1], len(gap)) == (date(2027, 4, 1), date(2027, 4, 6), 6)


# --- reminders, kinds and strengths --------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "name", "reminders"),
    [
        (ISLAND, "papers", (-14, -7, -3, -1, 0)),
        (ISLAND, "minutes-and-tracker", (-4, -2, 0)),
        (ISLAND, "quarterly-meeting", (-56, -28)),
        (PORTSMOUTH, "reports", (-21, -7, -1, 1)),
        (PORTSMOUTH, "minutes", (-7, -2, 0)),
        (PORTSMOUTH, "disputes", (-3,)),
        (PORTSMOUTH, "arrangements-reviewed", (-120, -56, -28, -7)),
        ("hips/executive-group", "yearly-review", (-91, -28, -7)),
    ],
)
def test_reminders_count_from_the_due_date(place: str, name: str, reminders: tuple[int, ...]) -> None:
    assert duty(place, name).reminders == reminders


def test_the_first_reminder_of_the_years_dates_goes_out_on_1_december() -> None:
    first = min(duty(PORTSMOUTH, "dates-agreed").reminders)
    assert date.fromordinal(date(2027, 1, 31).toordinal() + first) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("name", "kind", "effect"),
    [
        ("items", DeadlineKind.WINDOW, Breach.NEEDS_PERMISSION),
        ("disputes", DeadlineKind.WINDOW, Breach.OUT_OF_TIME),
        ("urgent", DeadlineKind.CHECK, Breach.REFUSED),
        ("attendance-target", DeadlineKind.MEASURE, Breach.RECORDED),
        ("forecast", DeadlineKind.LOCAL_PRACTICE, Breach.RECORDED),
        ("papers", DeadlineKind.DUTY, Breach.RECORDED),
    ],
)
def test_what_kind_of_deadline_it_is_and_what_a_breach_does(name: str, kind: DeadlineKind, effect: Breach) -> None:
    assert (duty(PORTSMOUTH, name).kind, duty(PORTSMOUTH, name).effect_of_breach) == (kind, effect)


def test_should_is_weaker_than_must() -> None:
    assert duty(PORTSMOUTH, "contributions").strength is Strength.EXPECTED
    assert duty(PORTSMOUTH, "papers").strength is Strength.REQUIRED
