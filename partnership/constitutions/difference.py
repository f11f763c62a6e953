"""What differs between two versions of a constitution file, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from partnership.constitutions.declared import OWN_IDS
from partnership.constitutions.text import read
from partnership.constitutions.tree import Value


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value of a rule; `key` within the rule ("share.at_least"), None where it was not there."""

    key: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule in both versions that says something else; `id` is the section's own name for a section
    without rules ("version").
    """

    section: str
    id: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`added` and `removed` are (section, id), in the order of the file they are in."""

    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    changed: tuple[RuleChange, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def difference(old: str, new: str) -> Difference:
    """What the new text adds, removes and changes. Raises `BadFile` when one is no YAML of ours."""
    before, after = _rules(old), _rules(new)
    return Difference(
        added=tuple(_named(before, after)),
        removed=tuple(_named(after, before)),
        changed=tuple(
            RuleChange(section, key[1], fields)
            for key, (section, rule) in after.items()
            if key in before and (fields := _fields(before[key][1], rule, both=before.keys() & after.keys()))
        ),
    )


Key = tuple[str, str]
Rules = dict[Key, tuple[str, dict[str, Value]]]


def _named(without: Rules, having: Rules) -> Iterator[tuple[str, str]]:
    return ((section, key[1]) for key, (section, _) in having.items() if key not in without)


def _rules(text: str) -> Rules:
    """Every rule by family and id, with its section; what a rule holds inside it stands for itself."""
    value = read(text.encode()).tree.value
    rules: Rules = {}
    for section, inside in (value if isinstance(value, dict) else {}).items():
        family = section if section in OWN_IDS else "rules"
        outside = _taken_out(inside, section, family, rules)
        if not _holds_rules(inside):
            rules["sections", section] = (section, {"": outside} if not isinstance(outside, dict) else outside)
    return rules


def _holds_rules(value: Value) -> bool:
    if isinstance(value, list):
        return all(_holds_rules(item) for item in value)
    return isinstance(value, dict) and "id" in value


def _taken_out(value: Value, section: str, family: str, rules: Rules) -> Value:
    """The value with every rule in it replaced by its key, and those rules entered."""
    if isinstance(value, list):
        return [_taken_out(item, section, family, rules) for item in value]
    if not isinstance(value, dict):
        return value
    is_rule = isinstance(value.get("id"), str) and section != "body"
    key = (family, str(value.get("id")))
    if is_rule:
        rules[key] = (section, {})  # its place in the order comes before those of the rules inside it
    inside = {name: _taken_out(item, section, family, rules) for name, item in value.items()}
    if is_rule:
        rules[key] = (section, inside)
        return f"{family}/{key[1]}"
    return inside


def _fields(before: dict[str, Value], after: dict[str, Value], *, both: set[Key]) -> tuple[FieldChange, ...]:
    old, new = dict(_flat(before, both)), dict(_flat(after, both))
    return tuple(FieldChange(key, old.get(key), new.get(key)) for key in {**old, **new} if old.get(key) != new.get(key))


def _flat(value: Value, both: set[Key], key: str = "") -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from _flat(inside, both, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        yield key, [_plain(item) for item in value if not _is_in_one_only(item, both)]
    else:
        yield key, value


def _is_in_one_only(item: Value, both: set[Key]) -> bool:
    """A rule that was added or removed is reported as such, not again as a change of its surroundings."""
    if not isinstance(item, str) or "/" not in item:
        return False
    family, _, rule_id = item.partition("/")
    return family in {*OWN_IDS, "rules"} and (family, rule_id) not in both


def _plain(item: Value) -> Value:
    return item.removeprefix("rules/") if isinstance(item, str) else item
