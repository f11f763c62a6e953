"""The constitutions that ship, read once each."""

from functools import cache
from pathlib import Path

from partnership.constitutions.build import load
from partnership.rules.constitution import Constitution

LIBRARY = Path(__file__).parents[2] / "partnership" / "constitutions" / "library"
FILES = sorted(LIBRARY.glob("*/*.yaml"))


@cache
def shipped(place: str) -> Constitution:
    """The constitution at "partnership/body"."""
    return load((LIBRARY / f"{place}.yaml").read_bytes())
