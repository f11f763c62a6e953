"""Words that two wordings do not share are marked; what they share, and a full stop, is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.rules.book.marked_words import Run, marked


def shown(runs: tuple[Run, ...]) -> str:
    """Changed words between brackets."""
    return "".join(f"{' ' if run.is_apart else ''}{f'[{run.words}]' if run.is_changed else run.words}" for run in runs)


@pytest.mark.parametrize(
    ("before", "after", "earlier", "later"),
    [
        (
            "at least 1 week before the meeting.",
            "at least 2 weeks before the meeting.",
            "at least [1 week] before the meeting.",
            "at least [2 weeks] before the meeting.",
        ),
        (
            "The chair is present (expected: its absence is reported).",
            "The chair is present.",
            "The chair is present [(expected: its absence is reported)].",
            "The chair is present.",
        ),
        ("Half of them.", "Half of them.", "Half of them.", "Half of them."),
        ("", "All of them.", "", "[All of them.]"),
        (
            "It is an expectation: absence is reported.",
            "It is a must: any missing ends it.",
            "It is [an expectation: absence is reported].",
            "It is [a must: any missing ends it].",
        ),
    ],
)
def test_changed_words_are_marked(before: str, after: str, earlier: str, later: str) -> None:
    assert tuple(map(shown, marked(before, after))) == (earlier, later)


WORDS = st.lists(st.sampled_from(["half", "of", "the", "members", "chair,", "(must)", "12", "are", "present."]))


@given(WORDS, WORDS)
def test_both_wordings_are_kept_to_the_letter(before: list[str], after: list[str]) -> None:
    old, new = " ".join(before), " ".join(after)
    earlier, later = marked(old, new)
    assert ("".join(f"{' ' * run.is_apart}{run.words}" for run in earlier)) == old
    assert ("".join(f"{' ' * run.is_apart}{run.words}" for run in later)) == new
    assert any(run.is_changed for run in (*earlier, *later)) is (old != new)
