"""The words of a PDF, read back from its text operators by each font's own map to Unicode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
BYTES_A_GLYPH = 2


class Said(str):
    """Words without regard to spaces: a change of font ends one run of text and begins another."""

    __slots__ = ()

    def __contains__(self, words: object) -> bool:
        return str.__contains__(self, closed_up(str(words)))

    def times(self, words: str) -> int:
        return self.count(closed_up(words))


def text_of(pdf: bytes) -> Said:
    """All pages, one after the other."""
    with pikepdf.open(BytesIO(pdf)) as read:
        return Said(closed_up("".join(words for page in read.pages for words in _words(page))))


def closed_up(words: str) -> str:
    return "".join(words.split())


def bookmarks(read: pikepdf.Pdf) -> list[str]:
    """The titles of the outline, to any depth."""
    with read.open_outline() as outline:
        return list(_titles(outline.root))


def _titles(entries: Any) -> Iterator[str]:
    for entry in entries:
        yield entry.title
        yield from _titles(entry.children)


def _words(page: pikepdf.Page) -> Iterator[str]:
    """One string for each run of text."""
    maps = {name: _map(font) for name, font in page.resources.Font.items()}
    by_glyph: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "Tf":
            by_glyph = maps[str(operands[0])]
        elif operator in {"TJ", "Tj"}:
            parts = operands[0] if operator == "TJ" else operands
            yield "".join(_read(bytes(part), by_glyph) for part in parts if isinstance(part, pikepdf.String))


def _read(glyphs: bytes, by_glyph: dict[bytes, str]) -> str:
    pairs = (glyphs[at : at + BYTES_A_GLYPH] for at in range(0, len(glyphs), BYTES_A_GLYPH))
    return "".join(by_glyph.get(glyph, "") for glyph in pairs)


def _map(font: Any) -> dict[bytes, str]:
    told = PAIR.findall(font.ToUnicode.read_bytes())
    return {bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in told}
