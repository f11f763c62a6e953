"""The jobs of the meetings application."""

from __future__ import annotations

import logging
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from meetings.models import DocumentKind
from meetings.operations import documents
from meetings.operations.calendar_feeds import end_feeds_of_who_left
from meetings.operations.own_sheets import drop_old_own_sheets
from meetings.pdf import checked, drawn, page_of
from partnership import clock
from partnership.celery import app
from partnership.operations import system_author

# The job that signs what ends by itself.
AUTHOR = "calendar addresses"
log = logging.getLogger(__name__)

BROKEN = "The document could not be made. Ask for it again, or tell your partnership team."
TOO_LONG = "The document took too long to make. Tell your partnership team."


@app.task(name=documents.TASK, soft_time_limit=settings.DOCUMENT_LEASE)
def make_document(*, document_id: int, **kwargs: Any) -> None:
    """Makes one document. Doubled or lost, it does no harm."""
    make(document_id=document_id)


@app.task(name="meetings.make_waiting_documents")
def make_waiting_documents(**kwargs: Any) -> None:
    """Makes what waits: a job that was lost, a worker that ended, a broker that was away."""
    for document_id in documents.ids_to_make():
        make(document_id=document_id)


@app.task(name="meetings.drop_old_contact_sheets")
def drop_contact_sheets_a_day_old(**kwargs: Any) -> None:
    """Throws away contact lists and ledgers made as PDF a day ago. Doubled or lost, it does no harm."""
    drop_old_own_sheets(now=clock.now())


@app.task(name="meetings.end_calendar_feeds")
def end_calendar_feeds(**kwargs: Any) -> None:
    """Ends for good the calendar addresses of whoever has left. Doubled or lost, it does no harm."""
    end_feeds_of_who_left(on=clock.today(), by=system_author(job=AUTHOR))


def make(*, document_id: int) -> None:
    """Make the document unless another worker does, showing each step as it is begun."""
    document = documents.claim(document_id=document_id)
    if document is None:
        return
    try:
        html = page_of(DocumentKind(document.kind), document.content)
        documents.step(document=document, done=1)
        made = drawn(html)
        documents.step(document=document, done=2)
        made = checked(made)
        documents.step(document=document, done=3)
        documents.store(document=document, pdf=made.pdf, pages=made.pages)
    except documents.Overtaken:
        log.info("document %s was taken over", document_id)
    except SoftTimeLimitExceeded:
        log.exception("document %s took too long", document_id)
        documents.fail(document=document, problem=TOO_LONG)
    except Exception:
        log.exception("document %s could not be made", document_id)
        documents.fail(document=document, problem=BROKEN)
