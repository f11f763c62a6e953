"""The audit trail on a page and in a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlencode

from partnership.audit.reading import GROUPS, Narrowing
from partnership.clock import LONDON
from partnership.models import AuditEvent
from partnership.rules.plain_dates import long_date, plain_time
from partnership.spreadsheets import spreadsheet

# What an event names by the kind of row, in people's words; anything else stands as it is.
KINDS = {
    "actions_file": "the actions of a board",
    "agendaitem": "an agenda item",
    "agendapublication": "an agenda",
    "attendance_file": "the attendance of a year",
    "board": "a board",
    "constitution_file": "terms of reference",
    "document_file": "a PDF",
    "itemrecord": "the record of an item",
    "overview_file": "the figures of a year",
    "overview_figures": "figures of a chart",
    "sign_in": "signing in",
    "user": "a person",
    "standing": "a standing",
    "grant": "a grant",
}
HEADINGS = ("When (UTC)", "What", "Who", "About", "Board", "Kind", "Number", "Detail", "Network address", "Request")


@dataclass(frozen=True, slots=True)
class EventOnPage:
    """One event as a row."""

    day: str
    hour: str
    what: str
    is_denied: bool
    who: str
    about: str
    where: str
    address: str


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class TrailPage:
    """One page of a trail with what it was narrowed to; `newer` and `older` are queries, empty where there is none."""

    events: tuple[EventOnPage, ...]
    asked: Narrowing
    choices: tuple[Choice, ...]
    newer: str
    older: str
    narrowed: str


def trail_page(events: Iterable[AuditEvent], asked: Narrowing, *, has_older: bool) -> TrailPage:
    return TrailPage(
        events=tuple(_row(event) for event in events),
        asked=asked,
        choices=tuple(Choice(value, words, asked.group == value) for value, (words, _) in GROUPS.items()),
        newer=_query(asked, asked.page - 1) if asked.page > 1 else "",
        older=_query(asked, asked.page + 1) if has_older else "",
        narrowed=_query(asked, 0),
    )


def trail_file(events: Iterable[AuditEvent]) -> str:
    """The events as comma-separated values, each cell made plain."""
    return spreadsheet(
        [
            HEADINGS,
            *(
                (
                    event.at.astimezone(UTC).isoformat(timespec="seconds"),
                    event.words,
                    event.person.name if event.person else "",
                    event.subject.name if event.subject else "",
                    event.board.name if event.board else "",
                    event.kind,
                    event.number,
                    event.detail,
                    event.address or "",
                    event.request,
                )
                for event in events
            ),
        ]
    )


def _row(event: AuditEvent) -> EventOnPage:
    local = event.at.astimezone(LONDON)
    kind = KINDS.get(event.kind, f"the {event.kind}".replace("_", " ") if event.kind else "")
    return EventOnPage(
        day=long_date(local.date()),
        hour=plain_time(local.time()),
        what=event.words,
        is_denied=event.what.endswith("_fail"),
        who=event.person.name if event.person else "Nobody signed in",
        about=", ".join(filter(None, (event.subject.name if event.subject_id and event.subject else "", kind))),
        where=event.board.short_name if event.board else "",
        address=event.address or "",
    )


def _query(asked: Narrowing, page: int) -> str:
    said = {
        "what": asked.group,
        "who": asked.name,
        "since": asked.since.isoformat() if asked.since else "",
        "until": asked.until.isoformat() if asked.until else "",
        "page": str(page) if page else "",
    }
    return urlencode({name: value for name, value in said.items() if value})
