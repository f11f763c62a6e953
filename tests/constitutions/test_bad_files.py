"""Every mistake in a constitution file has one sentence of its own, with line and key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from partnership.constitutions.build import load
from partnership.constitutions.problems import BadFile, Problem

DATA = Path(__file__).parents[1] / "data"
SAMPLE = (DATA / "sample.yaml").read_text()
CHANGES: list[dict[str, Any]] = YAML(typ="safe").load((DATA / "bad" / "changes.yaml").read_text())


def problems_of(data: bytes) -> list[Problem]:
    with pytest.raises(BadFile) as refused:
        load(data)
    return list(refused.value.problems)


def test_the_sample_itself_is_good() -> None:
    assert load(SAMPLE.encode()).body.name == "Riverside Board"


def test_there_are_enough_bad_files_and_no_two_alike() -> None:
    assert len(CHANGES) >= 45
    assert len({change["name"] for change in CHANGES}) == len(CHANGES)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change["name"]))
def test_one_mistake_has_one_sentence(change: dict[str, Any]) -> None:
    assert change["replace"] in SAMPLE
    found = problems_of(SAMPLE.replace(change["replace"], change["by"], 1).encode())
    assert [(one.line, one.key, one.sentence) for one in found] == [(change["line"], change["key"], change["sentence"])]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change["name"]))
def test_a_sentence_is_one_sentence(change: dict[str, Any]) -> None:
    sentence = change["sentence"]
    assert sentence[0].isupper() or sentence[0] in '"0123456789<'
    assert sentence[-1] in ".?"
    assert "\n" not in sentence


WHOLE_FILES = [
    ("empty", b"", 1, "The file is empty."),
    ("only a comment", b"# nothing yet\n", 1, "The file is empty."),
    ("only null", b"null\n", 1, "The file is empty."),
    ("10 MB", b"a: b\n" * 2_000_000, 1, "The file is larger than 256 KB, the most that is read."),
    ("a byte too many", b"#" * (256 * 1024 + 1), 1, "The file is larger than 256 KB, the most that is read."),
    ("a thousand lists in each other", b"[" * 1000, 1, "Values are nested deeper than 32 levels."),
    ("a thousand mappings in each other", b"{a: " * 1000, 1, "Values are nested deeper than 32 levels."),
    (
        "a list at the top",
        b"- format: 1\n- body: x\n",
        1,
        'A constitution is a mapping that begins with "format: 1", not a list or a single word.',
    ),
    (
        "one word",
        b"constitution\n",
        1,
        'A constitution is a mapping that begins with "format: 1", not a list or a single word.',
    ),
    ("UTF-16", "format: 1\n".encode("utf-16"), 1, "The file is saved as UTF-16; save it as UTF-8."),
    (
        "Latin-1",
        "format: 1\nname: Café\n".encode("latin-1"),
        2,
        "The file is not UTF-8: byte 20 does not belong in it; save it as UTF-8.",
    ),
    ("a NUL", b"format: 1\nna\0me: x\n", 2, "The character U+0000 cannot be printed and may not be in the file."),
    (
        "a NUL by its escape, in a key",
        b'format: 1\n"na\\0me": x\n',
        2,
        "The character U+0000 cannot be printed and may not be in the file.",
    ),
    ("an escape", b"format: 1\n# \x1b[31m\n", 2, "The character U+001B cannot be printed and may not be in the file."),
    ("a directive", b"%YAML 1.1\n---\nformat: 1\n", 2, 'Lines that begin with "%" are not read; leave them out.'),
    ("two documents", b"format: 1\n---\nformat: 1\n", 2, 'A file holds one document; leave out the second "---".'),
    ("a picture", b"\x89PNG\r\n\x1a\n", 1, "The file is not UTF-8: byte 1 does not belong in it; save it as UTF-8."),
    (
        "prose",
        b"The Board meets quarterly.\nIt is quorate: always.\n",
        2,
        'A second ":" makes this unreadable; put the words in quotation marks.',
    ),
    ("a quotation mark never closed", b'body: "x\n', 1, "A quotation mark is opened and never closed."),
    ("a line without a colon", b"format: 1\nbody\n", 2, 'A key must be followed by ":" on the same line.'),
]


@pytest.mark.parametrize(("name", "data", "line", "sentence"), WHOLE_FILES, ids=[row[0] for row in WHOLE_FILES])
def test_what_is_no_constitution_at_all_is_refused(name: str, data: bytes, line: int, sentence: str) -> None:
    first = problems_of(data)[0]
    assert (first.line, first.sentence) == (line, sentence)


def test_billion_laughs_are_never_expanded() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    found = problems_of("\n".join(lines).encode())
    assert {one.line for one in found} == set(range(1, 13))
    assert 'The anchor "&a11" is not allowed; leave it out.' in [one.sentence for one in found]


def test_all_problems_are_listed_in_the_order_of_their_lines() -> None:
    text = SAMPLE.replace("at_least: 1/2, base: seats", "at_least: 2/1, base: seat")
    text = text.replace("2027-01-31", "2027-01-32").replace("unit: weeks", "unit: moons")
    found = problems_of(text.encode())
    assert [one.line for one in found] == [3, 43, 43, 63]


def test_a_mistake_in_shape_hides_no_other_mistake() -> None:
    text = SAMPLE.replace("name: Council, organisation", "nome: Council, organisation")  # its seat cannot be read
    text = text.replace("[council, police, icb]", "[council, polis, icb]")
    text = text.replace("id: second-call", "id: papers").replace("remote_counts: yes", "remote_counts: perhaps")
    assert [(one.line, one.key) for one in problems_of(text.encode())] == [
        (29, "seats[2].nome"),
        (36, "counting[2].remote_counts"),
        (45, "quorum[1].all[3].each_of[2]"),
        (59, "deadlines[2].id"),
    ]


def test_places_are_those_of_the_file_when_a_rule_before_cannot_be_read() -> None:
    text = SAMPLE.replace("id: quorum\n", "id: Quorum\n").replace("count: {min: 2}", "count: {min: 9}")
    assert [(one.line, one.key) for one in problems_of(text.encode())] == [
        (38, "quorum[1].id"),
        (49, "quorum[2].count.min"),
    ]


def test_a_bad_heading_hides_nothing_below_it() -> None:
    text = SAMPLE.replace("number: 1", "number: one").replace("name: Riverside Board", "name: 1")
    text = text.replace("[council, police, icb]", "[council, polis, icb]").replace("format: 1", "format: one")
    assert [one.line for one in problems_of(text.encode())] == [1, 2, 3, 45]


def test_what_an_unreadable_organisation_would_declare_is_not_missed() -> None:
    text = SAMPLE.replace("{id: police, name: Riverside Police,", "{id: police, name: 7,")
    assert [one.key for one in problems_of(text.encode())] == ["organisations[2].name"]


def test_a_byte_order_mark_of_utf_8_is_no_mistake() -> None:
    assert load(SAMPLE.encode("utf-8-sig")) == load(SAMPLE.encode())
