"""A document is asked for once, made by one worker at a time, and drawn as it was promised."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from weasyprint.urls import FatalURLFetchingError

from meetings import tasks
from meetings.agenda_sheet import AgendaContent, UnknownSheet, agenda_content
from meetings.minutes import draft_minutes
from meetings.models import Document, DocumentKind, DocumentState, Meeting
from meetings.operations import documents, publish_agenda, send_minutes
from meetings.pdf import Drawn, NotAsPromised, checked, drawn, page_of
from meetings.pdf.own_files import BASE, NotOurs, path_of
from partnership import clock
from partnership.celery import app
from tests.agendas import item_on, paper_at_item
from tests.cast import TODAY, Cast
from tests.held_meetings import portsmouth_in_april
from tests.pdf_text import bookmarks, text_of


@pytest.fixture
def sent_jobs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the documents whose making was queued."""
    queued: list[int] = []
    monkeypatch.setattr(app, "send_task", lambda _, kwargs, **__: queued.append(kwargs["document_id"]))
    return queued


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.open_meeting()


def ask(cast: Cast, meeting: Meeting, **changes: Any) -> Document:
    content = draft_minutes(meeting=meeting, user=cast["coordinator"], today=TODAY).to_json() | changes
    kind = DocumentKind.MINUTES_DRAFT
    return documents.ask_for_document(meeting=meeting, kind=kind, content=content, by=cast["coordinator"])


