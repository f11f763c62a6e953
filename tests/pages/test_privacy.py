"""What pages keep to themselves, and what browsers are told."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import get_resolver

from meetings.models import Attendance, AttendsAs, Meeting, Recorded
from meetings.operations import RowEntry, add_guest, record_attendance
from partnership.models import User
from partnership.views import mail_events, stopping
from tests.cast import Cast
from tests.pages.conftest import SignedIn
from tests.rights.places import places_in
from tests.rights.table import lines

REGISTER = "/p/isle-of-wight/main-board/meetings/2027-03-17/register/"
REASON = "At a funeral in Ventnor"
INERT = "<script>alert('Eve')</script>"

# Programs ask these, which have no token to show: each goes by a secret of its own.
BY_A_SECRET = {"stop", "mail_events"}


@pytest.fixture
def apologies(cast: Cast, meeting: Meeting) -> Attendance:
    """The Constabulary sent apologies and said why."""
    row = meeting.attendances.get(seat__key="constabulary")
    entry = RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.APOLOGIES, reason=REASON)
    (written,) = record_attendance(meeting=meeting, rows=[entry], by=cast["coordinator"])
    return written


@pytest.mark.parametrize(
    ("who", "reads"),
    [("coordinator", True), ("manager", True), ("observer", False), ("scrutineer", False)],
)
@pytest.mark.parametrize("page", ["", "history/"])
def test_the_reason_of_an_apology_is_for_few(
    signed_in: SignedIn, apologies: Attendance, page: str, who: str, *, reads: bool
) -> None:
    drawn = signed_in(who).get(REGISTER + page).content.decode()
    assert (REASON in drawn) is reads
    assert "pologies" in drawn, "that there were apologies is for everybody there"


def test_a_name_is_text_wherever_it_is_drawn(cast: Cast, signed_in: SignedIn, meeting: Meeting) -> None:
    add_guest(meeting=meeting, attends_as=AttendsAs.GUEST, name=INERT, by=cast["coordinator"])
    cast.seat(INERT, "hmp")
    board = "/p/isle-of-wight/main-board/"
    for address in (REGISTER, REGISTER + "history/", REGISTER + "close/", board + "members/", "/"):
        drawn = signed_in("coordinator").get(address).content.decode().lower()
        assert "<script>alert" not in drawn, address
    assert "&lt;script&gt;alert" in signed_in("coordinator").get(REGISTER).content.decode().lower()


def test_getting_a_page_changes_nothing(cast: Cast, signed_in: SignedIn, meeting: Meeting) -> None:
    places = places_in(cast, meeting)
    client = signed_in("coordinator")

    def everything() -> list[object]:
        rows = [
            model.objects.count() for model in (Meeting.history.model, Attendance.history.model, User.history.model)
        ]
        return [list(Meeting.objects.values()), list(Attendance.objects.values()), rows, Session.objects.count()]

    before = everything()
    for line in (line for line in lines("get") if line.letters["co"] == "y"):
        asked = f"{line.at(**places)}{'&' if '?' in line.path else '?'}leaving=1&save=save"
        response = client.get(asked)
        response.getvalue()  # what is streamed is read to its end, and closed
        assert response.status_code in {200, 302}, line.name
    assert everything() == before


def test_a_form_without_its_token_is_refused_in_plain_words(cast: Cast, meeting: Meeting) -> None:
    """A10: on every address that takes a form."""
    places = places_in(cast, meeting)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["coordinator"])
    for line in (line for line in lines("post") if line.name not in BY_A_SECRET):
        response = client.post(line.at(**places))
        assert response.status_code == 403, line.name
        assert "Your form was not sent" in response.content.decode(), line.name


def test_signing_in_asks_for_the_token_too(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"person": "chair@example.org"})
    assert response.status_code == 403


def test_no_view_is_exempt_from_the_token() -> None:
    def views(resolver: object) -> list[object]:
        found: list[object] = []
        for pattern in resolver.url_patterns:  # type: ignore[attr-defined]  # a resolver or a pattern
            found += views(pattern) if hasattr(pattern, "url_patterns") else [pattern.callback]
        return found

    # A mail program's one press comes without a page before it (RFC 8058); it goes by its address alone.
    exempt = [view for view in views(get_resolver()) if getattr(view, "csrf_exempt", False)]
    assert exempt == [stopping.stop, mail_events.mail_events]


@pytest.mark.parametrize("address", ["/", REGISTER, REGISTER + "history/", "/sign-in/", "/p/nowhere/", "/no-such-page"])
@pytest.mark.parametrize("who", ["coordinator", "anonymous"])
def test_browsers_are_told_to_keep_nothing_and_run_nothing_foreign(
    signed_in: SignedIn, meeting: Meeting, address: str, who: str
) -> None:
    headers = signed_in(who).get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert not re.search(r"unsafe|http:|https:|\*", policy)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "same-origin"


def test_no_page_carries_script_or_style_of_its_own(signed_in: SignedIn, meeting: Meeting) -> None:
    for address in (REGISTER, "/", "/p/isle-of-wight/main-board/constitution/", "/p/isle-of-wight/agencies/"):
        drawn = signed_in("coordinator").get(address).content.decode()
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|javascript:", drawn), address


def test_a_part_of_a_page_that_needs_signing_in_takes_the_whole_page_there(meeting: Meeting) -> None:
    response = Client().post(REGISTER, headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert response["HX-Redirect"] == f"/sign-in/?next={REGISTER}"


def test_a_fault_shows_a_plain_page_and_asks_no_database(
    cast: Cast, signed_in: SignedIn, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault nobody foresaw")

    client = signed_in("coordinator")
    client.raise_request_exception = False
    monkeypatch.setattr("meetings.views.registers.register_page", broken)
    response = client.get(REGISTER)
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()
    assert "foresaw" not in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
