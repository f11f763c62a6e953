"""What a document may draw upon: our own static files, by name, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

# A name that no machine can have: it stands for our files, and nothing is ever asked of the network.
SCHEME, HOST = "https", "static.invalid"
BASE = f"{SCHEME}://{HOST}/"
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class NotOurs(ValueError):
    """A document asked for something that is not one of our static files."""


def path_of(address: str) -> Path:
    """The file that an address stands for. Raises NotOurs."""
    parts = urlsplit(address)
    name = PurePosixPath(unquote(parts.path).lstrip("/"))
    is_own = (parts.scheme, parts.netloc) == (SCHEME, HOST)
    if not is_own or ".." in name.parts or name.suffix not in TYPES:
        raise NotOurs(f"{address} is not a static file of ours.")
    # Production has collected them; elsewhere, and before that, the files are where they are.
    collected = Path(settings.STATIC_ROOT) / name if settings.STATIC_ROOT else None
    if collected is not None and collected.is_file():
        return collected
    found = finders.find(str(name))
    if not found:
        raise NotOurs(f"There is no static file {name}.")
    return Path(found)


def own_file() -> Callable[[str], Any]:
    """The fetcher that WeasyPrint is given."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415 - slow import

    class OwnFiles(URLFetcher):
        """Opens our static files. Anything else ends the drawing: a document with a hole in it is not handed out."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            try:
                path = path_of(url)
            except NotOurs as refused:
                raise FatalURLFetchingError(str(refused)) from refused
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": TYPES[path.suffix]})

    fetcher: Callable[[str], Any] = OwnFiles()  # type: ignore[no-untyped-call]  # its parent's constructor is untyped
    return fetcher
