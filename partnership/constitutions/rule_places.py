"""Where each rule of a text stands, in which form, and what other rules may refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from partnership.constitutions.declared import OWN_IDS, RULES
from partnership.constitutions.editing import ONE_RULE, WITHOUT_RULES, NoSuchRule, NoSuchSection
from partnership.constitutions.field_kinds import kinds_of
from partnership.constitutions.problems import Path
from partnership.constitutions.rule_fields import Names
from partnership.constitutions.schema import ConstitutionForm
from partnership.constitutions.text import read
from partnership.constitutions.tree import Value


@dataclass(frozen=True, slots=True)
class Place:
    """One rule of a text: its section, where in the file, its form and its value."""

    id: str
    family: str
    section: str
    path: Path
    form: type[BaseModel]
    value: dict[str, Value]


def place_of(text: str, rule_id: str, family: str = RULES) -> Place:
    """The rule with that id, or the one around a part with that id. Raises NoSuchRule."""
    for place in places(text):
        if place.family == family and rule_id in set(_ids(place.value)):
            return place
    raise NoSuchRule(rule_id)


def places(text: str) -> Iterator[Place]:
    """Every rule of a text that is not part of another."""
    tree = read(text.encode()).tree.value
    for section, inside in (tree if isinstance(tree, dict) else {}).items():
        if section not in WITHOUT_RULES and section in ConstitutionForm.model_fields:
            yield from _in_section(section, inside)


def _in_section(section: str, inside: Value) -> Iterator[Place]:
    family = section if section in OWN_IDS else RULES
    single: list[tuple[Path, Value]] = [((section,), inside)]
    listed = [((section, number), each) for number, each in enumerate(inside)] if isinstance(inside, list) else single
    for path, value in listed:
        if isinstance(value, dict) and "id" in value:
            yield Place(str(value["id"]), family, section, path, form_of(section), value)


def form_of(section: str) -> type[BaseModel]:
    """The form of a section's rules. Raises NoSuchSection."""
    kind = next((each for each in kinds_of(ConstitutionForm) if each.key == section), None)
    if section in WITHOUT_RULES or kind is None or kind.form is None:
        raise NoSuchSection(section)
    return kind.form


def has_room(text: str, section: str) -> bool:
    """Whether a further rule may stand in that section."""
    return section not in ONE_RULE or all(place.section != section for place in places(text))


def ids_in(text: str, family: str = RULES) -> frozenset[str]:
    """Every id taken in that family, those of parts too."""
    return frozenset(each for place in places(text) if place.family == family for each in _ids(place.value))


def names_in(text: str, bodies: Mapping[str, str]) -> Names:
    """What a rule of this text may refer to."""
    families: dict[str, dict[str, str]] = {"bodies": dict(bodies)}
    for place in places(text):
        words = place.value.get("name") or place.value.get("duty")
        if place.section in {"offices", "organisations", "capacities", "deadlines"} and words:
            families.setdefault(place.section, {})[place.id] = str(words)
    return Names(families)


def _ids(value: Value) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield str(value["id"])
        for inside in value.values():
            yield from _ids(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _ids(inside)
