"""The supervisor's own rules, with small children in place of the real ones."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from partnership.serve import supervisor as supervising
from partnership.serve.child import PAUSES, STEADY, Child, ChildCommand
from partnership.serve.data_lock import DataFolderInUseError, data_folder_lock
from partnership.serve.machine import gate
from partnership.serve.supervisor import Supervisor, signals_held
from tests.platform.machine import ROOT, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]

SLEEP = (sys.executable, "-c", "import time; time.sleep(1000)")
FAIL = (sys.executable, "-c", "raise SystemExit(3)")
SUCCEED = (sys.executable, "-c", "")

MakeChild = Callable[..., Child]


@pytest.fixture
def make_child() -> Iterator[MakeChild]:
    made: list[Child] = []

    def make(*command: str, name: str = "child") -> Child:
        child = Child(spec=ChildCommand(name, command), folder=ROOT, environment=dict(os.environ))
        made.append(child)
        return child

    yield make
    for child in made:
        child.kill()


def test_child_that_keeps_dying_is_started_ever_more_slowly(make_child: MakeChild) -> None:
    child = make_child(*FAIL)
    pauses = []
    now = time.monotonic()
    for _ in range(len(PAUSES) + 2):
        child.keep_running(now)
        wait_until(lambda: not child.is_running)
        died_at = child.started_at
        child.keep_running(died_at)
        pauses.append(child.due_at - died_at)
        now = child.due_at
    # The first comes back at once, and so has died a second time when it is looked at again.
    assert pauses[-1] == PAUSES[-1]
    assert pauses == sorted(pauses)


def test_child_that_lived_long_comes_back_at_once(make_child: MakeChild) -> None:
    child = make_child(*FAIL)
    child.deaths = len(PAUSES)
    child.start()
    wait_until(lambda: not child.is_running)
    later = child.started_at + STEADY + 1
    child.keep_running(later)
    assert child.due_at == later
    assert child.process is not None


def test_killing_a_child_ends_what_it_started(make_child: MakeChild, tmp_path: Path) -> None:
    written = tmp_path / "pid"
    child = make_child("/bin/sh", "-c", f"sleep 1000 & echo $! > {written}; wait")
    child.start()
    wait_until(lambda: written.exists() and written.read_text(encoding="ascii").strip() != "")
    grandchild = Path("/proc") / written.read_text(encoding="ascii").strip()
    assert grandchild.exists()
    child.kill()
    wait_until(lambda: not grandchild.exists() or "Z" in (grandchild / "stat").read_text(encoding="ascii").split()[2])


def made(make_child: MakeChild, *preparation: str, **given: object) -> Supervisor:
    settings: dict[str, object] = {
        "open_gate": lambda: None,
        "broker": (),
        "web": (make_child(*SLEEP, name="web"),),
        "background": (make_child(*SLEEP, name="worker"),),
        "is_ready": lambda: True,
        "announce": lambda: None,
        "stale": set,
    }
    return Supervisor(preparation=make_child(*preparation, name="prepare"), **{**settings, **given})  # type: ignore[arg-type]


def run_until(supervisor: Supervisor, is_so: Callable[[], bool]) -> bool:
    """Runs it in this, the main thread, and stops it when something is so."""

    def watch() -> None:
        wait_until(is_so)
        os.kill(os.getpid(), 15)

    with signals_held():
        watcher = threading.Thread(target=watch)
        watcher.start()
        is_prepared = supervisor.run()
        watcher.join()
    return is_prepared


def test_failed_preparation_serves_nothing(make_child: MakeChild) -> None:
    opened: list[str] = []
    supervisor = made(make_child, *FAIL, open_gate=lambda: opened.append("gate"))
    with signals_held():
        assert supervisor.run() is False
    assert opened == []
    assert not any(child.is_running for child in (*supervisor.web, *supervisor.background))


def test_gate_opens_after_the_preparation_and_the_page_is_announced_once(make_child: MakeChild) -> None:
    order: list[str] = []
    supervisor = made(
        make_child,
        *SUCCEED,
        open_gate=lambda: order.append("gate"),
        announce=lambda: order.append("announced"),
    )
    assert run_until(supervisor, lambda: supervisor.background[0].is_running) is True
    assert order == ["gate", "announced"]
    assert not any(child.is_running for child in (*supervisor.web, *supervisor.background))


def test_worker_without_a_heartbeat_is_started_again(make_child: MakeChild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "PULSE_EVERY", 0.1)
    monkeypatch.setattr(supervising, "TIME_TO_SHOW_A_PULSE", 0.2)
    worker = make_child(*SLEEP, name="worker")
    pids: list[int] = []

    def is_replaced() -> bool:
        if worker.process is not None and worker.process.pid not in pids:
            pids.append(worker.process.pid)
        return len(pids) >= 2

    run_until(made(make_child, *SUCCEED, background=(worker,), stale=lambda: {"worker"}), is_replaced)
    assert len(pids) == 2


def test_worker_just_started_is_not_judged_by_an_old_heartbeat(
    make_child: MakeChild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervising, "PULSE_EVERY", 0.1)
    asked: list[int] = []

    def stale() -> set[str]:
        asked.append(1)
        return {"worker"}

    worker = make_child(*SLEEP, name="worker")
    pids: set[int] = set()

    def has_been_asked() -> bool:
        if worker.process is not None:
            pids.add(worker.process.pid)
        return len(asked) >= 3

    run_until(made(make_child, *SUCCEED, background=(worker,), stale=stale), has_been_asked)
    assert len(pids) == 1


def test_gate_holds_whoever_reads_until_it_is_opened() -> None:
    script = "import os, sys; os.read(int(sys.argv[1]), 1); print('through')"
    with gate() as (behind, open_gate):
        os.set_inheritable(behind, True)
        waiting = subprocess.Popen([sys.executable, "-c", script, str(behind)], pass_fds=[behind])
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(0.5)
        open_gate()
        assert waiting.wait(10) == 0
        open_gate()
        # And stays open for whoever comes later.
        subprocess.run([sys.executable, "-c", script, str(behind)], pass_fds=[behind], check=True, timeout=10)


def test_data_folder_is_locked_for_one(tmp_path: Path) -> None:
    holder = f"process {os.getpid()}"
    with data_folder_lock(tmp_path), pytest.raises(DataFolderInUseError, match=holder), data_folder_lock(tmp_path):
        pytest.fail("locked twice")
    with data_folder_lock(tmp_path):
        assert (tmp_path / "serve.lock").read_text(encoding="ascii").strip() == str(os.getpid())
