"""A History page: what happened to one thing as sentences, by day, the latest first, some to a page.

Each app gives the words for its own kinds of row; what has none is told plainly, field by field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from partnership.change_history import NOTHING, Entry
from partnership.rules.plain_dates import long_date, plain_time

PER_PAGE = 50
# What an app says of one entry of a kind of row: a phrase that goes after "On … at … Nell Abara …".
Words = Mapping[str, Callable[[Entry], "Told | None"]]


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody did, as the rest of a sentence; `gives_reason` where the entry's own words are why they did it."""

    phrase: str
    gives_reason: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One act in one sentence, and its hour for the eye."""

    at: str
    says: str


@dataclass(frozen=True, slots=True)
class Day:
    """The acts of one day, the latest first."""

    day: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of a history; `newer` and `older` are page numbers, 0 where there is none."""

    of_what: str
    back_href: str
    back_words: str
    days: tuple[Day, ...]
    count: int
    number: int
    newer: int
    older: int


def history_page(
    entries: Sequence[Entry], *, of_what: str, back_href: str, back_words: str, words: Words, asked: str = ""
) -> HistoryPage:
    """The page of that number; the first for one that is none."""
    last = max(1, -(-len(entries) // PER_PAGE))
    number = int(asked) if asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= last else 1
    shown = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
    return HistoryPage(
        of_what=of_what,
        back_href=back_href,
        back_words=back_words,
        days=tuple(_days(shown, words)),
        count=len(entries),
        number=number,
        newer=number - 1,
        older=number + 1 if number < last else 0,
    )


def _days(entries: Iterable[Entry], words: Words) -> Iterable[Day]:
    for day, of_day in groupby(entries, key=lambda entry: entry.at.date()):
        told = [Sentence(plain_time(entry.at.time()), sentence_of(entry, words)) for entry in of_day]
        # What one act did alike to several rows is said once.
        yield Day(long_date(day), tuple(dict.fromkeys(told)))


def sentence_of(entry: Entry, words: Words) -> str:
    """The entry as a whole sentence: on which day, at what time, who did what, and why where they said so."""
    says = words.get(entry.kind)
    told = (says(entry) if says else None) or plainly(entry)
    when = f"On {long_date(entry.at.date())} at {plain_time(entry.at.time())}"
    reason = f": {entry.done.rstrip('.')}" if told.gives_reason and entry.done else ""
    return f"{when} {entry.by} {told.phrase}{reason}."


def plainly(entry: Entry) -> Told:
    """What was done to a row of which nobody says it better."""
    named = f"the {entry.name}" + (f" “{entry.about}”" if entry.about else "")
    if entry.how == "+":
        return Told(f"entered {named}{_list(entry, ', with ')}")
    if entry.how == "-":
        return Told(f"removed {named}", gives_reason=True)
    return Told(f"changed {named}{_list(entry, ': ')}" if entry.changes else f"saved {named} as it was", True)


def _list(entry: Entry, before: str) -> str:
    said = [
        f"{change.field} {change.now}" if entry.how == "+" or change.was == NOTHING else from_to(change)
        for change in entry.changes
    ]
    return before + "; ".join(said) if said else ""


def from_to(change: Any) -> str:
    """A field's change: from what to what."""
    return f"{change.field} from {change.was} to {change.now}"
