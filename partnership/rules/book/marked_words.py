"""Two wordings of one thing side by side, with the words marked that are not in both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

TOKEN = re.compile("\\s*(?:[\\w'\u2019&/-]+|[^\\w\\s])")
# So few words that stay the same, between words that do not, only make a change harder to read.
A_FEW = 2


class Run(NamedTuple):
    """Words that follow on one another, all of them changed or none; `is_apart` where a space comes before them."""

    words: str
    is_changed: bool
    is_apart: bool = False


def marked(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The earlier and the later wording as runs."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    matcher = SequenceMatcher(a=[each.strip() for each in old], b=[each.strip() for each in new], autojunk=False)
    steps = _joined([_Step(step[0] != "equal", *step[1:]) for step in matcher.get_opcodes()])
    return (
        tuple(_runs((step.is_changed, old[step.old_start : step.old_end]) for step in steps)),
        tuple(_runs((step.is_changed, new[step.new_start : step.new_end]) for step in steps)),
    )


class _Step(NamedTuple):
    """Words [start, end) of each wording that stand for each other."""

    is_changed: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def _joined(steps: list[_Step]) -> list[_Step]:
    """Changes that only a few words stand between, as one."""
    joined: list[_Step] = []
    for number, step in enumerate(steps):
        is_between = 0 < number < len(steps) - 1
        counts_as_changed = step.is_changed or (is_between and step.old_end - step.old_start <= A_FEW)
        if joined and counts_as_changed and joined[-1].is_changed:
            joined[-1] = joined[-1]._replace(old_end=step.old_end, new_end=step.new_end)
        else:
            joined.append(step._replace(is_changed=counts_as_changed))
    return joined


def _runs(parts: Iterable[tuple[bool, list[str]]]) -> Iterator[Run]:
    for is_changed, tokens in parts:
        if tokens:
            words = "".join(tokens)
            yield Run(words.strip(), is_changed, is_apart=words[0].isspace())
