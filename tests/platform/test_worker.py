"""A real worker on a real broker: a job whose process is killed is done all the same."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu import Connection

from partnership import broker
from partnership.celery import app
from tests.platform.machine import ROOT, wait_until

pytestmark = [pytest.mark.broker, pytest.mark.processes, pytest.mark.xdist_group("processes")]


@pytest.fixture(scope="module")
def broker_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A broker and a worker on it that knows the perilous jobs."""
    folder = tmp_path_factory.mktemp("broker")
    socket = folder / "run" / "broker.sock"
    url = f"redis+socket://{socket}"
    jobs = ["--include", "tests.platform.perilous_jobs", "--concurrency=1", "--without-gossip", "--without-mingle"]
    server = subprocess.Popen(broker.command(socket=socket, data_dir=folder), stdout=subprocess.DEVNULL)
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "--app", "partnership.celery", "--quiet", "worker", *jobs],
        cwd=ROOT,
        env={**os.environ, "BROKER_URL": url},
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(socket.exists)
        yield url
    finally:
        for process in (worker, server):
            process.terminate()
            process.wait(60)


def send(broker_url: str, name: str, path: Path) -> None:
    with Connection(broker_url) as connection:
        app.send_task(name, kwargs={"path": str(path)}, connection=connection)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").split() if path.exists() else []


def test_job_of_a_killed_process_is_done_again(broker_url: str, tmp_path: Path) -> None:
    send(broker_url, "tests.dies_once", tmp_path / "log")
    wait_until(lambda: lines(tmp_path / "log") == ["begun", "begun", "done"])


def test_without_our_settings_the_same_job_is_lost(broker_url: str, tmp_path: Path) -> None:
    """The negative control: what the test above sees is the work of the settings."""
    send(broker_url, "tests.dies_once_acknowledged_early", tmp_path / "log")
    wait_until(lambda: lines(tmp_path / "log") != [])
    # Another job goes through meanwhile, so the worker is well and had its chance.
    send(broker_url, "tests.dies_once", tmp_path / "other")
    wait_until(lambda: lines(tmp_path / "other") == ["begun", "begun", "done"])
    time.sleep(1)
    assert lines(tmp_path / "log") == ["begun"]
