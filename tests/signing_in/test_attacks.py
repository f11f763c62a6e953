"""What somebody tries from outside: planted sessions, replayed answers, other methods, other people's numbers."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from membership.operations import appoint
from partnership.models import Invitation, User
from partnership.signing_in.invitations import invite, token_of
from tests.cast import LONG_AGO, Cast
from tests.pages.conftest import SignedIn
from tests.signing_in.conftest import ADDRESS, CODE, SIGN_IN, Letters, asked_by, is_signed_in
from tests.signing_in.steps import OWN, SECOND_STEP, secret_of, shown_by_app, with_app, with_first_step

ISLAND = "/p/isle-of-wight/"


@pytest.fixture
def invitation(real: User, cast: Cast) -> Invitation:
    appoint(seat=cast.seats["probation"], person=real, starts_on=LONG_AGO, by=cast.author)
    return invite(person=real, board=cast.board, by=cast["coordinator"])


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_a_session_planted_before_is_worth_nothing_after(real: User, letters: Letters, invitation: Invitation) -> None:
    """Each step gives the browser another key: whoever knew the one before is outside."""
    victim = Client()
    victim.get("/")
    asked_by(victim, "somebody@example.org")
    planted = key_of(victim)
    victim.post(f"/invitation/{token_of(invitation.uuid)}/")
    assert is_signed_in(victim)
    assert key_of(victim) != planted
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert thief.get(OWN)["Location"].startswith(SIGN_IN)


def test_every_step_gives_another_key(real: User, letters: Letters) -> None:
    client, _ = with_app(letters, ADDRESS)
    client.post("/sign-out/")
    asked_by(client)
    asked = key_of(client)
    client.post(CODE, {"code": letters.code})
    first = key_of(client)
    client.post(SECOND_STEP, {"code": "000000"})
    letters.clear()
    assert len({asked, first}) == 2
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = first
    assert thief.get(OWN)["Location"] == SECOND_STEP, "before the second step it opens nothing"


def test_the_key_of_before_the_second_step_is_gone_after_it(real: User, letters: Letters, machine: object) -> None:
    with_app(letters, ADDRESS)
    machine.on(seconds=60)  # type: ignore[attr-defined]  # the clock of the tests
    client = with_first_step(letters, ADDRESS)
    before = key_of(client)
    client.post(SECOND_STEP, {"code": shown_by_app(secret_of(real))})
    assert client.get(OWN).status_code == 200
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    assert thief.get(OWN)["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_no_header_makes_a_post_of_a_get(name: str, invitation: Invitation) -> None:
    client = Client(headers={name: "POST"})
    client.get(f"/invitation/{token_of(invitation.uuid)}/?_method=POST")
    assert not is_signed_in(client)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example/",
        "/\\evil.example/",
        "https:evil.example",
        "https://testserver@evil.example/",
        "https://testserver.evil.example/",
        "\thttps://evil.example/",
        "javascript:alert(1)",
        "http:///evil.example/",
        "/%5cevil.example\r\nSet-Cookie: a=b",
    ],
)
def test_no_step_leads_to_another_site(wanted: str, real: User, letters: Letters) -> None:
    client = Client()
    asked_by(client, ADDRESS, next=wanted)
    answer = client.post(CODE, {"code": letters.code}, headers={"HX-Request": "true"})
    led = answer.headers.get("HX-Redirect", answer.headers.get("Location", ""))
    assert urlsplit(led).netloc == ""
    assert led.startswith("/")
    assert not led.startswith(("//", "/\\"))
    assert "a" not in answer.cookies


@pytest.mark.parametrize("host", ["evil.example", "testserver:80@evil.example", "testserver.evil.example", "a b"])
def test_no_host_is_believed(host: str, invitation: Invitation) -> None:
    client = Client(headers={"Host": host})
    for path in (f"/invitation/{token_of(invitation.uuid)}/", SIGN_IN, "/"):
        assert client.get(path).status_code == 400
    assert Client(headers={"X-Forwarded-Host": host}).get(SIGN_IN).status_code == 200


def test_one_partnerships_numbers_open_nothing_in_another(cast: Cast, signed_in: SignedIn) -> None:
    """A manager who names people and rows of another partnership in the address or in the form."""
    client, outsider = signed_in("manager"), cast["outsider"]
    board = f"{ISLAND}main-board/"
    assert not outsider.standings.filter(partnership=cast.partnership).exists()
    for path in (
        f"invitations/{outsider.pk}/send/",
        f"invitations/{outsider.pk}/withdraw/",
        f"invitations/{outsider.pk}/address/",
        f"team/accounts/{outsider.pk}/close/",
    ):
        assert client.post(board + path, {"address": "x@example.org", "reason": "x"}).status_code == 404, path
    refused = client.post(board + "team/admit/", {"who": outsider.pk, "role": "coordinator"})
    assert refused.status_code in {200, 400}
    assert not outsider.standings.filter(partnership=cast.partnership).exists()
    for path in ("copy/", "erase/"):
        answer = client.post(f"{ISLAND}personal-data/{path}", {"email": outsider.email, "erase-email": outsider.email})
        assert "has ever had a part" in answer.content.decode(), path


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "idna"])
def test_a_form_that_cannot_be_read_is_refused_and_no_fault(charset: str, real: User) -> None:
    """From outside, with the form's token asked for: the page that says so reads nothing of the form again."""
    client = Client(enforce_csrf_checks=True)
    client.get(SIGN_IN)
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert client.generic("POST", SIGN_IN, b"address=+ADw-", content_type=kind).status_code == 400
