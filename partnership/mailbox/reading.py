"""Reading what is new in the mailbox. Doubled, late or cut short it does no harm: where it got to is a row.

A mail is known by its number in the folder, so that one that somebody opened in the meantime is read as well. Nothing
is moved or deleted; what was taken is marked as read, everything else stays as new as it was.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from partnership import clock
from partnership.mailbox.account import Account
from partnership.mailbox.imap import Folder, MailboxUnreachable, opened
from partnership.mailbox.takers import Taking, takers
from partnership.models import Mailbox, User

log = logging.getLogger(__name__)

# The job that signs what a reading writes down.
AUTHOR = "mailbox"
# How many mails one tick reads, how large each may be, and how far back the first reading of a folder goes.
AT_ONCE = 200
MOST_BYTES = 2_000_000
LOOKS_BACK = timedelta(days=30)

LEFT = Taking("left alone", is_settled=False)
TOO_LARGE = Taking("too large", is_settled=False)
FAILED = Taking("failed", is_settled=False)


def read_mailbox(*, now: datetime, by: User) -> Counter[str]:
    """Read what is new, and say how many mails came to what. Without a mailbox in the settings it does nothing.

    A server that cannot be reached is logged and kept for `/health/`; the next tick tries again.
    """
    tally: Counter[str] = Counter()
    account: Account | None = settings.MAILBOX
    if account is None:
        return tally
    box, _ = Mailbox.objects.get_or_create(name=account.name)
    problem = ""
    try:
        with opened(account) as folder:
            _read(folder, box, tally, now=now, by=by)
    except MailboxUnreachable as error:
        problem = str(error)[:300]
        log.warning("mailbox not read: %s", problem)
    _note(box, tally, problem)
    return tally


def _read(folder: Folder, box: Mailbox, tally: Counter[str], *, now: datetime, by: User) -> None:
    if box.uid_validity != folder.uid_validity:
        # The server has numbered the folder anew: it is read again from the start, and nothing counts twice.
        box.uid_validity, box.last_uid = folder.uid_validity, 0
        Mailbox.objects.filter(pk=box.pk).update(uid_validity=box.uid_validity, last_uid=0)
    # A mail server keeps the machine's time, whatever the clock of a demonstration says.
    since = (clock.machine_now() - LOOKS_BACK).date()
    uids = folder.uids_after(box.last_uid, since=since)[:AT_ONCE]
    for uid, size in _in_order(uids, folder.sizes(uids)):
        taking = TOO_LARGE if size > MOST_BYTES else _taken(folder.message(uid), now=now, by=by)
        tally[taking.outcome] += 1
        Mailbox.objects.filter(pk=box.pk, uid_validity=folder.uid_validity, last_uid__lt=uid).update(last_uid=uid)
        if taking is TOO_LARGE:
            log.warning("mail %s of %s bytes is too large to be read", uid, size)
        if taking.is_settled:
            folder.mark_read(uid)


def _in_order(uids: Iterable[int], sizes: dict[int, int]) -> Iterable[tuple[int, int]]:
    return [(uid, sizes[uid]) for uid in uids if uid in sizes]


def _taken(content: bytes | None, *, now: datetime, by: User) -> Taking:
    if content is None:
        return LEFT
    for taker in takers():
        try:
            found = taker(content, now, by)
        except (OperationalError, InterfaceError):
            # The database is away: the mail is read again once it is back.
            raise
        except Exception:
            # Whatever is wrong with one mail, those after it are read.
            log.exception("mail not read")
            return FAILED
        if found is not None:
            return found
    return LEFT


@transaction.atomic
def _note(box: Mailbox, tally: Counter[str], problem: str) -> None:
    """How it went, for whoever looks after the machine."""
    held = Mailbox.objects.select_for_update().get(pk=box.pk)
    held.problem = problem
    held.tally = dict(Counter(held.tally) + tally)
    if not problem:
        held.read_at = clock.machine_now()
    held.save(update_fields=["problem", "tally", "read_at"])
