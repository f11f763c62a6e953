"""The contact list as PDF: what its reader may read and no more, for them alone, while the list says so, for a day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from meetings import tasks
from meetings.contact_sheet import ContactsContent, UnknownContacts, contacts_content
from meetings.models import Document, DocumentKind
from meetings.operations.own_sheets import drop_old_own_sheets
from membership.operations import Entered, change_details, end_appointment
from membership.views.contacts import contact_list
from partnership import clock
from partnership.celery import app
from tests.cast import TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.pages.test_constitution_pages import main_of
from tests.pdf_text import Said, text_of

PDF = "/p/isle-of-wight/main-board/contacts/pdf/"
NUMBER, POSTAL = "01632 960 101", "1 Private Lane"


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(app, "send_task", lambda *_, **__: None)


@pytest.fixture
def reached(cast: Cast) -> None:
    """The member has said how they are reached."""
    details = Entered(post_title="Superintendent", telephone=NUMBER, postal_address=POSTAL)
    change_details(partnership=cast.partnership, person=cast["member"], entered=details, seen=0, by=cast["member"])


def made(client: Client) -> str:
    """A PDF asked for on the page and made; the address of its own page."""
    response = client.post(PDF)
    assert response.status_code == 302
    tasks.make_waiting_documents()
    return str(response["Location"])


def words_of(client: Client, path: str) -> Said:
    response = client.get(path + "file/")
    assert response.streaming
    return text_of(response.getvalue())


@pytest.mark.usefixtures("reached")
def test_it_says_what_the_readers_own_page_says(signed_in: SignedIn) -> None:
    chair, team = signed_in("chair"), signed_in("coordinator")
    paths = {client: made(client) for client in (chair, team)}
    for client, path in paths.items():
        words = words_of(client, path)
        for told in ("Superintendent", NUMBER, "member@example.org", "Contact list of the Main Board"):
            assert told in words
        page = main_of(client.get("/p/isle-of-wight/main-board/contacts/"))
        assert NUMBER in page
    assert POSTAL in words_of(team, paths[team])
    assert POSTAL not in words_of(chair, paths[chair])
    assert "Last confirmed" not in words_of(chair, paths[chair])


@pytest.mark.usefixtures("reached")
def test_a_number_taken_off_the_list_is_in_no_file_any_more(cast: Cast, signed_in: SignedIn) -> None:
    chair = signed_in("chair")
    path = made(chair)
    assert NUMBER in words_of(chair, path)
    change_details(partnership=cast.partnership, person=cast["member"], entered=Entered(), seen=1, by=cast["member"])
    assert chair.get(path + "file/").status_code == 404
    page = main_of(chair.get(path))
    assert "The contact list has changed since this PDF was asked for." in page
    assert "Ask for it again" in page
    again = made(chair)
    assert NUMBER not in words_of(chair, again)
    assert Document.objects.filter(kind=DocumentKind.CONTACTS).count() == 1, "the one before is gone"


@pytest.mark.usefixtures("reached")
def test_it_is_for_its_reader_alone(cast: Cast, signed_in: SignedIn) -> None:
    path = made(signed_in("coordinator"))
    for name in ("manager", "chair", "member", "observer", "outsider"):
        for address in (path, path + "file/"):
            assert signed_in(name).get(address).status_code == 404, name
    member = signed_in("member")
    own = made(member)
    assert "Contact list" in words_of(member, own)
    yesterday = TODAY - timedelta(days=1)
    end_appointment(appointment=cast.appointments["member"], ends_on=yesterday, reason="Left", by=cast.author)
    assert signed_in("member").get(own + "file/").status_code == 404


def test_progress_is_shown_until_it_is_ready(
    signed_in: SignedIn, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = signed_in("chair")
    with django_capture_on_commit_callbacks() as queued:
        path = client.post(PDF)["Location"]
        assert client.post(PDF)["Location"] == path, "the same list is made once"
    assert len(queued) == 1
    assert "The PDF is asked for." in main_of(client.get(path))
    assert client.get(path + "file/").status_code == 404
    assert 'hx-trigger="every 2s"' in client.get(path, headers={"HX-Request": "true"}).content.decode()
    tasks.make_waiting_documents()
    assert "The PDF is ready." in main_of(client.get(path))


def test_it_is_gone_after_a_day(
    signed_in: SignedIn, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    made(signed_in("chair"))
    kept = Document.objects.get(kind=DocumentKind.CONTACTS)
    assert (tmp_path / str(kept.file)).is_file()
    day = timedelta(days=1)
    assert drop_old_own_sheets(now=clock.now() + day - timedelta(seconds=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_old_own_sheets(now=clock.now() + day) == 1
    assert not Document.objects.exists()
    assert not (tmp_path / str(kept.file)).exists()


def test_a_document_of_a_meeting_is_not_asked_for_as_a_contact_list(cast: Cast, signed_in: SignedIn) -> None:
    meeting = cast.open_meeting()
    path = f"/p/isle-of-wight/main-board/meetings/{meeting.address}/documents/"
    assert signed_in("coordinator").post(path, {"kind": "contacts"}).status_code == 400


def test_values_go_to_json_and_back(cast: Cast) -> None:
    content = contacts_content(contact_list(cast.board, is_for_team=True), board=cast.board, today=TODAY)
    assert ContactsContent.from_json(content.to_json()) == content
    for broken in ({"format": 2}, {"format": 1}):
        with pytest.raises(UnknownContacts):
            ContactsContent.from_json(broken)
