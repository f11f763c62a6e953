"""Documents asked for and made: the row says how far one is, and only its own worker moves it on."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from kombu.exceptions import OperationalError

from meetings.models import Document, DocumentKind, DocumentState, Meeting
from meetings.models.document import DocumentQuerySet, stored_document_name
from meetings.queries.protected_items import is_any_protected
from partnership import clock
from partnership.celery import app
from partnership.models import User

log = logging.getLogger(__name__)

# Counted up whenever documents are drawn otherwise, so that what was drawn the old way is not handed out as new.
LAYOUT = 2
STEPS = ("Reading what it says", "Drawing the pages", "Checking the file", "Storing it")
# The roof speaks upwards in strings only.
TASK = "meetings.make_document"
QUEUE_AWAY = "The queue of jobs could not be reached. The document is made as soon as it can be."
GAVE_UP = "The document could not be made: each try ended before its end. Tell your partnership team."


class Overtaken(Exception):
    """Another worker has taken the document over, or it was asked for again."""


@transaction.atomic
def ask_for_document(
    *,
    meeting: Meeting,
    kind: DocumentKind,
    content: Mapping[str, Any],
    by: User,
    items: Collection[int] = (),
    papers: Collection[int] = (),
) -> Document:
    """The document that shows `content`: made by a worker, once, however often it is asked for.

    `items` are those whose contents it shows and `papers` those that it names, by their ids: it is handed out to who
    may read all of them then. Where one of them is protected, it is made for whoever asks, and for nobody else. One
    that failed is asked for again. The job is queued when the transaction is committed; a queue that is away is
    no error, for the tick finds what waits.
    """
    document, is_new = Document.objects.get_or_create(
        meeting=meeting,
        kind=kind,
        content_hash=content_hash(content),
        reader=by if is_any_protected(items=items, papers=papers) else None,
        defaults={
            "board": meeting.board,
            "content": content,
            "steps": len(STEPS),
            "asked_at": clock.now(),
            "asked_by": by,
        },
    )
    document.items.add(*items)
    document.papers.add(*papers)
    failed = Document.objects.filter(pk=document.pk, state=DocumentState.FAILED)
    is_again = failed.update(
        state=DocumentState.WAITING, attempts=0, done=0, problem="", asked_at=clock.now(), asked_by=by
    )
    if is_new or is_again or _to_make(clock.machine_now()).filter(pk=document.pk).exists():
        transaction.on_commit(partial(queue, document_id=document.pk))
    document.refresh_from_db()
    return document


def content_hash(content: Mapping[str, Any]) -> str:
    """The same for what looks the same."""
    shown = json.dumps({"layout": LAYOUT, "content": content}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(shown.encode()).hexdigest()


def queue(*, document_id: int) -> None:
    """Hand the job to the broker. When that is away, the row says so and waits."""
    try:
        app.send_task(TASK, kwargs={"document_id": document_id}, expires=settings.DOCUMENT_LEASE)
    except OperationalError:
        log.warning("document %s waits: the broker cannot be reached", document_id)
        waiting = Document.objects.filter(pk=document_id, state=DocumentState.WAITING)
        waiting.update(problem=QUEUE_AWAY)


# --- for the worker ---------------------------------------------------------------------------------------------------


def ids_to_make() -> list[int]:
    """What waits, or was begun by a worker that is gone, the longest first."""
    return list(_to_make(clock.machine_now()).order_by("asked_at", "pk").values_list("pk", flat=True))


def claim(*, document_id: int) -> Document | None:
    """The document, for this worker alone; None when it is another's, or made, or was tried too often."""
    now = clock.machine_now()
    taken = _to_make(now).filter(pk=document_id)
    if not taken.update(
        state=DocumentState.WORKING, begun_at=now, attempts=F("attempts") + 1, done=0, steps=len(STEPS), problem=""
    ):
        return None
    document = Document.objects.get(pk=document_id)
    if document.attempts > settings.DOCUMENT_TRIES:
        fail(document=document, problem=GAVE_UP)
        return None
    return document


def step(*, document: Document, done: int) -> None:
    """Show how far it is. Raises Overtaken."""
    _move(document, done=done)


def store(*, document: Document, pdf: bytes, pages: int) -> None:
    """Keep the file under the document's own name, and let it be read. Raises Overtaken."""
    name = stored_document_name(document, "")
    # What an earlier try left behind under that name says the same.
    document.file.storage.delete(name)
    name = document.file.storage.save(name, ContentFile(pdf))
    _move(
        document,
        state=DocumentState.READY,
        done=len(STEPS),
        file=name,
        pages=pages,
        size=len(pdf),
        ready_at=clock.now(),
    )


def fail(*, document: Document, problem: str) -> None:
    """Say that it could not be made, and why; nothing, where it is another worker's by now."""
    _own(document).update(state=DocumentState.FAILED, problem=problem)


def _to_make(now: datetime) -> DocumentQuerySet:
    gone = Q(state=DocumentState.WORKING, begun_at__lt=now - timedelta(seconds=settings.DOCUMENT_LEASE))
    return Document.objects.filter(Q(state=DocumentState.WAITING) | gone)


def _move(document: Document, **values: Any) -> None:
    if not _own(document).update(**values):
        raise Overtaken(f"Document {document.pk} is no longer this worker's.")


def _own(document: Document) -> DocumentQuerySet:
    return Document.objects.filter(pk=document.pk, state=DocumentState.WORKING, begun_at=document.begun_at)
