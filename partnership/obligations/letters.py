"""A message as values: what a feature says, before it becomes text, HTML and, where it invites, a calendar entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from partnership.obligations.wordings import Line, MessageKind, Words
from partnership.rules.clauses import Clause


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An iTIP object that goes along: its method ("REQUEST", "CANCEL") and its text."""

    method: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One of several things in a message: what it is, the line that says by when, its clause and its page, if any.

    `facts` are further sentences.
    """

    what: str
    due: Line
    clause: Clause
    path: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person. It names a board, its date and an agency, never a child and no restricted title.

    Subject, opening and closing are the words of its kind with `values` filled in, the partnership's own where it has
    any; `trial` replaces both. The rest is the product's: `facts` are further sentences, `details` lines of a list,
    `items` things with a page each; `button` and `path` lead to the one page where it is read or done (no path, no
    button: its reader may open none); `sent_as` says
    in the foot why this person gets it ("a member of PSCP Board"); `mark` stands before the subject. `stops` names the
    courtesy that it is, which its reader may stop (`partnership.obligations.stopping`).
    """

    kind: MessageKind
    values: Mapping[str, str]
    heading: str
    path: str
    sent_as: str
    button: str = ""
    facts: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    clause: Clause | None = None
    calendar: CalendarEntry | None = None
    mark: str = ""
    stops: str = ""
    trial: Words | None = field(default=None)
