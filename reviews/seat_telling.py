"""What the attendance of a year tells of a seat: its rates, by the terms in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from membership.effects import Told
from membership.models import Seat
from partnership import clock
from partnership.rules.attendance.attendance import AttendanceReport, Rate, SeatAttendance
from partnership.rules.deadlines.duty_sentences import rate_label, rate_words
from reviews.attendance import NO_RATE_ASKED, year_parts
from reviews.queries import registers_until


def tell(seat: Seat, on: date) -> list[Told]:
    """Each rate of the seat in this year's last part so far: of its people, of the seat, of its agency."""
    today = clock.today()
    registers = registers_until(board=seat.board, until=today + timedelta(days=1), today=today)
    parts = year_parts(registers, year=today.year, today=today)
    report = parts[-1].report if parts else None
    row = next((one for one in report.seats if one.seat.id == seat.key), None) if report else None
    return list(_rates(report, row, today.year)) if report is not None and row is not None else []


def _rates(report: AttendanceReport, row: SeatAttendance, year: int) -> Iterator[Told]:
    basis = report.policy.clause.citation if report.policy is not NO_RATE_ASKED else "No rate is expected"
    people = [f"{one.person} {_words(one.rate)}" for one in row.people]
    yield Told(f"Representative's rate in {year}", "; ".join(people) or "Nobody held the seat", basis)
    yield Told(f"Seat's rate in {year}", _words(row.rate), basis)
    for agency, rate in report.agencies:
        if agency == row.seat.agency:
            yield Told(f"Rate of {agency} in {year}", _words(rate), basis)


def _words(rate: Rate) -> str:
    label = rate_label(rate)
    return f"{rate_words(rate)}{f': {label}' if label else ''}"
