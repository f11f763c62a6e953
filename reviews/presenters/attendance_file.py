"""The attendance report as a file for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from reviews.presenters.attendance import AttendancePage, Grid, RateInWords

# A spreadsheet takes a cell that begins so for a formula, or for the beginning of another cell.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Without it, spreadsheets take UTF-8 for something else.
BYTE_ORDER_MARK = "\ufeff"


def plain_cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would otherwise run it."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def attendance_file(page: AttendancePage) -> str:
    """The grids of the page, one below the other; an empty line and a title between parts of a year."""
    out = StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    for line in _lines(page):
        writer.writerow([plain_cell(text) for text in line])
    return out.getvalue()


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
