"""The attendance report as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnership.spreadsheets import spreadsheet
from reviews.presenters.attendance import AttendancePage, Grid, RateInWords


def attendance_file(page: AttendancePage) -> str:
    """The grids of the page, one below the other; an empty line and a title between parts of a year."""
    return spreadsheet(_lines(page))


def _lines(page: AttendancePage) -> Iterator[Iterable[str]]:
    for number, grid in enumerate(page.grids):
        if number:
            yield []
        if grid.title:
            yield [grid.title]
        yield from _grid_lines(grid)


def _grid_lines(grid: Grid) -> Iterator[list[str]]:
    meetings = [", ".join(part for part in (each.full, each.kind, each.note) if part) for each in grid.columns]
    rates = [grid.person_heading, "Verdict", grid.seat_heading, "Verdict", "Long absence"]
    yield ["Seat", "Representative", "Joined or left", *meetings, *rates]
    for row in grid.rows:
        cells = [cell.letter or cell.words for cell in row.cells]
        rated = [*_rated(row.person_rate), *_rated(row.seat_rate), "; ".join(row.long_absences)]
        yield [row.seat, row.person, row.dates, *cells, *rated]


def _rated(rate: RateInWords | None) -> tuple[str, str]:
    return (rate.words, rate.label) if rate else ("", "")
