"""Making and ending the secret addresses that calendars fetch."""

from __future__ import annotations

import hashlib
from datetime import date
from secrets import token_urlsafe

from django.db import transaction

from meetings.models import CalendarFeed
from meetings.queries.calendar_feeds import may_have
from partnership import clock
from partnership.authorship import saved
from partnership.models import Board, Partnership, User


class NotTheirs(Exception):
    """The person has no part in the group, or one that lasts for a meeting alone."""


class AlreadyEnded(Exception):
    """The address was ended or renewed meanwhile."""


@transaction.atomic
def make_calendar_feed(*, person: User, partnership: Partnership, board: Board | None, by: User) -> str:
    """Make an address, for a group or (without one) for all of the partnership's; one made before for the same ends.

    What is returned opens it, and is kept nowhere. Raises NotTheirs.
    """
    # Held meanwhile, so that two who renew at once do it one after the other.
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not may_have(person=person, partnership=partnership, board=board, on=clock.today()):
        raise NotTheirs("You have no part in that group.")
    for earlier in CalendarFeed.objects.open().filter(person=person, partnership=partnership, board=board):
        _ended(earlier, reason="Another address was made", by=by)
    token = token_urlsafe(32)
    feed = CalendarFeed(
        person=person, partnership=partnership, board=board, token=kept(token), made_at=clock.machine_now()
    )
    saved(feed, by=by, reason="Calendar address made")
    return token


@transaction.atomic
def end_calendar_feed(*, feed: CalendarFeed, by: User) -> CalendarFeed:
    """From now on the address opens nothing. Raises AlreadyEnded."""
    held = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    if held.ended_at is not None:
        raise AlreadyEnded("This address was ended already.")
    return _ended(held, reason="Calendar address ended", by=by)


def end_feeds_of_who_left(*, on: date, by: User) -> int:
    """End for good what the policy has closed, so that no old address opens again when somebody comes back."""
    number = 0
    for feed in CalendarFeed.objects.open().select_related("person", "partnership", "board"):
        if may_have(person=feed.person, partnership=feed.partnership, board=feed.board, on=on):
            continue
        with transaction.atomic():
            held = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
            if held.ended_at is None:
                _ended(held, reason="Its owner has left", by=by)
                number += 1
    return number


def kept(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _ended(feed: CalendarFeed, *, reason: str, by: User) -> CalendarFeed:
    feed.ended_at = clock.machine_now()
    return saved(feed, by=by, reason=reason, fields=["ended_at"])
