"""Sessions end: by idleness, by length, when their person leaves, and by their person's own hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from meetings.models import Meeting
from membership.models import Appointment
from membership.operations import end_appointment
from partnership.models import BrowserSession, SignInAct, SignInEvent
from partnership.signing_in.digests import session_row
from tests.cast import NOW, TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.signing_in.conftest import SIGN_IN, Letters, MachineClock
from tests.signing_in.steps import OWN, with_app

BOARD = "/p/isle-of-wight/main-board/"
REGISTER = BOARD + "meetings/2027-03-17/register/"
END = OWN + "sessions/end/"


def is_in(client: Client) -> bool:
    return client.get(BOARD).status_code == 200


@pytest.mark.parametrize(("who", "minutes"), [("coordinator", 30), ("chair", 30), ("scrutineer", 30), ("member", 120)])
def test_an_idle_session_ends(signed_in: SignedIn, machine: MachineClock, who: str, minutes: int) -> None:
    client = signed_in(who)
    machine.on(minutes=minutes - 1)
    assert is_in(client)
    machine.on(minutes=minutes)
    assert client.get(BOARD)["Location"].startswith(SIGN_IN)
    assert "nothing was done here for a while" in client.get(SIGN_IN).content.decode()
    assert SignInEvent.objects.filter(what=SignInAct.SESSION_LAPSED).count() == 1


@pytest.mark.parametrize(("who", "hours"), [("coordinator", 12), ("member", 7 * 24)])
def test_no_session_lasts_for_ever(signed_in: SignedIn, machine: MachineClock, who: str, hours: int) -> None:
    client = signed_in(who)
    machine.on(hours=hours, minutes=-1)
    used_now(client, machine)
    assert is_in(client)
    machine.on(minutes=1)
    assert not is_in(client)
    assert "as long as one may" in client.get(SIGN_IN).content.decode()


def used_now(client: Client, machine: MachineClock) -> None:
    """As if it had been used all the while."""
    session = client.session
    session["seen_at"] = machine.at.isoformat()
    session.save()


def test_the_register_of_a_meeting_may_lie_open(signed_in: SignedIn, meeting: Meeting, machine: MachineClock) -> None:
    """Its own asking every few seconds keeps no session alive."""
    client = signed_in("coordinator")
    client.get(REGISTER)
    for _ in range(10):
        machine.on(minutes=23)
        assert client.get(REGISTER + "changes/", headers={"HX-Request": "true"}).status_code in {200, 204}
    machine.on(minutes=15)
    assert client.get(REGISTER).status_code == 302


def test_any_other_page_may_not(signed_in: SignedIn, meeting: Meeting, machine: MachineClock) -> None:
    client = signed_in("coordinator")
    client.get(REGISTER)
    machine.on(minutes=2)
    client.get(BOARD)
    machine.on(minutes=31)
    assert not is_in(client)


def test_a_member_who_leaves_is_out_at_the_next_request(
    cast: Cast, signed_in: SignedIn, machine: MachineClock, settings: Settings
) -> None:
    """A6: the last day is the appointment's; the day after nothing is held, and the session ends."""
    client = signed_in("member")
    held = Appointment.objects.get(pk=cast.appointments["member"].pk)
    end_appointment(appointment=held, ends_on=TODAY, reason="Left", by=cast.author)
    assert is_in(client)
    settings.CLOCK_STOPPED_AT = NOW + timedelta(days=1)
    assert client.get(BOARD)["Location"].startswith(SIGN_IN)
    assert "your part in the partnership has ended" in client.get(SIGN_IN).content.decode()


def test_an_old_address_opens_nothing_after_signing_out(signed_in: SignedIn, machine: MachineClock) -> None:
    """A7: neither for whoever signed out, by their old cookie, nor for anybody else."""
    client = signed_in("member")
    kept = client.cookies["sessionid"].value
    response = client.post("/sign-out/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    replayed = Client()
    replayed.cookies["sessionid"] = kept
    assert not is_in(replayed)


def test_pages_are_kept_by_no_browser(signed_in: SignedIn, machine: MachineClock) -> None:
    """A12."""
    client = signed_in("member")
    for address in (OWN, SIGN_IN, "/sign-in/set-up/", "/your-sign-in/recovery-codes/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_the_page_lists_where_one_is_signed_in(signed_in: SignedIn, machine: MachineClock) -> None:
    clients = [signed_in("member") for _ in range(3)]
    signed_in("chair")
    page = clients[0].get(OWN).content.decode()
    assert page.count("(this one)") == 1
    assert page.count("Sign out there") == 2


def test_one_other_session_is_ended(signed_in: SignedIn, machine: MachineClock) -> None:
    here, there, elsewhere = (signed_in("member") for _ in range(3))
    here.post(END, {"session": session_row(there.cookies["sessionid"].value)})
    assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, True)


def test_all_others_are_ended(signed_in: SignedIn, machine: MachineClock) -> None:
    here, there, chair = signed_in("member"), signed_in("member"), signed_in("chair")
    here.post(END, {"session": "others"})
    assert (is_in(here), is_in(there), is_in(chair)) == (True, False, True)


@pytest.mark.parametrize("which", ["", "x" * 5000, "a\x00b", "🙂"])
def test_nobody_elses_session_is_ended(signed_in: SignedIn, machine: MachineClock, which: str) -> None:
    here, chair = signed_in("member"), signed_in("chair")
    here.post(END, {"session": session_row(chair.cookies["sessionid"].value)})
    assert here.post(END, {"session": which}).status_code == 302
    assert is_in(chair)


def test_the_table_of_sessions_signs_nobody_in(signed_in: SignedIn, machine: MachineClock) -> None:
    """What the browser holds is not in the database."""
    client = signed_in("member")
    key = client.cookies["sessionid"].value
    row = BrowserSession.objects.get(person__email="member@example.org")
    assert key not in {row.session_key, row.session_data}
    thief = Client()
    thief.cookies["sessionid"] = row.session_key
    assert not is_in(thief)


def test_one_reads_ones_own_log_alone(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    member, _ = with_app(letters, "member@example.org")
    chair, _ = with_app(letters, "chair@example.org", REMOTE_ADDR="192.0.2.99")
    drawn = member.get(OWN).content.decode()
    assert "A second step was set up: Code from an app" in drawn
    assert "192.0.2.99" not in drawn
    assert "192.0.2.99" in chair.get(OWN).content.decode()


def test_the_page_costs_the_same_for_many_sessions(signed_in: SignedIn, machine: MachineClock) -> None:
    client, counts = signed_in("member"), []
    for others in (0, 2):
        client.get(OWN)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(OWN).content.decode()
        assert page.count("Sign out there") == others
        counts.append(len(asked))
        for _ in range(2):
            signed_in("member")
    assert counts[0] == counts[1]
