"""Who asks, from where and in which request: what an audit event says beside what happened. Imports no model.

The middleware begins an asking with each request; outside of one, a job or a command, there is none.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet


@dataclass(slots=True)
class Asking:
    """One request: its number, where it came from, and the rows it asked for that were not its to have."""

    number: str
    address: str | None
    denied: list[QuerySet[Any]] = field(default_factory=list)


_ASKING: ContextVar[Asking | None] = ContextVar("_ASKING", default=None)


def present() -> Asking | None:
    return _ASKING.get()


@contextmanager
def begun(address: str | None) -> Iterator[Asking]:
    """A request from that address, for the length of the block."""
    with resumed(Asking(number=uuid.uuid4().hex, address=address)) as asking:
        yield asking


@contextmanager
def resumed(asking: Asking) -> Iterator[Asking]:
    """The same request again: for what is done when its answer has gone."""
    token = _ASKING.set(asking)
    try:
        yield asking
    finally:
        _ASKING.reset(token)


def note_denial(rows: QuerySet[Any]) -> None:
    """These rows were asked for by somebody who may not have them: recorded once the answer has gone out, if any exist.

    Looked up only then, so that the answer takes as long for what exists as for what does not.
    """
    asking = _ASKING.get()
    if asking is not None:
        asking.denied.append(rows)
