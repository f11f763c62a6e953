"""Papers lodged with an item: what is kept of them, under which name, and what is gone when they are taken away."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from meetings.models import AgendaItem, Meeting, Paper, PaperFormat
from meetings.operations import (
    AgendaClosed,
    NotOnTheAgenda,
    PaperReasonMissing,
    cancel,
    lodge_paper,
    papers,
    publish_agenda,
    remove_item,
    withdraw_paper,
)
from meetings.operations.papers import cleaned_name
from meetings.paper_files import FileRefused
from tests.agendas import docx, item_on, paper_at_item, pdf, refused
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def kept(settings: Settings, tmp_path: Path) -> Path:
    """The folder of files of one test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(on=date(2027, 6, 16))


@pytest.fixture
def item(cast: Cast, meeting: Meeting) -> AgendaItem:
    return item_on(meeting, cast["coordinator"])


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_paper_is_kept_under_its_own_name_with_what_was_found_in_it(cast: Cast, item: AgendaItem, kept: Path) -> None:
    content = pdf(3)
    paper = lodge_paper(
        item=item, title="The report", file=ContentFile(content), original_name="Report v2.pdf", by=cast["coordinator"]
    )
    paper.refresh_from_db()
    assert (paper.title, paper.original_name, paper.format, paper.pages, paper.size) == (
        "The report",
        "Report v2.pdf",
        PaperFormat.PDF,
        3,
        len(content),
    )
    assert (paper.item, paper.uploaded_at, paper.published_in, paper.withdrawn_at) == (item, NOW, None, None)
    assert files_in(kept) == [f"papers/{paper.uuid}.pdf"]
    assert (kept / "papers" / f"{paper.uuid}.pdf").read_bytes() == content
    assert [(row.history_user, row.history_change_reason) for row in paper.history.all()] == [
        (cast["coordinator"], "Paper added")
    ]


def test_what_a_file_is_follows_from_its_content_not_its_name(cast: Cast, item: AgendaItem) -> None:
    paper = lodge_paper(
        item=item, title="Words", file=ContentFile(docx()), original_name="words.pdf", by=cast["coordinator"]
    )
    assert (paper.format, paper.original_name, paper.pages) == (PaperFormat.DOCX, "words.pdf.docx", None)


@pytest.mark.parametrize("content", [b"", b"MZ" + bytes(90), pdf(password="x")])
def test_a_refused_file_leaves_nothing(cast: Cast, item: AgendaItem, kept: Path, content: bytes) -> None:
    with pytest.raises(FileRefused):
        lodge_paper(item=item, title="Words", file=ContentFile(content), original_name="a.pdf", by=cast["coordinator"])
    assert (Paper.objects.count(), files_in(kept)) == (0, [])


def test_a_file_larger_than_the_setting_is_refused(cast: Cast, item: AgendaItem, settings: Settings) -> None:
    settings.PAPER_MEGABYTES = 1
    large = io.BytesIO(pdf() + bytes(1024 * 1024))
    with refused(FileRefused, "The selected file must be smaller than 1MB"):
        lodge_paper(
            item=item,
            title="Words",
            file=ContentFile(large.getvalue()),
            original_name="a.pdf",
            by=cast["coordinator"],
        )


