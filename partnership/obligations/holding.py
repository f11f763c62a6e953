"""Mail held back: by order, by a setting, and by itself where the database is behind what was sent.

The mark is the uuid of the last message that a mail server took, in a file beside the database. A database put back
from a backup does not know it, so nothing goes until a person has looked at what is due and lets it go.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from partnership.models import UNSENT, Delivery, DeliveryState, MailHold, ObligationEvent, User
from partnership.obligations.recording import record_event


class MailIsHeldBySetting(Exception):
    """MAIL_HOLD is set, and no command changes that."""


def held_because() -> str:
    """Why no mail goes; empty when it goes. One query."""
    if settings.MAIL_HOLD:
        return "MAIL_HOLD is set."
    last = MailHold.objects.order_by("-pk").first()
    return last.reason if last is not None and last.what == MailHold.What.HELD else ""


@transaction.atomic
def hold(*, reason: str, now: datetime, by: User) -> MailHold:
    """From the next message on nothing goes."""
    order = MailHold(what=MailHold.What.HELD, at=now, by=by, reason=reason[:300])
    order.save()
    return order


@transaction.atomic
def release(*, reason: str, now: datetime, by: User, drop_due: bool = False) -> int:
    """Let mail go again. With `drop_due`, what is due by now is not sent any more: how many that is.

    Raises MailIsHeldBySetting.
    """
    if settings.MAIL_HOLD:
        raise MailIsHeldBySetting("MAIL_HOLD is set: unset it first.")
    dropped = _dropped(reason, now, by) if drop_due else 0
    MailHold(what=MailHold.What.RELEASED, at=now, by=by, reason=reason[:300]).save()
    transaction.on_commit(_forget_mark)
    return dropped


def hold_if_behind(*, now: datetime, by: User) -> None:
    """Hold mail when this database does not know the last message sent."""
    mark = _mark()
    if mark is None or Delivery.objects.filter(uuid=mark, sent_at__isnull=False).exists() or held_because():
        return
    hold(reason="The database is older than the last message sent: it was restored.", now=now, by=by)


def note_sent(delivery: Delivery) -> None:
    """Call it when the sending has been committed."""
    if settings.MAIL_MARK is None:
        return
    path = Path(settings.MAIL_MARK)
    draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    draft.write_text(str(delivery.uuid), encoding="ascii")
    draft.replace(path)


def _mark() -> uuid.UUID | None:
    if settings.MAIL_MARK is None or not Path(settings.MAIL_MARK).exists():
        return None
    return uuid.UUID(Path(settings.MAIL_MARK).read_text(encoding="ascii").strip())


def _forget_mark() -> None:
    if settings.MAIL_MARK is not None:
        Path(settings.MAIL_MARK).unlink(missing_ok=True)


def _dropped(reason: str, now: datetime, by: User) -> int:
    due = Delivery.objects.filter(state__in=UNSENT, send_at__lte=now).select_related("obligation")
    rows = list(due.select_for_update(of=("self",)))
    words = f"Let go without it: {reason}"[:500]
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=DeliveryState.CANCELLED, wait_until=None, answer=words
    )
    for row in rows:
        record_event(row, ObligationEvent.What.SKIPPED, words, at=now, by=by)
    return len(rows)
