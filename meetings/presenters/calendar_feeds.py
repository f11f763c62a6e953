"""The page of one's calendar addresses, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from meetings.models import CalendarFeed
from meetings.queries.calendar_feeds import FeedPlace
from partnership.clock import LONDON
from partnership.rules.plain_dates import plain_date


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One thing that an address can be had for; `feed_id` is 0 where there is none."""

    key: str
    name: str
    state: str
    feed_id: int


@dataclass(slots=True)
class FeedCard:
    """A partnership with its rows."""

    slug: str
    partnership: str
    rows: list[FeedRow] = field(default_factory=list)


def feed_cards(places: Iterable[FeedPlace], *, today: date) -> list[FeedCard]:
    """One card a partnership, in the order given."""
    cards: list[FeedCard] = []
    for place in places:
        if not cards or cards[-1].slug != place.partnership.slug:
            cards.append(FeedCard(place.partnership.slug, place.partnership.name))
        feed = place.feed
        cards[-1].rows.append(FeedRow(key_of(place), name_of(place), _state(feed, today), feed.pk if feed else 0))
    return cards


def key_of(place: FeedPlace) -> str:
    """How the form names a place: the address of a partnership, or of a group in it."""
    return place.partnership.slug if place.board is None else f"{place.partnership.slug}/{place.board.slug}"


def name_of(place: FeedPlace) -> str:
    return "All your groups" if place.board is None else place.board.name


def _state(feed: CalendarFeed | None, today: date) -> str:
    if feed is None:
        return "No address."
    made = f"Made {plain_date(feed.made_at.astimezone(LONDON).date())}"
    if feed.fetched_on is None:
        return f"{made}, not fetched yet."
    return f"{made}, last fetched {'today' if feed.fetched_on == today else plain_date(feed.fetched_on)}."
