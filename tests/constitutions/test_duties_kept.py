"""Every duty of every constitution that ships is kept by some part of the product, or said to be not yet."""

from __future__ import annotations

import re
from pathlib import Path

from partnership.obligations.features import registered
from tests.constitutions.shipped import FILES, shipped

DEVELOPERS = Path(__file__).parents[2] / "docs" / "developers.md"
LINE = re.compile(r"^\| `([a-z0-9-]+)` \| (.+) \|$", re.MULTILINE)


def not_yet() -> dict[str, str]:
    """The duties of the table "Duties without a clock yet", with what is missing."""
    _, _, after = DEVELOPERS.read_text(encoding="utf-8").partition("### Duties without a clock yet")
    return dict(LINE.findall(after.partition("\n## ")[0]))


def every_duty() -> set[str]:
    return {rule.id for path in FILES for rule in shipped(f"{path.parent.name}/{path.stem}").deadlines}


def test_no_duty_of_a_shipped_constitution_is_forgotten() -> None:
    assert every_duty() - registered() - not_yet().keys() == set()


def test_what_is_said_to_be_missing_is_a_duty_and_says_what_is_missing() -> None:
    assert not_yet().keys() <= every_duty()
    assert all(len(words) >= 10 for words in not_yet().values())
