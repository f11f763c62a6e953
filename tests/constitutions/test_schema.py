"""The published JSON Schema: valid itself, true of every shipped file, and not of bad ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from partnership.constitutions.schema import json_schema
from partnership.constitutions.text import read

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "data" / "sample.yaml"
SHIPPED = sorted((ROOT / "partnership" / "constitutions" / "library").glob("*/*.yaml"))
REAL = sorted((ROOT / "tests" / "data" / "bodies").glob("*.yaml"))
CHANGES: list[dict[str, Any]] = YAML(typ="safe").load((ROOT / "tests" / "data" / "bad" / "changes.yaml").read_text())
BY_NAME = {change["name"]: change for change in CHANGES}
# A few kinds of mistake in shape; what refers to what is beyond a schema.
SHAPE = [
    "a word where a number belongs",
    "a number where words belong",
    "a decimal number of people",
    "a decimal fraction",
    "nobody is needed",
    "a list where keys belong",
    "one word where a list belongs",
    "maybe is neither yes nor no",
    "no where only yes has a meaning",
    "an empty list",
    "empty words",
    "an id with a space",
    "another format",
    "a misspelt section",
    "a misspelt test",
    "a missing key",
    "a rule without a clause",
    "an unknown base",
    "an unknown calendar",
    "no test at all",
    "two tests in one place",
    "two ways to count absence",
]


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema())


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_nothing_may_be_null() -> None:
    assert "null" not in str(json_schema())


@pytest.mark.parametrize("file", [SAMPLE, *SHIPPED, *REAL], ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_it_is_true_of_every_file(file: Path, validator: Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(read(file.read_bytes()).tree.value)] == []


@pytest.mark.parametrize("name", SHAPE)
def test_it_refuses_a_bad_shape(name: str, validator: Draft202012Validator) -> None:
    change = BY_NAME[name]
    text = SAMPLE.read_text().replace(change["replace"], change["by"], 1)
    assert not validator.is_valid(read(text.encode()).tree.value)
