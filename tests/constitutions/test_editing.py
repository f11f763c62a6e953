"""Editing one rule leaves every other character of the file as it is."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from partnership.constitutions.build import load
from partnership.constitutions.declared import OWN_IDS
from partnership.constitutions.difference import difference
from partnership.constitutions.editing import (
    AlreadyThere,
    LastPart,
    NoSuchRule,
    NoSuchSection,
    PermanentId,
    add_rule,
    remove_rule,
    replace_rule,
)
from partnership.constitutions.text import read
from partnership.constitutions.tree import Value

DATA = Path(__file__).parents[1] / "data"
SAMPLE = (DATA / "sample.yaml").read_text()
SHIPPED = sorted((DATA.parents[1] / "partnership" / "constitutions" / "library").glob("*/*.yaml"))
TEXT = """\
# Terms of the Board
quorum:
  # the heart of it
  - id: quorum  # permanent
    clause: {ref: "6", words: Half.}  # clause 6
    # asked since 2019
    reading:
      chosen: Seats are the base.
      why: >
        The clause says members
        and no more.
    all:
      - {id: half, share: {at_least: 1/2, base: seats}}   # spaced
      - id: led
        office: {any_of: [chair]}

  # the end
deadlines: not stated
"""


def rule(text: str, rule_id: str, family: str = "rules") -> dict[str, Value]:
    """The rule with that id, as the text has it."""
    waiting: list[tuple[str, Value]] = [("", read(text.encode()).tree.value)]
    while waiting:
        section, value = waiting.pop()
        if isinstance(value, dict):
            if value.get("id") == rule_id and (section if section in OWN_IDS else "rules") == family:
                return value
            waiting.extend((section or name, inside) for name, inside in value.items() if name != "body")
        elif isinstance(value, list):
            waiting.extend((section, inside) for inside in value)
    raise AssertionError(rule_id)


def changed_lines(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in {"+++", "---"}]


def test_the_same_rule_changes_nothing() -> None:
    assert replace_rule(TEXT, "quorum", rule(TEXT, "quorum")) == TEXT


def test_a_word_changes_one_line_and_keeps_its_comment() -> None:
    new = {**rule(TEXT, "quorum"), "clause": {"ref": "6.10", "words": "Half of the members, at least."}}
    assert changed_lines(TEXT, replace_rule(TEXT, "quorum", new)) == [
        '-    clause: {ref: "6", words: Half.}  # clause 6',
        '+    clause: {ref: "6.10", words: "Half of the members, at least."}  # clause 6',
    ]


def test_a_value_deep_inside_changes_alone() -> None:
    new = {**rule(TEXT, "led"), "office": {"any_of": ["chair", "vice-chair"]}}
    assert changed_lines(TEXT, replace_rule(TEXT, "led", new)) == [
        "-        office: {any_of: [chair]}",
        "+        office: {any_of: [chair, vice-chair]}",
    ]


def test_a_new_key_comes_at_the_end_of_the_rule() -> None:
    new = {**rule(TEXT, "quorum"), "tested": "start"}
    assert changed_lines(TEXT, replace_rule(TEXT, "quorum", new)) == ["+    tested: start"]
    assert "chair]}\n    tested: start\n\n  # the end\n" in replace_rule(TEXT, "quorum", new)


def test_a_key_that_goes_takes_its_lines_along() -> None:
    new = {key: value for key, value in rule(TEXT, "quorum").items() if key != "reading"}
    edited = replace_rule(TEXT, "quorum", new)
    assert rule(edited, "quorum") == new
    assert "# asked since 2019\n    all:" in edited


def test_a_folded_text_gives_way_as_a_whole() -> None:
    new = {**rule(TEXT, "quorum"), "reading": {"chosen": "Seats are the base.", "why": "It says: members."}}
    edited = replace_rule(TEXT, "quorum", new)
    assert rule(edited, "quorum") == new
    assert edited.startswith(TEXT[: TEXT.index("      why:")])
    assert edited.endswith(TEXT[TEXT.index("    all:") :])


@pytest.mark.parametrize("ref", ["7", "d", "Support 2"])
def test_references_stay_in_quotation_marks(ref: str) -> None:
    edited = replace_rule(
        SAMPLE, "second-call", {**rule(SAMPLE, "second-call"), "clause": {"ref": ref, "words": "Two."}}
    )
    load(edited.encode())


def test_a_seat_and_an_office_with_one_id_are_told_apart() -> None:
    seat = {**rule(SAMPLE, "chair", "seats"), "name": "The chair"}
    edited = replace_rule(SAMPLE, "chair", seat, family="seats")
    assert rule(edited, "chair", "seats") == seat
    assert rule(edited, "chair", "offices") == rule(SAMPLE, "chair", "offices")


def test_an_id_may_not_change() -> None:
    with pytest.raises(PermanentId, match='The rule keeps its id "led"'):
        replace_rule(TEXT, "led", {**rule(TEXT, "led"), "id": "chaired"})


def test_a_rule_that_is_not_there() -> None:
    with pytest.raises(NoSuchRule):
        replace_rule(TEXT, "minutes", {"id": "minutes"})


IDS = [("rules", name) for name in ("quorum", "half", "second-call", "papers", "majority", "reconvened", "deputies")]
IDS += [("seats", "school"), ("offices", "chair"), ("capacities", "deputy"), ("organisations", "police")]
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" "), min_size=1)
CLEAN = WORDS.map(str.strip).filter(bool)


@settings(deadline=None, max_examples=25)
@given(which=st.sampled_from(IDS), words=CLEAN, ref=CLEAN, drop=st.integers(1, 4))
@example(which=("rules", "quorum"), words="0", ref=":0", drop=1)
def test_any_rule_reads_back_as_it_was_written(which: tuple[str, str], words: str, ref: str, drop: int) -> None:
    family, rule_id = which
    old = rule(SAMPLE, rule_id, family)
    new: dict[str, Value] = {key: value for index, (key, value) in enumerate(old.items()) if index != drop}
    new["clause"] = {"ref": ref, "words": words}
    new["reading"] = {"chosen": words, "others": [ref, words]}
    edited = replace_rule(SAMPLE, rule_id, new, family=family)
    assert rule(edited, rule_id, family) == new
    others = difference(SAMPLE, edited)
    assert {change.id for change in others.changed} <= {rule_id}
    assert set(others.added) == set()


NEW = {
    "id": "written",
    "clause": {"ref": "14", "words": "All sign."},
    "reading": {"chosen": "All who are entitled.", "others": ["Those asked.", "Those: at hand."]},
    "at_least": "100%",
}


def test_a_new_rule_comes_at_the_end_of_its_section() -> None:
    item = {"id": "second", "clause": {"ref": "7", "words": "Two."}, "count": {"min": 2}}
    edited = add_rule(TEXT, "quorum", item)
    assert changed_lines(TEXT, edited) == [
        "+  - id: second",
        "+    clause:",
        '+      ref: "7"',
        "+      words: Two.",
        "+    count:",
        "+      min: 2",
    ]
    assert edited.endswith("      min: 2\n\n  # the end\ndeadlines: not stated\n")


def test_a_section_that_was_not_stated_begins_with_its_first_rule() -> None:
    edited = add_rule(TEXT, "deadlines", {"id": "papers", "duty": "Papers"})
    assert edited == TEXT.replace("deadlines: not stated", "deadlines:\n  - id: papers\n    duty: Papers")


def test_a_section_that_was_left_out_comes_last() -> None:
    assert add_rule(TEXT.rstrip(), "signatories", {"id": "signed"}) == TEXT + "signatories:\n  id: signed\n"


def test_a_list_between_brackets_grows_between_them() -> None:
    text = "seats: [{id: a, name: A}]  # two\n"
    both = add_rule(text, "seats", {"id": "b", "name": "B"})
    assert both == "seats: [{id: a, name: A}, {id: b, name: B}]  # two\n"
    assert remove_rule(both, "b", family="seats") == text
    assert remove_rule(both, "a", family="seats") == "seats: [{id: b, name: B}]  # two\n"


def test_nothing_is_added_twice_or_nowhere() -> None:
    with pytest.raises(AlreadyThere, match='"half" is already in use'):
        add_rule(TEXT, "deadlines", {"id": "half"})
    with pytest.raises(AlreadyThere, match='The section "deputies" holds one rule'):
        add_rule(SAMPLE, "deputies", {"id": "others"})
    for section in ("version", "rules"):
        with pytest.raises(NoSuchSection):
            add_rule(TEXT, section, {"id": "papers"})


def test_a_rule_goes_with_its_lines() -> None:
    assert changed_lines(TEXT, remove_rule(TEXT, "half")) == [
        "-      - {id: half, share: {at_least: 1/2, base: seats}}   # spaced"
    ]
    assert remove_rule(TEXT, "quorum").startswith("# Terms of the Board\nquorum: not stated\n")


def test_the_only_part_of_a_rule_stays() -> None:
    with pytest.raises(LastPart, match='"led" is all that the rule around it asks for'):
        remove_rule(remove_rule(TEXT, "half"), "led")
    with pytest.raises(NoSuchRule):
        remove_rule(TEXT, "minutes")


def test_a_section_that_cannot_be_silent_goes_with_its_last_rule() -> None:
    edited = remove_rule(SAMPLE, "goes-ahead")
    assert "determination" not in edited
    assert load(edited.encode()).quorum.determination is None
    assert load(remove_rule(SAMPLE, "signed").encode()).signatories is None


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_is_added_to_a_shipped_file_can_be_removed_again(path: Path) -> None:
    text = path.read_text()
    edited = add_rule(text, "written_resolutions", NEW)
    assert difference(text, edited).added == (("written_resolutions", "written"),)
    assert load(edited.encode()).written_resolutions[0].id == "written"
    assert rule(edited, "written") == NEW
    again = remove_rule(edited, "written")
    assert again.replace("written_resolutions: not stated\n", "") == text.replace(
        "written_resolutions: not stated\n", ""
    )


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_any_one_rule_of_a_shipped_file_can_go(path: Path) -> None:
    text = path.read_text()
    statements = load(text.encode())
    for statement in (*statements.purpose[:1], *statements.provisions[-1:]):
        removed = difference(text, remove_rule(text, statement.id)).removed
        assert [name for _, name in removed] == [statement.id]
