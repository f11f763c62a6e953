"""The one clock."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from partnership import clock
from partnership.environment import Environment
from tests.platform.machine import ROOT

Settings = Any


def test_now_is_londons_time_in_summer_and_winter() -> None:
    with time_machine.travel(datetime(2027, 7, 1, 11, 0, tzinfo=UTC), tick=False):
        assert clock.now().isoformat() == "2027-07-01T12:00:00+01:00"
    with time_machine.travel(datetime(2027, 1, 1, 11, 0, tzinfo=UTC), tick=False):
        assert clock.now().isoformat() == "2027-01-01T11:00:00+00:00"


def test_today_is_londons_date_around_midnight() -> None:
    with time_machine.travel(datetime(2027, 6, 30, 23, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2027, 7, 1)


def test_stopped_clock_stands_still(settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 22, 16, 30, tzinfo=UTC)
    assert clock.now().isoformat() == "2027-04-22T17:30:00+01:00"
    assert clock.now() == clock.now()
    assert clock.today() == date(2027, 4, 22)
    assert clock.machine_now() - clock.now() != timedelta(0)


def test_within_a_block_it_is_the_instant_told(settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 22, 16, 30, tzinfo=UTC)
    with clock.as_at(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)):
        assert clock.now().isoformat() == "2026-07-02T00:30:00+01:00"
        assert clock.today() == date(2026, 7, 2)
    assert clock.today() == date(2027, 4, 22)


def test_production_is_told_no_other_time(settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(RuntimeError, match="the clock is the machine's"), clock.as_at(datetime(2026, 7, 1, tzinfo=UTC)):
        pass


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-04-22T17:30", "2027-04-22T16:30:00+00:00"),
        ("2027-04-22T17:30Z", "2027-04-22T17:30:00+00:00"),
        ("2027-01-22 17:30", "2027-01-22T17:30:00+00:00"),
    ],
)
def test_text_without_an_offset_is_londons(text: str, expected: str) -> None:
    found = Environment({"QUORATE_NOW": text}).instant("QUORATE_NOW")
    assert found is not None
    assert found.astimezone(UTC).isoformat() == expected


@pytest.mark.parametrize(("mode", "year"), [("demo", "2027"), ("test", "2027"), ("production", "now")])
def test_every_process_has_the_time_of_the_environment(mode: str, year: str, tmp_path: object) -> None:
    said = subprocess.run(
        [sys.executable, "-c", "from partnership import clock; print(clock.now().year)"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "partnership.settings",
            "QUORATE_NOW": "2027-04-22T17:30" if year == "2027" else "1999-04-22T17:30",
            "DEMO": "1" if mode == "demo" else "0",
            "QUORATE_MODE": "test" if mode == "test" else "",
        },
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    assert said == ("2027" if year == "2027" else str(clock.machine_now().year))
