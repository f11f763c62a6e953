"""Change, add or remove one rule in the text of a constitution and leave every other character as it is.

Only the values that differ are written anew, so comments, order and layout stay; what is new in a
rule comes at its end, a new rule at the end of its section. The result is text again, to be read
(and refused, if need be) by `load`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from partnership.constitutions.build import MAY_BE_SILENT
from partnership.constitutions.declared import OWN_IDS
from partnership.constitutions.schema import ConstitutionForm
from partnership.constitutions.text import read
from partnership.constitutions.tree import Listing, Mapping, Scalar, Tree, Value, plain_value

WIDTH = 110
WITHOUT_RULES = frozenset({"format", "body", "version", "calendar"})
ONE_RULE = frozenset({"accountable_to", "determination", "attendance", "deputies", "signatories"})
SILENCE = "not stated"
LINE = "\n"


class NoSuchRule(KeyError):
    """The text holds no rule with that id."""


class NoSuchSection(KeyError):
    """The format has no section of that name that holds rules."""


class AlreadyThere(ValueError):
    """Something has that id already, or the section, which holds one rule, has its rule."""


class LastPart(ValueError):
    """It is all that the rule around it asks for; that rule has to go instead."""


class PermanentId(ValueError):
    """An id may not change: obligations, history and differences hang on it."""


class _Splice(NamedTuple):
    """Characters from `start` up to `end` give way to `words`."""

    start: int
    end: int
    words: str


def replace_rule(text: str, rule_id: str, new: dict[str, Any], *, family: str = "rules") -> str:
    """The text with that rule's values replaced by those of `new`.

    `family` is "rules", or one of organisations, offices, capacities and seats, whose ids are their
    own. Raises `NoSuchRule`, `PermanentId` when `new` has another id, and `BadFile` when the text
    is no YAML of ours.
    """
    if new.get("id") != rule_id:
        raise PermanentId(f'The rule keeps its id "{rule_id}".')
    rule = _rule(read(text.encode()).tree, rule_id, family)
    return _spliced(text, _changes(text, rule, new))


def replace_version(text: str, new: dict[str, Any]) -> str:
    """The text with what it says of its own version (number, title, dates, note) replaced. Raises `BadFile`."""
    tree = read(text.encode()).tree
    version = tree.items.get("version") if isinstance(tree, Mapping) else None
    if version is None:
        raise NoSuchSection("version")
    return _spliced(text, _changes(text, version, new))


def add_rule(text: str, section: str, new: dict[str, Any]) -> str:
    """The text with a further rule at the end of that section, which is begun if it is not there.

    Raises `NoSuchSection`, `AlreadyThere`, and `BadFile` when the text is no YAML of ours.
    """
    if section in WITHOUT_RULES or section not in ConstitutionForm.model_fields:
        raise NoSuchSection(section)
    tree = read(text.encode()).tree
    _check_free(tree, section, str(new.get("id")))
    sections = tree if isinstance(tree, Mapping) else Mapping(tree.mark)
    here = sections.items.get(section)
    whole = _block(section, new if section in ONE_RULE else [new], 0)
    if here is None:
        return f"{text}{'' if text.endswith(LINE) else LINE}{whole}{LINE}"
    if isinstance(here, Mapping):
        raise AlreadyThere(f'The section "{section}" holds one rule, and it has one.')
    if isinstance(here, Scalar) or not here.items:
        return _spliced(text, [_Splice(sections.keys[section].index, _end(text, here), whole)])
    end = _end(text, here.items[-1])
    if here.is_flow:
        return _spliced(text, [_Splice(end, end, f", {_inline(new)}")])
    margin = " " * (here.mark.column - 1)
    item = LINE.join(f"{margin}{line}" if line else line for line in _item(new))
    end = _end_of_line(text, end)
    return _spliced(text, [_Splice(end, end, LINE + item)])


def remove_rule(text: str, rule_id: str, *, family: str = "rules") -> str:
    """The text without that rule; a section that held no other is not stated from then on, or gone.

    `family` is as for `replace_rule`. What refers to the rule is left for `load` to refuse. Raises
    `NoSuchRule`, `LastPart` for the only part of another rule, and `BadFile`.
    """
    tree = read(text.encode()).tree
    rule = _rule(tree, rule_id, family)
    around = next((listing for listing in _listings(tree) if any(item is rule for item in listing.items)), None)
    if around is not None and len(around.items) > 1:
        return _spliced(text, [_without(text, around, rule)])
    sections = tree if isinstance(tree, Mapping) else Mapping(tree.mark)
    for section, inside in sections.items.items():
        if inside is rule or inside is around:
            start, end = sections.keys[section].index, _end(text, inside)
            if section in MAY_BE_SILENT:
                return _spliced(text, [_Splice(start, end, f"{section}: {SILENCE}")])
            return _spliced(text, [_removal(text, start, end)])
    raise LastPart(f'"{rule_id}" is all that the rule around it asks for; remove that rule instead.')


def _check_free(tree: Tree, section: str, rule_id: str) -> None:
    family = section if section in OWN_IDS else "rules"
    try:
        _rule(tree, rule_id, family)
    except NoSuchRule:
        return
    raise AlreadyThere(f'The id "{rule_id}" is already in use.')


def _listings(tree: Tree) -> Iterator[Listing]:
    if isinstance(tree, Listing):
        yield tree
    inside = tree.items.values() if isinstance(tree, Mapping) else tree.items if isinstance(tree, Listing) else ()
    for one in inside:
        yield from _listings(one)


def _without(text: str, around: Listing, rule: Mapping) -> _Splice:
    """Cut one of several items: between brackets with its comma, else with the lines it stands on."""
    if not around.is_flow:
        return _removal(text, rule.mark.index, _end(text, rule))
    place = next(index for index, item in enumerate(around.items) if item is rule)
    if place == 0:
        return _Splice(rule.mark.index, around.items[1].mark.index, "")
    return _Splice(_end(text, around.items[place - 1]), _end(text, rule), "")


def _rule(tree: Tree, rule_id: str, family: str) -> Mapping:
    sections = tree.items if isinstance(tree, Mapping) else {}
    for section, inside in sections.items():
        if (section if section in OWN_IDS else "rules") != family:
            continue
        for found in _with_id(inside):
            if found.items["id"].value == rule_id:
                return found
    raise NoSuchRule(rule_id)


def _with_id(tree: Tree) -> Iterator[Mapping]:
    """Every mapping that has an id, outermost first."""
    if isinstance(tree, Mapping):
        if "id" in tree.items:
            yield tree
        for inside in tree.items.values():
            yield from _with_id(inside)
    elif isinstance(tree, Listing):
        for inside in tree.items:
            yield from _with_id(inside)


def _spliced(text: str, splices: list[_Splice]) -> str:
    for splice in sorted(splices, reverse=True):
        text = text[: splice.start] + splice.words + text[splice.end :]
    return text


def _changes(text: str, old: Tree, new: Value, key: str = "") -> list[_Splice]:
    """What has to change in the text for `old`, which stands under that key, to read as `new`."""
    if old.value == new:
        return []
    if isinstance(old, Mapping) and isinstance(new, dict) and _fits_in_place(old, new):
        return _mapping_changes(text, old, new)
    if isinstance(old, Listing) and isinstance(new, list) and _fits_in_place(old, new):
        return [change for item, value in zip(old.items, new, strict=True) for change in _changes(text, item, value)]
    return [_Splice(old.mark.index, _end(text, old), _inline(new, key))]


def _mapping_changes(text: str, old: Mapping, new: dict[str, Value]) -> list[_Splice]:
    changes = []
    for key, item in old.items.items():
        start = old.keys[key].index
        if key not in new:
            changes.append(_removal(text, start, _end(text, item)))
        elif old.is_flow or _fits_in_place(item, new[key]):
            changes.extend(_changes(text, item, new[key], key))
        else:
            changes.append(_Splice(start, _end(text, item), _block(key, new[key], old.mark.column - 1)))
    added = [_block(key, value, old.mark.column - 1) for key, value in new.items() if key not in old.items]
    if added:
        margin = "\n" + " " * (old.mark.column - 1)
        end = _end(text, old)
        changes.append(_Splice(end, end, "".join(margin + words for words in added)))
    return changes


def _fits_in_place(old: Tree, new: Value) -> bool:
    """Whether only parts of the old value need to change, so that its layout can stay."""
    if isinstance(old, Mapping) and isinstance(new, dict):
        return not old.is_flow or list(old.items) == list(new)
    if isinstance(old, Listing) and isinstance(new, list):
        return len(old.items) == len(new)
    if isinstance(old, Scalar) and isinstance(new, str):
        return not old.is_block  # folded words reach to the end of their line
    return old.value == new or (isinstance(old, Mapping | Listing) and old.is_flow)


def _removal(text: str, start: int, end: int) -> _Splice:
    """Cut a key and its value with the line they stand on, comment at its end included."""
    line_start = text.rfind(LINE, 0, start) + 1
    return _Splice(line_start, min(_end_of_line(text, end) + 1, len(text)), "")


def _end_of_line(text: str, place: int) -> int:
    """Where the line ends on which that place is, before its break."""
    line_end = text.find(LINE, place)
    return len(text) if line_end < 0 else line_end


def _end(text: str, tree: Tree) -> int:
    """Where the value ends, without the line break that closes a block of words."""
    end = tree.end
    while end > tree.mark.index and text[end - 1] in "\n\r ":
        end -= 1
    return end


def _block(key: str, value: Value, indent: int) -> str:
    """`key: value` over as many lines as it needs, each after the first indented."""
    lines = _dumped({key: value}, is_flow=False).rstrip("\n").split("\n")
    return "\n".join([lines[0], *((" " * indent + line if line else line) for line in lines[1:])])


def _item(value: dict[str, Value]) -> list[str]:
    """An item of a list that goes over several lines, each without the margin of the list."""
    first, *others = _dumped(value, is_flow=False).rstrip(LINE).split(LINE)
    return [f"- {first}", *(f"  {line}" if line else line for line in others)]


def _inline(value: Value, key: str = "") -> str:
    """A value on one line, as it is written under that key."""
    words = _dumped([_styled(value, key)], is_flow=True).strip()
    return words[1:-1].strip()


def _dumped(value: Value, *, is_flow: bool) -> str:
    yaml = YAML(typ="rt", pure=True)
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 1_000_000 if is_flow else WIDTH
    yaml.allow_unicode = True
    written = io.StringIO()
    styled = _styled(value, "")
    if is_flow and isinstance(styled, CommentedSeq):
        styled.fa.set_flow_style()
    yaml.dump(styled, written)
    return written.getvalue()


def _styled(value: Value, key: str) -> Any:
    """The value for ruamel to write: references in quotation marks, lists of words on one line."""
    if isinstance(value, dict):
        return CommentedMap((name, _styled(inside, name)) for name, inside in value.items())
    if isinstance(value, list):
        listing = CommentedSeq(_styled(inside, "") for inside in value)
        if all(isinstance(inside, str | int) for inside in value):
            listing.fa.set_flow_style()
        return listing
    if isinstance(value, str) and (key == "ref" or _needs_quotation_marks(value)):
        return DoubleQuotedScalarString(value)
    return value


def _needs_quotation_marks(words: str) -> bool:
    """Whether YAML between braces would take these words for something else."""
    if not words or not words.isprintable() or not words[0].isalnum() or not isinstance(plain_value(words), str):
        return True
    try:
        return bool(YAML(typ="safe", pure=True).load(f"[{words}]") != [words])
    except YAMLError:
        return True
