"""The mailbox, spoken to as a real IMAP server speaks: what is new, what is marked, what goes wrong."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import OperationalError
from pytest_django import Settings

from partnership import clock
from partnership.environment import Environment
from partnership.health import mailbox_part
from partnership.mailbox import reading, takers
from partnership.mailbox.account import Account, account_from, problems_of
from partnership.mailbox.imap import MailboxUnreachable, opened
from partnership.mailbox.takers import Taking
from partnership.models import Mailbox, User
from partnership.operations import system_author
from tests.cast import NOW
from tests.platform.machine import ROOT, free_port, wait_until

pytestmark = pytest.mark.django_db
Read = list[bytes]
Put = Callable[..., None]
Unread = Callable[[], list[bytes]]


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """pymap, an IMAP server in Python, on a port of its own."""
    port = free_port()
    command = [sys.executable, "-c", "from pymap.main import main; main()"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict", "--demo-data"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: is_listening(port))
        yield port
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def person(server: int) -> Iterator[imaplib.IMAP4]:
    """Somebody who has the mailbox open in a program of their own: that program signs in once, for it takes long."""
    with imaplib.IMAP4("127.0.0.1", server) as client:
        client.login("demouser", "demopass")
        yield client


@pytest.fixture
def account(server: int, person: imaplib.IMAP4, settings: Settings, request: pytest.FixtureRequest) -> Account:
    """A folder of the test's own, which the settings name."""
    folder = f"Replies {abs(hash(request.node.name))}"
    person.create(f'"{folder}"')
    made = Account("127.0.0.1", server, "demouser", "demopass", folder, "", is_plain=True)
    settings.MAILBOX = made
    return made


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """What a taker was given; it takes every mail but those that say "leave" or "break"."""
    given: Read = []

    def take(content: bytes, now: datetime, by: User) -> Taking | None:
        given.append(content)
        if b"break" in content:
            raise RuntimeError("nobody reads this")
        return None if b"leave" in content else Taking("taken")

    monkeypatch.setattr(takers, "_TAKERS", {"test": take})
    return given


@pytest.fixture
def author() -> User:
    return system_author(job=reading.AUTHOR)


@pytest.fixture
def put(account: Account, person: imaplib.IMAP4) -> Put:
    """Mails that come to the folder."""

    def arrive(*contents: bytes) -> None:
        for content in contents:
            status, words = person.append(f'"{account.folder}"', "", "", b"From: a@example.org\r\n\r\n" + content)
            assert status == "OK", words

    return arrive


@pytest.fixture
def unread(account: Account, person: imaplib.IMAP4) -> Unread:
    """What the mailbox shows as new to a person who opens it."""

    def looked() -> list[bytes]:
        person.select(f'"{account.folder}"', readonly=True)
        _, found = person.uid("SEARCH", "UNSEEN")
        texts = [person.uid("FETCH", uid.decode(), "(BODY.PEEK[TEXT])")[1][0][1] for uid in found[0].split()]
        person.close()
        return texts

    return looked


def test_what_is_new_is_read_once_and_what_was_taken_is_marked(
    account: Account, put: Put, unread: Unread, read: Read, author: User
) -> None:
    put(b"one", b"leave it", b"two")
    assert reading.read_mailbox(now=NOW, by=author) == {"taken": 2, "left alone": 1}
    assert [content.rpartition(b"\r\n\r\n")[2] for content in read] == [b"one", b"leave it", b"two"]
    assert unread() == [b"leave it"], "what nobody took stays new for whoever reads the mailbox"
    assert reading.read_mailbox(now=NOW, by=author) == {}
    put(b"three")
    assert reading.read_mailbox(now=NOW, by=author) == {"taken": 1}
    assert len(read) == 4
    with opened(account) as folder:
        assert len(folder.uids_after(0, since=clock.today())) == 4, "nothing was moved or deleted"


def test_a_mail_that_a_person_opened_first_is_read_as_well(
    account: Account, put: Put, read: Read, author: User
) -> None:
    put(b"opened")
    with opened(account) as folder:
        folder.mark_read(folder.uids_after(0, since=clock.today())[0])
    assert reading.read_mailbox(now=NOW, by=author) == {"taken": 1}


def test_a_mail_that_breaks_its_reader_stops_none_after_it(
    account: Account, put: Put, unread: Unread, read: Read, author: User
) -> None:
    put(b"one", b"break", b"two")
    assert reading.read_mailbox(now=NOW, by=author) == {"taken": 2, "failed": 1}
    assert unread() == [b"break"]
    assert reading.read_mailbox(now=NOW, by=author) == {}, "nor does it come again"


