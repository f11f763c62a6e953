"""A rule as a form to fill in: fields and fieldsets with labels, hints and choices, drawn from the schema.

`rule_input` reads back what was posted by the same walk. Nothing here knows of a web page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel

from partnership.constitutions.field_kinds import SILENCE, KeyKind, Sort, kinds_of
from partnership.constitutions.field_labels import KINDS, choice_words, label_of
from partnership.constitutions.problems import Path, key_of
from partnership.constitutions.schema_arrangements import SHARES
from partnership.constitutions.schema_body import COUNTING, INQUORATE
from partnership.constitutions.schema_duties import ABSENCES
from partnership.constitutions.schema_tests import TESTS, CountForm, NodeForm, ShareForm, TestForm
from partnership.constitutions.tree import Value

# Forms of which exactly one of these keys says what they are about.
ONE_OF = {"CountingForm": COUNTING, "InquorateForm": INQUORATE, "AbsenceForm": ABSENCES}
GROUPS, NUMBERS = ("all", "any"), ("share", "count")
LISTED = ("each_of",)
HOW = (("at_least", "At least a share"), ("more_than", "More than a share"), ("min", "A fixed number"))
# What can be added to a group of requirements.
FURTHER = (("share", "A number of members"), ("office", "Somebody in an office"), ("each_of", "An organisation"))
# Beside the keys of the schema, what a form says of itself: which parts to take out, what to add.
REMOVE, ADD, HOW_MANY, NUMBER, FRACTION = "~remove", "~add", "~how", "~number", "~fraction"
FOLDED = frozenset({"reading", "applies", "when", "shortening", "waiver", "consult"})


@dataclass(frozen=True, slots=True)
class Names:
    """What references may name, by family: ids and the words for them, in the order of the file."""

    families: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, family: str) -> Mapping[str, str]:
        return self.families.get(family, {})


@dataclass(frozen=True, slots=True)
class RuleField:
    """One thing to fill in. `value` holds what stands there, of several (`Sort.MANY`) all of them."""

    path: Path
    sort: Sort
    label: str
    hint: str = ""
    value: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    is_optional: bool = False
    as_radios: bool = False

    @property
    def name(self) -> str:
        return name_of(self.path)

    @property
    def text(self) -> str:
        return next(iter(self.value), "")

    @property
    def key(self) -> str:
        """The place as the core's problems name it, within the rule."""
        return key_of(self.path)


@dataclass(frozen=True, slots=True)
class Fieldset:
    """Fields that belong together, under a heading; a `folded` one is opened by whoever needs it."""

    path: Path
    legend: str
    hint: str
    items: tuple[RuleField | Fieldset, ...]
    is_folded: bool = False

    @property
    def name(self) -> str:
        return name_of(self.path)


Item = RuleField | Fieldset


def name_of(path: Path) -> str:
    """`all.0.share.at_least`: what the place is called in a form."""
    return ".".join(str(part) for part in path)


def drawn(form: type[BaseModel], value: Mapping[str, Value], names: Names, path: Path = ()) -> tuple[Item, ...]:
    """The form's fields filled in with that value of the file; what makes up a quorum stands first."""
    test = tuple(_test(value, names, path)) if issubclass(form, TestForm) else ()
    return (
        *test,
        *_ordered(_key(form, kind, value, names, path) for kind in kinds_of(form) if _is_drawn(form, kind, value)),
    )


def every_field(items: Sequence[Item]) -> Iterator[RuleField]:
    """All fields, those inside fieldsets too."""
    for item in items:
        if isinstance(item, RuleField):
            yield item
        else:
            yield from every_field(item.items)


def is_one_of(form: type[BaseModel], key: str) -> bool:
    return key in ONE_OF.get(form.__name__, ())


def _is_drawn(form: type[BaseModel], kind: KeyKind, value: Mapping[str, Value]) -> bool:
    if issubclass(form, TestForm) and kind.key in TESTS:
        return False
    if is_one_of(form, kind.key) and kind.key not in value:
        return False
    return kind.sort is not Sort.FIXED


def _ordered(items: Iterator[Item]) -> Iterator[Item]:
    """What the rule says first, then where it stands in the terms, then its reading and the rest that is folded."""
    every = list(items)
    ends = {"clause": 1, "reading": 2}
    yield from sorted(every, key=lambda item: ends.get(str(item.path[-1]), 0))


