"""Documents that are ready, without a worker."""

from __future__ import annotations

from meetings.minutes import draft_minutes
from meetings.models import Document, DocumentKind, Meeting
from meetings.operations import documents
from partnership import clock
from tests.cast import Cast


def finished_documents(cast: Cast, meeting: Meeting) -> dict[str, object]:
    """The addresses' names of a PDF of sent minutes and of one of their draft."""
    kinds = {"sent_document": DocumentKind.MINUTES, "draft_document": DocumentKind.MINUTES_DRAFT}
    return {name: finished(cast, meeting, kind).uuid for name, kind in kinds.items()}


def finished(cast: Cast, meeting: Meeting, kind: DocumentKind) -> Document:
    """A document of the meeting's draft, with a file that says little."""
    content = draft_minutes(meeting=meeting, user=cast["coordinator"], today=clock.today()).to_json()
    asked = documents.ask_for_document(meeting=meeting, kind=kind, content=content, by=cast["coordinator"])
    claimed = documents.claim(document_id=asked.pk)
    assert claimed is not None
    documents.store(document=claimed, pdf=b"%PDF-1.7 of " + kind.encode(), pages=1)
    return Document.objects.get(pk=asked.pk)