def test_a_mail_that_is_too_large_is_not_fetched(
    account: Account, put: Put, unread: Unread, read: Read, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    put(b"x" * 1001, b"one")
    assert reading.read_mailbox(now=NOW, by=author) == {"too large": 1, "taken": 1}
    assert len(read) == 1
    assert unread() == [b"x" * 1001]


def test_many_are_read_in_several_goes(
    account: Account, put: Put, read: Read, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    put(b"one", b"two", b"three")
    assert [reading.read_mailbox(now=NOW, by=author).total() for _ in range(3)] == [2, 1, 0]


def test_while_the_database_is_away_no_mail_counts_as_read(
    account: Account, put: Put, unread: Unread, read: Read, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(content: bytes, now: datetime, by: User) -> Taking:
        raise OperationalError("the database is locked")

    put(b"one")
    with monkeypatch.context() as patched:
        patched.setattr(takers, "_TAKERS", {"test": away})
        with pytest.raises(OperationalError):
            reading.read_mailbox(now=NOW, by=author)
    assert unread() == [b"one"]
    assert reading.read_mailbox(now=NOW, by=author) == {"taken": 1}


def test_a_folder_numbered_anew_is_read_again_from_the_start(
    account: Account, put: Put, read: Read, author: User
) -> None:
    put(b"one")
    reading.read_mailbox(now=NOW, by=author)
    Mailbox.objects.update(uid_validity=1, last_uid=900)
    assert reading.read_mailbox(now=NOW, by=author) == {"taken": 1}, "whoever takes it counts it once"


def test_what_stops_reading_is_kept_and_shown(account: Account, author: User, settings: Settings) -> None:
    settings.MAILBOX = replace(account, password="wrong")
    assert reading.read_mailbox(now=NOW, by=author) == {}
    box = Mailbox.objects.get()
    assert box.read_at is None
    assert box.problem
    assert "wrong" not in box.problem
    hours_later = clock.machine_now() + (NOW - NOW.replace(hour=1))
    part = mailbox_part(account.name, at=hours_later)
    assert (part.state, part.detail) == ("bad", f"is not read: {box.problem}")
    settings.MAILBOX = account
    reading.read_mailbox(now=NOW, by=author)
    assert (mailbox_part(account.name, at=clock.machine_now()).state, Mailbox.objects.get().problem) == ("ok", "")
    assert mailbox_part(account.name, at=hours_later).state == "bad", "reading that stopped is noticed"


def test_a_folder_that_is_not_there_and_a_server_that_is_gone(account: Account) -> None:
    with (
        pytest.raises(MailboxUnreachable, match="no folder"),
        opened(replace(account, folder="Nowhere")),
    ):
        pass
    with pytest.raises(MailboxUnreachable), opened(replace(account, port=free_port())):
        pass


def test_a_server_that_speaks_no_tls_gets_no_password(account: Account) -> None:
    """The negative control of every other test here: none of them would read a thing without `is_plain`."""
    with pytest.raises(MailboxUnreachable), opened(replace(account, is_plain=False)):
        pass


def test_a_server_that_babbles_is_unreachable_and_no_more() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def babble() -> None:
            line, _ = listener.accept()
            with line:
                line.sendall(b"* OK hello\r\n* CAPABILITY IMAP4rev1\r\n\x00\xff garbage\r\nA B C\r\n")

        Thread(target=babble, daemon=True).start()
        port = int(listener.getsockname()[1])
        with (
            pytest.raises(MailboxUnreachable),
            opened(Account("127.0.0.1", port, "a", "b", "INBOX", "", is_plain=True)),
        ):
            pass


def test_without_a_mailbox_nothing_is_read(
    settings: Settings, author: User, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAILBOX = None
    assert reading.read_mailbox(now=NOW, by=author) == {}
    assert not Mailbox.objects.exists()


def test_run_due_reads_the_mailbox(account: Account, put: Put, read: Read, capsys: pytest.CaptureFixture[str]) -> None:
    put(b"one")
    call_command("run_due")
    assert "Mails read: 1 taken" in capsys.readouterr().out


WHOLE = {"IMAP_HOST": "imap.example.org", "IMAP_USER": "replies@example.org", "IMAP_PASSWORD": "secret"}


def test_a_mailbox_is_named_whole_or_not_at_all() -> None:
    found = account_from(Environment(WHOLE), is_production=True)
    assert found == Account("imap.example.org", 993, "replies@example.org", "secret", "INBOX", "", is_plain=False)
    assert "secret" not in repr(found)
    assert list(problems_of(Environment(WHOLE))) == list(problems_of(Environment({}))) == []
    for name in WHOLE:
        half = {key: value for key, value in WHOLE.items() if key != name}
        assert account_from(Environment(half), is_production=True) is None
        assert [problem for problem, _ in problems_of(Environment(half))] == [f"{name} is missing."]


@pytest.mark.parametrize("bad", [{"IMAP_ADDRESS": "Team <a@b>"}, {"IMAP_ADDRESS": "a"}, {"IMAP_FOLDER": 'a" b'}])
def test_what_is_no_address_and_no_folder_is_named(bad: dict[str, str]) -> None:
    assert len(list(problems_of(Environment(WHOLE | bad)))) == 1


@pytest.mark.parametrize(
    ("host", "is_production", "is_plain"),
    [("127.0.0.1", False, True), ("127.0.0.1", True, False), ("imap.example.org", False, False)],
)
def test_only_this_machine_is_ever_spoken_to_without_tls(host: str, is_production: bool, is_plain: bool) -> None:  # noqa: FBT001 - parametrized
    found = account_from(Environment(WHOLE | {"IMAP_HOST": host}), is_production=is_production)
    assert found is not None
    assert found.is_plain is is_plain


def test_the_server_is_a_dev_dependency_and_no_other() -> None:
    assert "pymap" not in Path(ROOT, "requirements.txt").read_text(encoding="utf-8")
