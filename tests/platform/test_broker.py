"""The broker: where it listens, what it keeps, and how tasks are given back to it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings

from partnership import broker, health
from partnership.celery import app
from tests.platform.machine import ROOT, wait_until


def test_socket_is_beside_the_data_where_its_path_is_short() -> None:
    assert broker.socket_in(Path("/srv/quorate"), run_time_dir=Path("/run")) == Path("/srv/quorate/run/broker.sock")


def test_socket_of_a_deep_folder_is_short_private_and_always_the_same() -> None:
    deep = Path("/srv") / ("d" * 90)
    first = broker.socket_in(deep, run_time_dir=Path("/run/user/1000"))
    assert len(os.fsencode(first)) <= broker.LONGEST_SOCKET_PATH
    assert first.is_relative_to("/run/user/1000")
    assert first == broker.socket_in(deep, run_time_dir=Path("/run/user/1000"))
    assert first != broker.socket_in(deep / "other", run_time_dir=Path("/run/user/1000"))


@pytest.mark.parametrize(("length", "is_beside"), [(100, True), (101, False)])
def test_longest_path_that_stays_beside_the_data(length: int, *, is_beside: bool) -> None:
    folder = Path("/" + "d" * (length - len("//run/broker.sock")))
    assert len(str(folder / "run" / "broker.sock")) == length
    assert broker.socket_in(folder, run_time_dir=Path("/run")).is_relative_to(folder) is is_beside


def test_path_is_counted_in_bytes() -> None:
    folder = Path("/" + "é" * 60)
    assert not broker.socket_in(folder, run_time_dir=Path("/run")).is_relative_to(folder)


def test_folder_that_others_can_open_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir(mode=0o755)
    (tmp_path / "run").chmod(0o755)
    with pytest.raises(broker.BrokerUnavailableError, match="can be opened by other accounts"):
        broker.command(socket=tmp_path / "run" / "broker.sock", data_dir=tmp_path)


def test_no_program_names_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(broker, "program", lambda: None)
    with pytest.raises(broker.BrokerUnavailableError, match="apt-get install redis-server"):
        broker.command(socket=tmp_path / "run" / "broker.sock", data_dir=tmp_path)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], redis.Redis]]:
    socket = tmp_path / "run" / "broker.sock"
    process = subprocess.Popen(broker.command(socket=socket, data_dir=tmp_path), stdout=subprocess.DEVNULL)
    client = redis.Redis(unix_socket_path=str(socket))
    try:
        wait_until(socket.exists)
        yield process, client
    finally:
        client.close()
        process.terminate()
        process.wait(20)


@pytest.mark.broker
def test_broker_keeps_its_word(started: tuple[subprocess.Popen[bytes], redis.Redis], tmp_path: Path) -> None:
    _, client = started
    assert client.config_get("appendonly") == {"appendonly": "yes"}
    assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert client.config_get("port") == {"port": "0"}
    socket = tmp_path / "run" / "broker.sock"
    assert stat.S_IMODE(socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700


@pytest.mark.broker
def test_jobs_outlive_a_killed_broker(started: tuple[subprocess.Popen[bytes], redis.Redis], tmp_path: Path) -> None:
    process, client = started
    job = uuid.uuid4().hex
    client.lpush("celery", job)
    process.kill()
    process.wait(20)
    socket = tmp_path / "run" / "broker.sock"
    again = subprocess.Popen(broker.command(socket=socket, data_dir=tmp_path), stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: answers(client))
        assert client.lrange("celery", 0, -1) == [job.encode("ascii")]
    finally:
        again.terminate()
        again.wait(20)


@pytest.mark.broker
def test_a_broker_that_throws_jobs_away_turns_health_red(
    started: tuple[subprocess.Popen[bytes], redis.Redis], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, client = started
    monkeypatch.setattr(settings, "CELERY_BROKER_URL", f"redis+socket://{tmp_path / 'run' / 'broker.sock'}")
    assert health.broker_part() == health.Part("ok", "answers")
    client.config_set("maxmemory-policy", "allkeys-lru")
    assert health.broker_part().state == "bad"
    assert "noeviction" in health.broker_part().detail


def answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


def test_tasks_are_given_back_when_their_process_is_killed() -> None:
    assert app.conf.task_acks_late is True
    assert app.conf.task_reject_on_worker_lost is True
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.accept_content == ["json"]
    assert app.conf.result_backend is None


def test_no_task_outlives_its_turn() -> None:
    """A broker that waited less than the longest task would hand it to a second worker."""
    waits = {
        app.conf.visibility_timeout,
        app.conf.broker_transport_options["visibility_timeout"],
        app.conf.result_backend_transport_options["visibility_timeout"],
    }
    assert waits == {settings.VISIBILITY_TIMEOUT}
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < settings.VISIBILITY_TIMEOUT


def test_every_scheduled_job_is_a_task_that_exists() -> None:
    app.loader.import_default_modules()
    wanted = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert wanted <= set(app.tasks)


def test_publishing_to_a_broker_that_is_down_does_not_hang_a_page(tmp_path: Path) -> None:
    script = (
        "import time; from partnership.celery import app\n"
        "for attempt in ('first', 'second'):\n"
        "    began = time.monotonic()\n"
        "    try: app.send_task('partnership.record_heartbeat')\n"
        "    except Exception as error: print(attempt, type(error).__name__, time.monotonic() - began < 3)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "BROKER_URL": f"redis+socket://{tmp_path}/none.sock"},
        check=True,
        capture_output=True,
        text=True,
    )
    # The first also loads what it needs to publish, which a busy machine may take its time for.
    assert said.stdout.splitlines()[-1] == "second OperationalError True"
