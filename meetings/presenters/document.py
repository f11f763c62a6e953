"""A document in the making, or ready: how far it is, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from meetings.models import Document, DocumentKind, DocumentState, Meeting
from meetings.operations.documents import STEPS
from meetings.presenters.agenda import agenda_href, size_words
from meetings.presenters.minutes import minutes_href
from meetings.presenters.words import when
from partnership.models import Board
from partnership.navigation import address_of
from partnership.pulse import STALE_AFTER
from partnership.rules.plain_dates import counted

MINUTES = (DocumentKind.MINUTES, DocumentKind.MINUTES_DRAFT)
DRAFTS = (DocumentKind.AGENDA_DRAFT, DocumentKind.MINUTES_DRAFT)
CHANGED = "The contact list has changed since this PDF was asked for."
WAITS = "It waits for its turn."
NO_WORKER = "The part of Quorate that makes documents does not answer. The document waits and is made when it is back."


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step, and whether it is done, being done, or to come."""

    name: str
    state: str
    tag: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Everything the page prints, and the part of it that is drawn again every two seconds."""

    board: str
    when: str
    title: str
    href: str
    back_href: str
    back: str
    sentence: str
    note: str
    steps: tuple[StepRow, ...]
    is_working: bool
    is_ready: bool
    has_failed: bool
    kind: str
    file_href: str
    facts: str
    ask_href: str


def document_page(document: Document, *, meeting: Meeting, worker_seen: datetime | None, now: datetime) -> DocumentPage:
    """`worker_seen` is when a worker last showed itself, `now` the machine's own time."""
    kind, state = DocumentKind(document.kind), DocumentState(document.state)
    at = (*address_of(meeting.board), meeting.address)
    is_minutes = kind in MINUTES
    return DocumentPage(
        board=meeting.board.name,
        when=when(meeting),
        title=f"PDF of the {kind.label.lower()}",
        href=reverse("document", args=(*at, document.uuid)),
        back_href=minutes_href(meeting) if is_minutes else agenda_href(meeting),
        back=f"Back to the {'minutes' if is_minutes else 'agenda'}",
        sentence=_sentence(document, state),
        note=_note(document, state, worker_seen, now),
        steps=_steps(document, state),
        is_working=state in {DocumentState.WAITING, DocumentState.WORKING},
        is_ready=state is DocumentState.READY,
        has_failed=state is DocumentState.FAILED,
        kind=kind.value,
        file_href=reverse("document_file", args=(*at, document.uuid)),
        facts=f"{counted(document.pages or 0, 'page')}, {size_words(document.size or 0)}",
        ask_href=reverse("documents", args=at),
    )


def contact_sheet_page(
    document: Document, *, board: Board, is_still_so: bool, worker_seen: datetime | None, now: datetime
) -> DocumentPage:
    """The same for a contact list; one that says something else than the list today is not handed out."""
    state, at = DocumentState(document.state), address_of(board)
    return DocumentPage(
        board=board.name,
        when="as you have it",
        title="PDF of the contact list",
        href=reverse("contact_sheet", args=(*at, document.uuid)),
        back_href=reverse("contacts", args=at),
        back="Back to the contact list",
        sentence=_sentence(document, state) if is_still_so else CHANGED,
        note=_note(document, state, worker_seen, now) if is_still_so else "",
        steps=_steps(document, state) if is_still_so else (),
        is_working=is_still_so and state in {DocumentState.WAITING, DocumentState.WORKING},
        is_ready=is_still_so and state is DocumentState.READY,
        has_failed=not is_still_so or state is DocumentState.FAILED,
        kind=DocumentKind.CONTACTS.value,
        file_href=reverse("contact_sheet_file", args=(*at, document.uuid)),
        facts=f"{counted(document.pages or 0, 'page')}, {size_words(document.size or 0)}",
        ask_href=reverse("contact_sheets", args=at),
    )


def ledger_sheet_page(document: Document, *, board: Board, worker_seen: datetime | None, now: datetime) -> DocumentPage:
    """The same for a ledger of duties, as it was when it was asked for."""
    state, at = DocumentState(document.state), address_of(board)
    year = document.content["heading"]["year"]
    return DocumentPage(
        board=board.name,
        when=str(year),
        title="PDF of the ledger of duties",
        href=reverse("ledger_sheet", args=(*at, document.uuid)),
        back_href=reverse("ledger_year", args=(*at, year)),
        back="Back to the ledger",
        sentence=_sentence(document, state),
        note=_note(document, state, worker_seen, now),
        steps=_steps(document, state),
        is_working=state in {DocumentState.WAITING, DocumentState.WORKING},
        is_ready=state is DocumentState.READY,
        has_failed=state is DocumentState.FAILED,
        kind=DocumentKind.LEDGER.value,
        file_href=reverse("ledger_sheet_file", args=(*at, document.uuid)),
        facts=f"{counted(document.pages or 0, 'page')}, {size_words(document.size or 0)}",
        ask_href=reverse("ledger_sheets", args=(*at, year)),
    )


def _sentence(document: Document, state: DocumentState) -> str:
    if state is DocumentState.READY:
        return "The PDF is ready."
    if state is DocumentState.FAILED:
        return document.problem
    if state is DocumentState.WAITING:
        return "The PDF is asked for."
    return f"The PDF is being made: step {min(document.done + 1, len(STEPS))} of {len(STEPS)}."


def _note(document: Document, state: DocumentState, worker_seen: datetime | None, now: datetime) -> str:
    """Why it waits, where it does."""
    if state is not DocumentState.WAITING:
        return ""
    if document.problem:
        return document.problem
    if worker_seen is not None and now - worker_seen > STALE_AFTER:
        return NO_WORKER
    return WAITS


def _steps(document: Document, state: DocumentState) -> tuple[StepRow, ...]:
    if state is DocumentState.FAILED:
        return ()
    rows = []
    for number, name in enumerate(STEPS):
        if state is DocumentState.READY or number < document.done:
            rows.append(StepRow(name, "Done", "yes"))
        elif state is DocumentState.WORKING and number == document.done:
            rows.append(StepRow(name, "Under way", "soon"))
        else:
            rows.append(StepRow(name, "To come", "plain"))
    return tuple(rows)
