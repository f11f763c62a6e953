"""The wording of deadlines, plans and absences, each sentence once and whole."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest

from partnership.rules.attendance.absences import (
    Absence,
    AbsenceEffect,
    AbsenceRule,
    Basis,
    LowShare,
    MissedInARow,
    MissedInYear,
    NotSeenFor,
)
from partnership.rules.attendance.attendance import Meeting, MeetingState, Period
from partnership.rules.clauses import Clause
from partnership.rules.deadlines.deadlines import Anchor, DayOfYear, Deadline, Limit, NonWorkingDay, Unit
from partnership.rules.deadlines.due_dates import due_on
from partnership.rules.deadlines.duty_sentences import (
    absence_sentence,
    amount_words,
    due_sentence,
    lateness_sentence,
    notice_refusal,
    plan_sentence,
    route_sentence,
    sent_sentence,
)
from partnership.rules.deadlines.frequency import (
    Frequency,
    Per,
    TermsNeeded,
    held,
    last_day,
    periods_of_year,
    planned,
)
from partnership.rules.deadlines.notice import earliest_meeting_on, route_for
from partnership.rules.meeting_kinds import MeetingKind
from partnership.rules.plain_dates import counted, listed, long_date, plain_time
from tests.rules.hand_made_calendars import ENGLAND_AND_WALES, after, before, notice_of

CLAUSE = Clause("a", "Four meetings a year and a development day.")
MEETING = date(2027, 4, 22)


@pytest.mark.parametrize(
    ("rule", "anchor_on", "sentence"),
    [
        (before(1, Unit.WEEKS, duty="Agenda and papers"), MEETING, "Agenda and papers: due by Thursday 15 April 2027."),
        (
            before(1, Unit.WEEKS, duty="Amendments", by_time=time(12)),
            MEETING,
            "Amendments: due by Thursday 15 April 2027 at midday.",
        ),
        (notice_of(7, Unit.DAYS, duty="Meeting"), MEETING, "Meeting: not before Thursday 29 April 2027."),
        (
            before(1, Unit.WEEKS, on_non_working_day=NonWorkingDay.PREVIOUS),
            date(2027, 5, 10),
            (
                "Papers: due by Friday 30 April 2027. "
                "Monday 3 May 2027 is not a working day, so it moves to the previous one."
            ),
        ),
        (
            after(1, Unit.WEEKS, duty="Minutes", on_non_working_day=NonWorkingDay.NEXT),
            date(2027, 4, 26),
            "Minutes: due by Tuesday 4 May 2027. Monday 3 May 2027 is not a working day, so it moves to the next one.",
        ),
        (
            after(10, Unit.WORKING_DAYS, duty="Minutes"),
            date(2027, 3, 22),
            "Minutes: due by Wednesday 7 April 2027. 26 March and 29 March are bank holidays.",
        ),
        (
            after(2, Unit.WORKING_DAYS, duty="Minutes"),
            date(2027, 4, 30),
            "Minutes: due by Wednesday 5 May 2027. 3 May is a bank holiday.",
        ),
    ],
)
def test_due_sentence(rule: Deadline, anchor_on: date, sentence: str) -> None:
    assert due_sentence(due_on(rule, anchor_on, ENGLAND_AND_WALES)) == sentence


@pytest.mark.parametrize(
    ("duty", "met_on", "sentence"),
    [
        ("Reports", date(2027, 4, 1), "On time."),
        ("Reports", date(2027, 3, 20), "On time."),
        ("Reports", date(2027, 4, 2), "1 day late. Reports were due by 1 April 2027."),
        ("Annual report", date(2027, 4, 3), "2 days late. Annual report was due by 1 April 2027."),
        ("Analysis", date(2027, 4, 2), "1 day late. Analysis was due by 1 April 2027."),
        ("Agenda and plan", date(2027, 4, 2), "1 day late. Agenda and plan were due by 1 April 2027."),
    ],
)
def test_lateness_sentence(duty: str, met_on: date, sentence: str) -> None:
    assert lateness_sentence(due_on(before(3, Unit.WEEKS, duty=duty), MEETING), met_on) == sentence


def test_act_that_came_too_soon() -> None:
    due = due_on(notice_of(7, Unit.DAYS, duty="The meeting"), date(2027, 4, 1))
    assert lateness_sentence(due, date(2027, 4, 6)) == (
        "2 days too soon. The meeting could not come before 8 April 2027."
    )


def test_sent_sentence() -> None:
    minutes = due_on(after(2, Unit.WEEKS, duty="Minutes"), MEETING)
    assert sent_sentence(minutes, date(2027, 5, 4)) == "Sent 2 days before the deadline of 6 May 2027."
    assert sent_sentence(minutes, date(2027, 5, 7)) == "Sent 1 day late."
    papers = due_on(before(1, Unit.WEEKS), MEETING)
    assert sent_sentence(papers, date(2027, 4, 15), time(16, 30)) == "Sent on time on 15 April 2027 at 4:30pm."
    assert sent_sentence(papers, date(2027, 4, 15)) == "Sent on time on 15 April 2027."


EXTRAORDINARY = notice_of(10, Unit.WORKING_DAYS, applies_to=(MeetingKind.EXTRAORDINARY,))
URGENT = after(10, Unit.DAYS, limit=Limit.LESS_THAN, anchor=Anchor.REQUEST)
MONDAY = date(2027, 3, 22)


def test_notice_that_is_too_short_names_the_earliest_date() -> None:
    earliest = earliest_meeting_on(EXTRAORDINARY, MONDAY, ENGLAND_AND_WALES)
    assert notice_refusal(EXTRAORDINARY, earliest) == (
        "Extraordinary meetings need at least 10 working days' notice. The earliest date is Wednesday 7 April 2027."
    )
    assert notice_refusal(before(1, Unit.WEEKS), MEETING) == (
        "Meetings need at least 1 week's notice. The earliest date is Thursday 22 April 2027."
    )


@pytest.mark.parametrize(
    ("needed_on", "sentence"),
    [
        (date(2027, 3, 31), "This is urgent under the arrangements (less than 10 days)."),
        (
            date(2027, 4, 1),
            (
                "This is not urgent under the arrangements (less than 10 days). "
                "The earliest extraordinary meeting is 7 April. No route fits: ask the Chair."
            ),
        ),
        (
            date(2027, 4, 8),
            (
                "This is not urgent under the arrangements (less than 10 days). "
                "The earliest extraordinary meeting is 7 April. Call one for 8 April 2027 or before."
            ),
        ),
    ],
)
def test_route_sentence(needed_on: date, sentence: str) -> None:
    answer = route_for(
        urgent=URGENT, notice=EXTRAORDINARY, asked_on=MONDAY, needed_on=needed_on, calendar=ENGLAND_AND_WALES
    )
    assert route_sentence(answer) == sentence


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (before(1, Unit.WEEKS), "1 week"),
        (before(10, Unit.CLEAR_WORKING_DAYS), "10 clear working days"),
        (before(10, Unit.DAYS, at_most=60), "10 to 60 days"),
        (after(1, Unit.SAME_WEEKDAY), "the same weekday next week"),
    ],
)
def test_amount_words(rule: Deadline, words: str) -> None:
    assert amount_words(rule) == words


ORDINARY = Frequency(id="ordinary", clause=CLAUSE, at_least=4, per=Per.YEAR)
DEVELOPMENT = Frequency(id="day", clause=CLAUSE, at_least=1, per=Per.YEAR, kind=MeetingKind.DEVELOPMENT_DAY)


def planned_year(meetings: int, days: int) -> str:
    (year,) = periods_of_year(ORDINARY, 2027)
    dated = [Meeting(str(n), date(2027, n, 4), state=MeetingState.PLANNED) for n in range(1, meetings + 1)]
    dated += [
        Meeting(f"day {n}", date(2027, n, 5), MeetingKind.DEVELOPMENT_DAY, MeetingState.PLANNED)
        for n in range(1, days + 1)
    ]
    dated.append(Meeting("off", date(2027, 12, 1), state=MeetingState.CANCELLED))
    return plan_sentence([planned(rule, year, dated) for rule in (ORDINARY, DEVELOPMENT)], 2027)


@pytest.mark.parametrize(
    ("meetings", "days", "sentence"),
    [
        (0, 0, "No meetings planned for 2027. Add 4 meetings and 1 development day."),
        (3, 0, "You have planned 3 of 4 meetings and no development day yet."),
        (3, 1, "You have planned 3 of 4 meetings and 1 development day."),
        (4, 1, "2027 is planned: 4 meetings and 1 development day."),
        (5, 1, "2027 is planned: 5 meetings and 1 development day."),
    ],
)
def test_plan_sentence(meetings: int, days: int, sentence: str) -> None:
    assert planned_year(meetings, days) == sentence


def test_only_meetings_held_count_at_the_end_of_the_year() -> None:
    (year,) = periods_of_year(ORDINARY, 2027)
    meetings = [Meeting("1", date(2027, 1, 4)), Meeting("2", date(2027, 4, 4), state=MeetingState.PLANNED)]
    tally = held(ORDINARY, year, meetings)
    assert (tally.counted, tally.missing, tally.is_enough) == (1, 3, False)
    assert last_day(year) == date(2027, 12, 31)
    assert last_day(Period(date(2027, 1, 1))) is None


def test_quarters_follow_the_year_of_the_body() -> None:
    rule = Frequency(id="q", clause=CLAUSE, at_least=1, per=Per.QUARTER, year_starts=DayOfYear(1, 4))
    assert [period.start for period in periods_of_year(rule, 2027)] == [
        date(2027, 4, 1),
        date(2027, 7, 1),
        date(2027, 10, 1),
        date(2028, 1, 1),
    ]


@pytest.mark.parametrize("per", [Per.TERM, Per.WEEK])
def test_terms_and_weeks_must_be_given(per: Per) -> None:
    with pytest.raises(TermsNeeded):
        periods_of_year(Frequency(id="t", clause=CLAUSE, at_least=1, per=per), 2027)


ENQUIRY, VACATED = AbsenceEffect.ENQUIRY, AbsenceEffect.SEAT_VACATED
REACHED = date(2027, 7, 1)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            MissedInARow(id="a", clause=CLAUSE, times=2, basis=Basis.SEAT, effect=ENQUIRY),
            "Persistent non-attendance (2 in a row)",
        ),
        (
            MissedInYear(
                id="a",
                clause=CLAUSE,
                times=2,
                basis=Basis.REPRESENTATIVE,
                effect=AbsenceEffect.DEEMED_RESIGNED,
            ),
            "Treated as having resigned (2 in 2027)",
        ),
        (
            NotSeenFor(id="a", clause=CLAUSE, months=6, effect=VACATED),
            "The seat falls vacant (not seen for 6 months since 1 January 2027)",
        ),
        (
            NotSeenFor(id="a", clause=CLAUSE, months=1, effect=AbsenceEffect.MAY_BE_REMOVED),
            "May be removed (not seen for 1 month since 1 January 2027)",
        ),
        (
            LowShare(id="a", clause=CLAUSE, below=Fraction(1, 4), months=3, effect=AbsenceEffect.REMOVED_BY_RESOLUTION),
            "May be removed by resolution (fewer than 25% in 3 months)",
        ),
    ],
)
def test_absence_sentence(rule: AbsenceRule, sentence: str) -> None:
    assert absence_sentence(Absence(rule, date(2027, 1, 1), REACHED, ())) == sentence


def test_dates_times_and_lists_read_as_people_write_them() -> None:
    assert long_date(MEETING) == "Thursday 22 April 2027"
    times = [time(0), time(0, 30), time(9), time(10), time(12), time(12, 5), time(17, 30), time(23, 59)]
    assert [plain_time(at) for at in times] == [
        "midnight", "12:30am", "9am", "10am", "midday", "12:05pm", "5:30pm", "11:59pm",
    ]  # fmt: skip
    assert [counted(n, "day") for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert counted(2, "agency", "agencies") == "2 agencies"
    assert [listed(["A", "B", "C"][:n]) for n in (1, 2, 3)] == ["A", "A and B", "A, B and C"]
