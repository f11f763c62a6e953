"""Whatever bytes arrive, the answer is a constitution or a list of problems, never a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from partnership.constitutions.attendance_file import load_attendance
from partnership.constitutions.build import load
from partnership.constitutions.problems import BadFile, Problem

DATA = Path(__file__).parents[1] / "data"
SAMPLE = (DATA / "sample.yaml").read_text()
TERMS = load(SAMPLE.encode()).quorum
# Parts of sections, so that one example is read in milliseconds.
SECTIONS = ["quorum:\n", "seats:\n", "deadlines:\n", "counting:\n", "inquorate:\n", "decisions:\n", "version: "]
ATTENDANCE = """\
- case: one
  membership: {seats: 5, vacant: [school]}
  meeting: {on: 2026-04-22, opened: "10:00", call: second}
  at: "10:30"
  present:
    - {seat: chair, as: deputy, deputy: not checked, arrived: "09:50"}
    - {n: 2, org: police, role: chair, cat: [partner], times: [["09:00", "10:00"]]}
  determinations: [{by: chair, reason: x, at: "10:10"}]
  quorate: yes
"""
PIECES = st.sampled_from(
    ["{", "}", "[", "]", ": ", "- ", "\n", '"', "'", "#", "&a ", "*a", "!!x ", "|", ">", "%", "\t", "? ", ", ", "~",
     "~form: ", "0.5", "1/0", "-1", "99999999999", "2026-02-31", "yes", "not stated", "min", "\x00", "\ufeff", "é"]
)  # fmt: skip
quietly = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])


def is_answered(data: bytes) -> None:
    """Either way is right; any other exception fails the test."""
    problems = problems_of(lambda: load(data))
    assert all(problem.line >= 1 for problem in problems)
    assert all(problem.sentence.endswith((".", "?")) for problem in problems)
    assert not any("\n" in str(problem) for problem in problems)


def problems_of(read: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems of a refused file, at least one; none of a good one."""
    try:
        read()
    except BadFile as bad:
        return bad.problems or (Problem(0, 0, "", "refused without a reason"),)
    return ()


@quietly
@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf")
@example(b"? ")
@example(b"&")
@example(b"!")
@example(b"- - - ?")
@example(b"a: !<tag:yaml.org,2002:str> x")
def test_random_bytes(data: bytes) -> None:
    is_answered(data)


@quietly
@given(st.lists(PIECES, max_size=40).map("".join))
@example("~a: b")
@example("~form: b")
@example("format: 1\nquorum: {~form: {~words: x}}")
def test_random_pieces_of_yaml(text: str) -> None:
    is_answered(text.encode())


@quietly
@given(st.sampled_from(SECTIONS), st.data())
def test_a_good_file_with_a_piece_thrown_in(section: str, data: st.DataObject) -> None:
    start = SAMPLE.index(section)
    part = "format: 1\n" + SAMPLE[start : start + 600]
    place = data.draw(st.integers(0, len(part)))
    length = data.draw(st.integers(0, 12))
    is_answered((part[:place] + data.draw(PIECES) + part[place + length :]).encode())


@quietly
@given(st.data())
def test_an_attendance_file_with_a_piece_thrown_in(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(ATTENDANCE)))
    length = data.draw(st.integers(0, 12))
    text = ATTENDANCE[:place] + data.draw(PIECES) + ATTENDANCE[place + length :]
    problems = problems_of(lambda: load_attendance(text.encode(), TERMS))
    assert all(problem.line >= 1 for problem in problems)


KEYS_INSIDE = st.sampled_from(["id", "clause", "min", "all", "of", "k", "any_of", "when", "size"])
VALUES = st.recursive(
    st.sampled_from(["x", "1/2", "yes", "7", "0.5", "not stated", "chair", "[]", "{}", "2026-01-01"]),
    lambda inside: st.one_of(
        st.lists(inside, max_size=2).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(KEYS_INSIDE, inside, max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
        ),
    ),
    max_leaves=8,
)
KEYS = st.sampled_from([line.split(":")[0] for line in SAMPLE.splitlines() if line[:1].isalpha()])


@quietly
@given(KEYS, VALUES)
def test_a_section_of_the_wrong_shape(key: str, value: str) -> None:
    is_answered(f"format: 1\n{key}: {value}\n".encode())


WORD = re.compile(r"[a-z0-9/%-]+")
WORDS = sorted(set(WORD.findall(SAMPLE)))


@settings(quietly, max_examples=40)
@given(st.data())
def test_a_good_file_with_one_word_taken_for_another(data: st.DataObject) -> None:
    taken = data.draw(st.sampled_from(list(WORD.finditer(SAMPLE))))
    is_answered((SAMPLE[: taken.start()] + data.draw(st.sampled_from(WORDS)) + SAMPLE[taken.end() :]).encode())


@settings(quietly, max_examples=40)
@given(st.integers(0, SAMPLE.count("\n")), st.integers(0, SAMPLE.count("\n")))
def test_a_good_file_with_a_line_moved(away: int, to: int) -> None:
    lines = SAMPLE.splitlines(keepends=True)
    moved = lines.pop(min(away, len(lines) - 1))
    lines.insert(to, moved)
    is_answered("".join(lines).encode())
