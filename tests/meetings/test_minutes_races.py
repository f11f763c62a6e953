"""Somebody at the record while its minutes are sent, on whichever database the run uses.

The other act begins when the draft is drawn and before anything is stored: only the hold on the meeting keeps it out.
SQLite lets one transaction write at a time whatever is held; on PostgreSQL each of these fails without the hold.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connection
from pytest_django import Settings

from meetings.minutes import draft_minutes
from meetings.models import Decision, Meeting, Minutes
from meetings.operations import (
    DecisionSent,
    change_decision,
    minutes,
    record_decision,
    send_minutes,
    withdraw_decision,
)
from tests.cast import Cast, assembled, at
from tests.held_meetings import island_in_march

pytestmark = pytest.mark.django_db(transaction=True)
# Long enough for an act that nothing keeps out.
A_MOMENT = 1.0


@pytest.fixture
def full_cast(stopped_clock: Settings) -> Cast:
    return assembled()


@pytest.fixture
def held(full_cast: Cast, settings: Settings) -> Meeting:
    return island_in_march(full_cast, settings)


@pytest.fixture
def send_while(
    full_cast: Cast, held: Meeting, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[], object]], list[object]]:
    """Send the minutes while somebody else does that; what came of the other act, a result or an error."""

    def sent(act: Callable[[], object]) -> list[object]:
        came: list[object] = []

        def other() -> None:
            try:
                came.append(act())
            except Exception as error:  # noqa: BLE001 - the test asks which error it was
                came.append(error)
            finally:
                connection.close()

        beside = Thread(target=other)

        def slowly(**asked: object) -> object:
            content = draft_minutes(**asked)  # type: ignore[arg-type]  # passed on as it came
            # The minutes are drafted more than once; the other act begins beneath the first draft.
            if beside.ident is None:
                beside.start()
                beside.join(A_MOMENT)
            return content

        monkeypatch.setattr(minutes, "draft_minutes", slowly)
        send_minutes(meeting=held, by=full_cast["coordinator"], reason="As agreed")
        beside.join()
        return came

    return sent


def decided_in(sent: Minutes) -> list[str]:
    return [decision["text"] for item in sent.content["items"] for decision in item["decisions"]]


def test_a_decision_is_not_changed_beneath_the_minutes_that_carry_it(
    full_cast: Cast, send_while: Callable[[Callable[[], object]], list[object]]
) -> None:
    found = Decision.objects.get()
    text, by = "The returns are refused", full_cast["manager"]
    (came,) = send_while(
        lambda: change_decision(decision=found, text=text, decided_at=at(11, 30), version=found.version, by=by)
    )
    assert isinstance(came, DecisionSent)
    assert decided_in(Minutes.objects.get()) == [Decision.objects.get().text] == ["The returns are accepted"]


def test_a_decision_is_not_taken_back_beneath_the_minutes_that_carry_it(
    full_cast: Cast, send_while: Callable[[Callable[[], object]], list[object]]
) -> None:
    found, by = Decision.objects.get(), full_cast["manager"]
    (came,) = send_while(
        lambda: withdraw_decision(decision=found, version=found.version, by=by, reason="Entered by mistake")
    )
    assert isinstance(came, DecisionSent)
    assert Decision.objects.get().sent_in == Minutes.objects.get()


def test_a_decision_recorded_meanwhile_waits_for_the_next_minutes(
    full_cast: Cast, send_while: Callable[[Callable[[], object]], list[object]]
) -> None:
    item, by = Decision.objects.get().item, full_cast["manager"]
    (came,) = send_while(lambda: record_decision(item=item, text="A second", decided_at=at(11, 31), by=by))
    assert isinstance(came, Decision)
    assert Decision.objects.get(text="A second").sent_in is None
    assert decided_in(Minutes.objects.get()) == ["The returns are accepted"]
