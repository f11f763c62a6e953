"""Papers on their pages: sent in, handed out after a check, withdrawn; and what hostile files and names come to."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from meetings import paper_files
from meetings.models import AgendaItem, Meeting, Paper
from meetings.operations import cancel, lodge_paper, publish_agenda, remove_item, withdraw_paper
from partnership.uploads import BoundedUpload
from tests.agendas import docx, item_on, paper_at_item, pdf, published_then_drafted
from tests.cast import Cast
from tests.pages.agendas import AGENDA, NUL, PAPERS, nothing_changed, source, text
from tests.pages.conftest import SignedIn

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def item(cast: Cast, later: Meeting) -> AgendaItem:
    return item_on(later, cast["coordinator"], "Deep dive")


def send(client: Client, item: AgendaItem, content: bytes, name: str = "report.pdf", **form: str) -> Any:
    sent = {"title": "The report", "file": SimpleUploadedFile(name, content)} | form
    return client.post(f"{AGENDA}items/{item.pk}/papers/", sent)


def body(response: HttpResponseBase) -> bytes:
    return response.getvalue()


# --- sent in ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "facts"), [(pdf(8), "PDF, 8 pages, 2KB"), (docx(), "Word, ")])
def test_a_paper_is_added_to_its_item(item: AgendaItem, signed_in: SignedIn, content: bytes, facts: str) -> None:
    client = signed_in("coordinator")
    assert "PDF or Word (DOCX), smaller than 25MB." in text(client.get(f"{AGENDA}items/{item.pk}/papers/"))
    response = send(client, item, content)
    assert response.status_code == 302
    said = text(client.get(AGENDA))
    assert "“The report” is added to “Deep dive”." in said
    assert f"The report ({facts}" in said


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90\x00" + bytes(300), "report.pdf", "The selected file must be a PDF or DOCX"),
        (b"<html><script>alert(1)</script>", "report.pdf", "The selected file must be a PDF or DOCX"),
        (b"#!/bin/sh\n" + pdf(), "report.pdf", "The selected file must be a PDF or DOCX"),
        (b"junk" + docx(), "report.docx", "The selected file must be a PDF or DOCX"),
        (docx({"word/vbaProject.bin": b"macro"}), "report.docx", "The selected file must be a PDF or DOCX"),
        (pdf(password="secret"), "report.pdf", "The selected file is password protected"),
        (b"", "report.pdf", "The selected file is empty"),
        (b"MZ", "../../" + "x" * 300 + "\r\nSet-Cookie: a=b.pdf", "The selected file must be a PDF or DOCX"),
    ],
    ids=["exe", "html", "script before", "junk before", "macros", "password", "empty", "name"],
)
def test_a_file_that_may_not_go_out_is_refused_and_the_title_kept(
    item: AgendaItem, signed_in: SignedIn, files: Path, content: bytes, name: str, sentence: str
) -> None:
    with nothing_changed():
        response = send(signed_in("coordinator"), item, content, name)
    assert response.status_code == 400
    assert text(response).count(sentence) == 2, "in the summary and at the field"
    assert 'value="The report"' in source(response)
    assert "<title>Error: " in source(response)
    assert not any(files.rglob("*.*"))


def test_a_zip_bomb_is_refused(item: AgendaItem, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_files, "MOST_BYTES_UNPACKED", 1_000_000)
    with nothing_changed():
        response = send(signed_in("coordinator"), item, docx(words=bytes(5_000_000)), "report.docx")
    assert response.status_code == 400
    assert text(response).count("The selected file must be a PDF or DOCX") == 2


def test_a_form_without_a_file_or_a_title_says_so(item: AgendaItem, signed_in: SignedIn) -> None:
    address = f"{AGENDA}items/{item.pk}/papers/"
    with nothing_changed():
        response = signed_in("coordinator").post(address, {"title": "", "file": "not a file"})
    assert response.status_code == 400
    assert [text(response).count(sentence) for sentence in ("Enter a title.", "Select a file.")] == [2, 2]


@pytest.mark.parametrize("title", [NUL, "x" * 201])
def test_a_title_that_does_not_fit_is_refused(item: AgendaItem, signed_in: SignedIn, files: Path, title: str) -> None:
    with nothing_changed():
        response = send(signed_in("coordinator"), item, pdf(), title=title)
    assert response.status_code == 400
    assert not any(files.rglob("*.*"))


def test_a_file_larger_than_the_setting_is_refused_and_not_kept_while_it_comes(
    item: AgendaItem, signed_in: SignedIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAPER_MEGABYTES = 3
    kept: list[int] = []
    writing = TemporaryUploadedFile.close

    def closing(file: Any) -> None:
        kept.append(file.size)
        writing(file)

    monkeypatch.setattr(TemporaryUploadedFile, "close", closing)
    with nothing_changed():
        response = send(signed_in("coordinator"), item, pdf() + bytes(9 * 1024 * 1024))
    assert text(response).count("The selected file must be smaller than 3MB") == 2
    assert kept
    assert max(kept) <= 3 * 1024 * 1024 + BoundedUpload.chunk_size


def test_a_paper_for_a_cancelled_meeting_is_refused(
    cast: Cast, later: Meeting, item: AgendaItem, signed_in: SignedIn, files: Path
) -> None:
    cancel(meeting=later, reason="Snow", by=cast["coordinator"])
    with nothing_changed():
        response = send(signed_in("coordinator"), item, pdf())
    assert response.status_code == 400
    assert "This meeting was cancelled. Its agenda cannot be changed." in text(response)
    assert not any(files.rglob("*.*"))


# --- handed out -------------------------------------------------------------------------------------------------------


def test_a_pdf_is_shown_in_the_browser_and_kept_nowhere(cast: Cast, item: AgendaItem, signed_in: SignedIn) -> None:
    content = pdf(2)
    paper = paper_at_item(item, cast["coordinator"], "The report", content)
    response = signed_in("coordinator").get(f"{PAPERS}{paper.uuid}/")
    assert body(response) == content
    assert {name: response[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'inline; filename="The report.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert response["Content-Length"] == str(len(content))


def test_a_word_document_is_saved_under_its_own_name(cast: Cast, item: AgendaItem, signed_in: SignedIn) -> None:
    content = docx()
    paper = lodge_paper(
        item=item,
        title="Zoë",
        file=ContentFile(content),
        original_name='Zoë"\r\nX: y.docx',
        by=cast["coordinator"],
    )
    response = signed_in("coordinator").get(f"{PAPERS}{paper.uuid}/")
    assert body(response) == content
    assert response["Content-Type"] == WORD
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Zo%C3%AB%20X%20y.docx"
    assert "X" not in response.headers


@pytest.mark.parametrize(
    ("who", "sent", "draft"),
    [
        ("anonymous", 302, 302),
        ("nobody", 404, 404),
        ("outsider", 404, 404),
        ("neighbour", 404, 404),
        ("observer", 200, 404),
        ("member", 200, 404),
        ("deputy", 200, 404),
        ("chair", 200, 200),
        ("scrutineer", 200, 200),
        ("coordinator", 200, 200),
        ("manager", 200, 200),
    ],
)
def test_who_is_handed_a_published_paper_and_who_a_draft(
    cast: Cast, later: Meeting, signed_in: SignedIn, who: str, sent: int, draft: int
) -> None:
    made = published_then_drafted(later, cast["coordinator"])
    client = signed_in(who)
    for paper, expected in ((made.sent_paper, sent), (made.draft_paper, draft)):
        response = client.get(f"{PAPERS}{paper.uuid}/")
        body(response)
        assert response.status_code == expected


def test_a_draft_at_a_published_item_is_not_handed_to_members(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    made = published_then_drafted(later, cast["coordinator"])
    paper = paper_at_item(made.sent_item, cast["coordinator"], "Annex")
    assert signed_in("member").get(f"{PAPERS}{paper.uuid}/").status_code == 404
    publish_agenda(meeting=later, by=cast["coordinator"])
    response = signed_in("member").get(f"{PAPERS}{paper.uuid}/")
    assert (response.status_code, len(body(response)) > 0) == (200, True)


def test_a_paper_is_found_at_its_own_meeting_and_board_alone(
    cast: Cast, meeting: Meeting, later: Meeting, far: Meeting, signed_in: SignedIn
) -> None:
    made = published_then_drafted(later, cast["coordinator"])
    client = signed_in("coordinator")
    elsewhere = f"/p/isle-of-wight/main-board/meetings/{meeting.address}/papers/{made.sent_paper.uuid}/"
    assert client.get(elsewhere).status_code == 404
    assert client.get(elsewhere + "withdraw/").status_code == 404
    abroad = f"/p/portsmouth/board/meetings/{far.address}/papers/{made.sent_paper.uuid}/"
    assert signed_in("outsider").get(abroad).status_code == 404
    assert client.get(f"{PAPERS}{'0' * 8}-0000-0000-0000-{'0' * 12}/").status_code == 404


def test_a_withdrawn_paper_says_so_to_who_could_read_it(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    made = published_then_drafted(later, cast["coordinator"])
    withdraw_paper(paper=made.sent_paper, reason="It names a child", by=cast["coordinator"])
    response = signed_in("member").get(f"{PAPERS}{made.sent_paper.uuid}/")
    assert response.status_code == 410
    assert "This paper was withdrawn on 17 March 2027." in text(response)
    assert "It names a child" not in text(response)
    assert signed_in("outsider").get(f"{PAPERS}{made.sent_paper.uuid}/").status_code == 404


def test_the_papers_of_a_withdrawn_item_are_not_handed_out(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    made = published_then_drafted(later, cast["coordinator"])
    remove_item(item=made.sent_item, reason="Not yet", by=cast["coordinator"])
    assert signed_in("member").get(f"{PAPERS}{made.sent_paper.uuid}/").status_code == 410


def test_a_file_that_is_gone_is_a_page_and_a_line_in_the_log(
    cast: Cast, item: AgendaItem, signed_in: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    paper = paper_at_item(item, cast["coordinator"], "The report")
    Path(paper.file.path).unlink()
    with caplog.at_level(logging.ERROR, logger="meetings.views.papers"):
        response = signed_in("coordinator").get(f"{PAPERS}{paper.uuid}/")
    assert response.status_code == 404
    assert "The report The file of this paper cannot be found. The partnership team can send it again." in text(
        response
    )
    assert [record.getMessage() for record in caplog.records if record.name == "meetings.views.papers"] == [
        f"The file of paper {paper.uuid} is missing."
    ]


# --- withdrawn --------------------------------------------------------------------------------------------------------


def test_a_draft_is_removed_after_a_check(cast: Cast, item: AgendaItem, signed_in: SignedIn) -> None:
    paper = paper_at_item(item, cast["coordinator"], "The report")
    client, address = signed_in("coordinator"), f"{PAPERS}{paper.uuid}/withdraw/"
    said = text(client.get(address))
    assert "Deep dive Remove “The report”? It was not published. It is deleted." in said
    assert "Reason" not in said
    assert "“The report” is no longer with “Deep dive”." in text(client.post(address, follow=True))
    assert not Paper.objects.exists()


def test_a_published_paper_is_withdrawn_with_a_reason(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    made = published_then_drafted(later, cast["coordinator"])
    client, address = signed_in("coordinator"), f"{PAPERS}{made.sent_paper.uuid}/withdraw/"
    assert "Withdraw “The report”?" in text(client.get(address))
    with nothing_changed():
        response = client.post(address, {"reason": ""})
    assert response.status_code == 400
    assert text(response).count("Enter why this paper is withdrawn.") == 2
    assert client.post(address, {"reason": "It names a child"}).status_code == 302
    response = client.post(address, {"reason": "Again"})
    assert response.status_code == 400
    assert "Somebody else removed this paper from the agenda." in text(response)
