"""The history of a register as sentences, by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from meetings.presenters.shown import Rights
from partnership.change_history import Change, Entry
from partnership.rules.plain_dates import counted, long_date, plain_time

REASON_FIELD = "reason"
GRADE_FIELDS = frozenset({"deputy note", "deputy reason"})
# How a row begins is no news: it is named in the line itself, or is what every row begins with.
NO_NEWS_AT_FIRST = frozenset({"seat", "attendance", "meeting", "attends as", "present as", "deputy standing", "mode"})
MANY = 3


@dataclass(frozen=True, slots=True)
class EntryOnPage:
    """One act: when, by whom, on what, and what changed."""

    at: str
    by: str
    what: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayOnPage:
    """The acts of one day, the latest first."""

    day: str
    entries: tuple[EntryOnPage, ...]


def days_of(entries: Iterable[Entry], rights: Rights) -> list[DayOnPage]:
    """Entries in the order given, gathered by day; reasons of apology and grades only for those who may read them.

    What one act did to several rows of one seat is one line; what it did alike to many seats is one line too.
    """
    return [
        DayOnPage(day=long_date(day), entries=tuple(_acts(list(rows), rights)))
        for day, rows in groupby(entries, key=lambda entry: entry.at.date())
    ]


def _acts(entries: Sequence[Entry], rights: Rights) -> Iterable[EntryOnPage]:
    for _, alike in groupby(entries, key=lambda entry: (plain_time(entry.at.time()), entry.by, entry.done)):
        same_act = list(alike)
        about = list(dict.fromkeys(entry.about for entry in same_act))
        if len(about) > MANY and len({entry.how for entry in same_act}) == 1:
            yield _line(same_act[:1], f"{same_act[0].done}: {counted(len(about), 'row')}", ())
            continue
        for name in about:
            rows = [entry for entry in same_act if entry.about == name]
            changes = [change for entry in rows for change in _news(entry, rights)]
            words = tuple(dict.fromkeys(f"{change.field}: {change.was} → {change.now}" for change in changes))
            yield _line(rows, f"{name}: {rows[0].done}" if name else rows[0].done, words)


def _news(entry: Entry, rights: Rights) -> Iterable[Change]:
    for change in entry.changes:
        is_no_news = entry.how == "+" and change.field in NO_NEWS_AT_FIRST
        is_kept_back = (change.field == REASON_FIELD and not rights.shows_reasons) or (
            change.field in GRADE_FIELDS and not rights.shows_grades
        )
        if not is_no_news and not is_kept_back:
            yield change


def _line(entries: Sequence[Entry], what: str, changes: tuple[str, ...]) -> EntryOnPage:
    first = entries[0]
    return EntryOnPage(at=plain_time(first.at.time()), by=first.by, what=what, changes=changes)