def again(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def gone(document: Document, settings: Settings) -> None:
    """As if its worker had ended some time ago."""
    began = clock.machine_now() - timedelta(seconds=settings.DOCUMENT_LEASE + 1)
    Document.objects.filter(pk=document.pk).update(begun_at=began)


# --- asked for --------------------------------------------------------------------------------------------------------


def test_the_same_content_is_one_document(
    cast: Cast,
    meeting: Meeting,
    sent_jobs: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = ask(cast, meeting)
    tasks.make(document_id=first.pk)
    with django_capture_on_commit_callbacks(execute=True):
        second = ask(cast, meeting)
    assert (first.pk, sent_jobs, second.state) == (second.pk, [first.pk], DocumentState.READY)
    assert ask(cast, meeting, summary="Another").pk != first.pk


def test_nothing_is_queued_before_the_transaction_is_committed(
    cast: Cast, meeting: Meeting, sent_jobs: list[int]
) -> None:
    with transaction.atomic():
        ask(cast, meeting)
        assert sent_jobs == []


def test_a_broker_that_is_away_leaves_the_document_waiting_and_says_so(
    cast: Cast,
    meeting: Meeting,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(app, "send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(cast, meeting)
    assert (again(asked).state, again(asked).problem) == (DocumentState.WAITING, documents.QUEUE_AWAY)
    tasks.make_waiting_documents()
    assert again(asked).state == DocumentState.READY


def test_one_that_failed_is_asked_for_again(cast: Cast, meeting: Meeting, sent_jobs: list[int]) -> None:
    asked = ask(cast, meeting)
    claimed = documents.claim(document_id=asked.pk)
    assert claimed is not None
    documents.fail(document=claimed, problem="No.")
    asked = ask(cast, meeting)
    assert (asked.state, asked.problem, asked.attempts) == (DocumentState.WAITING, "", 0)


# --- made -------------------------------------------------------------------------------------------------------------


def test_only_one_worker_makes_it(cast: Cast, meeting: Meeting) -> None:
    asked = ask(cast, meeting)
    assert documents.claim(document_id=asked.pk) is not None
    assert documents.claim(document_id=asked.pk) is None
    assert documents.ids_to_make() == []


def test_a_worker_that_is_gone_loses_it_to_the_next(cast: Cast, meeting: Meeting, settings: Settings) -> None:
    asked = ask(cast, meeting)
    first = documents.claim(document_id=asked.pk)
    gone(asked, settings)
    assert documents.ids_to_make() == [asked.pk]
    second = documents.claim(document_id=asked.pk)
    assert first is not None
    assert second is not None
    with pytest.raises(documents.Overtaken):
        documents.store(document=first, pdf=b"%PDF-1.7", pages=1)
    documents.fail(document=first, problem="Not mine to fail.")
    documents.step(document=second, done=2)
    assert (again(asked).state, again(asked).done, again(asked).attempts) == (DocumentState.WORKING, 2, 2)


def test_after_three_tries_it_has_failed_and_says_so(cast: Cast, meeting: Meeting, settings: Settings) -> None:
    asked = ask(cast, meeting)
    for _ in range(settings.DOCUMENT_TRIES):
        assert documents.claim(document_id=asked.pk) is not None
        gone(asked, settings)
    assert documents.claim(document_id=asked.pk) is None
    assert (again(asked).state, again(asked).problem) == (DocumentState.FAILED, documents.GAVE_UP)


def test_what_an_earlier_try_left_behind_is_replaced(cast: Cast, meeting: Meeting, settings: Settings) -> None:
    asked = ask(cast, meeting)
    half = Path(settings.MEDIA_ROOT) / f"documents/{asked.uuid}.pdf"
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"%PDF half of")
    tasks.make(document_id=asked.pk)
    made = again(asked)
    assert (made.file.name, made.size) == (f"documents/{asked.uuid}.pdf", half.stat().st_size)


@pytest.mark.parametrize(
    ("error", "problem"), [(ValueError("no"), tasks.BROKEN), (SoftTimeLimitExceeded(), tasks.TOO_LONG)]
)
def test_a_drawing_that_goes_wrong_says_so(
    cast: Cast, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, error: Exception, problem: str
) -> None:
    def broken(html: str) -> Drawn:
        raise error

    monkeypatch.setattr(tasks, "drawn", broken)
    asked = ask(cast, meeting)
    tasks.make_document(document_id=asked.pk)
    assert (again(asked).state, again(asked).problem) == (DocumentState.FAILED, problem)
    assert not again(asked).file


def test_content_of_another_format_fails_and_draws_nothing(cast: Cast, meeting: Meeting) -> None:
    asked = ask(cast, meeting, format=99)
    tasks.make(document_id=asked.pk)
    assert again(asked).state == DocumentState.FAILED


# --- drawn ------------------------------------------------------------------------------------------------------------


def test_the_minutes_of_portsmouth_as_pdf(cast: Cast, settings: Settings) -> None:
    meeting = portsmouth_in_april(cast, settings)
    sent = send_minutes(meeting=meeting, by=cast["coordinator"])
    asked = documents.ask_for_document(
        meeting=meeting, kind=DocumentKind.MINUTES, content=sent.content, by=cast["coordinator"]
    )
    tasks.make(document_id=asked.pk)
    made = again(asked)
    assert (made.state, made.done, made.steps) == (DocumentState.READY, 4, 4)
    with made.file.open("rb") as file:
        pdf = file.read()
    said = text_of(pdf)
    for sentence in (
        "Minutes of the PSCP Board, Thursday 22 April 2027",
        "Quorate throughout: all 3 statutory safeguarding partners were present.",
        "You can raise a dispute with the Chair until 6 May 2027.",
        "Agreed by consent (clauses u, v, w) at 11:02am, while quorate.",
        "Publish the neglect guide",
        "Version 1, sent 22 April 2027",
        f"Page 1 of {made.pages}",
    ):
        assert sentence in said
    assert "Draft" not in said
    with pikepdf.open(BytesIO(pdf)) as read:
        assert len(read.pages) == made.pages
        assert bool(read.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in read.Root
        assert str(read.Root.Lang) == "en-GB"
        assert str(read.docinfo.Title) == "Minutes: board, 22 April 2027"
        assert read.open_metadata()["pdfuaid:part"] == "1"
        assert {"Attendance", "2. Neglect strategy", "Actions", "Next meeting"} <= set(bookmarks(read))
        links = [note for page in read.pages for note in page.get("/Annots", [])]
        assert links == []


def test_a_draft_says_so_on_every_page(cast: Cast, meeting: Meeting) -> None:
    content = draft_minutes(meeting=meeting, user=cast["coordinator"], today=TODAY)
    made = checked(drawn(page_of(DocumentKind.MINUTES_DRAFT, content.to_json())))
    said = text_of(made.pdf)
    assert said.times("main-board minutes, 17 March 2027. Draft") == made.pages
    assert "Draft: not sent" in said


def test_names_of_every_alphabet_are_drawn(cast: Cast, meeting: Meeting) -> None:
    content = draft_minutes(meeting=meeting, user=cast["coordinator"], today=TODAY).to_json()
    content["summary"] = "Łukasz Żółty, Δημήτρης, Оксана, Nguyễn."
    assert "Łukasz Żółty, Δημήτρης, Оксана, Nguyễn." in text_of(drawn(page_of(DocumentKind.MINUTES, content)).pdf)


def test_what_people_typed_is_text_and_no_markup(cast: Cast, meeting: Meeting) -> None:
    content = draft_minutes(meeting=meeting, user=cast["coordinator"], today=TODAY).to_json()
    content["summary"] = '<img src="http://example.org/x.png"> & <b>bold</b>'
    assert '<img src="http://example.org/x.png"> & <b>bold</b>' in text_of(
        drawn(page_of(DocumentKind.MINUTES, content)).pdf
    )


def test_the_agenda_shows_what_was_published_alone(cast: Cast) -> None:
    meeting, by = cast.meeting(), cast["coordinator"]
    paper_at_item(item_on(meeting, by, purpose="Say what you will do.", minutes=20, lead="Ann Lee"), by)
    assert agenda_content(meeting=meeting, user=by, today=TODAY) is None
    publish_agenda(meeting=meeting, by=by, reason="Late")
    item_on(meeting, by, title="Not yet out")
    content = agenda_content(meeting=meeting, user=by, today=TODAY)
    assert content is not None
    assert [(item.number, item.title, item.facts) for item in content.items] == [
        (1, "Deep dive on neglect", "20 minutes, Ann Lee")
    ]
    assert content.summary == "1 item, 20 minutes. For decision: item 1."
    assert content.edition == "Version 1, sent 17 March 2027"
    assert AgendaContent.from_json(content.to_json()) == content
    draft = agenda_content(meeting=meeting, user=by, today=TODAY, is_draft=True)
    assert draft is not None
    assert [item.title for item in draft.items] == ["Deep dive on neglect", "Not yet out"]
    said = text_of(checked(drawn(page_of(DocumentKind.AGENDA, content.to_json()))).pdf)
    assert "1. Deep dive on neglect Decision, 20 minutes, Ann Lee" in said
    assert "What we need from you: Say what you will do." in said
    assert "Report (PDF, 2 pages)" in said
    assert "Not yet out" not in said
    with pytest.raises(UnknownSheet):
        AgendaContent.from_json({"format": 1})


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://example.org/x.css",
        "https://static.invalid.example.org/css/paper.css",
        BASE + "../partnership/settings.py",
        BASE + "css/../../manage.py",
        BASE + "%2e%2e/%2e%2e/etc/passwd.css",
        BASE + "css/none.css",
        BASE + "images/mark.svg.py",
    ],
)
def test_a_document_draws_upon_our_static_files_alone(address: str) -> None:
    with pytest.raises(NotOurs):
        path_of(address)


def test_our_own_files_are_found() -> None:
    assert path_of(BASE + "css/paper.css").name == "paper.css"


def test_a_document_that_asks_for_anything_else_is_not_drawn() -> None:
    with pytest.raises(FatalURLFetchingError):
        drawn('<html lang="en"><title>x</title><img src="file:///etc/passwd" alt="">')


def test_a_pdf_that_lacks_what_was_promised_is_refused() -> None:
    made = pikepdf.new()
    made.add_blank_page()
    out = BytesIO()
    made.save(out)
    with pytest.raises(NotAsPromised, match="The PDF lacks tags and a language and a title"):
        checked(Drawn(out.getvalue(), 1))
    with pytest.raises(NotAsPromised, match="cannot be read"):
        checked(Drawn(b"%PDF-1.7", 1))
