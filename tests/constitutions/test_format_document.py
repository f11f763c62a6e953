"""docs/constitution-format.md is right: every example loads, and every answer shown is the computed one."""

from __future__ import annotations

import re

import pytest

from partnership.constitutions.build import load
from partnership.constitutions.listing import summary
from partnership.constitutions.problems import BadFile
from partnership.constitutions.schema import ConstitutionForm
from partnership.constitutions.schema_body import COUNTING, INQUORATE
from partnership.constitutions.schema_duties import ABSENCES
from partnership.constitutions.schema_tests import TESTS
from partnership.rules.deadlines.deadlines import Anchor, Unit
from partnership.rules.quorum import terms
from tests.constitutions.format_document import DOCUMENT, Example, examples

TEXT = DOCUMENT.read_text()
EXAMPLES = list(examples(TEXT))
FIRST_FILE = EXAMPLES[0].sections
SECTIONS = "".join(example.sections for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"line {example.line}")
def test_every_example_loads(example: Example) -> None:
    load(example.text(FIRST_FILE).encode())


@pytest.mark.parametrize(
    "example", [example for example in EXAMPLES if example.answer], ids=lambda example: f"line {example.line}"
)
def test_every_answer_is_the_computed_one(example: Example) -> None:
    assert example.answer == example.computed(FIRST_FILE)


@pytest.mark.parametrize(
    "example", [example for example in EXAMPLES if example.due], ids=lambda example: f"line {example.line}"
)
def test_every_due_date_is_the_computed_one(example: Example) -> None:
    assert example.due == example.due_dates(FIRST_FILE)
    shown = {line.split(",")[0] for line in example.due.splitlines()}
    assert shown == {rule.id for rule in load(example.text(FIRST_FILE).encode()).deadlines}


def test_no_example_is_missed() -> None:
    assert len(EXAMPLES) == TEXT.count("```yaml\n")
    assert sum(bool(example.answer) for example in EXAMPLES) == TEXT.count("```answer\n") == TEXT.count("```yaml att")
    assert sum(bool(example.due) for example in EXAMPLES) == TEXT.count("```due\n") == 2


@pytest.mark.parametrize("key", [*TESTS, *COUNTING, *INQUORATE, *ABSENCES])
def test_every_key_that_says_something_has_an_example(key: str) -> None:
    assert re.search(rf"\b{key}: ", SECTIONS) or re.search(rf"^ +{key}:$", SECTIONS, re.MULTILINE)


@pytest.mark.parametrize(
    "word",
    [*terms.Base, *terms.Conflict, *terms.Tested, *Unit, *Anchor],
    ids=lambda word: f"{type(word).__name__} {word}",
)
def test_every_choice_has_an_example(word: str) -> None:
    assert re.search(rf": {word}\b", SECTIONS)


@pytest.mark.parametrize("section", [field.alias or name for name, field in ConstitutionForm.model_fields.items()])
def test_every_section_is_described(section: str) -> None:
    assert re.search(rf"`{section}`", TEXT)
    assert re.search(rf"^{section}:", SECTIONS, re.MULTILINE)


def test_the_summary_shown_is_that_of_the_first_file() -> None:
    assert f"riverside.yaml: ok: {summary(load(FIRST_FILE.encode()))}" in TEXT


def test_the_problems_shown_are_those_found() -> None:
    bad = FIRST_FILE.replace("1/2", "0.5")
    assert f"riverside.yaml:{_problem(bad)}\n" in TEXT
    bad = FIRST_FILE.replace("[council, police, icb]", "[council, polis, icb]")
    assert f"riverside.yaml:{_problem(bad)}\n" in TEXT


def _problem(text: str) -> str:
    with pytest.raises(BadFile) as refused:
        load(text.encode())
    return str(refused.value)
