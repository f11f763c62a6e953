"""From what a document says to its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from meetings.agenda_sheet import AgendaContent
from meetings.contact_sheet import ContactsContent
from meetings.ledger_sheet import LedgerContent
from meetings.minutes.content import MinutesContent
from meetings.models import DocumentKind
from meetings.pdf.own_files import BASE, own_file

VARIANT = "pdf/ua-1"
TEMPLATES = {
    DocumentKind.AGENDA: "pdf/agenda.html",
    DocumentKind.AGENDA_DRAFT: "pdf/agenda.html",
    DocumentKind.MINUTES: "pdf/minutes.html",
    DocumentKind.MINUTES_DRAFT: "pdf/minutes.html",
    DocumentKind.CONTACTS: "pdf/contacts.html",
    DocumentKind.LEDGER: "pdf/ledger.html",
}
CONTENTS: Mapping[DocumentKind, Callable[[Mapping[str, Any]], object]] = {
    DocumentKind.AGENDA: AgendaContent.from_json,
    DocumentKind.AGENDA_DRAFT: AgendaContent.from_json,
    DocumentKind.MINUTES: MinutesContent.from_json,
    DocumentKind.MINUTES_DRAFT: MinutesContent.from_json,
    DocumentKind.CONTACTS: ContactsContent.from_json,
    DocumentKind.LEDGER: LedgerContent.from_json,
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished PDF and how many pages it has."""

    pdf: bytes
    pages: int


def page_of(kind: DocumentKind, content: Mapping[str, Any]) -> str:
    """The document as HTML, before it is laid out.

    Raises UnknownContent, UnknownSheet, UnknownContacts, UnknownLedger.
    """
    return render_to_string(TEMPLATES[kind], {"content": CONTENTS[kind](content)})


def drawn(html: str) -> Drawn:
    """Laid out on A4, with tags and bookmarks, as PDF/UA-1 asks."""
    # A third of a second and libraries of the system, and only a worker draws.
    from weasyprint import HTML  # noqa: PLC0415 - slow import

    document = HTML(string=html, base_url=BASE, url_fetcher=own_file()).render(pdf_variant=VARIANT)
    return Drawn(pdf=document.write_pdf(pdf_variant=VARIANT), pages=len(document.pages))
