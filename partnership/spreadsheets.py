"""Files for spreadsheets, whose cells hold what people typed and are never run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO

# A spreadsheet takes a cell that begins so for a formula, or for the beginning of another cell.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Without it, spreadsheets take UTF-8 for something else.
BYTE_ORDER_MARK = "\ufeff"
WHOLE_NUMBER = re.compile("-[0-9]+")


def plain_cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would otherwise run it. A whole number stays one."""
    return f"'{text}" if text.startswith(DANGEROUS) and not WHOLE_NUMBER.fullmatch(text) else text


def spreadsheet(lines: Iterable[Iterable[str]]) -> str:
    """The lines as comma-separated values, each cell made plain."""
    out = StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    for line in lines:
        writer.writerow([plain_cell(text) for text in line])
    return out.getvalue()
