"""Contact lists as PDF: made for one reader, and gone within a day, for they tell how people are reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from meetings.models import Document, DocumentKind, DocumentState
from meetings.models.document import DocumentQuerySet
from meetings.operations.documents import STEPS, content_hash, queue
from partnership import clock
from partnership.models import Board, User

KEPT_FOR = timedelta(days=1)


@transaction.atomic
def ask_for_contact_sheet(*, board: Board, content: Mapping[str, Any], by: User) -> Document:
    """The PDF of the list as that reader has it, for them alone; those that they had made of this board's go.

    One that is the same and has not failed stays. The job is queued when the transaction is committed.
    """
    own = Document.objects.filter(board=board, kind=DocumentKind.CONTACTS, reader=by)
    same = own.filter(content_hash=content_hash(content)).exclude(state=DocumentState.FAILED).first()
    _drop(own.exclude(pk=same.pk) if same is not None else own)
    document = same or Document(
        board=board,
        kind=DocumentKind.CONTACTS,
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
def drop_old_contact_sheets(*, now: datetime) -> int:
    """Throw away those that were asked for a day ago or longer; how many."""
    return _drop(Document.objects.filter(kind=DocumentKind.CONTACTS, asked_at__lte=now - KEPT_FOR))


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
