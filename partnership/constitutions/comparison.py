"""Two versions of a constitution side by side: every rule that came, went or changed, as people read it.

A rule is the same in both by its permanent id, wherever it stands. What the file says (`difference`) and what the book
prints (`rule_book`) are both compared: a rule may read otherwise because another one changed, and a value such as the
days of its reminders may change without its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from partnership.constitutions.build import load
from partnership.constitutions.declared import OWN_IDS, RULES
from partnership.constitutions.difference import FieldChange, difference
from partnership.rules.book.arrangement_sentences import NO_NAMES
from partnership.rules.book.rule_book import Chapter, RuleInWords, rule_book
from partnership.rules.constitution import Constitution
from partnership.rules.quorum.seats import Organisation

Key = tuple[str, str]
ABOUT_THE_VERSION = "version"
ORGANISATIONS = "organisations"


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleComparison:
    """One rule in both versions; `before` is None for one that was added, `after` for one that was removed.

    `fields` are the values of the file that differ, but for clause and reading, which `before` and `after` hold.
    """

    change: Change
    before: RuleInWords | None
    after: RuleInWords | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def rule(self) -> RuleInWords:
        found = self.after or self.before
        assert found is not None, "a rule of neither version"
        return found

    @property
    def reads_otherwise(self) -> bool:
        return _shown(self.before) != _shown(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterComparison:
    """The rules of one chapter that differ; `silence_before` and `silence_after` where a version states nothing."""

    id: str
    title: str
    rules: tuple[RuleComparison, ...]
    silence_before: str = ""
    silence_after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two versions. `version` are values about the version itself, `rest` any other section's."""

    chapters: tuple[ChapterComparison, ...]
    version: tuple[FieldChange, ...]
    rest: tuple[FieldChange, ...]
    unchanged: int

    @property
    def rules(self) -> tuple[RuleComparison, ...]:
        return tuple(rule for chapter in self.chapters for rule in chapter.rules)

    @property
    def is_empty(self) -> bool:
        """Whether the rules are the same; the number and dates of a version always differ."""
        return not (self.chapters or self.rest)

    def number(self, change: Change) -> int:
        return sum(rule.change is change for rule in self.rules)


def compared(old: str, new: str, *, bodies: Mapping[str, str] = NO_NAMES) -> Comparison:
    """What the new text changes; `bodies` as for `rule_book`. Raises `BadFile` when one is no constitution."""
    before, after = _chapters(load(old.encode()), bodies), _chapters(load(new.encode()), bodies)
    was, now = dict(_every(before)), dict(_every(after))
    fields = {(_family(each.section), each.id): each.fields for each in difference(old, new).changed}
    differing = {key: found for key in {**was, **now} if (found := _compared(was.get(key), now.get(key), fields, key))}
    return Comparison(
        chapters=tuple(_chapters_compared(before, after, differing)),
        version=fields.get((RULES, ABOUT_THE_VERSION), ()),
        rest=tuple(
            FieldChange(f"{key[1]}.{field.key}" if field.key else key[1], field.before, field.after)
            for key, changed in fields.items()
            if key not in was and key[1] != ABOUT_THE_VERSION
            for field in changed
        ),
        unchanged=len((was.keys() & now.keys()) - differing.keys()),
    )


def _family(section: str) -> str:
    return section if section in OWN_IDS else RULES


def _chapters(constitution: Constitution, bodies: Mapping[str, str]) -> tuple[Chapter, ...]:
    """The book, and the organisations it speaks of, which it names in passing."""
    organisations = tuple(_organisation(each) for each in constitution.quorum.organisations.values())
    named = Chapter(id=ORGANISATIONS, title="Organisations", rules=organisations)
    return (*rule_book(constitution, bodies=bodies), *((named,) if organisations else ()))


def _organisation(one: Organisation) -> RuleInWords:
    also = f", also called {', '.join(one.aliases)}" if one.aliases else ""
    sentence = f"{one.name}{also}{f': {one.kind}' if one.kind else ''}."
    return RuleInWords(id=one.id, sentence=sentence, clause=None, reading=None, family=ORGANISATIONS)


def _every(chapters: Iterable[Chapter]) -> Iterator[tuple[Key, RuleInWords]]:
    for chapter in chapters:
        yield from _with_parts(chapter.rules)


def _with_parts(rules: Iterable[RuleInWords]) -> Iterator[tuple[Key, RuleInWords]]:
    for rule in rules:
        yield rule.key, rule
        yield from _with_parts(rule.parts)


def _compared(
    before: RuleInWords | None, after: RuleInWords | None, fields: Mapping[Key, tuple[FieldChange, ...]], key: Key
) -> RuleComparison | None:
    """The rule as it differs; None where it does not."""
    if before is None or after is None:
        return RuleComparison(change=Change.ADDED if before is None else Change.REMOVED, before=before, after=after)
    changed = fields.get(key, ())
    if not changed and _shown(before) == _shown(after):
        return None
    others = tuple(each for each in changed if each.key.split(".")[0] not in {"clause", "reading"})
    return RuleComparison(change=Change.CHANGED, before=before, after=after, fields=others)


def _shown(rule: RuleInWords | None) -> tuple[object, ...] | None:
    """What is read of a rule, without its parts, which are compared for themselves."""
    return None if rule is None else (rule.sentence, rule.details, rule.clause, rule.reading)


def _chapters_compared(
    before: tuple[Chapter, ...], after: tuple[Chapter, ...], differing: Mapping[Key, RuleComparison]
) -> Iterator[ChapterComparison]:
    """The chapters of the new version in order, then those that only the old one has."""
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    for chapter_id in {**new, **old}:
        was, now = old.get(chapter_id), new.get(chapter_id)
        rules = [differing[key] for key, _ in _with_parts(now.rules if now else ()) if key in differing]
        gone = [differing[key] for key, _ in _with_parts(was.rules if was else ()) if key in differing]
        rules += [each for each in gone if each.change is Change.REMOVED]
        silence = (was.not_stated if was else "", now.not_stated if now else "")
        if rules or silence[0] != silence[1]:
            yield ChapterComparison(
                id=chapter_id,
                title=(new.get(chapter_id) or old[chapter_id]).title,
                rules=tuple(rules),
                silence_before=silence[0],
                silence_after=silence[1],
            )
