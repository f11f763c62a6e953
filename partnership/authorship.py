"""Saving with an author and a reason: the one way in which a tracked row changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db.models import Model

from partnership import clock
from partnership.models import User

_Row = TypeVar("_Row", bound=Model)


def saved(row: _Row, *, by: User, reason: str, fields: Iterable[str] | None = None) -> _Row:
    """Save the row (only `fields` where given) with its history row by that author, and return it."""
    with _signed(row, by, reason):
        row.save(update_fields=None if fields is None else list(fields))
    return row


def deleted(row: _Row, *, by: User, reason: str) -> None:
    """Delete the row; its history keeps what it said and who took it away."""
    with _signed(row, by, reason):
        row.delete()


@contextmanager
def _signed(row: Model, by: User, reason: str) -> Iterator[None]:
    # simple-history reads these three from the instance; they go again, so that a later bare save is refused.
    signature = {"_history_user": by, "_change_reason": reason, "_history_date": clock.now()}
    for name, value in signature.items():
        setattr(row, name, value)
    try:
        yield
    finally:
        for name in signature:
            delattr(row, name)
