"""Reminders by real processes: a broker, a worker, a beat and a mail server; and workers killed at named moments."""

from __future__ import annotations

import email
import os
import shutil
import signal
import subprocess
import sys
import time
from email.message import Message
from pathlib import Path

import pytest

from tests.platform.conftest import MakeMachine
from tests.platform.machine import ROOT, free_port, wait_until

pytestmark = [pytest.mark.broker, pytest.mark.processes, pytest.mark.xdist_group("processes")]

SEED = """
import django; django.setup()
from datetime import date, time
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.cast import assembled
assembled().meeting(on=date(2027, 4, 22))
"""
# A worker whose transport ends its own process, with no chance to say so, at the moment named.
DYING = """
import os, signal, django; django.setup()
from partnership import clock
from partnership.obligations import transport
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import sweep
from partnership.operations import system_author
class Dying(transport.SmtpTransport):
    def deliver(self, message, meanwhile):
        answer = super().deliver(message, meanwhile)
        os.kill(os.getpid(), signal.SIGKILL)
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
if "{moment}" == "before":
    from partnership.obligations import claims
    claims.begin = die
plan(now=clock.now())
sweep(now=clock.now(), by=system_author(job="reminders"), transport=Dying())
"""
REPORT = """
import django; django.setup()
from partnership.models import Delivery
for row in Delivery.objects.filter(offset=-14).order_by("recipient__name"):
    print(row.state, row.attempts, int(row.is_uncertain))
"""
# The lease of a worker that is gone ends, without waiting ten minutes for it.
EXPIRE = """
import django; django.setup()
from datetime import timedelta
from partnership import clock
from partnership.models import Delivery
Delivery.objects.filter(state="sending").update(wait_until=clock.machine_now() - timedelta(seconds=1))
"""
RUN_DUE = "import django; django.setup(); from django.core.management import call_command; call_command('run_due')"
BEFORE, AT_ITS_HOUR = "2027-03-20T10:00", "2027-04-01T08:31"


def environment(folder: Path, now: str, **extra: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUORATE_", "DATABASE_URL"))}
    kept |= {"DEMO": "1", "DEMO_DATA": "0", "DATA_DIR": str(folder), "QUORATE_NOW": now}
    return kept | {"DJANGO_SETTINGS_MODULE": "partnership.settings", **extra}


def run(script: str, folder: Path, now: str = AT_ITS_HOUR, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment(folder, now, **extra),
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose database holds one meeting with its obligations."""
    folder = tmp_path_factory.mktemp("seed")
    made = run(SEED, folder, now=BEFORE)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def folder(seed: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(seed, tmp_path / "data"))


def received(folder: Path) -> list[Message]:
    return [email.message_from_bytes(path.read_bytes()) for path in sorted((folder / "mail").glob("*.eml"))]


def test_a_reminder_goes_through_broker_worker_and_mail_server(make_machine: MakeMachine, folder: Path) -> None:
    machine = make_machine(data_dir=folder, QUORATE_NOW=AT_ITS_HOUR, DELIVERY_TICK="1")
    machine.started()
    wait_until(lambda: len(received(folder)) >= 2)
    # Some ticks more, each of which plans and sweeps again.
    time.sleep(4)
    messages = received(folder)
    assert sorted(str(message["X-Envelope-To"]) for message in messages) == [
        "coordinator@example.org", "manager@example.org"
    ]  # fmt: skip
    assert {str(message["Subject"]) for message in messages} == {
        "The agenda and papers for main-board, 22 April, are due by 15 April"
    }
    assert {f"<rem-{message['X-Quorate-Delivery']}@localhost>" for message in messages} == {
        str(message["Message-ID"]) for message in messages
    }
    assert run(REPORT, folder).stdout.splitlines() == ["sent 1 0", "sent 1 0"]


@pytest.mark.parametrize(("moment", "copies", "report"), [("before", 2, "sent 1 0"), ("after", 3, "sent 2 1")])
def test_a_worker_killed_at_its_work_loses_nothing(
    folder: Path,
    moment: str,
    copies: int,
    report: str,
) -> None:
    """Killed before it speaks to the server: each goes once. Killed after the server's yes: that one goes twice."""
    port = free_port()
    given = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}
    script = (
        "import socket, sys; from partnership import mailsink; import asyncio; from pathlib import Path;"
        f"s = socket.create_server(('127.0.0.1', {port})); print('up', flush=True);"
        f"asyncio.run(mailsink.listen(Path({str(folder / 'mail')!r}), s))"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as sink:
        try:
            assert sink.stdout is not None
            assert sink.stdout.readline() == "up\n"
            died = run(DYING.format(moment=moment), folder, **given)
            assert died.returncode == -signal.SIGKILL, died.stderr
            assert len(received(folder)) == (0 if moment == "before" else 1)
            assert run(EXPIRE, folder).returncode == 0
            told = run(RUN_DUE, folder, **given)
            assert "2 accepted" in told.stdout, told.stdout + told.stderr
        finally:
            sink.terminate()
    messages = received(folder)
    assert len(messages) == copies
    assert len({str(message["Message-ID"]) for message in messages}) == 2
    assert report in run(REPORT, folder).stdout.splitlines()
