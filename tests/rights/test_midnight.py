"""Rights end with the end of the last day, in London: of what was opened, asked for or queued before midnight, too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from meetings import tasks
from meetings.models import Attendance, Document, Meeting, MeetingKind, Reply
from meetings.operations import call_meeting, publish_agenda
from membership.operations import appoint, end_appointment
from partnership import access
from partnership.access import Action
from partnership.celery import app
from partnership.models import Board, Delivery, DeliveryState, RemindersAs
from partnership.obligations.sweeping import sweep
from partnership.operations import choose_reminders
from partnership.signing_in import courier
from tests.agendas import item_on, paper_at_item
from tests.cast import LONG_AGO, TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.pages.test_canaries import Letterbox
from tests.rights.people import assemble
from tests.rights.places import places_in
from tests.rights.table import lines
from tests.rights.test_every_address import asked

BOARD = "/p/isle-of-wight/main-board/"
MEETING = BOARD + "meetings/2027-03-17/"
# The last second of the last day, and the first of the next: in March London is where Greenwich is.
BEFORE, AFTER = datetime(2027, 3, 17, 23, 59, 59, tzinfo=UTC), datetime(2027, 3, 18, tzinfo=UTC)
# Last days beside the changes of the clock, and in summer: and when each is over, typed by hand.
ENDS = {
    date(2027, 3, 27): datetime(2027, 3, 28, 0, 0, tzinfo=UTC),
    date(2027, 3, 28): datetime(2027, 3, 28, 23, 0, tzinfo=UTC),
    date(2027, 6, 30): datetime(2027, 6, 30, 23, 0, tzinfo=UTC),
    date(2027, 10, 30): datetime(2027, 10, 30, 23, 0, tzinfo=UTC),
    date(2027, 10, 31): datetime(2027, 11, 1, 0, 0, tzinfo=UTC),
}
SECOND = AFTER - BEFORE


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(app, "send_task", lambda *_, **__: None)
    monkeypatch.setattr(courier, "send_soon", lambda *_: None)


@pytest.fixture
def leaver(cast: Cast, meeting: Meeting, signed_in: SignedIn, settings: Settings) -> Client:
    """The browser of the member, whose last day it is, a second before midnight."""
    client = signed_in("member")
    end_appointment(appointment=cast.appointments["member"], ends_on=TODAY, reason="Left", by=cast["coordinator"])
    settings.CLOCK_STOPPED_AT = BEFORE
    return client


def is_out(client: Client, path: str) -> bool:
    answer = client.get(path)
    answer.getvalue()
    return answer.status_code == 404 or answer.headers.get("Location", "").startswith("/sign-in/")


@pytest.mark.parametrize("last", ENDS)
def test_a_day_ends_at_midnight_in_london(cast: Cast, signed_in: SignedIn, settings: Settings, last: date) -> None:
    client, over = signed_in("member"), ENDS[last]
    end_appointment(appointment=cast.appointments["member"], ends_on=last, reason="Left", by=cast["coordinator"])
    settings.CLOCK_STOPPED_AT = over - SECOND
    assert client.get(BOARD).status_code == 200
    assert access.may(cast["member"], Action.READ, cast.board)
    settings.CLOCK_STOPPED_AT = over
    assert not access.may(cast["member"], Action.READ, cast.board)
    assert cast.board not in Board.objects.visible_to(cast["member"])
    assert is_out(client, BOARD)


def test_every_address_is_shut_to_a_session_that_was_open(
    cast: Cast, meeting: Meeting, leaver: Client, settings: Settings
) -> None:
    """The whole table, asked by a browser that was inside a second ago."""
    assemble(cast, meeting)
    places = places_in(cast, meeting)
    inside = [line for line in lines() if line.letters["an"] == "s" and line.letters["me"] == "y"]
    open_before = [line for line in inside if asked(leaver, line.method, line.at(**places)).status_code in {200, 302}]
    assert len(open_before) > 60
    settings.CLOCK_STOPPED_AT = AFTER
    wrong = []
    for line in inside:
        answer = asked(leaver, line.method, line.at(**places))
        if answer.status_code != 404 and not answer.headers.get("Location", "").startswith("/sign-in/"):
            wrong.append(f"{line.method} {line.name}: {answer.status_code}")
    assert "\n".join(wrong) == ""


def test_who_keeps_another_place_loses_this_one(
    cast: Cast, meeting: Meeting, leaver: Client, settings: Settings
) -> None:
    """Their session goes on, and nothing of the group that they left opens in it."""
    seat = cast.elsewhere.seats.get(key="probation")
    appoint(seat=seat, person=cast["member"], starts_on=LONG_AGO, by=cast.author)
    assert leaver.get(BOARD).status_code == 200
    settings.CLOCK_STOPPED_AT = AFTER
    for path in ("", "members/", "contacts/", "actions/", "meetings/2027-03-17/", "meetings/2027-03-17/register/"):
        assert leaver.get(BOARD + path).status_code == 404, path
    assert leaver.get("/p/portsmouth/board/").status_code == 200


def test_a_live_page_refreshes_and_writes_no_more(
    cast: Cast, meeting: Meeting, leaver: Client, settings: Settings
) -> None:
    assert leaver.get(MEETING + "register/").status_code == 200
    rows = list(Attendance.objects.filter(meeting=meeting).values_list("pk", "version"))
    settings.CLOCK_STOPPED_AT = AFTER
    live = leaver.get(MEETING + "register/changes/", headers={"HX-Request": "true"})
    assert live.status_code == 404 or live.headers["HX-Redirect"].startswith("/sign-in/")
    assert live.content == b"" or b"Constabulary" not in live.content
    leaver.post(MEETING + "register/", {"arrived": rows[0][0]})
    leaver.post(MEETING + "reply/", {"answer": "coming"})
    assert list(Attendance.objects.filter(meeting=meeting).values_list("pk", "version")) == rows
    assert not Reply.objects.filter(person=cast["member"]).exists()


def test_a_file_link_opens_until_midnight(cast: Cast, meeting: Meeting, leaver: Client, settings: Settings) -> None:
    paper = paper_at_item(item_on(meeting, cast["coordinator"], "Ordinary"), cast["coordinator"], "Ordinary")
    publish_agenda(meeting=meeting, by=cast["coordinator"], reason="Late.")
    link = f"{MEETING}papers/{paper.uuid}/"
    assert not is_out(leaver, link)
    settings.CLOCK_STOPPED_AT = AFTER
    assert is_out(leaver, link)


@pytest.mark.parametrize("page", [MEETING + "documents/", BOARD + "contacts/pdf/"])
def test_a_document_asked_for_before_and_made_after_is_not_handed_out(
    cast: Cast, meeting: Meeting, leaver: Client, settings: Settings, page: str
) -> None:
    item_on(meeting, cast["coordinator"], "Ordinary")
    publish_agenda(meeting=meeting, by=cast["coordinator"], reason="Late.")
    address = str(leaver.post(page, {"kind": "agenda"})["Location"])
    assert leaver.get(address).status_code == 200
    settings.CLOCK_STOPPED_AT = AFTER
    tasks.make_waiting_documents()
    assert is_out(leaver, address)
    assert is_out(leaver, address + "file/")
    assert Document.objects.get(uuid=address.rstrip("/").rpartition("/")[2]).pages, "it was made all the same"


@pytest.mark.parametrize("how", RemindersAs.values)
def test_a_message_queued_before_midnight_goes_to_nobody_after_it(
    cast: Cast, leaver: Client, settings: Settings, how: str
) -> None:
    choose_reminders(person=cast["member"], reminders_as=RemindersAs(how), by=cast["member"])
    call_meeting(
        board=cast.board,
        kind=MeetingKind.ORDINARY,
        on=date(2027, 4, 22),
        starts_at=time(10),
        ends_at=time(12, 30),
        place="County Hall",
        notice_on=TODAY,
        by=cast["coordinator"],
    )
    queued = Delivery.objects.filter(recipient=cast["member"], state=DeliveryState.PENDING)
    assert queued.exists()
    box = Letterbox()
    settings.CLOCK_STOPPED_AT = AFTER
    sweep(now=AFTER, by=cast.author, transport=box)
    to = {message.recipients()[0].rpartition("<")[2].rstrip(">") for message in box.taken}
    assert "chair@example.org" in to
    assert "member@example.org" not in to
    assert not queued.exists()
    assert Delivery.objects.filter(recipient=cast["member"], state=DeliveryState.SKIPPED_NO_ACCESS).exists()
