"""What a member on leave goes on reading: what their own seats came to until the leave began."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from membership.models import Leave
from membership.queries.leave import leaves_of
from partnership import clock
from partnership.rules.plain_dates import plain_date
from partnership.views.finding import reader_of
from reviews.attendance import year_parts
from reviews.presenters.my_agency import PastRecord, seat_records
from reviews.queries import registers_until

A_DAY = timedelta(days=1)


def my_past_record(request: HttpRequest) -> HttpResponse:
    """Seat by seat, for each seat that the reader is away from today; their access to its board rests meanwhile."""
    records = [_record(leave) for leave in leaves_of(person=reader_of(request), on=clock.today())]
    return render(request, "reviews/my_past_record.html", {"records": records})


def _record(leave: Leave) -> PastRecord:
    """The year in which the leave began, until it began: nothing of the time after is theirs to read."""
    board, last_day = leave.appointment.seat.board, leave.starts_on - A_DAY
    registers = registers_until(board=board, until=leave.starts_on, today=last_day)
    parts = year_parts(registers, year=last_day.year, today=last_day)
    (seat,) = seat_records([leave.appointment], parts=parts, registers=registers)
    until = f" to {plain_date(leave.until - A_DAY)}" if leave.until else ""
    return PastRecord(board.name, str(last_day.year), f"On leave from {plain_date(leave.starts_on)}{until}.", seat)
