"""The kinds of message with their wording, as the pages of wordings show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from partnership.change_history import history_of
from partnership.clock import LONDON
from partnership.models import MessageWording
from partnership.obligations.wordings import MessageKind, Part, Words, filled, plain, problems_of
from partnership.rules.plain_dates import long_date


@dataclass(frozen=True, slots=True)
class KindRow:
    """One line of the list, its subject on an example.

    `trouble` is why the partnership's own words are not used although they are stored.
    """

    kind: MessageKind
    subject: str
    is_own: bool
    trouble: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a wording: when, by whom, why."""

    day: str
    by: str
    reason: str


def kind_rows(kinds: Iterable[MessageKind], stored: Iterable[MessageWording]) -> list[KindRow]:
    """A line for every kind that can be reworded, in order."""
    own = {row.kind: row for row in stored if row.is_in_use}
    return [_row(kind, own.get(kind.name)) for kind in kinds if not kind.why_fixed]


def _row(kind: MessageKind, own: MessageWording | None) -> KindRow:
    trouble = trouble_of(kind, own)
    said = kind.standard if own is None or trouble else words_of(own)
    subject = plain(filled(kind, said.subject, kind.examples)[0])
    return KindRow(kind, subject, is_own=own is not None, trouble=trouble)


def words_of(wording: MessageWording) -> Words:
    """What a partnership has stored."""
    return Words(wording.subject, wording.opening, wording.closing)


def trouble_of(kind: MessageKind, own: MessageWording | None) -> str:
    """Why a stored wording cannot be used; empty where it can, or where there is none."""
    if own is None or not own.is_in_use:
        return ""
    problems = problems_of(kind, words_of(own))
    return next((f"{part.value.capitalize()}: {each[0]}" for part, each in problems.items()), "")


def changes_of(wording: MessageWording | None) -> list[Change]:
    """Every change, the latest first."""
    if wording is None:
        return []
    return [
        Change(long_date(entry.at.astimezone(LONDON).date()), entry.by, entry.done) for entry in history_of(wording)
    ]


def parts_of(words: Words) -> list[tuple[str, str]]:
    """The standard words to look up beside a form, each part with its name."""
    names = {Part.SUBJECT: "Subject", Part.OPENING: "Opening", Part.CLOSING: "Closing"}
    return [(names[part], words.of(part)) for part in Part]
