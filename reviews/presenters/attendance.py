"""The attendance report of a board's year as printed: findings, the grid of seats and meetings, how it is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.urls import reverse

from partnership.models import Board
from partnership.navigation import address_of
from partnership.rules.attendance.attendance import (
    Attended,
    Meeting,
    MeetingState,
    PersonAttendance,
    Rate,
    Record,
    SeatAttendance,
    Tenure,
)
from partnership.rules.deadlines.duty_sentences import absence_sentence, percent_words, rate_label, rate_words
from partnership.rules.meeting_kinds import MeetingKind
from partnership.rules.plain_dates import MONTHS, long_date, plain_date
from reviews.attendance import YearPart, overlaps, year_parts
from reviews.presenters.attendance_findings import answer, counting_notes, findings
from reviews.queries import Registers

VACANT = "Vacant"
DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Column:
    """One meeting. `why_not_counted` is empty for those that count, and `href` is for those: to the register."""

    short: str
    full: str
    kind: str
    why_not_counted: str
    href: str

    @property
    def note(self) -> str:
        """What stands under the date of a meeting that does not count."""
        return f"{self.why_not_counted}, not counted" if self.why_not_counted else ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """What the register says, as a letter and in words; a meeting that does not count has no letter."""

    letter: str
    words: str

    @property
    def style(self) -> str:
        return "X" if self.letter == DASH else self.letter


@dataclass(frozen=True, slots=True)
class RateInWords:
    """`Rep 3 of 4 (75%)`, and `Meets 75%` where a rate is expected."""

    words: str
    label: str
    is_below: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A seat with one of its representatives (or vacant). `seat_rate` stands on its first row, over `span` rows."""

    seat: str
    person: str
    dates: str
    cells: tuple[GridCell, ...]
    person_rate: RateInWords | None
    seat_rate: RateInWords | None
    span: int
    long_absences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One part of the year. `title` is empty when there is no other part."""

    title: str
    findings: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    person_heading: str
    seat_heading: str
    clause_words: str
    clause_source: str
    counting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearLink:
    year: int
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class AttendancePage:
    """Everything the template prints. `file_href` is empty for a reader who may not take the figures away."""

    year: int
    heading: str
    lead: str
    grids: tuple[Grid, ...]
    left_out: tuple[str, ...]
    years: tuple[YearLink, ...]
    file_href: str


def attendance_page(
    *, board: Board, registers: Registers, year: int, today: date, may_download: bool
) -> AttendancePage:
    """The report of a year, as far as it has passed; without grids when no meeting was held."""
    everything = year_parts(registers, year=year, today=today)
    parts = [part for part in everything if part.report.meetings]
    address = address_of(board)
    heading, lead = answer(parts, year=year, is_over=year < today.year)
    is_only = len(parts) == 1
    return AttendancePage(
        year=year,
        heading=heading,
        lead=lead,
        grids=tuple(grid_of(part, registers, board=board, is_only=is_only) for part in parts),
        left_out=() if parts else tuple(_left_out(everything)),
        years=tuple(
            YearLink(each, reverse("attendance_year", args=(*address, each)), each == year)
            for each in sorted({*registers.years, year}, reverse=True)
        ),
        file_href=reverse("attendance_file", args=(*address, year)) if may_download and parts else "",
    )


def _left_out(parts: Iterable[YearPart]) -> Iterable[str]:
    """Each meeting of a year in which none counts, and why."""
    for part in parts:
        for meeting in part.meetings:
            yield f"{long_date(meeting.on)}: {_why_not_counted(meeting)}, not counted."


# --- the grid ---------------------------------------------------------------------------------------------------------


def grid_of(part: YearPart, registers: Registers, *, board: Board, is_only: bool) -> Grid:
    """The seats by name against the meetings by date."""
    policy = part.report.policy
    seats = sorted(part.report.seats, key=lambda row: registers.seat_names[row.seat.id].casefold())
    return Grid(
        title="" if is_only else _title(part),
        findings=findings(part, registers.seat_names, is_whole_year=is_only),
        columns=tuple(_column(meeting, part, board) for meeting in part.meetings),
        rows=tuple(row for seat in seats for row in _rows(seat, part, registers)),
        person_heading=_heading("Representative", policy.representative),
        seat_heading=_heading("Seat", policy.seat),
        clause_words=policy.clause.words,
        clause_source=_clause_source(part),
        counting=counting_notes(part, registers.seat_names),
    )


def _title(part: YearPart) -> str:
    last = (part.period.until or date.max) - timedelta(days=1)
    version = f": version {part.adopted.number}" if part.adopted else ""
    return f"{plain_date(part.period.start)} to {plain_date(last)}{version}"


def _heading(whose: str, expected: Fraction | None) -> str:
    return whose if expected is None else f"{whose}, against {percent_words(expected)}"


def _clause_source(part: YearPart) -> str:
    clause, adopted = part.report.policy.clause, part.adopted
    return f"Clause {clause.ref}. {adopted.title}, version {adopted.number}." if adopted and clause.ref else ""


def _column(meeting: Meeting, part: YearPart, board: Board) -> Column:
    is_counted = meeting in part.report.meetings
    return Column(
        short=f"{meeting.on.day} {MONTHS[meeting.on.month - 1][:3]}",
        full=long_date(meeting.on),
        kind=_kind_words(meeting) if is_counted else "",
        why_not_counted="" if is_counted else _why_not_counted(meeting),
        href=reverse("register", args=(*address_of(board), meeting.id)) if is_counted else "",
    )


def _kind_words(meeting: Meeting) -> str:
    return "" if meeting.kind is MeetingKind.ORDINARY else meeting.kind.removesuffix(" meeting")


def _why_not_counted(meeting: Meeting) -> str:
    if meeting.state is MeetingState.CANCELLED:
        return "cancelled"
    if meeting.state is MeetingState.PLANNED:
        return "register not closed"
    return str(meeting.kind)


def _rows(seat: SeatAttendance, part: YearPart, registers: Registers) -> list[GridRow]:
    """The representative of the last day first, then those before; a row of its own for meetings without any."""
    tenures = [tenure for tenure in seat.seat.tenures if overlaps(tenure.held, part.period)]
    held: list[tuple[Tenure | None, PersonAttendance | None]] = list(zip(tenures, seat.people, strict=True))
    held.reverse()
    existing = [meeting for meeting in part.report.meetings if seat.seat.existed.covers(meeting.on)]
    if not held or any(seat.seat.holder_on(meeting.on) is None for meeting in existing):
        held.append((None, None))
    register = {record.meeting: record for record in registers.records if record.seat == seat.seat.id}
    notes = tuple(absence_sentence(each.absence) for each in part.long_absences if each.seat == seat.seat.id)
    return [
        GridRow(
            seat=registers.seat_names[seat.seat.id],
            person=tenure.person if tenure else VACANT,
            dates=_dates(tenure, part) if tenure else "",
            cells=tuple(_cell(meeting, seat, tenure, part, register) for meeting in part.meetings),
            person_rate=_in_words("Rep", person.rate) if person else None,
            seat_rate=_in_words("Seat", seat.rate) if number == 0 else None,
            span=len(held),
            long_absences=notes if number == 0 else (),
        )
        for number, (tenure, person) in enumerate(held)
    ]


def _dates(tenure: Tenure, part: YearPart) -> str:
    """`Joined 1 June 2027`, `Left 31 May 2027`; empty for who was there throughout."""
    words = [f"joined {plain_date(tenure.held.start)}"] if tenure.held.start > part.period.start else []
    until = tenure.held.until
    if until is not None and (part.period.until is None or until < part.period.until):
        words.append(f"left {plain_date(until - timedelta(days=1))}")
    words_together = ", ".join(words)
    return words_together[:1].upper() + words_together[1:]


def _in_words(whose: str, rate: Rate) -> RateInWords:
    return RateInWords(f"{whose} {rate_words(rate)}", rate_label(rate), is_below=rate.is_met is False)


# --- cells ------------------------------------------------------------------------------------------------------------

CELLS = {
    Attended.PRESENT: GridCell("Y", "Attended"),
    Attended.DEPUTY: GridCell("D", "Deputy attended"),
    Attended.APOLOGIES: GridCell("A", "Apologies, no deputy"),
    Attended.ABSENT: GridCell("N", "Did not attend"),
    Attended.NO_REPLY: GridCell("N", "Nothing recorded, counted as not attending"),
}
NOT_COUNTED = GridCell("", "Not counted")
NOT_APPLICABLE = GridCell(DASH, "Not applicable")
NOBODY_TO_COME = GridCell("N", "Vacant, nobody came")
KEY = (
    *(CELLS[attended] for attended in (Attended.PRESENT, Attended.DEPUTY, Attended.APOLOGIES, Attended.ABSENT)),
    NOT_APPLICABLE,
)


def _cell(
    meeting: Meeting, seat: SeatAttendance, tenure: Tenure | None, part: YearPart, register: dict[str, Record]
) -> GridCell:
    """The cell of one row: a dash outside the seat's time or the person's."""
    if meeting not in part.report.meetings:
        return NOT_COUNTED
    if not seat.seat.existed.covers(meeting.on) or seat.seat.holder_on(meeting.on) is not tenure:
        return NOT_APPLICABLE
    record = register.get(meeting.id)
    attended = record.attended if record else Attended.NO_REPLY
    if tenure is None and attended is Attended.ABSENT:
        return NOBODY_TO_COME
    return CELLS[attended]
