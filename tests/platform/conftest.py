"""Machines that are gone when their test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.platform.machine import Machine

MakeMachine = Callable[..., Machine]


@pytest.fixture
def make_machine(tmp_path: Path) -> Iterator[MakeMachine]:
    made: list[Machine] = []

    def make(*, data_dir: Path | None = None, port: int | None = None, **extra: str) -> Machine:
        machine = Machine(data_dir=data_dir or tmp_path / "data", extra=extra)
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
