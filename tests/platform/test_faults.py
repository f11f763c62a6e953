"""A slice of `make faults` in the ordinary tests: real broker, worker, beat and mail server, with accidents."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.platform.machine import ROOT

pytestmark = [pytest.mark.broker, pytest.mark.processes, pytest.mark.xdist_group("processes")]


def trial(prepared: Path, *options: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUORATE_", "DATA", "DJANGO"))}
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.faults",
            "--people=8",
            "--meetings=6",
            f"--database={prepared / 'quorate.sqlite3'}",
            *options,
        ],
        cwd=ROOT,
        env=kept,
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_accidents_lose_nothing_and_double_only_what_nobody_can_know(prepared: Path) -> None:
    done = trial(prepared, "--seed=11", "--faults=25")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost 0, claimed after access was revoked 0" in done.stdout
    assert "seed 11, 25 faults" in done.stdout


def test_an_engine_that_forgets_what_is_uncertain_is_found_out(prepared: Path) -> None:
    """The negative control."""
    done = trial(prepared, "--seed=11", "--faults=25", "--forgetful")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout
    assert "uncertain: False" in done.stdout
