"""Two versions side by side: a rule is the same by its id, whatever it says and wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnership.constitutions.comparison import Change, Comparison, compared
from partnership.constitutions.difference import FieldChange

LIBRARY = Path(__file__).parents[2] / "partnership" / "constitutions" / "library"
FILES = sorted(LIBRARY.glob("*/*.yaml"))


def text_of(place: str) -> str:
    return (LIBRARY / f"{place}.yaml").read_text(encoding="utf-8")


ISLAND = text_of("isle-of-wight/main-board")
CITY = text_of("portsmouth/board")


def changed(old: str, new: str, *, text: str = ISLAND) -> Comparison:
    assert old in text
    return compared(text, text.replace(old, new, 1))


def sentences(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [
        (rule.change.value, rule.before.sentence if rule.before else "", rule.after.sentence if rule.after else "")
        for rule in comparison.rules
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_version_does_not_differ_from_itself(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    comparison = compared(text, text)
    assert comparison.is_empty
    assert comparison.version == ()
    assert comparison.unchanged > 0


def test_the_two_versions_of_the_isle_of_wight_differ_in_one_reading_and_what_follows_from_it() -> None:
    comparison = compared(text_of("isle-of-wight/main-board-version-1"), ISLAND)
    quorum, chair, scrutineer, partners = comparison.rules
    assert quorum.before is not None
    assert quorum.after is not None
    assert quorum.before.sentence == quorum.after.sentence == "A meeting is quorate when all of these hold."
    assert quorum.before.reading is not None
    assert quorum.before.reading.chosen.startswith('"Should include" is read as an expectation')
    assert quorum.after.reading is not None
    assert quorum.after.reading.chosen.startswith('"Should include" is read as must')
    assert [rule.rule.id for rule in (chair, scrutineer, partners)] == [
        "chair-present",
        "scrutineer-present",
        "partners-present",
    ]
    assert chair.fields == (FieldChange("strength", "expected", None),)
    assert [chapter.title for chapter in comparison.chapters] == ["Quorum"]
    assert comparison.rest == ()
    assert comparison.unchanged == 97
    assert [field.key for field in comparison.version] == ["number", "title", "in_force_from", "note"]


def test_a_changed_number_changes_the_sentence() -> None:
    comparison = changed(
        'amount: 1, unit: weeks, direction: before, anchor: meeting}\n    clause: {ref: "Support 2"',
        'amount: 2, unit: weeks, direction: before, anchor: meeting}\n    clause: {ref: "Support 2"',
    )
    assert sentences(comparison) == [
        (
            "changed",
            "Agenda and supporting papers sent to members: at least 1 week before the meeting.",
            "Agenda and supporting papers sent to members: at least 2 weeks before the meeting.",
        )
    ]


def test_values_behind_a_sentence_are_a_change_too() -> None:
    (rule,) = changed(
        "reminders: [-14, -7, -3, -1, 0]\n    recipients: [coordinator, manager]", "reminders: [-10]"
    ).rules
    assert not rule.reads_otherwise
    assert [field.key for field in rule.fields] == ["reminders", "recipients"]


def test_a_rule_that_reads_otherwise_because_of_another_is_listed() -> None:
    comparison = changed("  - {id: hmp, name: HMP Isle of Wight, organisation: hmp}\n", "")
    found = {rule.rule.key: rule for rule in comparison.rules}
    assert found["seats", "hmp"].change is Change.REMOVED
    half = found["rules", "half"]
    assert half.fields == ()
    assert half.after is not None
    assert half.after.sentence == "At least half of the 23 members are present."


def test_a_rule_on_something_new_is_added() -> None:
    comparison = changed(
        "frequency:\n",
        "written_resolutions:\n"
        '  - {id: in-writing, at_least: 3/4, clause: {ref: "New 1", words: "They may decide in writing."}}\n'
        "frequency:\n",
    )
    (rule,) = comparison.rules
    assert (rule.change, rule.rule.id) == (Change.ADDED, "in-writing")


def test_a_chapter_that_falls_silent_says_so() -> None:
    old = CITY[CITY.index("signatories:\n") :]
    block = old[: old.index("\n\n") + 1]
    (chapter,) = compared(CITY, CITY.replace(block, "signatories: not stated\n")).chapters
    assert [rule.change for rule in chapter.rules] == [Change.REMOVED]
    assert chapter.silence_after == "These terms do not say who signs a version."


def test_an_organisation_called_otherwise_is_told_with_every_sentence_that_names_it() -> None:
    comparison = changed("name: Hampshire Constabulary\n", "name: Solent Police\n", text=CITY)
    keys = {rule.rule.key for rule in comparison.rules}
    assert ("organisations", "constabulary") in keys
    assert ("rules", "quorum") in keys


def test_other_groups_go_by_their_names() -> None:
    comparison = compared(
        CITY,
        CITY.replace("to: [portsmouth-executive, portsmouth-dsl", "to: [portsmouth-dsl"),
        bodies={"portsmouth-executive": "Executive Committee"},
    )
    (rule,) = comparison.rules
    assert rule.before is not None
    assert "delegated to Executive Committee and portsmouth dsl network" in rule.before.sentence
