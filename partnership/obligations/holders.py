"""Who is meant by a word of the terms that is no role on the board: the app that knows them enters the word.

Entered once, when the app starts (`apps.py`, ready).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from partnership.models import Obligation, User

# The people meant, by the obligation's id; asked for several at once, each with the row it hangs on.
Found = Callable[[Iterable[Obligation], Mapping[int, Any], date], Mapping[int, list[User]]]


@dataclass(frozen=True, slots=True)
class Holder:
    """One word: whom it means, and as what a message tells them ("your agency's lead officer")."""

    word: str
    found: Found
    told_as: str


_HOLDERS: dict[str, Holder] = {}


def enter(*holders: Holder) -> None:
    """Make these words known; entering one again replaces it."""
    for holder in holders:
        _HOLDERS[holder.word] = holder


def holder_of(word: str) -> Holder | None:
    return _HOLDERS.get(word)


def held_by_word(
    asked: Mapping[str, Iterable[Obligation]], rows: Mapping[int, Any], on: date
) -> dict[str, Mapping[int, list[User]]]:
    """The people that each of these words means, by the obligation's id; of a word that nobody entered, none."""
    known = {word: _HOLDERS[word] for word in asked if word in _HOLDERS}
    return {word: holder.found(asked[word], rows, on) for word, holder in known.items()}
