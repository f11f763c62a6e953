"""The record of what was read of restricted objects, and the brake on reading very many files in an hour.

A reading is a row of the audit trail (`partnership.audit`): who, what, when, how and from where, never what it says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from partnership import clock
from partnership.audit.recording import record
from partnership.models import AuditEvent, Protection, User, What

AN_HOUR = timedelta(hours=1)
# How a reading that took a file away says so, and the names of addresses whose files count.
FILE = "file of"
KIND = "protection"


@transaction.atomic
def record_reading(*, person: User, protections: Iterable[Protection], how: str) -> list[AuditEvent]:
    """Record that somebody has read these limited objects: `how` says on which page, or as which file.

    Of an object of the case tier neither partnership nor group is named, so that no other trail counts it.
    """
    return [
        record(
            What.READ_RESTRICTED,
            by=person,
            partnership_id=protection.partnership_id if protection.board_id is not None else None,
            board_id=protection.board_id,
            kind=KIND,
            number=protection.pk,
            detail=how,
        )
        for protection in protections
    ]


def has_read_too_much(*, person: User, is_restricted: bool) -> bool:
    """Whether the person has taken as many files within the last hour as one may. One query."""
    since = AuditEvent.objects.filter(person=person, at__gt=clock.now() - AN_HOUR)
    if is_restricted:
        files = since.filter(what=What.READ_RESTRICTED, detail__startswith=FILE)
        return bool(files.count() >= settings.RESTRICTED_FILES_AN_HOUR)
    files = since.filter(what=What.DOWNLOADED, kind__in=settings.FILE_ADDRESSES)
    return bool(files.count() >= settings.FILES_AN_HOUR)
