"""How often codes may be asked for and entered, by account and by true address, without shutting anybody out."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.utils.html import strip_tags
from pytest_django import Settings

from partnership.models import EventWritten, SignInAct, SignInEvent, User
from partnership.signing_in.client import client_address, device_of, network_of
from tests.cast import Cast
from tests.signing_in.conftest import ADDRESS, CODE, Letters, MachineClock, asked_by, is_signed_in

HERE, THERE = "192.0.2.1", "198.51.100.9"


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def enter(client: Client, code: str) -> str:
    return client.post(CODE, {"code": code}).content.decode()


def test_an_account_gets_five_codes_an_hour(real: User, letters: Letters, machine: MachineClock) -> None:
    """A8: from whatever addresses they are asked for; the page says the same to the sixth."""
    for number in range(6):
        asked_by(at(f"192.0.2.{number}"))
        machine.on(minutes=10)
    assert (len(letters), letters.sent) == (6, 5)
    assert SignInEvent.objects.filter(what=SignInAct.CODE_LIMITED, person=real).count() == 1
    machine.on(minutes=1)
    asked_by(at(HERE))
    assert letters.sent == 6, "the first is an hour old"


def test_an_address_gets_twenty_codes_an_hour(real: User, letters: Letters) -> None:
    """A8: whosever they are, and whether they are anybody's."""
    for number in range(20):
        asked_by(at(HERE), f"unknown-{number}@example.org")
    asked_by(at(HERE))
    assert letters.sent == 0
    asked_by(at(THERE))
    assert letters.sent == 1


def test_three_codes_may_wait_unanswered(real: User, letters: Letters, machine: MachineClock) -> None:
    browsers = [at(HERE) for _ in range(4)]
    for browser in browsers:
        asked_by(browser)
    assert letters.sent == 3
    machine.on(minutes=11)
    asked_by(browsers[3])
    assert letters.sent == 4, "none waits any more"


def test_a_limited_account_answers_as_any_other(real: User, letters: Letters) -> None:
    """A8: the limit is not told either, and no code opens where none was sent."""
    for _ in range(3):
        asked_by(at(THERE))
    limited, free = at(HERE), at(HERE)
    asked_by(limited)
    asked_by(free, "unknown@example.org")
    said = [strip_tags(enter(one, "B" * 8)).split() for one in (limited, free)]
    assert [word for word in said[0] if word != ADDRESS] == [word for word in said[1] if word != "unknown@example.org"]
    assert "You can try 2 times more" in " ".join(said[0])


def test_strangers_cannot_shut_a_person_out_of_their_own_browser(
    real: User, letters: Letters, machine: MachineClock
) -> None:
    """A8: what strangers ask for in the chair's name does not use up what the chair's own browser may ask for."""
    own = at(HERE)
    asked_by(own)
    enter(own, letters.code)
    own.post("/sign-out/")
    for number in range(8):
        asked_by(at(f"203.0.113.{number}"))
    sent = letters.sent
    asked_by(own)
    assert letters.sent == sent + 1
    enter(own, letters.code)
    assert is_signed_in(own)


def test_the_own_browser_has_a_limit_too(real: User, letters: Letters) -> None:
    own = at(HERE)
    asked_by(own)
    enter(own, letters.code)
    own.post("/sign-out/")
    for _ in range(6):
        asked_by(own)
    assert letters.sent == 1 + 5


def test_a_browser_is_not_known_by_a_token_that_somebody_else_put_there(real: User, letters: Letters) -> None:
    """A9: a cookie planted before the sign-in is replaced, so that nobody else knows what is in it after."""
    client = at(HERE)
    client.cookies["quorate_browser"] = "planted"
    asked_by(client)
    enter(client, letters.code)
    assert client.cookies["quorate_browser"].value != "planted"
    assert client.cookies["quorate_browser"]["httponly"]


def test_five_wrong_codes_are_followed_by_a_pause(real: User, letters: Letters, machine: MachineClock) -> None:
    """A8: for that account from that address; from elsewhere the person still gets in."""
    for _ in range(2):
        attacker = at(HERE)
        asked_by(attacker)
        for code in ("B" * 8, "C" * 8, "D" * 8):
            enter(attacker, code)
    paused = at(HERE)
    asked_by(paused)
    assert "Too many wrong codes. Wait 15 minutes, or use a passkey." in enter(paused, letters.code)
    machine.on(minutes=16)
    asked_by(paused)
    enter(paused, letters.code)
    assert is_signed_in(paused)


def test_a_pause_at_one_address_is_none_at_another(real: User, letters: Letters, machine: MachineClock) -> None:
    attacker = at(HERE)
    for _ in range(2):
        asked_by(attacker)
        for code in ("B" * 8, "C" * 8, "D" * 8):
            enter(attacker, code)
    elsewhere = at(THERE)
    asked_by(elsewhere)
    enter(elsewhere, letters.code)
    assert is_signed_in(elsewhere)


@pytest.mark.parametrize(
    ("proxies", "said", "found"),
    [
        (0, "", HERE),
        (0, THERE, HERE),
        (1, THERE, THERE),
        (1, f"203.0.113.5, {THERE}", THERE),
        (2, f"203.0.113.5, {THERE}, 10.0.0.1", THERE),
        (1, "", HERE),
        (1, "no address", None),
        (2, THERE, HERE),
        (1, "::ffff:198.51.100.9", THERE),
    ],
)
def test_the_true_address(settings: Settings, rf: RequestFactory, proxies: int, said: str, found: str | None) -> None:
    """A8: what the client itself writes into X-Forwarded-For is never believed."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR=HERE, headers={"X-Forwarded-For": said})
    assert client_address(request) == found


def test_a_spoofed_header_does_not_lift_a_limit(real: User, letters: Letters) -> None:
    """A8: twenty requests with twenty invented addresses are twenty of one address."""
    for number in range(21):
        client = Client(REMOTE_ADDR=HERE, headers={"X-Forwarded-For": f"203.0.113.{number}"})
        asked_by(client, f"unknown-{number}@example.org")
    asked_by(Client(REMOTE_ADDR=HERE, headers={"X-Forwarded-For": "203.0.113.200"}))
    assert letters.sent == 0


def test_a_network_of_the_sixth_version_is_one_household() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert network_of(HERE) == HERE
    assert network_of(None) == ""


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML) Chrome/128.0 Safari/537.36 Edg/128.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/128.0 Safari/537.36", "Chrome on Linux"),
        ("", "A browser"),
        ("x" * 100_000, "A browser"),
    ],
)
def test_a_device_in_words(agent: str, words: str) -> None:
    assert device_of(agent) == words


def test_the_log_is_only_added_to(real: User, letters: Letters, cast: Cast) -> None:
    asked_by(Client())
    event = SignInEvent.objects.get()
    with pytest.raises(EventWritten):
        event.save()
    with pytest.raises(EventWritten):
        event.delete()
    with pytest.raises(EventWritten):
        SignInEvent.objects.update(detail="")
    with pytest.raises(EventWritten):
        SignInEvent.objects.all().delete()
