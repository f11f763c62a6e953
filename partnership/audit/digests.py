"""Keyed digests of rows: the same for what is about to be written and for what is read back.

A row's digest is made of one digest for each of its fields, so that an erased field can be stood for by the digest it
had. Without the key none can be made, nor a guess at a name be tried. This module imports no model.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Field, Model
from django.db.models.fields.files import FieldFile


def layout_of(model: type[Model]) -> tuple[str, ...]:
    """The columns of a model that a digest covers, by name."""
    return _layout(model)


@cache
def _layout(model: type[Model]) -> tuple[str, ...]:
    return tuple(sorted(field.attname for field in model._meta.concrete_fields))


def name_of_layout(label: str, columns: Iterable[str]) -> str:
    """A short name that stands for exactly these columns of that model."""
    return hashlib.sha256(f"{label}\n{','.join(columns)}".encode()).hexdigest()[:16]


def field_digest(row: Model, column: str) -> str:
    """The digest of one field of one row, as the row stands in memory."""
    field = row._meta.get_field(column)
    text = _canonical(field, getattr(row, column))  # type: ignore[arg-type]  # columns are concrete fields
    return keyed("field", row._meta.label_lower, row.pk, column, text)


def row_digest(row: Model, columns: Iterable[str], instead: Mapping[str, str] | None = None) -> str:
    """The digest of those columns of a row; `instead` gives the digests that erased ones had."""
    had = instead or {}
    parts = [[column, had.get(column) or field_digest(row, column)] for column in columns]
    return keyed("row", row._meta.label_lower, row.pk, parts)


def keyed(*words: Any) -> str:
    """The digest of these words under the audit key."""
    key: str = settings.AUDIT_KEY
    return hmac.digest(key.encode(), json.dumps(words, separators=(",", ":")).encode(), "sha256").hex()


def _canonical(field: Field[Any, Any], value: Any) -> Any:
    """The value as JSON can hold it, alike before it is saved and after it is read."""
    if isinstance(value, FieldFile):
        return value.name
    if value is None or field.get_internal_type() == "JSONField":
        return json.dumps(value, sort_keys=True)
    return _plain(field.to_python(value))


def _plain(value: Any) -> Any:
    for kind, said in PLAINLY:
        if isinstance(value, kind):
            return said(value)
    return str(value)


# The order counts: an instant is a date, too.
PLAINLY: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (int, int),
    (datetime, lambda instant: instant.astimezone(UTC).isoformat(timespec="microseconds")),
    (time, lambda of_day: of_day.isoformat(timespec="microseconds")),
    (timedelta, lambda length: length // timedelta(microseconds=1)),
    (Decimal, lambda number: format(number.normalize(), "f")),
    (bytes | memoryview, lambda raw: bytes(raw).hex()),
)
