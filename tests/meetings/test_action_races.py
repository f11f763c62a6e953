"""Two people at once on one partnership's actions and one meeting's record, on whichever database the run uses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from meetings.models import Action, ItemRecord
from meetings.operations import RecordClash, actions, agree_action, outcomes, record_discussion
from tests.cast import TODAY, Cast, assembled
from tests.meetings.test_races import two_at_once
from tests.pages.outcomes import ACTION, item_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def full_cast(stopped_clock: Settings) -> Cast:
    return assembled()


def agreeing(cast: Cast, name: str) -> Callable[[], object]:
    owner, by = cast["member"], cast[name]
    return lambda: agree_action(board=cast.board, text=ACTION, owner=owner, due_on=TODAY, by=by)


def test_two_actions_agreed_at_once_have_two_numbers(full_cast: Cast) -> None:
    results = two_at_once(*(agreeing(full_cast, name) for name in ("coordinator", "manager", "coordinator", "manager")))
    assert [type(result) for result in results] == [Action] * 4
    assert sorted(Action.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_a_number_read_before_the_lock_is_given_twice(full_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        read_by_both = actions.next_number(full_cast.partnership.pk)
    monkeypatch.setattr(actions, "next_number", lambda _: read_by_both)
    results = two_at_once(agreeing(full_cast, "coordinator"), agreeing(full_cast, "manager"))
    assert sorted(type(result).__name__ for result in results) == [Action.__name__, IntegrityError.__name__]


def two_texts(cast: Cast) -> tuple[Callable[[], object], Callable[[], object]]:
    """Two people save what was said at one item, from pages drawn before either had."""
    item = item_on(cast, cast.open_meeting())
    return (
        lambda: record_discussion(item=item, text="Mine", version=0, by=cast["coordinator"]),
        lambda: record_discussion(item=item, text="Theirs", version=0, by=cast["manager"]),
    )


def test_of_two_texts_saved_at_once_one_is_told(full_cast: Cast) -> None:
    results = two_at_once(*two_texts(full_cast))
    assert sorted(type(result).__name__ for result in results) == [ItemRecord.__name__, RecordClash.__name__]
    clash = next(result for result in results if isinstance(result, RecordClash))
    kept = ItemRecord.objects.get()
    assert (kept.version, kept.discussion) == (1, clash.theirs)
    assert {clash.theirs, clash.yours} == {"Mine", "Theirs"}


def test_without_the_version_check_a_text_is_lost(full_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "is_stale", lambda *_: False)
    results = two_at_once(*two_texts(full_cast))
    assert [type(result) for result in results] == [ItemRecord, ItemRecord]
    assert (ItemRecord.objects.get().version, ItemRecord.history.count()) == (2, 2)
