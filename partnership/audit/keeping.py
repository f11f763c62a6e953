"""What is done for the record once a day: the whole check, and the anchor of a record that passed it."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings

from partnership.audit.recording import record
from partnership.audit.sealing import anchor, seal_all
from partnership.audit.verifying import verify
from partnership.models import AuditEvent, User, What

log = logging.getLogger("quorate.audit")

AUTHOR = "keeper of the record"
NAMED = 20


def keep(*, at: datetime, by: User) -> bool:
    """Check and anchor the record, unless today's anchor stands. False when the record is not as it was written.

    A broken record is not anchored: it is recorded and logged as an error at each look, until somebody mends it.
    """
    if (settings.ANCHOR_DIR / f"{at.date().isoformat()}.json").exists():
        return True
    seal_all(by=by)
    findings, counted = verify(now=at)
    if not findings:
        anchor(at=at)
        log.info("record checked", extra={"rows": counted.rows, "links": counted.links})
        return True
    for finding in findings[:NAMED]:
        log.error("record broken", extra={"finding": str(finding)})
    detail = f"{len(findings)} found, first: {findings[0]}"
    if not AuditEvent.objects.filter(what=What.CHAIN_BROKEN, detail=detail[:300]).exists():
        record(What.CHAIN_BROKEN, by=by, detail=detail)
    return False
