"""What was posted of a rule's form, as a value of the file: nothing is converted that the core can refuse in words.

A field that was not posted keeps its value, so that a page of an older form loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from partnership.constitutions.field_kinds import SILENCE, KeyKind, Sort, kinds_of
from partnership.constitutions.problems import Path
from partnership.constitutions.rule_fields import (
    ADD,
    FRACTION,
    GROUPS,
    HOW_MANY,
    LISTED,
    NUMBER,
    NUMBERS,
    REMOVE,
    asked,
    is_one_of,
    name_of,
    opaque,
    shown,
)
from partnership.constitutions.schema_arrangements import SHARES
from partnership.constitutions.schema_tests import TESTS, CountForm, NodeForm, ShareForm, TestForm
from partnership.constitutions.tree import LONGEST_WHOLE_NUMBER, WHOLE_NUMBER, Value

Posted = Mapping[str, Sequence[str]]
# A box that is not ticked is not sent: a field of boxes says by this that it was on the page.
ON_PAGE = "~on-page"
WORDS_OF_AN_ID = 6


def filled_in(form: type[BaseModel], value: Mapping[str, Value], posted: Posted, path: Path = ()) -> dict[str, Value]:
    """The value with what was posted in it: keys in the order of the file, then new ones in that of the schema."""
    new: dict[str, Value] = dict(value)
    for kind in kinds_of(form):
        if issubclass(form, TestForm) and kind.key in TESTS:
            continue
        if is_one_of(form, kind.key) and kind.key not in value:
            continue
        _fill(new, kind, posted, (*path, kind.key))
    if issubclass(form, TestForm):
        _fill_test(new, posted, path)
    return new


def _fill(new: dict[str, Value], kind: KeyKind, posted: Posted, path: Path) -> None:
    old = new.get(kind.key)
    read = _read(old, kind, posted, path)
    is_default = kind.key not in new and bool(kind.default) and str(read) == kind.default
    if (read is None or is_default) and not (kind.is_required and kind.key in new and kind.sort is Sort.FIXED):
        new.pop(kind.key, None)
    else:
        new[kind.key] = read


def _read(old: Value, kind: KeyKind, posted: Posted, path: Path) -> Value:
    """The value posted for that key; None for nothing."""
    if kind.sort is Sort.FIXED:
        return old
    if kind.sort is Sort.FORM and kind.form is not None:
        return _form(old, kind, kind.form, posted, path)
    if kind.sort is Sort.FORMS and kind.form is not None:
        return _forms(old, kind.form, posted, path)
    name = name_of(path)
    if kind.sort is Sort.MANY:
        return _many(old, posted, name) if name + ON_PAGE in posted or name in posted else old
    return _words(old, kind, posted[name]) if name in posted else old


def _words(old: Value, kind: KeyKind, posted: Sequence[str]) -> Value:
    words = _clean(posted)
    if (words,) == (shown(old, kind) or ("",)) and old is not None:
        return old
    if not words:
        return SILENCE if kind.may_be_silent else None
    return _typed(words, kind)


def _typed(words: str, kind: KeyKind) -> Value:
    if kind.sort is Sort.LINES:
        return [line.strip() for line in words.split("\n") if line.strip()]
    if kind.sort is Sort.NUMBERS:
        return [_number(each) for each in re.split(r"[\s,;]+", words) if each]
    if kind.sort is Sort.NUMBER:
        return _number(words)
    return " ".join(words.split()) if kind.sort is Sort.LINE else words


def _form(old: Value, kind: KeyKind, form: type[BaseModel], posted: Posted, path: Path) -> Value:
    filled = filled_in(form, old if isinstance(old, dict) else {}, posted, path)
    if old is None and not _says_something(form, filled):
        return {} if kind.is_required else None
    return filled if filled or kind.is_required else None


def _forms(old: Value, form: type[BaseModel], posted: Posted, path: Path) -> Value:
    before = [each for each in old if isinstance(each, dict)] if isinstance(old, list) else []
    parts: list[Value] = []
    for number, part in enumerate([*before, {}]):
        filled = filled_in(form, part, posted, (*path, number))
        if _says_something(form, filled):
            parts.append(filled)
    return parts or None


def _says_something(form: type[BaseModel], filled: Mapping[str, Value]) -> bool:
    """Whether anything was filled in: a choice that a list always sends says nothing by itself."""
    always_sent = {kind.key for kind in kinds_of(form) if kind.choices and kind.is_required}
    return any(value not in (None, {}, []) for key, value in filled.items() if key not in always_sent)


def _many(old: Value, posted: Posted, name: str) -> Value:
    """The entries ticked, those of the file first and as they were."""
    ticked = list(dict.fromkeys(_clean([each]) for each in posted.get(name, ())))
    before = old if isinstance(old, list) else []
    kept: list[Value] = []
    for number, each in enumerate(before):
        key = opaque(number) if isinstance(each, dict) else str(each)
        if key in ticked:
            kept.append(each)
            ticked.remove(key)
    kept.extend(each for each in ticked if each and not each.startswith("~"))
    return kept or None


def _clean(values: Sequence[str]) -> str:
    return (values[-1] if values else "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _number(words: str) -> Value:
    """A whole number as one, and anything else as it was typed, for the core to refuse."""
    plain = words.replace("\u2212", "-").replace("\u2013", "-")
    return int(plain) if WHOLE_NUMBER.fullmatch(plain) and len(plain) <= LONGEST_WHOLE_NUMBER else words


# --- what a quorum asks for -------------------------------------------------------------------------------------------


def _fill_test(new: dict[str, Value], posted: Posted, path: Path) -> None:
    key = asked(new)
    inside = new.get(key)
    here = (*path, key)
    if key in NUMBERS:
        _fill_number(new, key, inside if isinstance(inside, dict) else {}, posted, here)
        return
    if key in GROUPS:
        new[key] = _parts(inside if isinstance(inside, list) else [], posted, here)
        return
    kind = next((each for each in kinds_of(NodeForm) if each.key == key), None)
    if kind is None:
        return
    if key in LISTED:
        new[key] = _read(inside, kind, posted, here) or []
    elif key == "at_least" and isinstance(inside, dict):
        of = inside.get("of")
        k = _clean(posted.get(name_of((*here, "k")), [str(inside.get("k", ""))]))
        new[key] = {**inside, "k": _number(k), "of": _parts(of if isinstance(of, list) else [], posted, (*here, "of"))}
    elif kind.form is not None:
        new[key] = filled_in(kind.form, inside if isinstance(inside, dict) else {}, posted, here)


def _fill_number(new: dict[str, Value], key: str, inside: Mapping[str, Value], posted: Posted, path: Path) -> None:
    """A share or a fixed number, whichever was chosen, in the place of the one there was."""
    if name_of((*path, HOW_MANY)) not in posted:
        return
    how = _clean(posted[name_of((*path, HOW_MANY))])
    left = {"min", "base", "rounding", *SHARES}
    read = filled_in(CountForm if key == "count" else ShareForm, inside, posted, path)
    narrowed = {name: value for name, value in read.items() if name not in left}
    if how == "min":
        number = _number(_clean(posted.get(name_of((*path, NUMBER)), [""])))
        wanted, value = "count", {"min": number, **narrowed}
    else:
        share = how if how in SHARES else SHARES[0]
        fraction = _clean(posted.get(name_of((*path, FRACTION)), [""]))
        base = _clean(posted.get(name_of((*path, "base")), [""])) or inside.get("base") or "seats"
        rounding = {"rounding": read["rounding"]} if "rounding" in read else {}
        wanted, value = "share", {share: _fraction(fraction), "base": base, **rounding, **narrowed}
    if wanted == key and value == dict(inside):
        return
    if wanted == key:
        new[key] = value
        return
    order = [(wanted, value) if name == key else (name, new[name]) for name in list(new)]
    new.clear()
    new.update(order)


def _fraction(words: str) -> Value:
    return _number(words) if WHOLE_NUMBER.fullmatch(words) else words


def _parts(parts: Sequence[Value], posted: Posted, path: Path) -> list[Value]:
    """The requirements of a group: those kept, and one more where one was asked for."""
    kept: list[Value] = []
    for number, part in enumerate(each for each in parts if isinstance(each, dict)):
        here = (*path, number)
        if "yes" not in posted.get(name_of((*here, REMOVE)), ()):
            kept.append(filled_in(NodeForm, part, posted, here))
    add = (*path, ADD)
    kind = _clean(posted.get(name_of((*add, "kind")), [""]))
    if not kind:
        return kept
    further: dict[str, Value] = {"id": name_of(add)}
    if kind == "office":
        further["office"] = {"any_of": [_clean([each]) for each in posted.get(name_of((*add, "offices")), ())]}
    elif kind == "each_of":
        further["each_of"] = [_clean([each]) for each in posted.get(name_of((*add, "organisations")), ())]
    else:
        amount = _clean(posted.get(name_of((*add, FRACTION)), [""]))
        is_number = WHOLE_NUMBER.fullmatch(amount) is not None
        further |= (
            {"count": {"min": _number(amount)}} if is_number else {"share": {"at_least": amount, "base": "seats"}}
        )
    return [*kept, further]


# --- ids --------------------------------------------------------------------------------------------------------------


def with_ids(value: Mapping[str, Value], taken: frozenset[str], words: str) -> dict[str, Value]:
    """The value with a permanent id of its own for each new part, made of what it is called."""
    used = set(taken)

    def named(part: Value, title: str) -> Value:
        if isinstance(part, list):
            return [named(each, title) for each in part]
        if not isinstance(part, dict):
            return part
        found = {key: named(inside, title) for key, inside in part.items()}
        given = str(found.get("id", ""))
        if given.endswith(ADD):
            found["id"] = free_id(f"{title} {asked(found).replace('_', ' ')}", used)
        return found

    new = named(dict(value), words)
    assert isinstance(new, dict), "a mapping stays one"
    return new


def free_id(words: str, used: set[str]) -> str:
    """An id made of these words that nothing has yet; it is taken from then on."""
    parts = re.findall(r"[a-z0-9]+", words.lower())[:WORDS_OF_AN_ID] or ["rule"]
    stem = "-".join(parts)[:60].strip("-")
    number, found = 1, stem
    while found in used:
        number += 1
        found = f"{stem}-{number}"
    used.add(found)
    return found
