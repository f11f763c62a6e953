"""What is asked of people beside meetings: details confirmed, inductions done, mistakes in the record looked into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from meetings.models import Meeting
from membership.models import Induction
from membership.queries.acknowledgements import Asked, waiting_by_board
from membership.queries.acknowledgements import asked_of_person as acknowledgements_of
from membership.queries.contacts import OwnDetails, own_details, stale_by_board
from membership.queries.inductions import own_unfinished, unfinished_by_board
from partnership.models import Board, User
from partnership.obligations.hours import offsets_of
from reviews.models import MistakeReport
from reviews.queries.signatures import owed_by


@dataclass(frozen=True, slots=True)
class AskedOfPerson:
    """`details` from the day of the first reminder on; inductions under way; versions to acknowledge.

    `unsigned` are meetings at which they have not signed the confidentiality agreement.
    """

    details: tuple[OwnDetails, ...]
    inductions: tuple[Induction, ...]
    arrangements: tuple[Asked, ...]
    unsigned: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True)
class WaitingOfPeople:
    """By board: people whose details are stale, inductions unfinished and late, mistakes reported and unanswered.

    `arrangements` are agencies that have not acknowledged the rules, and how many of them are late.
    """

    stale: dict[int, int]
    inductions: dict[int, tuple[int, int]]
    mistakes: dict[int, int]
    arrangements: dict[int, tuple[int, int]]


def asked_of_person(*, person: User, on: date) -> AskedOfPerson:
    """Eight queries."""
    found = own_details(person=person, on=on)
    return AskedOfPerson(
        details=tuple(own for own in found if own.asked is not None and _is_near(own, on)),
        inductions=tuple(own_unfinished(person=person, on=on)),
        arrangements=tuple(each for each in acknowledgements_of(person=person, on=on) if each.is_open),
        unsigned=tuple(owed_by(person=person, on=on)),
    )


def _is_near(own: OwnDetails, on: date) -> bool:
    asked = own.asked
    return asked is not None and on >= asked.due_on + timedelta(days=min(offsets_of(asked)))


def waiting_of_people(*, boards: Iterable[Board], on: date) -> WaitingOfPeople:
    """Four queries, however many boards."""
    those = list(boards)
    unanswered = MistakeReport.objects.filter(board__in=those, answered_on=None)
    counts = unanswered.values_list("board").annotate(Count("pk")).order_by("board")
    return WaitingOfPeople(
        stale=stale_by_board(boards=those, on=on),
        inductions=unfinished_by_board(boards=those, on=on),
        mistakes=dict(counts),
        arrangements=waiting_by_board(boards=those, on=on),
    )
