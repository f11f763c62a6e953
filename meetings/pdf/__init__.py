"""Documents drawn as PDF: tagged, titled, with bookmarks, and nothing fetched from outside."""

from meetings.pdf.checking import NotAsPromised, checked
from meetings.pdf.drawing import Drawn, drawn, page_of

__all__ = ["Drawn", "NotAsPromised", "checked", "drawn", "page_of"]
