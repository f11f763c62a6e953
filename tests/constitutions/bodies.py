"""The real bodies under tests/data: their files, their registers, and what the core answers."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from partnership.constitutions.attendance_file import load_attendance
from partnership.constitutions.build import load
from partnership.rules.constitution import Constitution
from partnership.rules.quorum.answers import Answer
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.terms import Phase, QuorumTerms

DATA = Path(__file__).parents[1] / "data"
BODIES = tuple(sorted(path.stem for path in (DATA / "bodies").glob("*.yaml")))

Form = dict[str, Any]


class RealCase(NamedTuple):
    """A register of one body with the answer that the words of its rule give."""

    body: str
    name: str
    register: Form
    is_quorate: bool


def read_yaml(path: Path) -> Any:
    """Plain mappings, lists and values, read apart from the loader."""
    return YAML(typ="safe", pure=True).load(path.read_bytes())


def text_of(body: str) -> bytes:
    return (DATA / "bodies" / f"{body}.yaml").read_bytes()


def form_of(body: str) -> Form:
    """The file as plain mappings and lists, to be changed and loaded again."""
    form: Form = read_yaml(DATA / "bodies" / f"{body}.yaml")
    return form


def loaded(form: Form) -> Constitution:
    """JSON is YAML too, with every word in quotation marks."""
    return load(json.dumps(form, default=str).encode())


@cache
def constitution_of(body: str) -> Constitution:
    return load(text_of(body))


def entries(name: str) -> list[Form]:
    """What a data file lists: one entry a body."""
    listed: list[Form] = read_yaml(DATA / name)
    return listed


def cases_in(name: str) -> Iterator[RealCase]:
    for entry in entries(name):
        for register in entry["cases"]:
            yield RealCase(entry["body"], register["case"], register, register["quorate"])


def answer(terms: QuorumTerms, register: Form) -> Answer:
    """What the core says of one register, read as an attendance file; the start where no phase is named."""
    (case,) = load_attendance(json.dumps(register, default=str).encode(), terms)
    return assess(
        terms, case.facts, at=case.at, phase=case.phase or Phase.START, item=case.item, business=case.business
    )
