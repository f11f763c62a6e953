"""A member's own record: what their person, their seat and their agency came to this year, meeting by meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from membership.models import Appointment, AppointmentKind
from partnership.rules.attendance.attendance import Attended, Meeting, Rate
from partnership.rules.deadlines.duty_sentences import rate_label, rate_words
from partnership.rules.plain_dates import long_date, plain_date
from reviews.attendance import YearPart
from reviews.models import MistakeReport
from reviews.presenters.attendance import CELLS
from reviews.queries import Registers

ALL_OF_IT = "all"


@dataclass(frozen=True, slots=True)
class Figure:
    """One rate in words; `label` says whether it meets what the terms expect."""

    name: str
    words: str
    label: str
    is_below: bool


@dataclass(frozen=True, slots=True)
class SeatRecord:
    """One seat of the reader: its figures, and what each meeting's register says of it."""

    title: str
    figures: tuple[Figure, ...]
    deputies: str
    meetings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PastRecord:
    """A seat that its holder is away from: what it came to in the year in which the leave began, until then."""

    board: str
    year: str
    leave: str
    seat: SeatRecord


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report of a mistake, and its answer where there is one."""

    number: int
    who: str
    where: str
    when: str
    text: str
    answer: str
    is_answered: bool


def seat_records(held: Iterable[Appointment], *, parts: Sequence[YearPart], registers: Registers) -> list[SeatRecord]:
    """Each seat that the reader represents or deputises in, as the year's parts together say."""
    return [_record(each, parts, registers) for each in held]


def _record(held: Appointment, parts: Sequence[YearPart], registers: Registers) -> SeatRecord:
    key, name = held.seat.key, held.person.name
    rows = [row for part in parts for row in part.report.seats if row.seat.id == key]
    agency = rows[0].seat.agency if rows else ""
    own = [person.rate for row in rows for person in row.people if person.person == name]
    whole = [rate for part in parts for its_name, rate in part.report.agencies if agency and its_name == agency]
    figures = [_figure("Your seat, by you or a deputy", [row.rate for row in rows])]
    if held.kind == AppointmentKind.REPRESENTATIVE:
        figures.insert(0, _figure("You, as its representative", own))
    if held.seat.agency_id is not None:
        figures.append(_figure(f"{agency or held.seat.name}, all its seats here", whole))
    records = {record.meeting: record.attended for record in registers.records if record.seat == key}
    counted = [meeting for part in parts for meeting in part.report.meetings]
    used = sum(records.get(meeting.id) is Attended.DEPUTY for meeting in counted)
    is_deputy = held.kind == AppointmentKind.DEPUTY
    return SeatRecord(
        title=f"Deputy for {held.seat.name}" if is_deputy else held.seat.name,
        figures=tuple(figures),
        deputies=f"A deputy came to {used} of {len(counted)} meetings." if counted else "",
        meetings=tuple(_line(meeting, records) for meeting in counted),
    )


def _line(meeting: Meeting, records: dict[str, Attended]) -> tuple[str, str]:
    return long_date(meeting.on), CELLS[records.get(meeting.id, Attended.NO_REPLY)].words


def _figure(name: str, rates: Sequence[Rate]) -> Figure:
    """The rates of the year's parts as one; judged only where the whole year is under one expectation."""
    only = rates[0] if len(rates) == 1 else None
    rate = only or Rate(sum(each.attended for each in rates), sum(each.expected for each in rates))
    return Figure(name, rate_words(rate), rate_label(rate), is_below=rate.is_met is False)


def report_rows(reports: Iterable[MistakeReport]) -> list[ReportRow]:
    return [
        ReportRow(
            number=report.pk,
            who=report.person.name,
            where=_where(report),
            when=f"Reported {plain_date(report.reported_on)}",
            text=report.text,
            answer=f"{report.answer} ({plain_date(report.answered_on)})" if report.answered_on else "",
            is_answered=report.answered_on is not None,
        )
        for report in reports
    ]


def _where(report: MistakeReport) -> str:
    place = f"meeting of {long_date(report.meeting.on)}" if report.meeting else "the record as a whole"
    return f"{report.seat.name}, {place}"


def places_of(held: Sequence[Appointment], meetings: Iterable[tuple[int, date]]) -> list[tuple[str, str]]:
    """What a report may be about: each seat as a whole, then at each meeting, the latest first."""
    days = list(meetings)
    many = len(held) > 1
    found = []
    for each in held:
        of_seat = f"{each.seat.name}: " if many else ""
        found.append((f"{each.seat.key} {ALL_OF_IT}", f"{of_seat}The record as a whole"))
        found += [(f"{each.seat.key} {number}", f"{of_seat}Meeting of {long_date(on)}") for number, on in days]
    return found
