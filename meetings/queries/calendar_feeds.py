"""What a calendar address gives: asked of the policy as its owner stands at that moment."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max

from meetings.models import CalendarFeed, Meeting
from partnership import access
from partnership.access import Action, Kind
from partnership.models import Board, Partnership, User
from partnership.queries import own_boards

# How far back a feed goes; ahead it has all that is dated.
LOOKS_BACK = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class DatedMeeting:
    """A meeting, how often it has changed (its SEQUENCE), and when it did last."""

    meeting: Meeting
    sequence: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """Something that a person may have an address for: a group, or all of a partnership; and the one they have."""

    partnership: Partnership
    board: Board | None
    feed: CalendarFeed | None


def may_have(*, person: User, partnership: Partnership, board: Board | None, on: date) -> bool:
    """Whether the person may have such an address on that date."""
    return access.may(person, Action.OWN, board or partnership, Kind.CALENDAR_FEED, on)


def feed_at(token: str, *, on: date) -> CalendarFeed | None:
    """The address that ends so, as long as it opens; None for any other, whatever the reason. Three queries at most."""
    digest = hashlib.sha256(token.encode(errors="replace")).hexdigest()
    rows = CalendarFeed.objects.open().filter(token=digest, person__is_active=True)
    feed = rows.select_related("person", "partnership", "board").first()
    if feed is None or not may_have(person=feed.person, partnership=feed.partnership, board=feed.board, on=on):
        return None
    return feed


def meetings_of(feed: CalendarFeed, *, on: date) -> list[DatedMeeting]:
    """What its owner may see that day, of that partnership and group alone. Two queries, however many."""
    rows = Meeting.objects.visible_to(feed.person, on).filter(board__partnership=feed.partnership)
    if feed.board is not None:
        rows = rows.filter(board=feed.board)
    found = list(
        rows.filter(on__gte=on - LOOKS_BACK).select_related("board__partnership").order_by("on", "starts_at", "pk")
    )
    history = Meeting.history.filter(id__in=[meeting.pk for meeting in found]).order_by()
    changes = {
        row["id"]: (row["times"] - 1, row["last"])
        for row in history.values("id").annotate(times=Count("history_id"), last=Max("history_date"))
    }
    return [DatedMeeting(meeting, *changes[meeting.pk]) for meeting in found]


def feed_places(*, person: User, on: date) -> list[FeedPlace]:
    """Everything for which the person may have an address, partnership by partnership; the whole of each first."""
    feeds = {
        (feed.partnership_id, feed.board_id): feed
        for feed in CalendarFeed.objects.visible_to(person, on).open().filter(person=person)
    }
    boards = access.permitted(Board.objects.all(), to=person, action=Action.OWN, kind=Kind.CALENDAR_FEED, on=on)
    mine = set(boards.values_list("pk", flat=True))
    wholes = access.permitted(Partnership.objects.all(), to=person, action=Action.OWN, kind=Kind.CALENDAR_FEED, on=on)
    whole = set(wholes.values_list("pk", flat=True))
    places: list[FeedPlace] = []
    for board in own_boards(user=person, on=on):
        if board.pk not in mine:
            continue
        if board.partnership_id in whole and (not places or places[-1].partnership != board.partnership):
            places.append(FeedPlace(board.partnership, None, feeds.get((board.partnership_id, None))))
        places.append(FeedPlace(board.partnership, board, feeds.get((board.partnership_id, board.pk))))
    return places
