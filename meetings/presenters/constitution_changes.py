"""Two versions of a constitution side by side: what was added, taken out and changed, with the words marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from partnership.constitutions.comparison import Change, ChapterComparison, Comparison, RuleComparison
from partnership.constitutions.difference import FieldChange
from partnership.constitutions.tree import Value
from partnership.rules.book.marked_words import Run, marked
from partnership.rules.book.rule_book import RuleInWords
from partnership.rules.plain_dates import counted, listed

LABELS = {Change.ADDED: "Added", Change.REMOVED: "Taken out", Change.CHANGED: "Changed"}
# Each version says these of itself, and they always differ.
OF_ITSELF = frozenset({"number", "in_force_from"})
NAMES = {"title": "Title", "note": "Note", "review_by": "Review by"}
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing said of a rule, before and after; either is empty where that version does not say it."""

    what: str
    before: tuple[Run, ...]
    after: tuple[Run, ...]
    is_sentence: bool = False


@dataclass(frozen=True, slots=True)
class ValuePair:
    """One value of the file, before and after."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One rule that differs. `title` is its sentence where that is the same; `values` is what the file says besides."""

    id: str
    label: str
    change: str
    title: str
    note: str
    pairs: tuple[Pair, ...]
    values: tuple[ValuePair, ...]


@dataclass(frozen=True, slots=True)
class ChapterChange:
    """The rules of a chapter that differ, and what the versions said where they state nothing."""

    id: str
    title: str
    rules: tuple[RuleChange, ...]
    silence: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs, and in one sentence how much."""

    summary: str
    chapters: tuple[ChapterChange, ...]
    version: tuple[ValuePair, ...]
    rest: tuple[ValuePair, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.chapters or self.rest)


def changes_between(comparison: Comparison) -> Changes:
    """A comparison in words."""
    return Changes(
        summary=_summary(comparison),
        chapters=tuple(_chapter(chapter) for chapter in comparison.chapters),
        version=tuple(
            ValuePair(NAMES.get(field.key, field.key), value_words(field.before), value_words(field.after))
            for field in comparison.version
            if field.key not in OF_ITSELF
        ),
        rest=_values(comparison.rest),
    )


def _summary(comparison: Comparison) -> str:
    """`1 rule added, 3 changed; 93 are unchanged.`"""
    unchanged = counted(comparison.unchanged, "is", "are")
    if comparison.is_empty:
        return f"No rule differs: {counted(comparison.unchanged, 'rule')} in both."
    numbers = {change: comparison.number(change) for change in Change}
    parts = [f"{number} {LABELS[change].lower()}" for change, number in numbers.items() if number]
    if not parts:
        return f"No rule differs; other values of the file do. {unchanged} unchanged."
    first, _, words = parts[0].partition(" ")
    parts[0] = f"{counted(int(first), 'rule')} {words}"
    return f"{listed(parts)}; {unchanged} unchanged."


def _chapter(chapter: ChapterComparison) -> ChapterChange:
    silence = ""
    if chapter.silence_before and not chapter.silence_after:
        silence = f"Before: {chapter.silence_before}"
    elif chapter.silence_after and not chapter.silence_before:
        silence = f"After: {chapter.silence_after}"
    return ChapterChange(chapter.id, chapter.title, tuple(_rule(rule) for rule in chapter.rules), silence)


def _rule(rule: RuleComparison) -> RuleChange:
    before, after = rule.before, rule.after
    pairs = tuple(_pairs(before, after))
    values = _values(rule.fields)
    has_own_sentence = bool(pairs) and pairs[0].is_sentence
    return RuleChange(
        id=f"{rule.rule.family}-{rule.rule.id}",
        label=LABELS[rule.change],
        change=rule.change.value,
        title="" if has_own_sentence else rule.rule.sentence,
        note=_note(rule),
        pairs=pairs,
        values=values,
    )


def _note(rule: RuleComparison) -> str:
    """Why a rule is listed that reads the same, or that the file leaves as it was."""
    if rule.change is not Change.CHANGED:
        return ""
    if not rule.reads_otherwise:
        return "It reads the same; values behind it change."
    has_own_words = (
        rule.before
        and rule.after
        and (rule.before.clause, rule.before.reading)
        != (
            rule.after.clause,
            rule.after.reading,
        )
    )
    return "" if rule.fields or has_own_words else "It reads otherwise because of another change."


def _pairs(before: RuleInWords | None, after: RuleInWords | None) -> Iterable[Pair]:
    """The sentence, what else is said, the clause and the reading, each where it differs."""
    for what, was, now in zip(_WHAT, _said(before), _said(after), strict=True):
        if was != now:
            earlier, later = _runs(was, now)
            yield Pair(what, earlier, later, is_sentence=what == _WHAT[0])


_WHAT = ("Rule", "With it", "In our words", "Clause", "Reading chosen", "Why", "Other readings")


def _said(rule: RuleInWords | None) -> Sequence[str]:
    if rule is None:
        return ("",) * len(_WHAT)
    clause, reading = rule.clause, rule.reading
    words = clause.words if clause is not None and clause.words != rule.sentence else ""
    return (
        rule.sentence,
        " ".join(rule.details),
        words,
        clause.ref if clause is not None else "",
        reading.chosen if reading is not None else "",
        reading.why if reading is not None else "",
        " ".join(reading.others) if reading is not None else "",
    )


def _runs(was: str, now: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """What only one version says is marked as a whole by its label, not word by word."""
    if was and now:
        return marked(was, now)
    return tuple(Run(words, is_changed=False) for words in (was,) if words), tuple(
        Run(words, is_changed=False) for words in (now,) if words
    )


def _values(fields: Iterable[FieldChange]) -> tuple[ValuePair, ...]:
    return tuple(ValuePair(field.key, value_words(field.before), value_words(field.after)) for field in fields)


def value_words(value: Value) -> str:
    """A value of the file on one line."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value_words(each) for each in value) or NOTHING
    if isinstance(value, dict):
        return ", ".join(f"{key}: {value_words(each)}" for key, each in value.items())
    return str(value)
