"""Every rule of every constitution reads as a sentence, and none is left out of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from partnership.constitutions.build import load
from partnership.rules.book.rule_book import Chapter, RuleInWords, rule_book
from partnership.rules.constitution import Constitution

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "partnership" / "constitutions" / "library"
FILES = sorted(LIBRARY.glob("*/*.yaml")) + sorted((ROOT / "tests" / "data" / "bodies").glob("*.yaml"))


def loaded(path: Path) -> Constitution:
    return load(path.read_bytes())


def everything(rules: tuple[RuleInWords, ...]) -> Iterator[RuleInWords]:
    for rule in rules:
        yield rule
        yield from everything(rule.parts)


def chapter(constitution: Constitution, title: str) -> Chapter:
    return next(each for each in rule_book(constitution) if each.title == title)


def sentences(constitution: Constitution, title: str) -> dict[str, str]:
    return {rule.id: rule.sentence for rule in everything(chapter(constitution, title).rules)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_rule_with_a_clause_is_in_the_book(path: Path) -> None:
    constitution = loaded(path)
    printed = {rule.id for each in rule_book(constitution) for rule in everything(each.rules)}
    assert {entry.id for entry in constitution.rules} <= printed


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_sentence_reads_as_one(path: Path) -> None:
    for each in rule_book(loaded(path)):
        for rule in everything(each.rules):
            assert rule.sentence[0].isupper() or rule.sentence[0].isdigit(), rule.sentence
            assert rule.sentence.endswith((".", "?")), rule.sentence
            assert "_" not in rule.sentence, rule.sentence
            assert "None" not in rule.sentence, rule.sentence


def test_the_isle_of_wight_quorum() -> None:
    words = sentences(loaded(LIBRARY / "isle-of-wight" / "main-board.yaml"), "Quorum")
    assert words["quorum"] == "A meeting is quorate when all of these hold."
    assert words["half"] == "At least half of the 24 members are present."
    assert words["chair-present"] == "The partnership chair is present."
    assert words["partners-present"] == (
        "All 3 safeguarding partners are represented: Hampshire and Isle of Wight Constabulary, Isle of Wight Council, "
        "Children's Services and NHS Hampshire and Isle of Wight ICB."
    )


def test_the_portsmouth_quorum_has_no_number() -> None:
    words = sentences(loaded(LIBRARY / "portsmouth" / "board.yaml"), "Quorum")
    assert words["quorum"] == (
        "A meeting is quorate when all 3 statutory safeguarding partners are represented: Portsmouth City Council, "
        "Hampshire Constabulary and Hampshire and Isle of Wight Integrated Care Board."
    )


def test_deadlines_say_how_long_before_what() -> None:
    words = sentences(loaded(LIBRARY / "portsmouth" / "board.yaml"), "Deadlines")
    assert words["reports"] == (
        "Report submitted on the partnership's template: at least 3 weeks before the meeting, for ordinary meetings."
    )
    assert words["dates-agreed"].endswith(": by 31 January each year.")


def test_what_the_source_does_not_state_is_said_so() -> None:
    executive = loaded(LIBRARY / "isle-of-wight" / "executive-group.yaml")
    assert chapter(executive, "Quorum").not_stated == "These terms state no quorum."
    assert chapter(executive, "Quorum").rules == ()


def test_conditions_and_steps_read_as_words() -> None:
    bodies = ROOT / "tests" / "data" / "bodies"
    assert (
        "4 while there are 6 or fewer and 5 above that"
        in sentences(loaded(bodies / "sbs-board.yaml"), "Quorum")["quorum"]
    )
    seniornet = " ".join(sentences(loaded(bodies / "seniornet.yaml"), "Quorum").values())
    assert "2 times the committee size, and 1 more," in seniornet
    parish = " ".join(sentences(loaded(bodies / "horningsham-pc.yaml"), "Quorum").values())
    assert "when more than a third of the seats are disqualified" in parish
