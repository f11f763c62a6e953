"""What the demonstration's mail server received, for whoever wants to read it in the product."""

from __future__ import annotations

import email
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from icalendar import Calendar

from partnership.clock import LONDON
from partnership.obligations.messages import OWN_HEADER
from partnership.rules.plain_dates import long_date, plain_time

# Of a long demonstration only the newest are looked through.
LOOKED_THROUGH = 300
METHODS = {"REQUEST": "an entry, or a change of one", "CANCEL": "takes the entry out"}


@dataclass(frozen=True, slots=True)
class Received:
    """A message that arrived: its subject, its plain text, and what its calendar entries say, each as named lines."""

    subject: str
    text: str
    entries: tuple[tuple[tuple[str, str], ...], ...]


def received_by_the_sink(folder: Path, uuids: Collection[str]) -> dict[str, Received]:
    """Each of these deliveries that arrived, by uuid; the newest copy of each."""
    found: dict[str, Received] = {}
    for path in sorted(folder.glob("*.eml"), reverse=True)[:LOOKED_THROUGH]:
        if len(found) == len(uuids):
            break
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        uuid = str(message[OWN_HEADER])
        body = message.get_body(("plain",))
        if uuid in uuids and uuid not in found and body is not None:
            found[uuid] = Received(str(message["Subject"]), body.get_content(), tuple(_entries(message)))
    return found


def _entries(message: EmailMessage) -> Iterator[tuple[tuple[str, str], ...]]:
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            calendar = Calendar.from_ical(part.get_content())
            method = str(calendar.get("method", ""))
            for event in calendar.walk("VEVENT"):
                yield tuple(_lines(method, event))


def _lines(method: str, event: Any) -> Iterator[tuple[str, str]]:
    yield "What it does", f"{method}: {METHODS[method]}" if method in METHODS else method
    yield "What", str(event.get("summary", ""))
    yield "Begins", _moment(event["dtstart"].dt)
    if "dtend" in event:
        yield "Ends", _moment(event["dtend"].dt)
    if "location" in event:
        yield "Where", str(event["location"])
    yield "Change number", str(event.get("sequence", 0))


def _moment(at: date | datetime) -> str:
    if not isinstance(at, datetime):
        return long_date(at)
    local = at.astimezone(LONDON)
    return f"{long_date(local.date())}, {plain_time(local.time())}"
