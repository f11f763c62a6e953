"""The demonstration's mail server, spoken to as a mail client does."""

from __future__ import annotations

import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnership.serve.addresses import AddressUnusableError, listen, listen_near
from tests.platform.machine import ROOT, wait_until

MESSAGE = (
    "From: quorate@example.org\r\nSubject: =?utf-8?q?Agenda?=\r\n\r\nThursday 22 April 2027\r\n.starts with a dot\r\n"
)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with listen("127.0.0.1", 0) as listener:
        number = int(listener.getsockname()[1])
        command = [sys.executable, "-m", "partnership.mailsink", str(tmp_path / "mail"), str(listener.fileno())]
        process = subprocess.Popen(command, cwd=ROOT, pass_fds=[listener.fileno()])
        try:
            yield number
        finally:
            process.terminate()
            process.wait(20)


def send(port: int, *recipients: str) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        client.sendmail("quorate@example.org", list(recipients), MESSAGE)


def test_what_is_received_is_kept_whole(port: int, tmp_path: Path) -> None:
    send(port, "one@example.org", "two@example.org")
    assert (tmp_path / "mail" / "000001.eml").read_bytes() == (
        b"X-Envelope-From: quorate@example.org\r\n"
        b"X-Envelope-To: one@example.org\r\n"
        b"X-Envelope-To: two@example.org\r\n" + MESSAGE.encode("ascii")
    )


def test_numbers_go_on_after_a_restart(port: int, tmp_path: Path) -> None:
    send(port, "one@example.org")
    (tmp_path / "mail" / "000041.eml").write_bytes(b"kept before")
    with listen("127.0.0.1", 0) as listener:
        command = [sys.executable, "-m", "partnership.mailsink", str(tmp_path / "mail"), str(listener.fileno())]
        process = subprocess.Popen(command, cwd=ROOT, pass_fds=[listener.fileno()])
        try:
            send(int(listener.getsockname()[1]), "two@example.org")
        finally:
            process.terminate()
            process.wait(20)
    names = sorted(path.name for path in (tmp_path / "mail").iterdir())
    assert names == ["000001.eml", "000041.eml", "000042.eml"]


def test_other_machines_cannot_reach_it(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("0.0.0.0", 0))
        listener.listen()
        listener.set_inheritable(True)
        command = [sys.executable, "-m", "partnership.mailsink", str(tmp_path), str(listener.fileno())]
        refused = subprocess.run(
            command, cwd=ROOT, pass_fds=[listener.fileno()], check=False, capture_output=True, text=True
        )
    assert refused.returncode == 1
    assert "The mail sink listens on loopback only, not on 0.0.0.0." in refused.stderr


def test_taken_port_is_avoided_or_named() -> None:
    with listen("127.0.0.1", 0) as first:
        taken = int(first.getsockname()[1])
        with listen_near("127.0.0.1", taken) as second:
            assert second.getsockname()[1] != taken
        with pytest.raises(AddressUnusableError, match=f"Port {taken} is in use"):
            listen("127.0.0.1", taken)
    with pytest.raises(AddressUnusableError, match="cannot be listened on"):
        listen("192.0.2.1", 8000)
    wait_until(lambda: can_listen(taken))


def can_listen(port: int) -> bool:
    listen("127.0.0.1", port).close()
    return True
