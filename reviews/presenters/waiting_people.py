"""What waits for the team about people: mistakes reported, inductions late or unfinished, details gone stale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from partnership.models import Board
from partnership.rules.plain_dates import counted
from reviews.presenters.addresses import of_board
from reviews.queries.people import WaitingOfPeople


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of what else waits, with the words that lead to it."""

    before: str
    linked: str
    href: str


def waiting_of(boards: Iterable[Board], people: WaitingOfPeople) -> Iterable[Waiting]:
    """Board by board."""
    for board in boards:
        mistakes = people.mistakes.get(board.pk, 0)
        if mistakes:
            words = f"{counted(mistakes, 'mistake')} reported"
            yield Waiting(f"{board.short_name}: ", f"{words} in the record", of_board("mistakes", board))
        unfinished, late = people.inductions.get(board.pk, (0, 0))
        if unfinished:
            words = f"{counted(unfinished, 'induction')} unfinished"
            href = reverse("inductions", args=[board.partnership.slug])
            yield Waiting(f"{board.short_name}: ", f"{words}, {late} late" if late else words, href)
        unread, unread_late = people.arrangements.get(board.pk, (0, 0))
        if unread:
            words = f"{counted(unread, 'agency', 'agencies')} to acknowledge the rules"
            words = f"{words}, {unread_late} late" if unread_late else words
            yield Waiting(f"{board.short_name}: ", words, of_board("acknowledgements", board))
        stale = people.stale.get(board.pk, 0)
        if stale:
            before = f"{board.short_name}: {counted(stale, 'person', 'people')} with "
            yield Waiting(before, "details not confirmed in time", of_board("contacts", board))