def _key(form: type[BaseModel], kind: KeyKind, value: Mapping[str, Value], names: Names, path: Path) -> Item:
    here = (*path, kind.key)
    label, hint = label_of(form.__name__, kind.key)
    inside = value.get(kind.key)
    if kind.sort is Sort.FORM and kind.form is not None:
        filled = inside if isinstance(inside, dict) else {}
        # Of a part its own clause and reading are seldom changed; those of the rule as a whole stand open.
        is_folded = (kind.key in FOLDED and not filled) or (bool(path) and kind.key in {"clause", "reading"})
        return Fieldset(here, label, hint, drawn(kind.form, filled, names, here), is_folded)
    if kind.sort is Sort.FORMS and kind.form is not None:
        return _listed_forms(kind, kind.form, inside if isinstance(inside, list) else [], names, here)
    return RuleField(
        here, kind.sort, label, hint, shown(inside, kind), _choices(kind, inside, names),
        is_optional=(not kind.is_required and not kind.default) or kind.may_be_silent,
        as_radios=kind.choices == ("yes", "no"),
    )  # fmt: skip


def _listed_forms(kind: KeyKind, form: type[BaseModel], inside: Sequence[Value], names: Names, path: Path) -> Fieldset:
    """Each of several like parts, and an empty one to add another."""
    label, hint = label_of(form.__name__, kind.key)
    parts = [each for each in inside if isinstance(each, dict)]
    items = [
        Fieldset((*path, number), f"{label} {number + 1}", "", drawn(form, part, names, (*path, number)))
        for number, part in enumerate(parts)
    ]
    last = (*path, len(parts))
    items.append(
        Fieldset(
            last, f"Add to: {label.lower()}", "Empty: nothing is added.", drawn(form, {}, names, last), is_folded=True
        )
    )
    return Fieldset(path, label, hint or "Empty one of them to take it out.", tuple(items))


# --- values -----------------------------------------------------------------------------------------------------------


def shown(value: Value, kind: KeyKind) -> tuple[str, ...]:
    """A value of the file as it stands in its field."""
    if kind.sort is Sort.MANY:
        listed = value if isinstance(value, list) else []
        return tuple(opaque(number) if isinstance(each, dict) else str(each) for number, each in enumerate(listed))
    if value is None:
        return (kind.default,) if kind.default else ()
    if value == SILENCE and kind.may_be_silent:
        return ()
    if isinstance(value, list):
        return ((", " if kind.sort is Sort.NUMBERS else "\n").join(str(each) for each in value),)
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    words = str(value)
    return (words.lower(),) if kind.choices == ("yes", "no") else (words.strip(),)


def opaque(number: int) -> str:
    """Stands for an entry of a list that is more than an id, and is kept as it is."""
    return f"~{number}"


def _choices(kind: KeyKind, value: Value, names: Names) -> tuple[tuple[str, str], ...]:
    if kind.choices:
        return tuple((each, choice_words(each)) for each in kind.choices)
    if not kind.refers_to:
        return ()
    known = dict(names.of(kind.refers_to))
    listed = value if isinstance(value, list) else [value] if value else []
    for number, each in enumerate(listed):
        if isinstance(each, dict):
            known[opaque(number)] = _in_words(each, names.of(kind.refers_to))
        elif str(each) not in known and not (kind.may_be_silent and each == SILENCE):
            known[str(each)] = str(each).replace("-", " ")
    if kind.key == "capacity" and kind.default not in known:
        known = {kind.default: kind.default, **known}
    return tuple(known.items())


def _in_words(place: Mapping[str, Value], names: Mapping[str, str]) -> str:
    """`Council or Police, from 2027-04-01`: one place that several may take."""
    any_of = place.get("any_of")
    words = " or ".join(names.get(str(each), str(each)) for each in (any_of if isinstance(any_of, list) else []))
    dated = [f"{word} {place[key]}" for key, word in (("starts_on", "from"), ("until", "until")) if key in place]
    return ", ".join([words, *dated])


# --- what a quorum asks for -------------------------------------------------------------------------------------------


