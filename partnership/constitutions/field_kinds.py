"""What sort of value each key of a rule takes, read from the schema, so that a form need not be written by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from partnership.constitutions.field_types import DIVISIONS
from partnership.rules.deadlines.calendars import Division

LONG_WORDS, AN_ID = 4000, 80
SILENCE = "not stated"
# Keys whose ids are those of other parts of the file, or of other groups.
REFERENCES = {
    "offices": ("offices", "stand_in", "decided_by", "casting_vote", "separate_offices"),
    "organisations": (
        "organisations",
        "each_of",
        "of",
        "organisation",
        "stands_for",
        "required",
        "lead_representatives",
    ),
    "capacities": ("capacity", "capacities"),
    "deadlines": ("written_notice", "when", "within"),
    "bodies": ("body", "needs_agreement_of", "to", "agreement_of"),
}
REFERENCES_OF_FORMS = {
    ("OfficeTestForm", "any_of"): "offices",
    ("ChoiceForm", "any_of"): "organisations",
    ("DeterminationForm", "by"): "offices",
    ("AdjournForm", "to"): "deadlines",
}


class Sort(StrEnum):
    """How a value is filled in."""

    LINE = "line"
    WORDS = "words"
    NUMBER = "number"
    CHOICE = "choice"
    MANY = "many"
    LINES = "lines"
    NUMBERS = "numbers"
    FORM = "form"
    FORMS = "forms"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class KeyKind:
    """One key of a form: `choices` are the values it allows, `refers_to` the part of the file whose ids it takes."""

    key: str
    sort: Sort
    is_required: bool
    default: str = ""
    choices: tuple[str, ...] = ()
    refers_to: str = ""
    form: type[BaseModel] | None = None
    may_be_silent: bool = False


@lru_cache(maxsize=256)
def kinds_of(form: type[BaseModel]) -> tuple[KeyKind, ...]:
    """Every key of a form but its permanent id, in the order of the schema."""
    return tuple(
        _kind(form.__name__, info.alias or name, info) for name, info in form.model_fields.items() if name != "id"
    )


@dataclass(frozen=True, slots=True)
class _Bare:
    """An annotation without what surrounds it."""

    base: Any
    longest: int = 0
    is_optional: bool = False
    may_be_silent: bool = False


def _kind(form: str, key: str, info: FieldInfo) -> KeyKind:
    bare = _bare(info.annotation, tuple(info.metadata))
    kind = KeyKind(
        key=key,
        sort=Sort.LINE,
        is_required=info.is_required(),
        default=_default(info),
        may_be_silent=bare.may_be_silent,
        refers_to=REFERENCES_OF_FORMS.get((form, key)) or _reference(key),
    )
    if get_origin(bare.base) is list:
        return _list_kind(kind, _bare(get_args(bare.base)[0], ()))
    return _one_kind(kind, bare)


def _one_kind(kind: KeyKind, bare: _Bare) -> KeyKind:
    base = bare.base
    plain = replace(kind, refers_to="")
    choices = _values(base)
    if choices:
        return replace(plain, sort=Sort.CHOICE if len(choices) > 1 else Sort.FIXED, choices=choices)
    if isinstance(base, type) and issubclass(base, BaseModel):
        return replace(plain, sort=Sort.FORM, form=base)
    if base is str and bare.longest == AN_ID:
        return replace(kind, sort=Sort.CHOICE)
    words = Sort.WORDS if bare.longest == LONG_WORDS else Sort.LINE
    return replace(plain, sort=Sort.NUMBER if base is int else words)


def _values(base: Any) -> tuple[str, ...]:
    """The values that can be chosen from; one alone where there is no choice."""
    if get_origin(base) is Literal:
        return tuple(str(each) for each in get_args(base))
    if base is bool:
        return ("yes", "no")
    if base is Division:
        return tuple(DIVISIONS)
    if isinstance(base, type) and issubclass(base, Enum):
        return tuple(str(each.value) for each in base)
    return ()


def _list_kind(kind: KeyKind, item: _Bare) -> KeyKind:
    of_item = _one_kind(kind, item)
    sorts = {Sort.CHOICE: Sort.MANY, Sort.FORM: Sort.FORMS, Sort.NUMBER: Sort.NUMBERS}
    return replace(of_item, sort=sorts.get(of_item.sort, Sort.LINES))


def _bare(annotation: Any, metadata: tuple[Any, ...]) -> _Bare:
    longest, is_optional, may_be_silent = _longest(metadata), False, False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *found = get_args(annotation)
            longest = _longest(tuple(found)) or longest
        elif origin in {Union, UnionType}:
            branches = [each for each in get_args(annotation) if each is not NoneType]
            is_optional = is_optional or len(branches) < len(get_args(annotation))
            stated = [each for each in branches if _bare(each, ()).base != Literal["not stated"]]
            may_be_silent = may_be_silent or len(stated) < len(branches)
            # Of several ways to write it, the plain one can be filled in; the others are kept as they stand.
            annotation = stated[0]
        else:
            return _Bare(annotation, longest, is_optional, may_be_silent)


def _longest(metadata: tuple[Any, ...]) -> int:
    return next((each.max_length or 0 for each in metadata if isinstance(each, StringConstraints)), 0)


def _reference(key: str) -> str:
    return next((family for family, keys in REFERENCES.items() if key in keys), "")


def _default(info: FieldInfo) -> str:
    default = info.default
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, Enum):
        return str(default.value)
    return str(default) if isinstance(default, int | str) else ""
