"""Minutes as they were sent, and the documents made of them."""

from __future__ import annotations

from datetime import date

from meetings.models import Document, DocumentKind, DocumentState, Meeting, Minutes
from partnership import access


def minutes_sent(*, meeting: Meeting, user: access.Asker, today: date) -> list[Minutes]:
    """Every version that was sent and that the person may read, the latest first."""
    return list(Minutes.objects.visible_to(user, today).filter(meeting=meeting).order_by("-version"))


def ready_document(
    *, meeting: Meeting, kind: DocumentKind, content_hash: str, user: access.Asker, today: date
) -> Document | None:
    """The finished PDF of exactly that content, if there is one that the person may read."""
    found = Document.objects.visible_to(user, today).filter(meeting=meeting, kind=kind, content_hash=content_hash)
    return found.filter(state=DocumentState.READY).first()
