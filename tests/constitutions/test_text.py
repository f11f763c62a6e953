from __future__ import annotations

import time

import pytest

from partnership.constitutions.build import load
from partnership.constitutions.problems import BadFile, key_of
from partnership.constitutions.text import LIMIT_IN_BYTES, LIMIT_OF_DEPTH, read
from partnership.constitutions.tree import Mapping, plain_value


def test_every_value_knows_its_line_and_column() -> None:
    document = read(b"a: 1\nb:\n  - x\n  - {c: two words}\n")
    assert (document.mark(("b", 1, "c")).line, document.mark(("b", 1, "c")).column) == (4, 9)
    assert (document.mark(("b",), of_key=True).line, document.mark(("b",)).line) == (2, 3)


def test_a_missing_value_is_placed_where_its_surroundings_begin() -> None:
    document = read(b"a: 1\nb:\n  c: 2\n")
    assert document.mark(("b", "missing")).line == 2
    assert document.mark(("nowhere", 3, "at all")).line == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("-7", -7),
        ("007", 7),
        ("0.5", 0.5),
        ("1e3", 1000.0),
        ("1/2", "1/2"),
        ("75%", "75%"),
        ("2026-04-01", "2026-04-01"),
        ("10:30", "10:30"),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("~", None),
        ("", None),
        ("999999999999", "999999999999"),
        ("1" * 5000, "1" * 5000),
        ("1e999999999", "1e999999999"),
    ],
)
def test_bare_values_follow_yaml_1_2_and_dates_stay_words(text: str, value: object) -> None:
    assert plain_value(text) == value
    assert type(plain_value(text)) is type(value)


def test_quoted_values_are_words_whatever_they_look_like() -> None:
    assert read(b'["7", \'true\', "", "2026-04-01"]').tree.value == ["7", "true", "", "2026-04-01"]


def test_the_second_of_two_keys_is_dropped_with_all_that_is_in_it() -> None:
    document = read(b"a: 1\na: {b: [2, {c: 3}]}\nd: 4\n")
    assert document.tree.value == {"a": 1, "d": 4}
    assert [one.sentence for one in document.problems] == ['The key "a" is here a second time; the first is on line 1.']


def test_one_mistake_is_reported_once() -> None:
    document = read(b"a: *nothing\n")
    document.add(("a",), "Expected a number.")
    assert [one.sentence for one in document.problems] == ['The alias "*nothing" is not allowed; write the value out.']


def test_problems_can_be_told_apart_and_put_in_order() -> None:
    with pytest.raises(BadFile) as refused:
        read(b"b: !x 1\na: &y 2\n").raise_if_bad()
    assert [(one.line, one.column, one.key, one.found) for one in refused.value.problems] == [
        (1, 4, "b", "!x"),
        (2, 4, "a", "&y"),
    ]
    assert str(refused.value).splitlines()[1] == '2: a: The anchor "&y" is not allowed; leave it out.'


def test_nesting_up_to_the_limit_is_read_and_one_more_is_not() -> None:
    def nested(depth: int) -> bytes:
        return b"[" * depth + b"x" + b"]" * depth

    read(nested(LIMIT_OF_DEPTH))
    with pytest.raises(BadFile, match="nested deeper than 32"):
        read(nested(LIMIT_OF_DEPTH + 1))


@pytest.mark.parametrize("unit", [b"[", b"{", b"- ", b"? ", b"a: ", b'"', b"&a ", b"!t ", b"#", b"|\n", b"*a ", b"%"])
def test_a_full_file_of_one_thing_is_answered_in_seconds(unit: bytes) -> None:
    data = (unit * LIMIT_IN_BYTES)[:LIMIT_IN_BYTES]
    started = time.monotonic()
    with pytest.raises(BadFile):
        load(data)
    assert time.monotonic() - started < 20


def test_ends_are_those_of_the_words_themselves() -> None:
    text = "a: {b: 1}  # note\nc:\n  d: >\n    folded\n    words\n\n# after\ne: [1, 2]\n"
    tree = read(text.encode()).tree
    assert isinstance(tree, Mapping)
    assert text[tree.items["a"].mark.index : tree.items["a"].end] == "{b: 1}"
    assert text[tree.items["c"].mark.index : tree.items["c"].end].rstrip() == "d: >\n    folded\n    words"
    assert text[tree.items["e"].mark.index : tree.items["e"].end] == "[1, 2]"


def test_places_are_read_as_people_count() -> None:
    assert key_of(("quorum", 0, "all", 2, "share")) == "quorum[1].all[3].share"
    assert key_of((0, "present", 1)) == "[1].present[2]"
