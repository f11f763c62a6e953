"""The demonstration's sign-in: fictional people only, in the demonstration only, and back to our own pages only."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from partnership.operations import deactivate_person, register_person
from tests.cast import Cast

SIGN_IN = "/sign-in/"
REFUSED = "Choose one of the people on this page."


@pytest.fixture
def anybody(cast: Cast, settings: Settings) -> Client:
    settings.DEMO = True
    return Client()


def is_signed_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_a_demo_person_is_let_in(anybody: Client) -> None:
    response = anybody.post(SIGN_IN, {"person": "Coordinator@example.org"})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(anybody)


@pytest.mark.parametrize(
    "person", ["", "stranger@example.org", "x" * 5000, "a\x00b", "🙂", "test-author@system.invalid"]
)
def test_nobody_else_is_let_in(anybody: Client, person: str) -> None:
    response = anybody.post(SIGN_IN, {"person": person})
    assert response.status_code == 400
    assert REFUSED in response.content.decode()
    assert not is_signed_in(anybody)


def test_a_person_who_is_real_is_not_let_in(anybody: Client, cast: Cast) -> None:
    register_person(email="real@example.org", name="Real Person", by=cast.author)
    assert anybody.post(SIGN_IN, {"person": "real@example.org"}).status_code == 400
    assert not is_signed_in(anybody)


def test_who_has_left_is_not_let_in_and_is_put_out(anybody: Client, cast: Cast) -> None:
    anybody.post(SIGN_IN, {"person": "nobody@example.org"})
    assert is_signed_in(anybody)
    deactivate_person(person=cast["nobody"], reason="Left", by=cast.author)
    assert not is_signed_in(anybody)
    assert anybody.post(SIGN_IN, {"person": "nobody@example.org"}).status_code == 400


def test_outside_the_demonstration_nobody_is_let_in(anybody: Client, settings: Settings) -> None:
    settings.DEMO = False
    response = anybody.post(SIGN_IN, {"person": "coordinator@example.org"})
    assert "Coordinator" not in response.content.decode()
    assert "demonstration" not in response.content.decode()
    assert not is_signed_in(anybody)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://example.com/", "//example.com", "///example.com", "/\\example.com", "http:example.com",
        "javascript:alert(1)",
        "\thttps://example.com", "https://testserver@example.com/", "ftp://testserver/", "",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(anybody: Client, wanted: str) -> None:
    response = anybody.post(SIGN_IN, {"person": "coordinator@example.org", "next": wanted})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_who_asked_for_a_page_gets_it(anybody: Client) -> None:
    asked = anybody.get("/p/isle-of-wight/main-board/members/")
    assert asked["Location"] == "/sign-in/?next=/p/isle-of-wight/main-board/members/"
    drawn = anybody.get(asked["Location"]).content.decode()
    assert 'name="next" value="/p/isle-of-wight/main-board/members/"' in drawn
    response = anybody.post(SIGN_IN, {"person": "member@example.org", "next": "/p/isle-of-wight/main-board/members/"})
    assert response["Location"] == "/p/isle-of-wight/main-board/members/"


def test_the_session_is_another_one_after_signing_in(anybody: Client) -> None:
    anybody.post(SIGN_IN, {"person": "member@example.org"})
    first = anybody.cookies["sessionid"].value
    anybody.post(SIGN_IN, {"person": "chair@example.org"})
    assert anybody.cookies["sessionid"].value != first


def test_signing_out_ends_the_session(anybody: Client) -> None:
    anybody.post(SIGN_IN, {"person": "member@example.org"})
    assert anybody.get("/sign-out/").status_code == 405
    assert is_signed_in(anybody)
    response = anybody.post("/sign-out/")
    assert response["Location"] == SIGN_IN
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(anybody)
