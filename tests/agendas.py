"""Agendas and papers that tests work on: real PDF and Word files, made on the spot, and items that carry them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf
import pytest
from django.core.files.base import ContentFile

from meetings.models import AgendaItem, ItemKind, Meeting, Paper
from meetings.operations import add_item, lodge_paper, publish_agenda
from meetings.paper_files import CONTENT_TYPES, DOCUMENT, DOCUMENT_TYPE
from partnership.models import User

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/{DOCUMENT}" ContentType="{DOCUMENT_TYPE}"/></Types>'
)
WORDS = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


@contextmanager
def refused(kind: type[Exception], sentence: str) -> Iterator[None]:
    """Whatever is done inside is refused with exactly this sentence."""
    with pytest.raises(kind) as caught:
        yield
    assert str(caught.value) == sentence


def pdf(pages: int = 1, *, password: str | None = None) -> bytes:
    """A PDF of so many empty pages; with a password (it may be empty), an encrypted one."""
    made, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page()
    made.save(out, encryption=False if password is None else pikepdf.Encryption(user=password, owner="owner"))
    return out.getvalue()


def docx(parts: Mapping[str, str | bytes] | None = None, *, types: str = TYPES, words: str | bytes = WORDS) -> bytes:
    """A Word document, with further parts of the package where given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in ({CONTENT_TYPES: types, DOCUMENT: words} | dict(parts or {})).items():
            package.writestr(name, content)
    return out.getvalue()


def item_on(meeting: Meeting, by: User, title: str = "Deep dive on neglect", **words: object) -> AgendaItem:
    """A draft item at the end of the agenda."""
    return add_item(meeting=meeting, title=title, kind=ItemKind.DECISION, by=by, **words)  # type: ignore[arg-type]


def paper_at_item(item: AgendaItem, by: User, title: str = "Report", content: bytes | None = None) -> Paper:
    """A draft paper: a PDF of two pages unless told otherwise."""
    file = ContentFile(pdf(2) if content is None else content)
    return lodge_paper(item=item, title=title, file=file, original_name=f"{title}.pdf", by=by)


@dataclass(frozen=True, slots=True)
class SentAndDrafted:
    """One item with its paper that everybody may read, and one that is a draft with its own."""

    sent_item: AgendaItem
    sent_paper: Paper
    draft_item: AgendaItem
    draft_paper: Paper


def published_then_drafted(meeting: Meeting, by: User) -> SentAndDrafted:
    """An agenda that was published, with something added since."""
    sent = item_on(meeting, by, "Annual report")
    paper = paper_at_item(sent, by, "The report")
    publish_agenda(meeting=meeting, by=by, reason="The figures came late.")
    draft = item_on(meeting, by, "School transport")
    draft_paper = paper_at_item(draft, by, "Transport")
    sent.refresh_from_db()
    paper.refresh_from_db()
    return SentAndDrafted(sent, paper, draft, draft_paper)
