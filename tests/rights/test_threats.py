"""The page of threats names tests that exist, and leaves none of the numbered threats out."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/threats.md").read_text(encoding="utf-8")
A, B, V = range(1, 21), (1, 2, 3, 7, 8, 9, 10, 11, 12), range(1, 28)


def test_every_threat_has_its_line() -> None:
    lines = re.findall(r"^\| ([ABV]\d+) \| [^|]+ \| [^|]+ \|$", PAGE, re.MULTILINE)
    assert lines == [f"{letter}{number}" for letter, numbers in (("A", A), ("B", B), ("V", V)) for number in numbers]


def test_every_test_named_there_exists() -> None:
    named = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", PAGE)
    gone = [
        f"{file}::{test}"
        for file, test in named
        if file.count("/") and not file.startswith("tests/") and not _exists(ROOT / "tests" / file, test)
    ]
    assert named
    assert gone == []


def _exists(file: Path, test: str) -> bool:
    return file.is_file() and (not test or f"def {test}(" in file.read_text(encoding="utf-8"))
