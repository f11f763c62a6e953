"""A clock that was moved while nobody watched: the next process sees it by what was recorded, and says so."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from partnership import clock
from partnership.models import Delivery, Heartbeat
from partnership.obligations import steadiness, sweeping
from partnership.obligations.planning import plan
from partnership.obligations.steadiness import Steadiness
from tests.cast import Cast

HOUR, TWO_DAYS = 3600.0, 172_800.0


class Machine:
    """Two clocks: one that can be set, one that only goes on."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_800_000_000.0, 50_000.0

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds

    def process(self) -> Steadiness:
        return Steadiness(wall=lambda: self.wall, steady=lambda: self.steady)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_a_clock_before_the_last_act_is_not_believed_until_it_is_back(machine: Machine) -> None:
    last_act = machine.wall
    machine.wall -= TWO_DAYS
    fresh = machine.process()
    assert fresh.is_kept(), "a process by itself does not know"
    fresh.compare(lambda: last_act)
    assert not fresh.is_kept()
    machine.wall += TWO_DAYS
    assert fresh.is_kept()


def test_a_clock_that_stays_is_believed_after_an_hour_whatever_the_record_says(machine: Machine) -> None:
    """The record was written while the clock stood two days ahead: it is right now."""
    last_act = machine.wall + TWO_DAYS
    fresh = machine.process()
    fresh.compare(lambda: last_act)
    assert not fresh.is_kept()
    machine.pass_by(HOUR - 1)
    assert not fresh.is_kept()
    machine.pass_by(1)
    assert fresh.is_kept()
    fresh.compare(lambda: last_act)
    assert fresh.is_kept(), "asked once a process"


def test_a_record_of_some_time_ago_and_one_of_just_now_are_no_reason(machine: Machine) -> None:
    for last_act in (None, machine.wall - TWO_DAYS, machine.wall + 59):
        fresh = machine.process()
        fresh.compare(lambda last_act=last_act: last_act)  # type: ignore[misc]  # bound as the loop stands
        assert fresh.is_kept()


def test_runs_by_a_timer_leave_what_they_saw_to_the_next(machine: Machine, tmp_path: Path) -> None:
    mark = tmp_path / "clock"
    kept = []
    for step in ("steady", "moved", "still", "an hour on"):
        run = machine.process()
        run.take_up(mark)
        if step == "moved":
            machine.wall += TWO_DAYS
        kept.append(run.is_kept())
        run.leave(mark)
        machine.pass_by(HOUR if step == "still" else 60)
    assert kept == [True, False, False, True]


def test_what_another_boot_left_and_what_cannot_be_read_say_nothing(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "clock"
    machine.process().leave(mark)
    machine.wall += TWO_DAYS
    monkeypatch.setattr(steadiness, "boot_id", lambda: "another")
    for text in (mark.read_text(), "not JSON", "{}", '{"boot": "another", "started_at": "x", "moved_at": null}'):
        mark.write_text(text)
        fresh = machine.process()
        fresh.take_up(mark)
        assert fresh.is_kept()


def test_a_sweep_and_run_due_send_nothing_and_the_command_says_why(
    cast: Cast, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CLOCK_MARK = tmp_path / "clock"
    cast.meeting(on=date(2027, 4, 22))
    settings.CLOCK_STOPPED_AT = now = clock.now() + timedelta(days=16)
    plan(now=now)
    ahead = clock.machine_now() + timedelta(days=2)
    Heartbeat.objects.update_or_create(name=Heartbeat.Process.SWEEP, defaults={"at": ahead})
    monkeypatch.setattr(steadiness, "MACHINE", Steadiness())
    with pytest.raises(CommandError, match="stands before the last act recorded"):
        call_command("run_due")
    monkeypatch.setattr(steadiness, "MACHINE", Steadiness())
    assert not sweeping.sweep(now=now, by=cast.author)
    assert set(Delivery.objects.filter(send_at__lte=now).values_list("state", flat=True)) == {"pending"}
    assert Heartbeat.objects.get(name=Heartbeat.Process.SWEEP).at == ahead
