"""Contact lists and ledgers as PDF: made for one reader as they have them, and gone within a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from meetings.models import OWN_SHEETS, Document, DocumentKind, DocumentState
from meetings.models.document import DocumentQuerySet
from meetings.operations.documents import STEPS, content_hash, queue
from partnership import clock
from partnership.models import Board, User

KEPT_FOR = timedelta(days=1)


@transaction.atomic
def ask_for_own_sheet(*, board: Board, kind: DocumentKind, content: Mapping[str, Any], by: User) -> Document:
    """The PDF of what that reader has on their page, for them alone; those of the kind that they had made before go.

    One that is the same and has not failed stays. The job is queued when the transaction is committed.
    """
    own = Document.objects.filter(board=board, kind=kind, reader=by)
    same = own.filter(content_hash=content_hash(content)).exclude(state=DocumentState.FAILED).first()
    _drop(own.exclude(pk=same.pk) if same is not None else own)
    document = same or Document(
        board=board,
        kind=kind,
        content=content,
        content_hash=content_hash(content),
        steps=len(STEPS),
        asked_at=clock.now(),
        asked_by=by,
        reader=by,
    )
    if same is None:
        document.save(force_insert=True)
        transaction.on_commit(partial(queue, document_id=document.pk))
    return document


@transaction.atomic
def drop_old_own_sheets(*, now: datetime) -> int:
    """Throw away those that were asked for a day ago or longer; how many."""
    return _drop(Document.objects.filter(kind__in=OWN_SHEETS, asked_at__lte=now - KEPT_FOR))


def _drop(sheets: DocumentQuerySet) -> int:
    gone = list(sheets)
    for sheet in gone:
        name, storage = sheet.file.name, sheet.file.storage
        sheet.delete()
        if name:
            transaction.on_commit(partial(storage.delete, name))
    return len(gone)


def is_still_so(document: Document, content: Mapping[str, Any]) -> bool:
    """Whether the list says today what the document says: nobody is handed what they may not read any more."""
    return document.content_hash == content_hash(content)
