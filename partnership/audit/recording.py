"""Writing the audit trail: a row in the transaction of the act, so that the act and its record stand or fall together.

Each is told to the log as well, once it stands. A log that takes nothing stops nobody: the row is the record.
"""

from __future__ import annotations

import logging
from contextlib import suppress

from django.db import models, transaction

from partnership import clock
from partnership.audit import asking
from partnership.models.audit import AuditEvent, What

log = logging.getLogger("quorate.audit")


def record(
    what: What,
    *,
    by: models.Model | None,
    subject: models.Model | None = None,
    partnership_id: int | None = None,
    board_id: int | None = None,
    kind: str = "",
    number: object = "",
    detail: str = "",
) -> AuditEvent:
    """Record that it happened: now, in the present request where there is one. `by` None: nobody was signed in."""
    here = asking.present()
    event = AuditEvent(
        at=clock.now(),
        what=what,
        person_id=None if by is None else by.pk,
        subject_id=None if subject is None else subject.pk,
        partnership_id=partnership_id,
        board_id=board_id,
        kind=kind[:60],
        number=str(number)[:64],
        detail=detail[:300].replace("\0", ""),
        address=here.address if here else None,
        request=here.number if here else "",
    )
    with transaction.atomic():
        event.save()
    transaction.on_commit(lambda: _tell(event))
    return event


def record_change(row: models.Model, *, what: What, by: models.Model) -> AuditEvent:
    """Record a change of a tracked row: whom it concerns and where it belongs are read from the row itself."""
    label = row._meta.model_name or ""
    return record(
        what,
        by=by,
        subject=row if label == "user" else getattr(row, "person", None),
        partnership_id=row.pk if label == "partnership" else getattr(row, "partnership_id", None) or _of_board(row),
        board_id=row.pk if label == "board" else getattr(row, "board_id", None),
        kind=label,
        number=row.pk,
    )


def _of_board(row: models.Model) -> int | None:
    board = getattr(row, "board", None)
    return None if board is None else board.partnership_id


def _tell(event: AuditEvent) -> None:
    # By numbers alone: a log is kept elsewhere, by other people, for another time.
    facts = {
        "event": event.pk,
        "what": str(event.what),
        "person": event.person_id,
        "subject": event.subject_id,
        "partnership": event.partnership_id,
        "board": event.board_id,
        "kind": event.kind,
        "object": event.number,
        "address": event.address,
        "request": event.request,
    }
    with suppress(Exception):
        log.info("audit", extra=facts)
