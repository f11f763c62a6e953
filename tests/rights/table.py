"""The authorisation table as people typed it, one file a part of the product in `tables/`.

A line is a method, the name of an address, its path, and a letter for each person of the header:
`y` the page, `f` forbidden (it may be read and not written), `-` 404 (may not know of it), `s` sent to sign in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TABLES = Path(__file__).parent / "tables"
ISLAND = "/p/isle-of-wight/"
BOARD = ISLAND + "main-board/"
MEETING = BOARD + "meetings/2027-03-17/"

# The two letters over a column, and the person of the rights' cast who asks.
WHO = {
    "an": "anonymous",
    "no": "nobody",
    "ou": "outsider",
    "ne": "neighbour",
    "ob": "observer",
    "me": "member",
    "de": "deputy",
    "ch": "chair",
    "sc": "scrutineer",
    "co": "coordinator",
    "ma": "manager",
    "vc": "vice-chair",
    "su": "substitute",
    "ad": "adviser",
    "lr": "lead representative",
    "pa": "administrator",
    "ct": "case tier",
    "it": "superuser",
    "en": "ended yesterday",
    "st": "starts tomorrow",
    "tw": "member of two",
    "da": "deactivated",
}
LETTERS = frozenset("yf-s")


@dataclass(frozen=True, slots=True)
class Line:
    """One address asked in one way; `letters` by the two letters of the person."""

    method: str
    name: str
    path: str
    letters: dict[str, str]

    def at(self, **places: object) -> str:
        """The path with what it leaves open filled in; the board and the meeting unless told others."""
        return self.path.format(**{"island": ISLAND, "board": BOARD, "meeting": MEETING} | places)

    @property
    def names_a_row(self) -> bool:
        """Whether the path names something inside a board or a meeting, which another one's address must not open."""
        return "{" in self.path.replace("{island}", "").replace("{board}", "").replace("{meeting}", "")


def lines(*methods: str) -> list[Line]:
    """Every line of the table; of these methods only where any is given."""
    read = [line for file in sorted(TABLES.glob("*.txt")) for line in _lines_of(file)]
    return [line for line in read if not methods or line.method in methods]


def _lines_of(file: Path) -> Iterator[Line]:
    heads: list[str] = []
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if text.startswith("# who:"):
            heads = text.removeprefix("# who:").split()
        elif text.strip() and not text.startswith("#"):
            words = text.split()
            letters = words[3:]
            if len(letters) != len(heads) or not LETTERS.issuperset(letters):
                raise ValueError(f"{file.name}, line {number}: a letter for each of {len(heads)} people is expected")
            yield Line(words[0], words[1], words[2], dict(zip(heads, letters, strict=True)))
