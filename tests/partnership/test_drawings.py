"""One letter to several people is drawn once, and each of them reads it as if it were drawn for them alone."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from django.template.loader import render_to_string
from pytest_django import Settings

from partnership.clock import LONDON
from partnership.models import User
from partnership.obligations import messages
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import sweep
from tests.cast import Cast, assembled
from tests.partnership.test_deliveries import Carrier

HOUR = datetime(2027, 4, 1, 8, 31, tzinfo=LONDON)
ODD = 'Ann <b>&amp; "Co" O\'Neil'


@pytest.fixture
def cast(db: None, stopped_clock: Settings) -> Cast:
    return assembled()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were drawn, one after another."""
    found: list[str] = []

    def told(template: str, context: dict[str, Any]) -> str:
        found.append(template)
        return render_to_string(template, context)

    monkeypatch.setattr(messages, "render_to_string", told)
    return found


def sent(cast: Cast) -> Carrier:
    carrier = Carrier()
    plan(now=HOUR)
    sweep(now=HOUR, by=cast.author, transport=carrier)
    return carrier


def test_each_reads_their_own_name_and_what_all_read(cast: Cast, drawn: list[str]) -> None:
    User.objects.filter(pk=cast["manager"].pk).update(name=ODD)
    cast.meeting(on=date(2027, 4, 22))
    to_coordinator, to_manager = sorted(sent(cast).taken, key=lambda message: "manager@" in message.to[0])
    assert len(drawn) == 2
    assert f"Dear {ODD},\n" in to_manager.body
    assert "Dear Coordinator,\n" in to_coordinator.body
    html = str(to_manager.alternatives[0][0])
    assert ">Dear Ann &lt;b&gt;&amp;amp; &quot;Co&quot; O&#x27;Neil,<" in html
    assert to_manager.body.replace(ODD, "Coordinator") == to_coordinator.body
    assert messages.NAME not in html + to_manager.body


def test_two_letters_are_never_taken_for_each_other(cast: Cast, drawn: list[str]) -> None:
    for hour in (9, 10, 11):
        cast.meeting(on=date(2027, 4, 22), starts_at=time(hour))
    taken = sent(cast).taken
    assert len(taken) == 6
    assert len(drawn) == 6
    pages = {next(line for line in str(message.body).splitlines() if "/agenda/" in line) for message in taken}
    assert len(pages) == 3


def test_what_a_batch_drew_is_forgotten_with_it(cast: Cast, drawn: list[str], settings: Settings) -> None:
    """So that words, a name or an address changed meanwhile stand in the next."""
    settings.DELIVERY_BATCH = 1
    cast.meeting(on=date(2027, 4, 22))
    assert len(sent(cast).taken) == 2
    assert len(drawn) == 4
