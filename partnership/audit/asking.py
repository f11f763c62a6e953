"""Who asks, from where and in which request: what an audit event says beside what happened. Imports no model.

The middleware begins an asking with each request; outside of one, a job or a command, there is none.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from django.conf import settings
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
def begun(meta: Mapping[str, Any]) -> Iterator[Asking]:
    """A request with those headers, for the length of the block."""
    with resumed(Asking(number=uuid.uuid4().hex, address=address_in(meta))) as asking:
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


def address_in(meta: Mapping[str, Any]) -> str | None:
    """The address of whoever asks: behind our proxy the last one it passed on, which is the one it saw itself."""
    text = str(meta.get("REMOTE_ADDR") or "")
    if settings.BEHIND_PROXY and meta.get("HTTP_X_FORWARDED_FOR"):
        text = str(meta["HTTP_X_FORWARDED_FOR"]).rpartition(",")[2]
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return None
