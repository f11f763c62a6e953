"""Documents by real processes: asked for on a page, made by the worker, and made again when the worker is killed."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.platform.conftest import MakeMachine
from tests.platform.machine import ROOT, Machine, wait_until

pytestmark = [pytest.mark.broker, pytest.mark.processes, pytest.mark.xdist_group("processes")]

NOW = "2027-03-17T12:30"
SEED = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from meetings.operations import close_register, open_register
from tests.cast import assembled, at
cast = assembled()
meeting = open_register(meeting=cast.meeting(), at=at(9, 50), by=cast["coordinator"])
close_register(meeting=meeting, at=at(12), by=cast["coordinator"])
"""
ASK = """
import django; django.setup()
from meetings.minutes import draft_minutes
from meetings.models import DocumentKind, Meeting
from meetings.operations.documents import ask_for_document
from partnership import clock
from partnership.models import User
by = User.objects.get(email="coordinator@example.org")
meeting = Meeting.objects.select_related("board__partnership").get()
content = draft_minutes(meeting=meeting, user=by, today=clock.today()).to_json()
ask_for_document(meeting=meeting, kind=DocumentKind.MINUTES_DRAFT, content=content, by=by)
"""
# A worker whose process ends while it draws, with no chance to say so.
DYING = """
import os, signal, django; django.setup()
from meetings import tasks
tasks.drawn = lambda html: os.kill(os.getpid(), signal.SIGKILL)
tasks.make_waiting_documents()
"""
REPORT = """
import django; django.setup()
from meetings.models import Document
for row in Document.objects.all():
    print(row.state, row.attempts, row.done)
"""
PAGE = "/p/isle-of-wight/main-board/meetings/2027-03-17/minutes/"


def environment(folder: Path, **extra: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUORATE_", "DATABASE_URL"))}
    kept |= {"DEMO": "1", "DEMO_DATA": "0", "DATA_DIR": str(folder), "QUORATE_NOW": NOW}
    return kept | {"DJANGO_SETTINGS_MODULE": "partnership.settings", **extra}


def run(script: str, folder: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment(folder, **extra),
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose database holds one meeting, held and closed."""
    made = run(SEED, tmp_path / "data")
    assert made.returncode == 0, made.stderr
    return tmp_path / "data"


class Visitor:
    """A browser without a screen: it keeps cookies and fills in forms."""

    def __init__(self, machine: Machine) -> None:
        self.origin = f"http://127.0.0.1:{machine.port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.at = ""

    def read(self, path: str) -> bytes:
        return self._open(urllib.request.Request(self.origin + path))  # noqa: S310 - our own machine

    def send(self, path: str, page: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token[1]}).encode()
        return self._open(urllib.request.Request(self.origin + path, data)).decode()  # noqa: S310 - our own machine

    def _open(self, request: urllib.request.Request) -> bytes:
        with self.opener.open(request, timeout=30) as answer:
            self.at = urllib.parse.urlsplit(answer.url).path
            return bytes(answer.read())


@pytest.fixture
def visitor(make_machine: MakeMachine, folder: Path) -> Visitor:
    """The coordinator, signed in on a whole machine."""
    machine = make_machine(data_dir=folder, QUORATE_NOW=NOW, DELIVERY_TICK="1")
    machine.started()
    machine.wait_for_all_children()
    visitor = Visitor(machine)
    page = visitor.read("/sign-in/").decode()
    visitor.send("/sign-in/", page, person="coordinator@example.org")
    return visitor


def test_a_pdf_asked_for_on_the_page_is_made_by_the_worker_and_handed_out(visitor: Visitor) -> None:
    page = visitor.read(PAGE).decode()
    visitor.send(PAGE.replace("minutes", "documents"), page, kind="minutes draft")
    document = visitor.at
    wait_until(lambda: b"The PDF is ready." in visitor.read(document))
    assert visitor.read(document + "file/").startswith(b"%PDF-1.7")


def test_a_document_whose_worker_is_killed_is_made_again(folder: Path) -> None:
    lease = {"DOCUMENT_LEASE": "2", "BROKER_URL": f"redis+socket://{folder}/none.sock"}
    asked = run(ASK, folder, **lease)
    assert asked.returncode == 0, asked.stderr
    died = run(DYING, folder, **lease)
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert run(REPORT, folder).stdout.split() == ["working", "1", "1"]
    made = "import django; django.setup(); from meetings import tasks; tasks.make_waiting_documents()"
    # Not before its time is over: the worker might only be slow.
    assert run(made, folder, DOCUMENT_LEASE="3600").returncode == 0
    assert run(REPORT, folder).stdout.split() == ["working", "1", "1"]
    assert run("import time; time.sleep(2)", folder).returncode == 0
    assert run(made, folder, **lease).returncode == 0
    assert run(REPORT, folder).stdout.split() == ["ready", "2", "4"]
    assert len(list((folder / "files" / "documents").glob("*.pdf"))) == 1
