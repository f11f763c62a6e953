"""One folder of a mail server over IMAP (RFC 3501), by TLS. It reads without marking, and never moves or deletes."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

from partnership.mailbox.account import Account

PATIENCE = 15
TLS_AT_ONCE = 993
UID, SIZE = re.compile(rb"\bUID (\d+)"), re.compile(rb"\bRFC822\.SIZE (\d+)")
# IMAP's own names, whatever the language of the machine.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailboxUnreachable(Exception):
    """The server does not answer, refuses us, or has no such folder; the message says which."""


class Folder:
    """A folder that was opened. Each of its calls may raise MailboxUnreachable."""

    def __init__(self, server: imaplib.IMAP4, uid_validity: int) -> None:
        self._server = server
        self.uid_validity = uid_validity

    def uids_after(self, last: int, *, since: date) -> list[int]:
        """The numbers of messages that came after that one, in order; after none (0), of those that came since."""
        day = f"{since.day}-{MONTHS[since.month - 1]}-{since.year}"
        (found,) = self._asked("SEARCH", "UID", f"{last + 1}:*") if last else self._asked("SEARCH", "SINCE", day)
        numbers = sorted(int(word) for word in (found or b"").split())
        # "n:*" always has the last message of the folder, even where its number is smaller.
        return [number for number in numbers if number > last]

    def sizes(self, uids: Iterable[int]) -> dict[int, int]:
        """How many bytes each has, of those that are still there."""
        wanted = ",".join(str(uid) for uid in uids)
        found = {}
        for line in self._asked("FETCH", wanted, "(UID RFC822.SIZE)") if wanted else ():
            text = line[0] if isinstance(line, tuple) else line or b""
            uid, size = UID.search(text), SIZE.search(text)
            if uid and size:
                found[int(uid[1])] = int(size[1])
        return found

    def message(self, uid: int) -> bytes | None:
        """The whole message, which stays unread; None where it is there no more."""
        for part in self._asked("FETCH", str(uid), "(BODY.PEEK[])"):
            if isinstance(part, tuple):
                return bytes(part[1])
        return None

    def mark_read(self, uid: int) -> None:
        self._asked("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def _asked(self, verb: str, *words: str) -> list[Any]:
        with _told_apart():
            status, answer = self._server.uid(verb, *words)
        if status != "OK":
            raise MailboxUnreachable(f"The server answers {verb} with {status}.")
        return answer


@contextmanager
def opened(account: Account) -> Iterator[Folder]:
    """The folder of the account, until the block ends. Raises MailboxUnreachable."""
    with _told_apart():
        server = _connected(account)
    try:
        with _told_apart():
            server.login(account.user, account.password)
            status, _ = server.select(f'"{account.folder}"')
            _, said = server.response("UIDVALIDITY")
        if status != "OK":
            raise MailboxUnreachable(f"The server has no folder {account.folder}.")
        yield Folder(server, int(said[0] or 0) if said else 0)
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _connected(account: Account) -> imaplib.IMAP4:
    if account.is_plain:
        return imaplib.IMAP4(account.host, account.port, timeout=PATIENCE)
    context = ssl.create_default_context()
    if account.port == TLS_AT_ONCE:
        return imaplib.IMAP4_SSL(account.host, account.port, ssl_context=context, timeout=PATIENCE)
    server = imaplib.IMAP4(account.host, account.port, timeout=PATIENCE)
    try:
        server.starttls(context)
    except BaseException:
        server.shutdown()
        raise
    return server


@contextmanager
def _told_apart() -> Iterator[None]:
    """Whatever is wrong with line or server becomes MailboxUnreachable; the server's words never hold our password."""
    try:
        yield
    except (OSError, imaplib.IMAP4.error, ValueError, IndexError) as error:
        words = " ".join(str(error).split())[:200]
        raise MailboxUnreachable(f"{type(error).__name__}: {words}") from error
