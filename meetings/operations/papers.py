"""Lodging a paper with an item, and taking it away again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files import File
from django.db import transaction

from meetings.models import AgendaItem, Paper, PaperFormat
from meetings.models.paper import stored_name
from meetings.operations.open_agendas import NotOnTheAgenda, item_on_open_agenda, open_agenda
from meetings.operations.withdrawing import reopen_unless_published
from meetings.paper_files import checked_file
from partnership import clock
from partnership.authorship import deleted, saved
from partnership.models import User
from partnership.uploads import MEGABYTE

LONGEST_NAME = 120
# What a file name may not hold on the systems that papers are saved to.
NOT_IN_NAMES = re.compile(r'[<>:"|?*;%]')


class PaperReasonMissing(Exception):
    """A published paper is withdrawn for a reason."""


def lodge_paper(*, item: AgendaItem, title: str, file: File[bytes], original_name: str, by: User) -> Paper:
    """Keep a file with an item, as a draft until it is published.

    What it is follows from its content. The file is kept only if its row is; a caller with a transaction of its own
    answers for that. Raises `paper_files.FileRefused`, AgendaClosed, NotOnTheAgenda.
    """
    found = checked_file(file, limit=settings.PAPER_MEGABYTES * MEGABYTE)
    paper = Paper(
        title=title,
        original_name=cleaned_name(original_name, found.format),
        format=found.format,
        size=found.size,
        pages=found.pages,
        sha256=found.sha256,
        uploaded_at=clock.now(),
    )
    with _file_gone_unless_kept(paper), transaction.atomic():
        paper.item = item_on_open_agenda(item)
        paper.file.save(original_name, File(file), save=False)
        return saved(paper, by=by, reason="Paper added")


@transaction.atomic
def withdraw_paper(*, paper: Paper, reason: str, by: User) -> None:
    """Take a paper away: a draft is deleted with its file, what was published is withdrawn for a reason.

    With the last of what was published, the duty to send it is open again.
    Raises PaperReasonMissing, AgendaClosed, NotOnTheAgenda.
    """
    meeting = open_agenda(paper.item.meeting_id)
    found = Paper.objects.filter(pk=paper.pk, withdrawn_at=None).first()
    if found is None:
        raise NotOnTheAgenda("Somebody else removed this paper from the agenda.")
    if found.published_in_id is not None and not reason.strip():
        raise PaperReasonMissing("Enter why this paper is withdrawn.")
    take_away(found, by=by, reason=reason.strip() or "Paper removed")
    if found.published_in_id is not None:
        reopen_unless_published(meeting=meeting, by=by)


def take_away(paper: Paper, *, by: User, reason: str) -> None:
    """Delete a draft with its file, or withdraw what was published. The meeting is held meanwhile."""
    if paper.published_in_id is None:
        stored = stored_name(paper, "")
        deleted(paper, by=by, reason=reason)
        transaction.on_commit(partial(paper.file.storage.delete, stored))
    elif paper.withdrawn_at is None:
        paper.withdrawn_at = clock.now()
        saved(paper, by=by, reason=reason, fields=["withdrawn_at"])


def cleaned_name(name: str, kind: PaperFormat) -> str:
    """A name that is safe in a header and on a disk, with the ending of what the file is.

    No folders, no control characters or other invisible ones, none that systems keep for themselves.
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    visible = "".join(
        each if unicodedata.category(each)[0] != "C" else " " for each in unicodedata.normalize("NFC", last)
    )
    plain = " ".join(NOT_IN_NAMES.sub(" ", visible).split())
    ending = f".{kind}"
    stem = plain[: -len(ending)] if plain.casefold().endswith(ending) else plain
    stem = stem.strip(" .")[:LONGEST_NAME].strip(" .")
    return f"{stem or 'paper'}{ending}"


@contextmanager
def _file_gone_unless_kept(paper: Paper) -> Iterator[None]:
    try:
        yield
    except BaseException:
        paper.file.storage.delete(stored_name(paper, ""))
        raise
