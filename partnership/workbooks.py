"""Tables that people bring in and take away, as workbooks and as comma-separated values.

What comes in is told apart by what is in it, never by its name, and nothing of it is run. A file that is not what it
must be is refused with the sentence that its sender reads.
"""

from __future__ import annotations

import csv
import struct
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from partnership.rules.plain_dates import counted
from partnership.spreadsheets import DANGEROUS, plain_cell
from partnership.uploads import MEGABYTE

MOST_BYTES = 10 * MEGABYTE
MOST_BYTES_UNPACKED = 20 * MEGABYTE
MOST_PARTS = 200
MOST_ROWS, MOST_COLUMNS = 1_000, 40
LONGEST_CELL = 1_000
ZIP_BEGINS, OLE_BEGINS, PDF_BEGINS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
ZIP_END, ZIP_END_LENGTH, MOST_BYTES_OF_DIRECTORY = b"PK\x05\x06", 22, 100_000
IS_ENCRYPTED = 0x1
# Signs that no text of a spreadsheet has, and that a workbook cannot hold.
UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
WIDEST = 60


class SheetRefused(Exception):
    """The file is no table that can be read; the message says what it must be."""


@dataclass(slots=True)
class Sheet:
    """The cells of a table as text, the headings first; `faults` says what cannot be read, by row and column."""

    rows: list[list[str]]
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


# --- out --------------------------------------------------------------------------------------------------------------


def workbook(title: str, lines: Iterable[Iterable[str]]) -> bytes:
    """One sheet of plain text, its first row frozen: no formula, no hidden sheet, no author."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow import, and few requests need it
    from openpyxl.styles import Font  # noqa: PLC0415 - slow import

    rows = [[plain_cell(text.translate(UNPRINTABLE)) for text in line] for line in lines]
    book = Workbook()
    book.properties.creator = ""
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = title
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(row)
    for column, heading in enumerate(rows[0] if rows else (), start=1):
        cell = sheet.cell(1, column, heading)
        cell.font = Font(bold=True)
        longest = max(len(row[column - 1]) for row in rows if len(row) >= column)
        sheet.column_dimensions[cell.coordinate.rstrip("0123456789")].width = min(WIDEST, longest + 2)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


# --- in ---------------------------------------------------------------------------------------------------------------


def sheet_of(data: bytes) -> Sheet:
    """The table in a file: a workbook with one sheet, or comma-separated values in UTF-8. Raises SheetRefused."""
    if not data:
        raise SheetRefused("The selected file is empty")
    if len(data) > MOST_BYTES:
        raise SheetRefused(f"The selected file must be smaller than {MOST_BYTES // MEGABYTE}MB")
    if data.startswith(ZIP_BEGINS):
        return _checked(_from_workbook(data))
    if data.startswith(OLE_BEGINS):
        raise SheetRefused("The selected file is an old or protected workbook. Save it as XLSX without a password")
    if data.startswith(PDF_BEGINS) or b"\x00" in data:
        raise _is_neither()
    return _checked(_from_values(data))


def _is_neither() -> SheetRefused:
    return SheetRefused("The selected file must be an XLSX workbook or a CSV file")


def _checked(sheet: Sheet) -> Sheet:
    while sheet.rows and not any(sheet.rows[-1]):
        sheet.rows.pop()
    if not sheet.rows:
        raise SheetRefused("The selected file holds no row")
    if len(sheet.rows) > MOST_ROWS + 1:
        raise SheetRefused(f"The selected file must have at most {counted(MOST_ROWS, 'row')}. Split it")
    if any(len(row) > MOST_COLUMNS for row in sheet.rows):
        raise SheetRefused(f"The selected file must have at most {MOST_COLUMNS} columns")
    for number, row in enumerate(sheet.rows):
        for column, text in enumerate(row):
            if len(text) > LONGEST_CELL:
                row[column] = text[:LONGEST_CELL]
                sheet.faults.setdefault((number, column), f"Use at most {LONGEST_CELL} characters")
    return sheet


def _text(typed: str) -> str:
    """A cell's text: in one line, and without the sign that kept a spreadsheet from running it."""
    text = " ".join(typed.translate(UNPRINTABLE).encode("utf-8", "replace").decode().split())
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def _from_values(data: bytes) -> Sheet:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise SheetRefused(
            "The letters of the selected file cannot be read. Save it as “CSV UTF-8”, or as XLSX"
        ) from broken
    sheet = Sheet([])
    try:
        for number, line in enumerate(csv.reader(StringIO(text, newline=""), strict=True)):
            if number > MOST_ROWS + 1:
                break
            for column, typed in enumerate(line[: MOST_COLUMNS + 1]):
                if typed.lstrip().startswith("="):
                    sheet.faults[number, column] = "It holds a formula. Type what it comes to"
            sheet.rows.append([_text(typed) for typed in line])
    except csv.Error as broken:
        raise SheetRefused("The selected file is not a table of comma-separated values") from broken
    return sheet


def _from_workbook(data: bytes) -> Sheet:
    try:
        _check_package(data)
        sheet = _read(data)
    except SheetRefused:
        raise
    except Exception as broken:
        # A broken workbook makes its reader fail in any way at all, and its sender is told the same of each.
        raise _is_neither() from broken
    for row in sheet.rows:
        while row and not row[-1]:
            row.pop()
    return sheet


def _read(data: bytes) -> Sheet:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow import, and few requests need it

    book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    if len(book.sheetnames) != 1:
        raise SheetRefused("The selected file must have one sheet only")
    page: Any = book.worksheets[0]
    sheet = Sheet([])
    for number, cells in enumerate(page.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)):
        sheet.rows.append([])
        for column, cell in enumerate(cells):
            sheet.rows[-1].append(_text(_shown(cell.value)))
            if cell.data_type in {"f", "e"}:
                sheet.faults[number, column] = "It holds a formula or an error. Type what it comes to"
    return sheet


def _shown(value: Any) -> str:
    """A cell's value as people write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _check_package(data: bytes) -> None:
    """The package is whole, of bounded size, without macros, declarations or merged cells. Raises SheetRefused."""
    end = data[-ZIP_END_LENGTH:]
    if len(end) < ZIP_END_LENGTH or not end.startswith(ZIP_END):
        raise _is_neither()
    (length_of_directory,) = struct.unpack_from("<I", end, 12)
    if length_of_directory > MOST_BYTES_OF_DIRECTORY:
        raise _is_neither()
    with zipfile.ZipFile(BytesIO(data)) as package:
        _check_entries(package.infolist())
        for name, part in _parts(package):
            is_markup = name.endswith((".xml", ".rels"))
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part or (is_markup and b"\x00" in part):
                raise _is_neither()
            if b"<mergeCell " in part:
                raise SheetRefused("The selected file has merged cells. Unmerge them, one cell for each value")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_PARTS or len(set(names)) < len(names) or "xl/workbook.xml" not in names:
        raise _is_neither()
    if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
        raise SheetRefused("The selected file is password protected")
    if any("vbaproject" in name.casefold() for name in names):
        raise SheetRefused("The selected file has macros. Save it as XLSX")
    if sum(entry.file_size for entry in entries) > MOST_BYTES_UNPACKED:
        raise SheetRefused("The selected file unpacks to too much. Keep the table alone in it")


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for entry in package.infolist():
        # `read` yields no more than the size the entry declares, and the sizes together are bounded.
        yield entry.filename, package.read(entry)
