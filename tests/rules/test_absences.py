"""The edges of the rules on absence: exact shares, what counts when nothing is said."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from partnership.rules.attendance.absences import (
    AbsenceEffect,
    Basis,
    LowShare,
    MissedInARow,
    MissedInYear,
    Occasion,
    absence_by_share,
    absence_in_a_row,
    absence_in_year,
    occasions_of_seat,
)
from partnership.rules.attendance.attendance import Attended, Meeting, Period, Record, Seat, Tenure
from partnership.rules.clauses import Clause
from partnership.rules.meeting_kinds import MeetingKind

CLAUSE = Clause("1", "As the body states it.")


def monthly(came: str) -> list[Occasion]:
    return [
        Occasion(date(2027, month, 15), MeetingKind.ORDINARY, letter == "a") for month, letter in enumerate(came, 1)
    ]


def low_share(**fields: Any) -> LowShare:
    stated = {"below": Fraction(1, 4), "months": 4, "effect": AbsenceEffect.SEAT_VACATED}
    return LowShare(id="low", clause=CLAUSE, **{**stated, **fields})


@pytest.mark.parametrize(("came", "is_found"), [("aaaa", True), ("paaa", False), ("pppp", False), ("", False)])
def test_exactly_the_share_is_not_below_it(*, came: str, is_found: bool) -> None:
    absence = absence_by_share(low_share(), monthly(came), at=date(2027, 4, 30))
    assert (absence is not None) is is_found


def test_meetings_outside_the_months_do_not_count() -> None:
    occasions = monthly("paaaap")
    absence = absence_by_share(low_share(), occasions, at=date(2027, 5, 15))
    assert absence is not None
    assert absence.missed_on == tuple(date(2027, month, 15) for month in (2, 3, 4, 5))
    assert absence_by_share(low_share(), occasions, at=date(2027, 5, 14)) is None


def test_taking_part_saves_only_where_the_rule_says_so() -> None:
    occasions, at = monthly("aaaa"), date(2027, 4, 30)
    assert absence_by_share(low_share(), occasions, at=at, was_active=True) is not None
    assert absence_by_share(low_share(unless_active=True), occasions, at=at) is not None
    assert absence_by_share(low_share(unless_active=True), occasions, at=at, was_active=True) is None


def test_absence_is_not_excused_unless_somebody_says_so() -> None:
    rule = MissedInARow(
        id="row", clause=CLAUSE, times=2, basis=Basis.SEAT, effect=AbsenceEffect.ENQUIRY, excused_by="board"
    )
    missed = monthly("aa")
    excused = Occasion(date(2027, 1, 20), MeetingKind.ORDINARY, is_missed=True, is_excused=True)
    assert absence_in_a_row(rule, missed) is not None
    assert absence_in_a_row(rule, [missed[0], excused, missed[1]]) is None


def test_leave_from_nobody_excuses_nothing() -> None:
    rule = MissedInARow(id="row", clause=CLAUSE, times=2, basis=Basis.SEAT, effect=AbsenceEffect.ENQUIRY)
    excused = [Occasion(date(2027, n, 1), MeetingKind.ORDINARY, is_missed=True, is_excused=True) for n in (1, 2)]
    assert absence_in_a_row(rule, excused) is not None


def test_absences_of_one_year_are_dated_from_the_first_to_the_one_too_many() -> None:
    rule = MissedInYear(
        id="year", clause=CLAUSE, times=2, basis=Basis.REPRESENTATIVE, effect=AbsenceEffect.DEEMED_RESIGNED
    )
    absence = absence_in_year(rule, monthly("paapa"), 2027)
    assert absence is not None
    assert (absence.since, absence.reached_on) == (date(2027, 2, 15), date(2027, 3, 15))
    assert absence_in_year(rule, monthly("paapa"), 2026) is None


def test_person_on_leave_is_not_expected() -> None:
    leave = Period(date(2027, 4, 1), date(2027, 5, 1))
    tenure = Tenure("Member", Period(date(2027, 1, 1), date(2028, 1, 1)), (leave,))
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 4, 30), date(2027, 5, 1), date(2028, 1, 1)]
    assert [tenure.is_expected_on(day) for day in days] == [False, True, False, True, False]


def test_a_seat_misses_only_its_own_meetings_while_it_exists() -> None:
    seat = Seat("police", "Constabulary", Period(date(2027, 2, 1), date(2027, 4, 1)))
    meetings = [Meeting(f"m{month}", date(2027, month, 15)) for month in range(1, 6)]
    own = [Record("m2", "police", Attended.DEPUTY)]
    others = [Record(meeting.id, "council", Attended.PRESENT) for meeting in meetings]
    occasions = occasions_of_seat(seat, meetings, own + others)
    assert [(one.on.month, one.is_missed) for one in occasions] == [(2, False), (3, True)]
