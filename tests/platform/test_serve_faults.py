"""What `manage.py serve` does when processes are killed: real kills, real processes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest

from tests.platform.conftest import MakeMachine
from tests.platform.machine import CHILDREN, ROOT, Machine, is_alive, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]

TETHER = [sys.executable, "-m", "partnership.serve.tether"]


@pytest.mark.parametrize("name", CHILDREN)
def test_killed_child_is_started_again_and_leaves_nothing(running: Machine, name: str) -> None:
    running.wait_for_all_children()
    child = running.child_now(name)
    its_own = child.children(recursive=True)
    child.kill()
    wait_until(lambda: (again := running.child(name)) is not None and again.pid != child.pid)
    wait_until(lambda: not any(is_alive(process) for process in its_own), within=5)
    wait_until(running.answers)


@pytest.mark.parametrize("name", ["web", "worker"])
def test_killed_grandchild_is_replaced_and_lives(running: Machine, name: str) -> None:
    """Tied to the thread that made it, a replacement would end at once if that thread were a passing one."""
    running.wait_for_all_children()
    # Celery gives up when it loses a process that is still starting, and the supervisor starts it again: another story.
    # From outside, one that waits for work looks like one that has not begun, so it is tried thrice.
    tries = (_replaced(running, name) for _ in range(3))
    parent, replacement = next(pair for pair in tries if pair is not None)
    # Two more heartbeats are sent and done meanwhile.
    with pytest.raises(psutil.TimeoutExpired):
        replacement.wait(3)
    assert is_alive(replacement)
    assert is_alive(parent)


def _replaced(running: Machine, name: str) -> tuple[psutil.Process, psutil.Process] | None:
    """A parent whose first process was killed and what it made in its place; None when it gave up instead."""
    parent = running.child_now(name)
    wait_until(lambda: len(parent.children()) >= 2)
    if name == "worker":
        wait_until(lambda: _has_done_a_job(running, parent))
    family = parent.children()
    before = {process.pid for process in family}
    family[0].kill()
    wait_until(lambda: not is_alive(parent) or len(_new(parent, before)) == 1)
    if replacements := _new(parent, before):
        return parent, replacements[0]
    wait_until(lambda: (again := running.child(name)) is not None and again.pid != parent.pid)
    return None


def _has_done_a_job(running: Machine, worker: psutil.Process) -> bool:
    """A heartbeat younger than the process: it has been through its start."""
    age = running.health()[1].get("parts", {}).get("worker", {}).get("age_seconds")
    return age is not None and age < time.time() - worker.create_time() - 1


def _new(parent: psutil.Process, before: set[int]) -> list[psutil.Process]:
    """What it has made since; a parent that has gone makes nothing."""
    try:
        return [process for process in parent.children() if process.pid not in before and is_alive(process)]
    except psutil.NoSuchProcess:
        return []


def test_visitors_wait_while_the_web_server_is_started_again(running: Machine) -> None:
    running.wait_for_all_children()
    web = running.child_now("web")
    its_own = web.children(recursive=True)
    web.kill()
    # A process that dies a moment later may still take a visitor with it; from then on nobody is lost.
    wait_until(lambda: not any(is_alive(process) for process in its_own), within=5)
    # Sent while there is no web server: the listening socket is the supervisor's, so nobody is refused.
    status, _ = running.health()
    assert status in {200, 503}


def test_health_recovers_after_the_broker_was_killed(running: Machine) -> None:
    running.wait_for_all_children()
    wait_until(lambda: running.health()[1].get("status") == "ok")
    running.child_now("broker").kill()
    wait_until(lambda: running.child("broker") is not None)
    wait_until(lambda: running.health()[1].get("status") == "ok")
    oldest = running.health()[1]["parts"]["worker"]["age_seconds"]
    # The worker takes jobs again: its heartbeat is younger than the wait.
    wait_until(lambda: running.health()[1]["parts"]["worker"]["age_seconds"] <= max(2, oldest))


def test_killed_supervisor_leaves_no_orphan(make_machine: MakeMachine) -> None:
    machine = make_machine().started()
    machine.wait_for_all_children()
    wait_until(lambda: len(machine.child_now("worker").children()) >= 2)
    wait_until(lambda: len(machine.child_now("web").children()) >= 2)
    family = machine.family()
    psutil.Process(machine.pid).kill()
    assert machine.process is not None
    machine.process.wait()
    wait_until(lambda: not any(is_alive(process) for process in family), within=5)
    # The kernel has let go of the folder and the port, too.
    again = make_machine(data_dir=machine.data_dir, port=machine.port).started()
    assert again.stop() == 0


def test_ends_when_the_process_it_is_tied_to_is_killed(make_machine: MakeMachine) -> None:
    """As `make run` starts it: whoever kills make, stops everything."""
    machine = make_machine().start_by(
        "/bin/sh", "-c", '"$@" & wait', "sh", sys.executable, "manage.py", "serve", "--end-with-parent"
    )
    machine.wait_for_first_page()
    family = machine.family()
    assert len(family) > 2
    family[0].kill()
    assert machine.process is not None
    machine.process.wait()
    wait_until(lambda: not any(is_alive(process) for process in family), within=30)
    assert machine.said.endswith("Stopped.\n")


@pytest.fixture
def parent_of() -> Iterator[list[psutil.Process]]:
    """Sleepers to be ended after the test."""
    sleepers: list[psutil.Process] = []
    yield sleepers
    for sleeper in sleepers:
        if is_alive(sleeper):
            sleeper.kill()


@pytest.mark.parametrize("is_tied", [True, False], ids=["tied", "not tied"])
def test_tie_is_what_ends_an_orphan(parent_of: list[psutil.Process], *, is_tied: bool) -> None:
    """The negative control: without the tie the same child outlives the same parent, and this test sees it."""
    tie = [*TETHER, "$$"] if is_tied else []
    script = f"{' '.join(tie)} sleep 1000 & wait"
    parent = subprocess.Popen(["/bin/sh", "-c", script], cwd=ROOT)
    try:
        wait_until(lambda: _sleepers_of(parent.pid) != [])
        (sleeper,) = _sleepers_of(parent.pid)
        parent_of.append(sleeper)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    if is_tied:
        wait_until(lambda: not is_alive(sleeper), within=5)
    else:
        with pytest.raises(psutil.TimeoutExpired):
            sleeper.wait(2)
        assert is_alive(sleeper)


def _sleepers_of(pid: int) -> list[psutil.Process]:
    children = psutil.Process(pid).children()
    return [child for child in children if child.cmdline()[:1] == ["sleep"]]


def test_tether_refuses_a_parent_that_has_gone() -> None:
    gone = subprocess.run([*TETHER, "1999999", "true"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert gone.returncode == 1
    assert gone.stderr == "The supervisor has gone.\n"
