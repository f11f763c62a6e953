"""A letter in words: the partnership's own where it has some that can be used, else the standard ones."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from partnership.models import Partnership
from partnership.obligations.letters import Letter
from partnership.obligations.wordings import BrokenWording, Line, MessageKind, Words, filled, plain, problems_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Worded:
    """What a letter says in the parts that can be reworded; `fell_back` is why it says the standard words after all."""

    subject: str
    opening: tuple[Line, ...]
    closing: tuple[Line, ...]
    fell_back: str = ""


def worded(letter: Letter, partnership: Partnership) -> Worded:
    """The letter in the words of that partnership. A wording of its own that is broken never stops a message."""
    own = letter.trial or own_words(partnership, letter.kind.name)
    if own is None:
        return _in_words(letter, letter.kind.standard)
    try:
        return _in_words(letter, _whole(letter.kind, own))
    except Exception as error:
        # Whatever is wrong with it: the message goes, in the standard words, and the team is told.
        log.exception("own wording not used", extra={"wording": letter.kind.name})
        standard = _in_words(letter, letter.kind.standard)
        return Worded(standard.subject, standard.opening, standard.closing, fell_back=str(error) or "It is broken.")


def own_words(partnership: Partnership, kind: str) -> Words | None:
    """What the partnership says itself; asked for once, for all kinds."""
    return next(
        (
            Words(row.subject, row.opening, row.closing)
            for row in partnership.wordings.all()
            if row.kind == kind and row.is_in_use
        ),
        None,
    )


def _whole(kind: MessageKind, words: Words) -> Words:
    """The words as they are. Raises BrokenWording where they could not be stored today."""
    for problems in problems_of(kind, words).values():
        raise BrokenWording(problems[0])
    return words


def _in_words(letter: Letter, words: Words) -> Worded:
    subject, *more = filled(letter.kind, words.subject, letter.values)
    if more:
        raise BrokenWording("The subject has more than one line.")
    return Worded(
        subject=" ".join(f"{letter.mark}{plain(subject)}".split()),
        opening=filled(letter.kind, words.opening, letter.values),
        closing=filled(letter.kind, words.closing, letter.values),
    )
