"""Documents that are ready, without a worker."""

from __future__ import annotations

from meetings.contact_sheet import contacts_content
from meetings.ledger_sheet import LedgerContent, LedgerHeading
from meetings.minutes import draft_minutes
from meetings.models import Document, DocumentKind, Meeting
from meetings.operations import documents
from meetings.operations.own_sheets import ask_for_own_sheet
from membership.views.contacts import contact_list
from partnership import clock
from tests.cast import Cast


def finished_documents(cast: Cast, meeting: Meeting) -> dict[str, object]:
    """The addresses' names of a PDF of sent minutes and of one of their draft."""
    kinds = {"sent_document": DocumentKind.MINUTES, "draft_document": DocumentKind.MINUTES_DRAFT}
    places: dict[str, object] = {name: finished(cast, meeting, kind).uuid for name, kind in kinds.items()}
    return places | {"contact_sheet": finished_contacts(cast).uuid, "ledger_sheet": finished_ledger(cast).uuid}


def finished_contacts(cast: Cast) -> Document:
    """The contact list as the chair has it, with a file that says little."""
    page, today = contact_list(cast.board, is_for_team=False), clock.today()
    content = contacts_content(page, board=cast.board, today=today).to_json()
    asked = ask_for_own_sheet(board=cast.board, kind=DocumentKind.CONTACTS, content=content, by=cast["chair"])
    return _with_a_file(asked)


def finished_ledger(cast: Cast) -> Document:
    """The ledger of this year, made for the chair, with a file that says little."""
    heading = LedgerHeading(
        cast.partnership.name, cast.board.name, cast.board.short_name, 2027, "17 March 2027", "", ""
    )
    content = LedgerContent(heading, (), ()).to_json()
    return _with_a_file(
        ask_for_own_sheet(board=cast.board, kind=DocumentKind.LEDGER, content=content, by=cast["chair"])
    )


def finished(cast: Cast, meeting: Meeting, kind: DocumentKind) -> Document:
    """A document of the meeting's draft, with a file that says little."""
    content = draft_minutes(meeting=meeting, user=cast["coordinator"], today=clock.today()).to_json()
    return _with_a_file(documents.ask_for_document(meeting=meeting, kind=kind, content=content, by=cast["coordinator"]))


def _with_a_file(asked: Document) -> Document:
    claimed = documents.claim(document_id=asked.pk)
    assert claimed is not None
    documents.store(document=claimed, pdf=b"%PDF-1.7 of " + asked.kind.encode(), pages=1)
    return Document.objects.get(pk=asked.pk)
