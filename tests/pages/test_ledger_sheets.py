"""The ledger narrowed by duty, meeting and state, and as PDF: tagged, made by the worker, for whoever asked for it."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from meetings import tasks
from meetings.ledger_sheet import LedgerContent, UnknownLedger
from meetings.models import Document
from meetings.operations import agree_action, limit_to_readers
from meetings.operations.own_sheets import drop_old_own_sheets
from partnership import clock
from partnership.celery import app
from partnership.models import Obligation
from partnership.obligations.features import plan_board
from partnership.obligations.operations import meet_obligation
from tests.agendas import item_on
from tests.cast import TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.pdf_text import Said, text_of

LEDGER = "/p/isle-of-wight/main-board/ledger/"
PDF = f"{LEDGER}2027/pdf/"
APRIL, JUNE = date(2027, 4, 22), date(2027, 6, 16)
CANARY = "Quetzalcoatl"


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(app, "send_task", lambda *_, **__: None)


@pytest.fixture
def year(cast: Cast) -> Cast:
    """Papers and minutes of two meetings, those of April done early; quarters; an action that is overdue."""
    meeting = cast.meeting(on=APRIL)
    cast.meeting(on=JUNE)
    meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="Agenda, version 1", by=cast["coordinator"])
    plan_board(board=cast.board, by=cast.author)
    agree_action(
        board=cast.board,
        text="Review it",
        owner=cast["member"],
        agreed_on=date(2027, 3, 1),
        due_on=date(2027, 3, 3),
        by=cast["coordinator"],
    )
    return cast


def lines(client: Client, query: str = "") -> list[str]:
    return client.get(f"{LEDGER}2027/file/csv/{query}").content.decode().splitlines()[1:]


def made(client: Client, **narrowed: str) -> str:
    """A PDF asked for on the page and made; the address of its own page."""
    response = client.post(PDF, narrowed)
    assert response.status_code == 302
    tasks.make_waiting_documents()
    return str(response["Location"])


def pdf_of(client: Client, path: str) -> bytes:
    response = client.get(path + "file/")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return response.getvalue()


# --- narrowed ---------------------------------------------------------------------------------------------------------


def test_by_duty_by_meeting_and_by_state_at_once(year: Cast, signed_in: SignedIn) -> None:
    client = signed_in("manager")
    assert len([line for line in lines(client, "?duty=papers") if "Agenda and papers" in line]) == 2
    assert len(lines(client, "?duty=papers")) == 2
    assert len(lines(client, "?meeting=2027-04-22")) == 2
    (only,) = lines(client, "?duty=papers&meeting=2027-04-22&state=done")
    assert "Agenda, version 1" in only
    assert lines(client, "?duty=papers&meeting=2027-04-22&state=open") == []
    assert len(lines(client, "?duty=nonsense&meeting=2027-13-99&state=")) == len(lines(client))


def test_what_is_each_members_own_is_narrowed_by_its_duty(year: Cast, signed_in: SignedIn) -> None:
    client = signed_in("manager")
    (only,) = lines(client, "?duty=action-done")
    assert "1 person or action" in only
    assert not any("person or action" in line for line in lines(client, "?meeting=2027-04-22"))


def test_the_page_keeps_what_was_chosen_and_hands_it_to_files_and_pdf(year: Cast, signed_in: SignedIn) -> None:
    text = signed_in("chair").get(f"{LEDGER}2027/?duty=papers&meeting=2027-06-16&state=open").content.decode()
    assert '<option value="papers" selected>Agenda and supporting papers sent to members</option>' in text
    assert '<option value="2027-06-16" selected>16 June 2027</option>' in text
    assert "/file/csv/?state=open&amp;duty=papers&amp;meeting=2027-06-16" in text
    assert '<input type="hidden" name="meeting" value="2027-06-16">' in text
    assert "?state=late&amp;duty=papers&amp;meeting=2027-06-16" in text


def test_narrowed_it_asks_no_more_often(
    year: Cast, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in("manager")
    client.get(LEDGER)
    with django_assert_max_num_queries(26) as whole:
        client.get(LEDGER)
    for day in (3, 4, 5):
        year.meeting(on=date(2027, 6, day))
    with django_assert_max_num_queries(26) as narrowed:
        client.get(f"{LEDGER}?duty=papers&state=open&meeting=2027-06-03")
    assert len(whole) == len(narrowed)


# --- the PDF ----------------------------------------------------------------------------------------------------------


def test_it_is_tagged_titled_and_says_what_the_page_says(year: Cast, signed_in: SignedIn) -> None:
    client = signed_in("chair")
    pdf = pdf_of(client, made(client))
    with pikepdf.open(BytesIO(pdf)) as read:
        assert read.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in read.Root
        assert str(read.Root.Lang).startswith("en")
        assert str(read.docinfo["/Title"]) == "Ledger of duties 2027: main-board, 17 March 2027"
    words = text_of(pdf)
    for told in ("Ledger of duties 2027 of the Main Board", "Agenda, version 1", "Done on time", "Action carried out"):
        assert told in words, told
    assert "Review it" not in words


def test_it_is_narrowed_as_the_page_was_and_says_to_what(year: Cast, signed_in: SignedIn) -> None:
    client = signed_in("scrutineer")
    words: Said = text_of(pdf_of(client, made(client, duty="papers", meeting="2027-06-16", state="open")))
    assert "Only: not done yet, Agenda and supporting papers sent to members, meeting of 16 June 2027." in words
    assert "Agenda, version 1" not in words


def test_it_is_its_readers_alone_while_they_may_take_the_ledger_away(year: Cast, signed_in: SignedIn) -> None:
    path = made(signed_in("chair"))
    assert signed_in("manager").get(path).status_code == 404
    assert signed_in("manager").get(f"{path}file/").status_code == 404
    assert signed_in("member").post(PDF).status_code == 403
    assert "PDF of the ledger of duties" in signed_in("chair").get(path).content.decode()
    cast_chair = year["chair"].standings.all()
    type(cast_chair[0]).objects.filter(person=year["chair"]).update(until=TODAY)
    assert signed_in("chair").get(f"{path}file/").status_code == 404


def test_it_is_gone_after_a_day(year: Cast, signed_in: SignedIn) -> None:
    made(signed_in("chair"))
    assert drop_old_own_sheets(now=clock.now() + timedelta(hours=25)) == 1
    assert not Document.objects.filter(kind="ledger").exists()


def test_a_format_that_this_version_does_not_read_is_refused() -> None:
    for values in ({"format": 99}, {"format": 1, "heading": {}}):
        with pytest.raises(UnknownLedger):
            LedgerContent.from_json(values)


# --- what a reader may not know ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["chair", "manager", "scrutineer"])
def test_what_is_limited_to_others_is_in_no_file(cast: Cast, signed_in: SignedIn, name: str) -> None:
    """An item limited to the member, its decision and its action: not its words, and no address of it."""
    meeting = cast.open_meeting()
    limited = item_on(meeting, cast["coordinator"], CANARY)
    agree_action(
        board=cast.board, item=limited, text=CANARY, owner=cast["member"], due_on=APRIL, by=cast["coordinator"]
    )
    limit_to_readers(
        matter=limited, reason=f"About {CANARY}", readers=[cast["member"]], ends_on=APRIL, by=cast["coordinator"]
    )
    plan_board(board=cast.board, by=cast.author)
    assert Obligation.objects.filter(duty="action-done").exists()
    client = signed_in(name)
    pages = [client.get(LEDGER).content, client.get(f"{LEDGER}2027/file/csv/").content]
    book = load_workbook(BytesIO(client.get(f"{LEDGER}2027/file/xlsx/").content))
    cells = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    words = text_of(pdf_of(client, made(client)))
    assert CANARY.encode() not in b"".join(pages)
    assert CANARY not in cells
    assert CANARY not in words
