"""What a browser that has been here never before fetches to show a register: every file of the page, compressed.

The page's own HTML, its styles, scripts, the icon and the font it asks for, each as the server sends it: text with
gzip, the font as it is.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

from bench.bench_pages import PAGES, signed_in
from bench.demonstration import demonstration

KILOBYTE = 1024
MOST = 200 * KILOBYTE
FETCHED = re.compile(r"""<(?:link|script|img)\b[^>]*?\b(?:href|src)=["'](?P<address>/static/[^"']+)["']""")


def measured() -> bool:
    from django.contrib.staticfiles import finders  # noqa: PLC0415 - needs the settings

    html = signed_in().get(next(iter(PAGES.values()))).content
    parts = {"the page": size(html)}
    for address in dict.fromkeys(FETCHED.findall(html.decode())):
        found = finders.find(address.removeprefix("/static/"))
        if not isinstance(found, str):
            raise FileNotFoundError(f"The page asks for {address}, which is not there.")
        parts[address] = size(Path(found).read_bytes(), is_compressed=address.endswith((".woff2", ".png")))
    total = sum(parts.values())
    print("A first visit to the register of 24 seats, compressed")
    for name, bytes_ in sorted(parts.items(), key=lambda part: -part[1]):
        print(f"  {bytes_ / KILOBYTE:7.1f} KB  {name}")
    print(f"  {total / KILOBYTE:7.1f} KB  in all ({len(parts)} files; wanted at most {MOST // KILOBYTE})")
    return total <= MOST


def size(content: bytes, *, is_compressed: bool = False) -> int:
    return len(content if is_compressed else gzip.compress(content))


if __name__ == "__main__":
    with demonstration():
        sys.exit(0 if measured() else 1)
