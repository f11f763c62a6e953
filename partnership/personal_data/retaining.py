"""What is kept no longer than its time: removed by class, a tombstone for each row of the record, once a day."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from partnership.audit import guards
from partnership.audit.recording import record
from partnership.models import (
    AuditEvent,
    Delivery,
    Fingerprint,
    SignInEvent,
    SubjectCopy,
    Tombstone,
    User,
    What,
    WorkState,
)
from partnership.personal_data.finding import plain_rows
from partnership.personal_data.registry import RETENTION

BATCH = 1000
# Events that outlive the logs they stand in, by the class that they belong to.
LONGER = {
    What.READ_RESTRICTED: "restricted readings",
    What.BROKE_GLASS: "break-glass",
    What.ERASED: "restricted readings",
    What.RETENTION: "restricted readings",
    What.CHAIN_BEGUN: "restricted readings",
    What.CHAIN_BROKEN: "restricted readings",
}


def overdue(*, now: datetime) -> dict[str, Any]:
    """The rows whose time is over, by class. Nothing is changed."""
    logs = _before("sign-in and access logs", now)
    found = {
        "sign-in and access logs": [
            plain_rows(AuditEvent).filter(at__lt=logs).exclude(what__in=LONGER),
            plain_rows(SignInEvent).filter(at__lt=logs),
        ],
        "mail subjects": [
            Delivery.objects.filter(sent_at__lt=_before("mail subjects", now)).exclude(subject=""),
        ],
        "copies for a person": [
            SubjectCopy.objects.filter(made_at__lt=_before("copies for a person", now)).exclude(file=""),
        ],
    }
    for name in ("restricted readings", "break-glass"):
        kinds = [what for what, of in LONGER.items() if of == name]
        found[name] = [plain_rows(AuditEvent).filter(at__lt=_before(name, now), what__in=kinds)]
    return found


def counted(*, now: datetime) -> dict[str, int]:
    """How many rows and files of each class are over their time."""
    numbers = {name: sum(rows.count() for rows in each) for name, each in overdue(now=now).items()}
    numbers["mail bodies"] = len(_old_bodies(now))
    return {name: number for name, number in numbers.items() if number}


def retain(*, now: datetime, by: User) -> dict[str, int]:
    """Remove what is over its time, and say how much of each class."""
    done: Counter[str] = Counter()
    for name, each in overdue(now=now).items():
        for rows in each:
            done[name] += _removed(rows, now)
    for path in _old_bodies(now):
        path.unlink()
        done["mail bodies"] += 1
    removed = {name: number for name, number in done.items() if number}
    if removed:
        record(What.RETENTION, by=by, detail="; ".join(f"{name}: {number}" for name, number in removed.items()))
    return removed


@transaction.atomic
def _removed(rows: Any, now: datetime) -> int:
    model = rows.model
    if model is Delivery:
        return int(rows.update(subject=""))
    if model is SubjectCopy:
        for copy in rows:
            copy.file.delete(save=False)
        return int(rows.update(file="", state=WorkState.GONE))
    number = 0
    with guards.lifted():
        while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
            for mark in Fingerprint.objects.filter(model=model._meta.label_lower, row__in=batch):
                Tombstone(fingerprint=mark, was=mark.digest, at=now, reason="Removed at the end of its time").save()
            plain_rows(model).filter(pk__in=batch).delete()
            number += len(batch)
    return number


def _before(name: str, now: datetime) -> datetime:
    days = RETENTION[name].days
    if days is None:
        raise ValueError(f"{name}: kept for ever")
    return now - timedelta(days=days)


def _old_bodies(now: datetime) -> list[Any]:
    """Messages that a demonstration's own mail server kept; a real one keeps none with us."""
    oldest = _before("mail bodies", now).timestamp()
    return [path for path in settings.MAIL_SINK_DIR.glob("*.eml") if path.stat().st_mtime < oldest]
