"""Every amount of time in the collected rules of real bodies, with dates worked by hand."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from partnership.rules.attendance.absences import (
    Absence,
    AbsenceEffect,
    Basis,
    LowShare,
    MissedInARow,
    MissedInYear,
    NotSeenFor,
    Occasion,
    absence_by_share,
    absence_in_a_row,
    absence_in_year,
    absence_since,
)
from partnership.rules.attendance.attendance import Meeting, MeetingState, Period
from partnership.rules.clauses import Clause
from partnership.rules.deadlines.deadlines import Anchor, DayOfYear, Deadline, Direction, Limit, Unit
from partnership.rules.deadlines.due_dates import Due, anchor_in, due_on
from partnership.rules.deadlines.frequency import MONTHS_IN, Frequency, Per, periods_of_year, planned
from partnership.rules.meeting_kinds import MeetingKind
from tests.rules.hand_made_calendars import ENGLAND_AND_WALES

Row = dict[str, Any]

TABLE: dict[str, list[Row]] = YAML(typ="safe").load(
    (Path(__file__).parent.parent / "data" / "real_deadlines.yaml").read_text(encoding="utf-8")
)
CLAUSE = Clause("1", "As the body states it.")
OFFICE_YEAR_STARTS = date(2027, 1, 1)


def named(row: Row) -> str:
    return f"{row['body']} {row.get('what', row.get('form', row.get('per')))}"


def test_no_row_has_gone_missing() -> None:
    assert {name: len(rows) for name, rows in TABLE.items()} == {
        "deadlines": 66,
        "frequencies": 15,
        "absences": 20,
    }


@pytest.mark.parametrize("row", TABLE["deadlines"], ids=named)
def test_deadline_falls_on_the_day_worked_by_hand(row: Row) -> None:
    due = due_from(row)
    assert due.on == row["due"]
    assert due.at == (time.fromisoformat(row["due_at"]) if "due_at" in row else None)
    assert due.opens_on == row.get("opens")


@pytest.mark.parametrize("row", TABLE["deadlines"], ids=named)
def test_one_more_is_another_day_or_time(row: Row) -> None:
    due, later = due_from(row), due_from({**row, "amount": row["amount"] + 1})
    assert (later.on, later.at) != (due.on, due.at)


@pytest.mark.parametrize("row", TABLE["frequencies"], ids=named)
def test_frequency_is_counted_in_its_own_periods(row: Row) -> None:
    kind = MeetingKind(row.get("kind", "ordinary meeting"))
    rule = Frequency(id="f", clause=CLAUSE, at_least=row["at_least"], per=Per(row["per"]), kind=kind)
    period = Period(date(2027, 1, 1), date(2027, 4, 1))
    if rule.per in MONTHS_IN:
        periods = periods_of_year(rule, 2027)
        assert len(periods) == row["periods"]
        period = periods[0]
    meetings = [Meeting(str(n), date(2027, 1, 4 + n), kind, MeetingState.PLANNED) for n in range(row["dated"])]
    assert planned(rule, period, meetings).missing == row["missing"]


@pytest.mark.parametrize("row", TABLE["absences"], ids=named)
def test_absence_is_reached_on_the_day_worked_by_hand(row: Row) -> None:
    absence = absence_from(row)
    assert (absence.reached_on if absence else None) == row["reached"]
    if absence is not None:
        assert absence.is_open is row.get("open", True)


def due_from(row: Row) -> Due:
    direction = Direction(row["direction"])
    usual = Limit.NOT_LESS_THAN if direction is Direction.BEFORE else Limit.WITHIN
    rule = Deadline(
        id=row["what"],
        duty=row["what"],
        owner="coordinator",
        amount=row["amount"],
        unit=Unit(row["unit"]),
        direction=direction,
        anchor=Anchor(row["anchor"]),
        limit=Limit(row.get("limit", usual)),
        clause=CLAUSE,
        at_most=row.get("at_most"),
        event=row.get("event", ""),
        fixed=DayOfYear(*row["fixed"]) if "fixed" in row else None,
    )
    return due_on(
        rule,
        anchor_in(rule, row["year"]) if "year" in row else row["from"],
        ENGLAND_AND_WALES,
        anchor_at=time.fromisoformat(row["at"]) if "at" in row else None,
        tz=ZoneInfo("Europe/London"),
    )


def absence_from(row: Row) -> Absence | None:
    occasions = occasions_from(row["came"], deputies_count=row.get("basis") == "seat")
    effect, excused_by = AbsenceEffect.ENQUIRY, row.get("excused_by", "")
    match row["form"]:
        case "in a row":
            in_a_row = MissedInARow(
                id="a",
                clause=CLAUSE,
                times=row["times"],
                basis=Basis(row["basis"]),
                effect=effect,
                within_months=row.get("within_months"),
                excused_by=excused_by,
                excused_breaks_run=row.get("excused_breaks_run", True),
            )
            return absence_in_a_row(in_a_row, occasions)
        case "in a year":
            in_year = MissedInYear(id="a", clause=CLAUSE, times=row["times"], basis=Basis(row["basis"]), effect=effect)
            return absence_in_year(in_year, occasions, 2027)
        case "not seen":
            not_seen = NotSeenFor(id="a", clause=CLAUSE, months=row["months"], effect=effect, excused_by=excused_by)
            return absence_since(not_seen, occasions, in_office_from=OFFICE_YEAR_STARTS, at=row["at"])
    share = LowShare(
        id="a", clause=CLAUSE, below=Fraction(row["below"]), months=row["months"], effect=effect, unless_active=True
    )
    return absence_by_share(share, occasions, at=row["at"], was_active=row.get("active", False))


def occasions_from(came: str, *, deputies_count: bool) -> list[Occasion]:
    present = "pd" if deputies_count else "p"
    return [
        Occasion(date(2027, month, 15), MeetingKind.ORDINARY, letter not in present, letter == "l")
        for month, letter in enumerate(came, 1)
    ]
