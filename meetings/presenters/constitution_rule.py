"""The page on which one rule is changed: its form with what is wrong with it, and what the rule would read and do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from meetings.presenters.constitution_changes import RuleChange, changes_between
from meetings.presenters.constitution_effects import DeadlineRow, PastRow, effects_page
from meetings.version_effects import VersionEffects
from partnership.constitutions.field_kinds import Sort
from partnership.constitutions.problems import Problem, key_of
from partnership.constitutions.rule_fields import FRACTION, NUMBER, Item, RuleField, every_field
from partnership.constitutions.rule_places import Place
from partnership.rules.book.rule_book import RuleInWords, rule_book
from partnership.rules.constitution import Constitution as Terms

MISSING = "Fill this in."
# The values of a number stand in fields of other names.
IN_FIELD = {"at_least": FRACTION, "more_than": FRACTION, "min": NUMBER}


@dataclass(frozen=True, slots=True)
class FieldOnPage:
    """One field with what is wrong with it."""

    field: RuleField
    errors: tuple[str, ...]
    is_group = False

    @property
    def id(self) -> str:
        return id_of(self.field)

    @property
    def described_by(self) -> str:
        parts = [f"{self.id}-hint" if self.field.hint else "", f"{self.id}-error" if self.errors else ""]
        return " ".join(part for part in parts if part)

    @property
    def widget(self) -> str:
        """Which piece of the page it is drawn with."""
        if self.field.sort is Sort.CHOICE:
            return "radios" if self.field.as_radios else "select"
        if self.field.sort is Sort.MANY:
            return "boxes"
        return "area" if self.field.sort in {Sort.WORDS, Sort.LINES} else "line"

    @property
    def width(self) -> str:
        return "5" if self.field.sort is Sort.NUMBER or self.field.path[-1] == FRACTION else ""

    @property
    def rows(self) -> int:
        return max(2, min(8, 1 + len(self.field.text) // 50 + self.field.text.count("\n")))

    @property
    def options(self) -> tuple[tuple[str, str, bool], ...]:
        return tuple((value, words, value in self.field.value) for value, words in self.field.choices)


@dataclass(frozen=True, slots=True)
class GroupOnPage:
    """A fieldset; one with a mistake in it is open."""

    legend: str
    hint: str
    items: tuple[FieldOnPage | GroupOnPage, ...]
    is_folded: bool
    is_group = True

    @property
    def has_errors(self) -> bool:
        return any(item.has_errors if isinstance(item, GroupOnPage) else bool(item.errors) for item in self.items)

    @property
    def is_open(self) -> bool:
        return self.has_errors


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line of the error summary."""

    href: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RulePreview:
    """What the rule would read, what it says of the next meeting, and what it makes of the last ones."""

    reads: tuple[str, ...]
    changes: tuple[RuleChange, ...]
    next_on: str
    says: tuple[str, ...]
    older_name: str
    newer_name: str
    past: tuple[PastRow, ...]
    past_heading: str
    past_note: str
    ahead: tuple[DeadlineRow, ...]


def id_of(field: RuleField) -> str:
    return f"f-{field.name}"


# --- the form ---------------------------------------------------------------------------------------------------------


def on_page(
    items: Sequence[Item], problems: Sequence[Problem], place: Place
) -> tuple[tuple[FieldOnPage | GroupOnPage, ...], tuple[Mistake, ...]]:
    """The fields with their mistakes, and the mistakes as a list; those of no field lead nowhere."""
    fields = list(every_field(items))
    by_field: dict[str, list[str]] = {}
    mistakes = []
    for problem in problems:
        found = _field_of(problem, fields, key_of(place.path))
        sentence = MISSING if problem.sentence.endswith("is missing.") else problem.sentence
        if found is None:
            mistakes.append(Mistake("", problem.sentence))
            continue
        if sentence not in by_field.setdefault(found.name, []):
            by_field[found.name].append(sentence)
            label = found.label or "A requirement"
            mistakes.append(Mistake(f"#{id_of(found)}", f"{label.rstrip('?')}: {sentence}"))
    return tuple(_item(item, by_field) for item in items), tuple(mistakes)


def _item(item: Item, errors: Mapping[str, Sequence[str]]) -> FieldOnPage | GroupOnPage:
    if isinstance(item, RuleField):
        return FieldOnPage(item, tuple(errors.get(item.name, ())))
    inside = tuple(_item(each, errors) for each in item.items)
    return GroupOnPage(item.legend, item.hint, inside, item.is_folded)


def _field_of(problem: Problem, fields: Sequence[RuleField], base: str) -> RuleField | None:
    """The field that a problem is about: its own, the first inside the part it names, or one of the part around it."""
    if problem.key != base and not problem.key.startswith((f"{base}.", f"{base}[")):
        return None
    within = problem.key[len(base) :].lstrip(".")
    around, _, last = within.rpartition(".")
    wanted = [within, f"{around}.{IN_FIELD[last]}" if last in IN_FIELD else within]
    for field in fields:
        if field.key in wanted:
            return field
    if not within:
        return None
    listed = [field for field in fields if within.startswith(f"{field.key}[")]
    if listed:
        return max(listed, key=lambda field: len(field.key))
    inside = (field for field in fields if field.key.startswith((f"{within}.", f"{within}[")))
    return next(inside, None) or next((field for field in fields if around and field.key.startswith(around)), None)


# --- what it would do -------------------------------------------------------------------------------------------------


def rule_preview(
    effects: VersionEffects, place: Place, *, ids: frozenset[str], said: Mapping[str, tuple[str, ...]], next_on: str,
    today: date,
) -> RulePreview:  # fmt: skip
    """The preview of one rule, `ids` its own and those of its parts; `said` is what each rule says of a meeting."""
    page = effects_page(effects, today=today)
    return RulePreview(
        reads=tuple(_reads(effects.terms, place, ids)),
        changes=tuple(_changes(effects, place, ids)),
        next_on=next_on,
        says=tuple(dict.fromkeys(sentence for rule_id, each in said.items() if rule_id in ids for sentence in each)),
        older_name=page.older_name,
        newer_name=page.name.capitalize(),
        past=page.past,
        past_heading=page.past_heading,
        past_note=page.past_note,
        ahead=page.ahead,
    )


def _reads(terms: Terms, place: Place, ids: frozenset[str]) -> Iterator[str]:
    for rule in _every(rule for chapter in rule_book(terms) for rule in chapter.rules):
        if rule.family == place.family and rule.id in ids:
            yield rule.sentence


def _is_own(rule: RuleInWords, place: Place, ids: frozenset[str]) -> bool:
    return rule.family == place.family and rule.id in ids


def _every(rules: Iterable[RuleInWords]) -> Iterator[RuleInWords]:
    for rule in rules:
        yield rule
        yield from _every(rule.parts)


def _changes(effects: VersionEffects, place: Place, ids: frozenset[str]) -> Iterator[RuleChange]:
    """How the rule and its parts differ from the version in force, words marked."""
    if effects.comparison is None:
        return
    own = tuple(
        replace(chapter, rules=tuple(each for each in chapter.rules if _is_own(each.rule, place, ids)))
        for chapter in effects.comparison.chapters
    )
    for chapter in changes_between(replace(effects.comparison, chapters=own)).chapters:
        yield from chapter.rules
