"""Machines that are gone when their test is over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.platform.machine import ROOT, Machine

MakeMachine = Callable[..., Machine]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty database on which every migration has run."""
    folder = tmp_path_factory.mktemp("prepared")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUORATE_", "DATABASE_URL"))}
    environment = {**kept, "DEMO": "1", "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "partnership.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], cwd=ROOT, env=environment, check=True)
    return folder


@pytest.fixture
def make_machine(tmp_path: Path, prepared: Path) -> Iterator[MakeMachine]:
    """Makes machines. One without a folder of the test's own has a copy of the prepared one."""
    made: list[Machine] = []

    def make(*, data_dir: Path | None = None, port: int | None = None, **extra: str) -> Machine:
        if data_dir is None:
            data_dir = Path(shutil.copytree(prepared, tmp_path / "data", dirs_exist_ok=True))
        machine = Machine(data_dir=data_dir, extra=extra)
        if port:
            machine.port = port
        made.append(machine)
        return machine

    yield make
    for machine in made:
        machine.end_by_force()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """One machine for the tests of a module that leave it running, with all its children."""
    machine = Machine(data_dir=tmp_path_factory.mktemp("running") / "data")
    try:
        machine.started()
        machine.wait_for_all_children()
        yield machine
    finally:
        machine.end_by_force()
