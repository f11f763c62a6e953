"""A finished PDF, read back before it is handed out."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from meetings.pdf.drawing import Drawn


class NotAsPromised(Exception):
    """The PDF lacks something that every document of ours has."""


def checked(made: Drawn) -> Drawn:
    """The same, once it is known to have its pages, tags, language and title. Raises NotAsPromised."""
    import pikepdf  # noqa: PLC0415 - slow import

    try:
        with pikepdf.open(BytesIO(made.pdf)) as read:
            lacking = [
                what
                for what, is_there in (
                    ("pages", len(read.pages) == made.pages > 0),
                    ("tags", _is_marked(read.Root.get("/MarkInfo")) and "/StructTreeRoot" in read.Root),
                    ("a language", "/Lang" in read.Root),
                    ("a title", bool(str(read.docinfo.get("/Title", "")))),
                )
                if not is_there
            ]
    except pikepdf.PdfError as unreadable:
        raise NotAsPromised("The PDF cannot be read.") from unreadable
    if lacking:
        raise NotAsPromised(f"The PDF lacks {' and '.join(lacking)}.")
    return made


def _is_marked(mark_info: Any) -> bool:
    return mark_info is not None and bool(mark_info.get("/Marked"))
