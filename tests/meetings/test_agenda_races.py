"""Two people at one agenda at the same time, on whichever database the run uses.

Each act holds the meeting and reads what it works on under that hold. The negative controls give the acts what was read
before, and must lose a change: a race test that passes without the hold would prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from meetings.models import AgendaItem, AgendaPublication, ItemKind, Meeting
from meetings.operations import (
    ItemClash,
    NoStandingItems,
    NothingToPublish,
    agenda,
    change_item,
    move_item,
    publish_agenda,
    publishing,
    start_from_standing_items,
)
from meetings.queries import unpublished
from tests.agendas import item_on, paper_at_item
from tests.cast import Cast, assembled
from tests.meetings.test_races import two_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def full_cast(stopped_clock: Settings, settings: Settings, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    return assembled()


@pytest.fixture
def meeting(full_cast: Cast) -> Meeting:
    return full_cast.meeting(on=date(2027, 6, 16))


@pytest.fixture
def items(full_cast: Cast, meeting: Meeting) -> list[AgendaItem]:
    return [item_on(meeting, full_cast["coordinator"], title) for title in ("One", "Two", "Three")]


def titles(meeting: Meeting) -> list[str]:
    return list(AgendaItem.objects.in_order().filter(meeting=meeting).values_list("title", flat=True))


def publishers(cast: Cast, meeting: Meeting) -> tuple[Callable[[], object], Callable[[], object]]:
    return (
        lambda: publish_agenda(meeting=meeting, by=cast["coordinator"]),
        lambda: publish_agenda(meeting=meeting, by=cast["manager"]),
    )


def names_of(results: list[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_of_two_publishers_one_publishes_and_the_other_finds_nothing_new(
    full_cast: Cast, meeting: Meeting, items: list[AgendaItem]
) -> None:
    paper_at_item(items[0], full_cast["coordinator"])
    results = two_at_once(*publishers(full_cast, meeting))
    assert names_of(results) == [AgendaPublication.__name__, NothingToPublish.__name__]
    assert AgendaPublication.objects.get().items.count() == 3


def test_two_publishers_who_read_before_they_hold_publish_the_same_twice(
    full_cast: Cast, meeting: Meeting, items: list[AgendaItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_before = unpublished(meeting=meeting)
    monkeypatch.setattr(publishing, "unpublished", lambda **_: read_before)
    results = two_at_once(*publishers(full_cast, meeting))
    assert names_of(results) == [AgendaPublication.__name__] * 2
    assert items[0].history.filter(history_change_reason__contains="published").count() == 2


def movers(cast: Cast, items: list[AgendaItem]) -> tuple[Callable[[], object], Callable[[], object]]:
    """Both move the last item up: together, two places."""
    return (
        lambda: move_item(item=items[2], up=True, by=cast["coordinator"]),
        lambda: move_item(item=items[2], up=True, by=cast["manager"]),
    )


def test_two_movers_take_turns(full_cast: Cast, meeting: Meeting, items: list[AgendaItem]) -> None:
    results = two_at_once(*movers(full_cast, items))
    assert names_of(results) == [AgendaItem.__name__] * 2
    assert titles(meeting) == ["Three", "One", "Two"]
    assert len(set(AgendaItem.objects.values_list("position", flat=True))) == 3


def test_two_movers_who_read_before_they_hold_lose_a_move(
    full_cast: Cast, meeting: Meeting, items: list[AgendaItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agenda, "items_in_order", lambda _: [AgendaItem(**_fields(each)) for each in items])
    two_at_once(*movers(full_cast, items))
    assert titles(meeting) == ["One", "Three", "Two"]


def _fields(item: AgendaItem) -> dict[str, object]:
    return {field.attname: getattr(item, field.attname) for field in item._meta.concrete_fields}


def two_forms(cast: Cast, items: list[AgendaItem]) -> tuple[Callable[[], object], Callable[[], object]]:
    def save(who: str) -> Callable[[], object]:
        return lambda: change_item(item=items[0], version=1, title=who, kind=ItemKind.DECISION, by=cast[who])

    return save("coordinator"), save("manager")


def test_of_two_who_change_one_item_one_wins_and_the_other_is_told(
    full_cast: Cast, meeting: Meeting, items: list[AgendaItem]
) -> None:
    results = two_at_once(*two_forms(full_cast, items))
    assert names_of(results) == [AgendaItem.__name__, ItemClash.__name__]
    (clash,) = [result for result in results if isinstance(result, ItemClash)]
    items[0].refresh_from_db()
    assert (items[0].version, clash.theirs.title) == (2, items[0].title)
    assert {clash.theirs.title, clash.yours.title} == {"coordinator", "manager"}


def test_without_the_version_check_a_change_is_lost(
    full_cast: Cast, meeting: Meeting, items: list[AgendaItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agenda, "is_stale", lambda *_: False)
    results = two_at_once(*two_forms(full_cast, items))
    assert names_of(results) == [AgendaItem.__name__] * 2
    items[0].refresh_from_db()
    assert items[0].version == 3


def test_the_standing_items_come_once(full_cast: Cast, meeting: Meeting) -> None:
    def start(who: str) -> Callable[[], object]:
        return lambda: start_from_standing_items(meeting=meeting, by=full_cast[who])

    results = two_at_once(start("coordinator"), start("manager"))
    assert names_of(results) == [NoStandingItems.__name__, "list"]
    assert len(titles(meeting)) == 2


def test_two_who_add_an_item_have_a_place_each(full_cast: Cast, meeting: Meeting) -> None:
    def add(who: str) -> Callable[[], object]:
        return lambda: item_on(meeting, full_cast[who], who)

    two_at_once(add("coordinator"), add("manager"))
    assert sorted(AgendaItem.objects.values_list("position", flat=True)) == [1, 2]
