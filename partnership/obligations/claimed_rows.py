"""What is written for each message that goes, as statements written out for both databases.

The ORM takes longer to put one of them together than a database to carry it out; a batch has a hundred and fifty.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from partnership.models import Delivery, ObligationEvent

# Whose the message is: of this worker, and by nobody taken back, moved or cancelled meanwhile.
OURS = "id = %s AND worker = %s AND state = 'sending'"
CHANGE = f"UPDATE partnership_delivery SET {{changes}} WHERE {OURS}"  # noqa: S608 - our own names
BEGIN = CHANGE.format(changes="begun_at = %s, attempts = %s") + " AND begun_at IS NULL AND wait_until > %s"
RECORD = """
INSERT INTO partnership_obligationevent (obligation_id, delivery_id, what, at, by_id, due_on, detail)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


COLUMNS = {field.name: field for field in Delivery._meta.concrete_fields}
COLUMNS_OF_EVENT = {field.name: field for field in ObligationEvent._meta.concrete_fields}


def change(delivery: Delivery, **changes: Any) -> bool:
    """Change these fields of a message that its worker still has; whether it has it."""
    sets = ", ".join(f"{COLUMNS[name].column} = %s" for name in changes)
    return _done(CHANGE.format(changes=sets), [*_values(changes), *_key(delivery)])


def begin(delivery: Delivery, *, at: datetime, attempts: int, lease_beyond: datetime) -> bool:
    """Note that the mail server is spoken to about it from now on; whether it may be, with that much lease left."""
    began = _values({"begun_at": at, "attempts": attempts})
    return _done(BEGIN, [*began, *_key(delivery), *_values({"wait_until": lease_beyond})])


def record(event: ObligationEvent) -> None:
    """Add the event of a message."""
    found = {
        "obligation": event.obligation_id,
        "delivery": event.delivery_id,
        "what": event.what,
        "at": event.at,
        "by": event.by_id,
        "due_on": event.due_on,
        "detail": event.detail,
    }
    _done(RECORD, _values(found, COLUMNS_OF_EVENT))


def _key(delivery: Delivery) -> list[Any]:
    return _values({"id": delivery.pk, "worker": delivery.worker})


def _values(fields: Mapping[str, Any], columns: Mapping[str, Any] = COLUMNS) -> list[Any]:
    """Values by the names of their fields, as this database takes them."""
    return [columns[name].get_db_prep_save(value, connection) for name, value in fields.items()]


def _done(statement: str, parameters: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return bool(cursor.rowcount > 0)
