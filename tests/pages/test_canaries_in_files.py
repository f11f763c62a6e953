"""A3: words of a limited item, and of what is for the team alone, sought in digests, ledger files and contact lists."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import Settings

from meetings import tasks
from meetings.models import Meeting
from meetings.operations import agree_action
from membership.operations import Entered, change_details
from partnership.access import Role
from partnership.celery import app
from partnership.models import Delivery, DeliveryState, RemindersAs
from partnership.obligations import planning
from partnership.obligations.sweeping import sweep
from partnership.operations import choose_reminders
from tests.cast import NOW, TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.pages.test_canaries import CANARY, Letterbox, Secret, secret, sent
from tests.pdf_text import text_of
from tests.rights.people import standing

__all__ = ["secret"]

BOARD = "/p/isle-of-wight/main-board/"


def test_no_digest_names_it(cast: Cast, meeting: Meeting, secret: Secret) -> None:
    """Everybody has all of theirs in one message a day, for two weeks, with an ordinary action among them."""
    by = cast["coordinator"]
    for name in ("member", "chair", "scrutineer", "observer", "coordinator", "manager"):
        choose_reminders(person=cast[name], reminders_as=RemindersAs.DIGEST, by=cast[name])
    due = TODAY + timedelta(days=5)
    agree_action(board=meeting.board, text="Ordinaryaction", owner=cast["member"], due_on=due, item=None, by=by)
    sent(cast, meeting)
    box = Letterbox()
    for day in range(14):
        planning.plan(now=NOW + timedelta(days=day))
        sweep(now=NOW + timedelta(days=day), by=cast.author, transport=box)
    assert Delivery.objects.filter(in_digest=True, state=DeliveryState.SENT).exists(), "digests went out"
    for message in box.taken:
        assert not CANARY.search(message.message().as_string()), message.subject
        assert len(message.recipients()) == 1


@pytest.mark.parametrize("who", ["manager", "chair", "scrutineer", "vice-chair", "coordinator"])
def test_no_file_of_the_ledger_names_it(
    cast: Cast, meeting: Meeting, secret: Secret, signed_in: SignedIn, who: str
) -> None:
    standing(cast, "vice-chair", Role.VICE_CHAIR)
    sent(cast, meeting)
    client = signed_in(who)
    text = client.get(f"{BOARD}ledger/2027/file/csv/").content.decode()
    book = client.get(f"{BOARD}ledger/2027/file/xlsx/").content
    lines = [[str(cell) for cell in row] for row in csv.reader(StringIO(text))]
    cells = cells_of(book)
    assert "Agenda and papers" in cells
    assert any("Agenda and papers" in row for row in lines), "the search would find what is there"
    for cell in (*cells, *(cell for row in lines for cell in row)):
        assert not CANARY.search(cell)


def cells_of(book: bytes) -> list[str]:
    """Every text of every sheet, shown or hidden, with its comments and properties."""
    opened = load_workbook(BytesIO(book))
    said = [str(opened.properties.title), str(opened.properties.creator), str(opened.properties.description)]
    for sheet in opened.worksheets:
        said += [sheet.title]
        for row in sheet.iter_rows():
            said += [str(cell.value) for cell in row if cell.value is not None]
            said += [cell.comment.text for cell in row if cell.comment]
    return said


@pytest.fixture
def reached(cast: Cast, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the member says of themselves: a number for the list, an address and a need for the team alone."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(app, "send_task", lambda *_, **__: None)
    details = Entered(telephone="Zebranumber", postal_address="Zebrapostal", access_needs="Zebraneed")
    change_details(partnership=cast.partnership, person=cast["member"], entered=details, seen=0, by=cast["member"])


def contacts_in(client: Client) -> tuple[str, str, str]:
    """The list as PDF, as CSV and as a workbook."""
    address = str(client.post(f"{BOARD}contacts/pdf/")["Location"])
    tasks.make_waiting_documents()
    pdf = text_of(client.get(address + "file/").getvalue())
    text = client.get(f"{BOARD}contacts/file/csv/").content.decode()
    return str(pdf), text, " ".join(cells_of(client.get(f"{BOARD}contacts/file/xlsx/").content))


@pytest.mark.usefixtures("reached", "secret")
@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("deputy", {"Zebranumber"}),
        ("member", {"Zebranumber"}),
        ("chair", {"Zebranumber"}),
        ("coordinator", {"Zebranumber", "Zebrapostal"}),
    ],
)
def test_a_contact_list_has_the_words_of_its_reader_alone(signed_in: SignedIn, who: str, words: set[str]) -> None:
    """What somebody needs at meetings is in no file at all, not even the team's; nor is a word of the limited item."""
    for said in contacts_in(signed_in(who)):
        assert {word for word in ("Zebranumber", "Zebrapostal") if word in said} == words
        assert len(CANARY.findall(said)) == len(words)


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize("who", ["observer", "neighbour", "outsider", "superuser", "nobody"])
def test_who_reads_no_contacts_has_no_list(cast: Cast, signed_in: SignedIn, who: str) -> None:
    client = signed_in(who)
    for path in ("contacts/", "contacts/file/csv/", "contacts/file/xlsx/"):
        assert client.get(BOARD + path).status_code == 404, path
    assert client.post(BOARD + "contacts/pdf/").status_code == 404