def test_a_row_that_is_not_kept_leaves_no_file(
    cast: Cast, item: AgendaItem, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[list[str]] = []

    def fails(*_: object, **__: object) -> None:
        written.append(files_in(kept))
        raise DatabaseError("the disk of the database is full")

    # The file is written with the row; its history row is the last to be written.
    monkeypatch.setattr(Paper.history.model, "save", fails)
    with pytest.raises(DatabaseError):
        paper_at_item(item, cast["coordinator"])
    assert len(written[0]) == 1
    assert (Paper.objects.count(), files_in(kept)) == (0, [])


def test_a_paper_at_an_item_removed_meanwhile_leaves_no_file(cast: Cast, item: AgendaItem, kept: Path) -> None:
    again = AgendaItem.objects.get(pk=item.pk)
    remove_item(item=item, reason="", by=cast["coordinator"])
    with refused(NotOnTheAgenda, "Somebody else removed this item from the agenda."):
        paper_at_item(again, cast["coordinator"])
    assert files_in(kept) == []


def test_a_cancelled_meeting_takes_no_papers(cast: Cast, meeting: Meeting, item: AgendaItem, kept: Path) -> None:
    cancel(meeting=meeting, reason="Snow", by=cast["coordinator"])
    with refused(AgendaClosed, "This meeting was cancelled. Its agenda cannot be changed."):
        paper_at_item(item, cast["coordinator"])
    assert files_in(kept) == []


# --- taken away -------------------------------------------------------------------------------------------------------


def test_a_draft_is_deleted_with_its_file_once_that_is_certain(
    cast: Cast,
    item: AgendaItem,
    kept: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    paper = paper_at_item(item, cast["coordinator"])
    number = paper.pk
    with django_capture_on_commit_callbacks() as then:
        withdraw_paper(paper=paper, reason="", by=cast["coordinator"])
    assert not Paper.objects.exists()
    assert len(files_in(kept)) == 1, "the file is there until the transaction is"
    for callback in then:
        callback()
    assert files_in(kept) == []
    assert list(Paper.history.filter(id=number).values_list("history_change_reason", flat=True)) == [
        "Paper removed",
        "Paper added",
    ]


def test_what_was_published_is_withdrawn_and_its_file_kept(
    cast: Cast, meeting: Meeting, item: AgendaItem, kept: Path
) -> None:
    paper = paper_at_item(item, cast["coordinator"])
    publish_agenda(meeting=meeting, by=cast["coordinator"])
    withdraw_paper(paper=paper, reason=" It names a child. ", by=cast["manager"])
    paper.refresh_from_db()
    assert (paper.withdrawn_at, len(files_in(kept))) == (NOW, 1)
    assert paper.history.first().history_change_reason == "It names a child."
    assert list(Paper.objects.in_order()) == []


@pytest.mark.parametrize("reason", ["", "  "])
def test_what_was_published_is_not_withdrawn_without_a_reason(
    cast: Cast, meeting: Meeting, item: AgendaItem, reason: str
) -> None:
    paper = paper_at_item(item, cast["coordinator"])
    publish_agenda(meeting=meeting, by=cast["coordinator"])
    with refused(PaperReasonMissing, "Enter why this paper is withdrawn."):
        withdraw_paper(paper=paper, reason=reason, by=cast["manager"])
    paper.refresh_from_db()
    assert paper.withdrawn_at is None


def test_a_paper_is_taken_away_once(cast: Cast, item: AgendaItem) -> None:
    paper = paper_at_item(item, cast["coordinator"])
    again = Paper.objects.get(pk=paper.pk)
    withdraw_paper(paper=paper, reason="", by=cast["coordinator"])
    with refused(NotOnTheAgenda, "Somebody else removed this paper from the agenda."):
        withdraw_paper(paper=again, reason="", by=cast["coordinator"])


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Report v2.pdf", "Report v2.pdf"),
        ("Bericht Zoë.PDF", "Bericht Zoë.pdf"),
        ("report", "report.pdf"),
        ("report.docx", "report.docx.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\eve\\report.pdf", "report.pdf"),
        ("..", "paper.pdf"),
        ("", "paper.pdf"),
        (".pdf", "paper.pdf"),
        ('a"; filename="evil.exe', "a filename= evil.exe.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
        ("a\x00b\x1b[31m.pdf", "a b [31m.pdf"),
        ("invoice\u202efdp.exe", "invoice fdp.exe.pdf"),
        ("a\u2028b.pdf", "a b.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("con%0a.pdf", "con 0a.pdf"),
        (" . report . .pdf", "report.pdf"),
    ],
    ids=repr,
)
def test_a_name_is_made_safe_for_a_header_and_a_disk(name: str, cleaned: str) -> None:
    assert cleaned_name(name, PaperFormat.PDF) == cleaned


def test_a_cleaned_name_fits_its_column() -> None:
    longest = Paper._meta.get_field("original_name").max_length
    assert longest is not None
    assert papers.LONGEST_NAME + len(".docx") <= longest
