"""How each kind of message is worded: the standard words, and what a partnership may say in their place.

Plain text with named placeholders from the kind's own list, and nothing else: no markup, no conditions, no addresses.
What is to be done, by when, the clause and the link stay the product's. An app enters its kinds once, when it starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

PLACE = re.compile(r"\{([^{}\n]*)\}")
BRACE = re.compile(r"[{}]")
MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
ADDRESS = re.compile(r"\b(?:https?|ftp|javascript|data):|\bwww\.", re.IGNORECASE)
# Control characters, and those that turn the direction of reading.
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
# What a comma at the end of a value must not stand before.
CLOSES = tuple(".,:;?!)")


class Part(StrEnum):
    """What of a message can be reworded."""

    SUBJECT = "subject"
    OPENING = "opening"
    CLOSING = "closing"


MOST = {Part.SUBJECT: 120, Part.OPENING: 600, Part.CLOSING: 400}
MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of a message that can be reworded, with placeholders in braces."""

    subject: str
    opening: str
    closing: str = "You will be asked to sign in with this e-mail address."

    def of(self, part: Part) -> str:
        return str(getattr(self, part.value))


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A word in braces, and what stands for it; `is_strong` sets it in bold where a message has bold letters."""

    name: str
    example: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class MessageKind:
    """One kind of message. `label` names it on the page of wordings, `goes_to` says who gets it.

    `needs` are the placeholders that a part cannot do without. `announced_as` are the announcements that are worded so;
    a reminder has none. `why_fixed` says why nobody rewords it; empty where a partnership may.
    """

    name: str
    label: str
    goes_to: str
    standard: Words
    placeholders: tuple[Placeholder, ...] = ()
    needs: tuple[tuple[Part, str], ...] = ()
    announced_as: tuple[str, ...] = ()
    button: str = "Open its page"
    why_fixed: str = ""

    @property
    def examples(self) -> dict[str, str]:
        return {each.name: each.example for each in self.placeholders}


class Piece(NamedTuple):
    """A run of text, in bold where a message has bold letters."""

    text: str
    is_strong: bool


Line = tuple[Piece, ...]


class BrokenWording(Exception):
    """The wording cannot be used; the message says why."""


class UnknownKind(Exception):
    """No app has entered that kind of message."""


_KINDS: dict[str, MessageKind] = {}


def enter(*kinds: MessageKind) -> None:
    """Make kinds known, in this order; entering one again replaces it."""
    for kind in kinds:
        _KINDS[kind.name] = kind


def kinds() -> list[MessageKind]:
    """Every kind of message, in the order entered."""
    return list(_KINDS.values())


def kind_named(name: str) -> MessageKind:
    """Raises UnknownKind."""
    try:
        return _KINDS[name]
    except KeyError:
        raise UnknownKind(f"No application has entered {name} as a kind of message.") from None


# --- what may be said -------------------------------------------------------------------------------------------------


def problems_of(kind: MessageKind, words: Words) -> dict[Part, list[str]]:
    """What is wrong with a wording, by part, in sentences for whoever typed it; empty where it can be used."""
    found = {part: list(_problems(kind, part, words.of(part))) for part in Part}
    return {part: problems for part, problems in found.items() if problems}


def _problems(kind: MessageKind, part: Part, text: str) -> Iterator[str]:
    if not text.strip():
        yield f"Enter the {part}."
        return
    if len(text) > MOST[part]:
        yield f"Use at most {MOST[part]} characters; there are {len(text)}."
    if part is Part.SUBJECT and "\n" in text:
        yield "Write the subject on one line."
    if text.count("\n") >= MOST_LINES:
        yield f"Use at most {MOST_LINES} lines."
    if UNSEEN.search(text):
        yield "Take out characters that cannot be seen."
    if MARKUP.search(text):
        yield "Write plain text: a message takes no HTML."
    if ADDRESS.search(text):
        yield "Leave out web addresses: the message has its own button."
    yield from _problems_of_places(kind, part, text)


def _problems_of_places(kind: MessageKind, part: Part, text: str) -> Iterator[str]:
    known = [each.name for each in kind.placeholders]
    for name in dict.fromkeys(PLACE.findall(text)):
        if name not in known:
            may = ", ".join(f"{{{each}}}" for each in known)
            yield f"{{{name}}} means nothing in this message. It knows {may}."
    if BRACE.search(PLACE.sub("", text)):
        yield "A brace { or } stands alone: write a placeholder like {" + known[0] + "}."
    for where, name in kind.needs:
        if where is part and f"{{{name}}}" not in text:
            yield f"Keep {{{name}}} in the {part}: without it the message does not say what it is about."


# --- filling in -------------------------------------------------------------------------------------------------------


def filled(kind: MessageKind, text: str, values: Mapping[str, str]) -> tuple[Line, ...]:
    """The text with its values, a line for each of its lines that says something. Raises BrokenWording.

    Values are put in once and never read for placeholders themselves. A value that ends in a comma loses it before
    another mark, and each line begins with a capital letter.
    """
    strong = {each.name for each in kind.placeholders if each.is_strong}
    lines = [_line(line, values, strong) for line in text.strip().splitlines() if line.strip()]
    if not lines:
        raise BrokenWording("It says nothing.")
    return tuple(lines)


@lru_cache(maxsize=1000)
def _parts(text: str) -> tuple[str, ...]:
    """Text and names of placeholders, in turn. Raises BrokenWording."""
    if BRACE.search(PLACE.sub("", text)):
        raise BrokenWording("A brace stands alone.")
    return tuple(PLACE.split(text))


def _line(text: str, values: Mapping[str, str], strong: set[str]) -> Line:
    pieces: list[Piece] = []
    for place, found in enumerate(_parts(text)):
        if place % 2 == 0:
            pieces.append(Piece(found, is_strong=False))
        elif found in values:
            pieces.append(Piece(values[found], found in strong))
        else:
            raise BrokenWording(f"{{{found}}} means nothing here.")
    return _capitalised(_tidied([piece for piece in pieces if piece.text]))


def _tidied(pieces: list[Piece]) -> list[Piece]:
    """Without a value's own comma where another mark, or nothing, follows it."""
    found = []
    for piece, after in zip(pieces, [*pieces[1:], Piece(".", is_strong=False)], strict=True):
        is_doubled = piece.text.endswith(",") and after.text.startswith(CLOSES)
        found.append(piece._replace(text=piece.text[:-1]) if is_doubled else piece)
    return found


def _capitalised(pieces: list[Piece]) -> Line:
    first = pieces[0]
    return (first._replace(text=first.text[:1].upper() + first.text[1:]), *pieces[1:])


def plain(line: Line) -> str:
    """A line as plain text."""
    return "".join(piece.text for piece in line)
