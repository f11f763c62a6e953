"""One sentence for each way in which a value can differ from what its place asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from partnership.constitutions.field_types import FORM, WORDS
from partnership.constitutions.problems import Path, quoted
from partnership.constitutions.tree import Document, Value

BRANCHES = frozenset({WORDS, FORM})
F = TypeVar("F", bound=BaseModel)

EXPECTED = {
    "string_type": "words",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "date_type": "a date such as 2026-04-01",
    "bool_type": "yes or no",
}


def validated(form: type[F], value: Value, document: Document, at: Path = ()) -> F | None:
    """The value as that form. None when it does not fit; each misfit is then a problem of the document."""
    forms: dict[int, type[BaseModel]] = {}
    try:
        return form.model_validate(value, context=forms)
    except ValidationError as error:
        _note(document, at, value, error, forms)
        return None


def _note(
    document: Document, at: Path, value: Value, error: ValidationError, forms: Mapping[int, type[BaseModel]]
) -> None:
    misspelt: set[Path] = set()
    # Unknown keys come first: the key that one of them was meant to be is not missing as well.
    for details in sorted(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden"):
        path = _path_in(value, details["loc"])
        keys = _keys(forms.get(id(_value_at(value, path[:-1]))))
        if details["type"] == "extra_forbidden":
            misspelt.update((*path[:-1], near) for near in nearest(str(path[-1]), keys))
        elif path in misspelt:
            continue
        document.refuse(
            (*at, *path),
            _sentence(details, path, keys),
            found=quoted(details["input"]) if details["type"] != "missing" else "",
            expected=_expected(details),
            of_key=details["type"] == "extra_forbidden",
        )


def _path_in(value: Value, location: Iterable[str | int]) -> Path:
    """The place in the file: pydantic also names the branch of a union that was taken."""
    path: Path = ()
    for part in location:
        here = _value_at(value, path)
        if part not in BRANCHES or (isinstance(here, dict) and part in here):
            path = (*path, part)
    return path


def _value_at(value: Value, path: Path) -> Value:
    for part in path:
        if isinstance(value, dict) and isinstance(part, str):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
    return value


def _sentence(details: ErrorDetails, path: Path, keys: list[str]) -> str:
    kind, context, found = details["type"], details.get("ctx", {}), details["input"]
    key = str(path[-1]) if path else ""
    if kind == "sentence":
        return str(context["sentence"])
    if kind == "missing":
        return f'The key "{key}" is missing.'
    if kind == "extra_forbidden":
        return unknown_key(key, keys)
    return _misfit(kind, context, found, details)


def _misfit(kind: str, context: Mapping[str, Any], found: Any, details: ErrorDetails) -> str:
    if found is None:
        return "Nothing stands here; fill it in or leave the key out."
    if kind in {"enum", "literal_error"}:
        return one_of(found, _choices(context))
    if kind == "string_type" and isinstance(found, int | float):
        return f"Expected words, found {quoted(found)}; put it in quotation marks if it is meant as words."
    return f"Expected {_expected(details)}, found {_found(kind, found)}."


def _found(kind: str, found: Any) -> str:
    if kind in {"too_short", "string_too_short"}:
        return "none"
    if kind == "string_too_long":
        return f"{len(found):,} characters"
    return quoted(found)


def _expected(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind in EXPECTED:
        return EXPECTED[kind]
    if kind in {"enum", "literal_error"}:
        return " or ".join(quoted(choice) for choice in _choices(context))
    limits = {
        "greater_than_equal": "a number of at least {ge}",
        "less_than_equal": "a number of at most {le}",
        "too_short": "a list of at least {min_length}",
        "too_long": "a list of at most {max_length}",
        "string_too_short": "words",
        "string_too_long": "at most {max_length} characters",
    }
    return limits.get(kind, "something else").format(**context)


def _choices(context: Mapping[str, Any]) -> list[str]:
    return [part.strip().strip("'") for part in str(context["expected"]).replace(" or ", ", ").split(", ")]


def _keys(form: type[BaseModel] | None) -> list[str]:
    if form is None:
        return []
    return [info.alias or name for name, info in form.model_fields.items()]


def nearest(word: str, known: Sequence[str]) -> list[str]:
    """The known word that is most like this one, if any is like it."""
    return _nearest(word, tuple(known))


@lru_cache(maxsize=1000)
def _nearest(word: str, known: tuple[str, ...]) -> list[str]:
    return get_close_matches(word, known, n=1, cutoff=0.7)


def unknown_key(key: str, known: list[str]) -> str:
    """A key that has no meaning at its place, with the nearest that has one."""
    if near := nearest(key, known):
        return f'{quoted(key)} is not a key here; did you mean "{near[0]}"?'
    return f"{quoted(key)} is not a key here; the keys are {', '.join(known)}."


def one_of(found: Any, choices: list[str]) -> str:
    """A word that is not among those allowed, with the nearest that is."""
    near = nearest(found, choices) if isinstance(found, str) else []
    hint = f"; did you mean {quoted(near[0])}?" if near else "."
    words = " or ".join(choice if choice.isdigit() else quoted(choice) for choice in choices)
    return f"Expected {words}, found {quoted(found)}{hint}"