def asked(value: Mapping[str, Value]) -> str:
    """The one key that says what is asked for; nothing where none does."""
    return next((key for key in TESTS if key in value), "")


def _test(value: Mapping[str, Value], names: Names, path: Path) -> Iterator[Item]:
    key = asked(value)
    inside = value.get(key)
    if key in NUMBERS:
        yield from number_fields(key, inside if isinstance(inside, dict) else {}, names, path)
    elif key in LISTED:
        kind = next(each for each in kinds_of(NodeForm) if each.key == key)
        yield _key(NodeForm, kind, value, names, path)
    elif key in GROUPS:
        legend = "All of this must hold" if key == "all" else "One of this must hold"
        yield _parts(legend, inside if isinstance(inside, list) else [], names, (*path, key))
    elif key:
        kind = next(each for each in kinds_of(NodeForm) if each.key == key)
        filled = inside if isinstance(inside, dict) else {}
        if key == "at_least":
            here = (*path, key)
            k = next(each for each in kinds_of(kind.form or NodeForm) if each.key == "k")
            yield _key(kind.form or NodeForm, k, filled, names, here)
            of = filled.get("of")
            yield _parts("So many of this must hold", of if isinstance(of, list) else [], names, (*here, "of"))
        elif kind.form is not None:
            yield from drawn(kind.form, filled, names, (*path, key))


def number_fields(key: str, inside: Mapping[str, Value], names: Names, path: Path) -> Iterator[Item]:
    """A number of members: a share or a fixed number, of what."""
    here = (*path, key)
    how = "min" if key == "count" else next((each for each in SHARES if each in inside), SHARES[0])
    fraction = "" if key == "count" else str(inside.get(how, ""))
    number = str(inside.get("min", "")) if key == "count" else ""
    yield RuleField(
        (*here, HOW_MANY), Sort.CHOICE, "How many members must be present?", "", (how,), HOW, as_radios=True
    )
    share_hint = "Such as 1/2, 2/3 or 75%. For a fixed number, leave it empty."
    yield RuleField((*here, FRACTION), Sort.LINE, "Which share?", share_hint, (fraction,))
    yield RuleField((*here, NUMBER), Sort.NUMBER, "Which number?", "Only for a fixed number.", (number,))
    base = next(each for each in kinds_of(ShareForm) if each.key == "base")
    yield _key(ShareForm, base, inside, names, here)
    form = CountForm if key == "count" else ShareForm
    left = {"min", "base", *SHARES}
    rest = tuple(_key(form, kind, inside, names, here) for kind in kinds_of(form) if kind.key not in left)
    yield Fieldset((*here, "~rest"), "Only some of the members, rounding, weighted votes", "", rest, is_folded=True)


def _parts(legend: str, parts: Sequence[Value], names: Names, path: Path) -> Fieldset:
    items: list[Item] = []
    filled = [each for each in parts if isinstance(each, dict)]
    for number, part in enumerate(filled):
        here = (*path, number)
        remove = RuleField((*here, REMOVE), Sort.MANY, "", "", (), (("yes", "Take this requirement out"),))
        title = str(part.get("name") or KINDS.get(asked(part)) or f"requirement {number + 1}")
        items.append(Fieldset(here, title[:1].upper() + title[1:], "", (*drawn(NodeForm, part, names, here), remove)))
    items.append(_addition((*path, ADD), names))
    return Fieldset(path, legend, "", tuple(items))


def _addition(path: Path, names: Names) -> Fieldset:
    """What can be added to a group; its details are filled in once it is there."""
    offices, organisations = (tuple(names.of(each).items()) for each in ("offices", "organisations"))
    amount = "For a number of members: 1/2, 75% or 7."
    fields = (
        RuleField((*path, "kind"), Sort.CHOICE, "What is asked for", "", ("",), (("", "Nothing further"), *FURTHER)),
        RuleField((*path, FRACTION), Sort.LINE, "Which share, or which number", amount),
        RuleField((*path, "offices"), Sort.MANY, "Which office", "", (), offices),
        RuleField((*path, "organisations"), Sort.MANY, "Which organisations", "", (), organisations),
    )
    return Fieldset(path, "Add a requirement", "Its details are filled in once it is there.", fields, is_folded=True)
