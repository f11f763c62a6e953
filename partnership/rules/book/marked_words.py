"""Two wordings of one thing side by side, with the words marked that are not in both."""

from __future__ import annotations

from difflib import SequenceMatcher
from fractions import Fraction
from typing import NamedTuple

# Below this share of words in common, marking each one hinders reading more than it helps: the whole is marked.
ALIKE = Fraction(2, 5)


class Run(NamedTuple):
    """Words that follow on one another, all of them changed or none."""

    words: str
    is_changed: bool


def marked(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The earlier and the later wording as runs; both whole and unmarked where they are the same."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if not old or not new or matcher.ratio() < ALIKE:
        return _whole(before), _whole(after)
    earlier: list[Run] = []
    later: list[Run] = []
    for what, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        is_changed = what != "equal"
        for runs, words in ((earlier, old[old_start:old_end]), (later, new[new_start:new_end])):
            if words:
                runs.append(Run(" ".join(words), is_changed))
    return tuple(earlier), tuple(later)


def _whole(words: str) -> tuple[Run, ...]:
    return (Run(words, is_changed=True),) if words else ()
