"""A message as values: what a feature says, before it becomes text, HTML and, where it invites, a calendar entry."""

from __future__ import annotations

from dataclasses import dataclass

from partnership.rules.clauses import Clause


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An iTIP object that goes along: its method ("REQUEST", "CANCEL") and its text."""

    method: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person. It names a board, its date and an agency, never a child and no restricted title.

    `details` are lines of a list; `button` and `path` lead to the one page where it is read or done; `sent_as` says in
    the foot why this person gets it ("a member of PSCP Board"); `foot` says what else to know of the button.
    """

    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    button: str
    path: str
    sent_as: str
    details: tuple[str, ...] = ()
    foot: str = "You will be asked to sign in with this e-mail address."
    clause: Clause | None = None
    calendar: CalendarEntry | None = None
