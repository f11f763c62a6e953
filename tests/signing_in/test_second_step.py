"""The second step: nothing opens without it, no way leads round it, and what was used is used."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings

from meetings.models import Meeting
from partnership.models import BrowserSession, SignInAct, SignInEvent, User
from partnership.operations import deactivate_person
from partnership.signing_in.middleware import OPEN
from tests.cast import Cast
from tests.rights.places import places_in
from tests.rights.table import lines
from tests.signing_in.conftest import CODE, SIGN_IN, Letters, MachineClock, asked_by, is_signed_in
from tests.signing_in.steps import (
    AGAIN,
    APP,
    OWN,
    RECOVERY,
    SECOND_STEP,
    SET_UP,
    key_on,
    relax,
    secret_of,
    set_up_an_app,
    shown_by_app,
    with_app,
    with_first_step,
)

MEMBER = "member@example.org"
BOARD = "/p/isle-of-wight/main-board/"
# What whoever owes a second step still reaches.
REACHED = {
    "sign_in", "sign_in_code", "sign_in_again", "second_step", "second_step_set_up", "own_app", "sign_out",
    "own_passkey", "own_passkey_options", "passkey", "passkey_options", "accessibility", "privacy",
    "invitation", "single_sign_on", "single_sign_on_back",
    # Asked by programs that sign in nobody: each shows a secret of its own.
    "calendar_feed", "stop", "mail_events",
}  # fmt: skip


def test_every_other_address_leads_to_the_second_step(
    cast: Cast, meeting: Meeting, letters: Letters, machine: MachineClock
) -> None:
    """A9: pages, parts of pages, files and forms alike, with the methods of the rights table; denied by default."""
    places = places_in(cast, meeting)
    client = with_first_step(letters, "coordinator@example.org")
    reached = [
        f"{line.method} {line.name}"
        for line in lines()
        if line.name not in REACHED
        if getattr(client, line.method)(line.at(**places)).headers.get("Location") != SET_UP
    ]
    assert reached == []
    assert len(lines()) > 80


def test_a_part_of_a_page_is_led_there_whole(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    """A9: htmx swaps nothing into the page, but takes it to the second step."""
    client = with_first_step(letters, MEMBER)
    response = client.get(BOARD, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, SET_UP)


def test_a_first_sign_in_sets_up_an_app_and_gets_recovery_codes(
    cast: Cast, letters: Letters, machine: MachineClock
) -> None:
    client = Client()
    asked_by(client, MEMBER, next=BOARD)
    assert client.post(CODE, {"code": letters.code})["Location"] == BOARD
    assert client.get(BOARD)["Location"] == SET_UP
    before_it = client.get(SET_UP).content.decode()
    assert "An authenticator app" in before_it
    assert "Main Board" not in before_it, "the frame names no board either"
    set_up_an_app(client)
    codes = client.get(RECOVERY).content.decode()
    assert codes.count("<li>") >= 10
    assert f'href="{BOARD}">I have kept them' in codes
    assert client.get(BOARD).status_code == 200
    file = client.get(RECOVERY + "file/")
    assert "attachment" in file["Content-Disposition"]


def test_the_second_sign_in_asks_for_the_app_and_leads_on(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    with_app(letters, MEMBER)
    machine.on(minutes=1)
    client = Client()
    asked_by(client, MEMBER, next=BOARD)
    client.post(CODE, {"code": letters.code})
    assert client.get(BOARD)["Location"] == SECOND_STEP
    key = client.cookies["sessionid"].value
    response = client.post(SECOND_STEP, {"code": shown_by_app(secret_of(cast["member"]))})
    assert (response.status_code, response["Location"]) == (302, BOARD)
    assert client.get(BOARD).status_code == 200
    assert client.cookies["sessionid"].value != key, "A9: the session is another one after the second step"


def test_a_code_of_the_app_is_used_once(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    """A9: neither the same code nor an earlier one is taken again, in any browser."""
    _, secret = with_app(letters, MEMBER)
    other = with_first_step(letters, MEMBER)
    assert other.post(SECOND_STEP, {"code": shown_by_app(secret)}).status_code == 400
    machine.on(seconds=30)
    fresh = shown_by_app(secret)
    assert other.post(SECOND_STEP, {"code": fresh}).status_code == 302
    third = with_first_step(letters, MEMBER)
    assert third.post(SECOND_STEP, {"code": fresh}).status_code == 400


def test_a_recovery_code_is_used_once(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    """A9."""
    client, _ = with_app(letters, MEMBER)
    code = client.get(RECOVERY + "file/").content.decode().splitlines()[2]
    first, second = (with_first_step(letters, MEMBER) for _ in range(2))
    assert first.post(SECOND_STEP, {"recovery_code": code}).status_code == 302
    assert first.get(BOARD).status_code == 200
    assert second.post(SECOND_STEP, {"recovery_code": code}).status_code == 400
    assert second.get(BOARD)["Location"] == SECOND_STEP


def test_who_has_a_second_step_cannot_set_up_another_by_e_mail_alone(
    cast: Cast, letters: Letters, machine: MachineClock
) -> None:
    """A9: whoever reads a person's mail is led to the second step from the pages that set one up, too."""
    with_app(letters, MEMBER)
    thief = with_first_step(letters, MEMBER)
    for address in (APP, RECOVERY, OWN):
        assert thief.get(address)["Location"] == SECOND_STEP
    assert thief.post(APP, {"code": "000000"})["Location"] == SECOND_STEP
    assert thief.get(SET_UP)["Location"] == OWN
    assert thief.get(AGAIN)["Location"] == SECOND_STEP
    assert Authenticator.objects.filter(user=cast["member"], type="totp").count() == 1


def test_step_two_without_step_one_is_nothing(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    """A9: a direct post to step two is sent to step one."""
    _, secret = with_app(letters, MEMBER)
    machine.on(minutes=1)
    stranger = Client()
    response = stranger.post(SECOND_STEP, {"code": shown_by_app(secret)})
    assert response["Location"].startswith(SIGN_IN)
    assert not is_signed_in(stranger)


def test_wrong_second_steps_are_followed_by_a_pause(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    """A8: five in fifteen minutes for that account at that address; the right code is refused, too."""
    _, secret = with_app(letters, MEMBER, REMOTE_ADDR="192.0.2.50")
    machine.on(minutes=1)
    thief = with_first_step(letters, MEMBER, REMOTE_ADDR="198.51.100.66")
    for _ in range(5):
        assert "not the code that your app shows" in thief.post(SECOND_STEP, {"code": "000000"}).content.decode()
    assert "Wait 15 minutes" in thief.post(SECOND_STEP, {"code": shown_by_app(secret)}).content.decode()
    elsewhere = with_first_step(letters, MEMBER, REMOTE_ADDR="192.0.2.50")
    assert elsewhere.post(SECOND_STEP, {"code": shown_by_app(secret)}).status_code == 302


def test_twenty_wrong_second_steps_a_day_leave_the_passkey(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    """A8: from whatever addresses they come."""
    client, secret = with_app(letters, MEMBER)
    machine.on(minutes=6)
    for number in range(20):
        client.post(SECOND_STEP, {"code": "000000"}, REMOTE_ADDR=f"198.51.100.{number}")
    refused = client.post(SECOND_STEP, {"code": shown_by_app(secret)}, REMOTE_ADDR="203.0.113.1")
    assert "Too many wrong codes today" in refused.content.decode()


def test_the_key_of_an_app_is_in_clear_nowhere(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    client = with_first_step(letters, MEMBER)
    secret = key_on(client.get(APP).content.decode())
    assert secret not in json.dumps(dict(client.session), default=str)
    client.post(APP, {"code": shown_by_app(secret)})
    kept = json.dumps([*Authenticator.objects.values(), *SignInEvent.objects.values()], default=str)
    assert secret not in kept


@pytest.mark.parametrize("typed", ["", "abc", "12345", "x" * 5_000_000, "1\x002", "🙂", "٣٣٣٣٣٣"])
def test_what_is_no_code_of_an_app_is_refused(cast: Cast, letters: Letters, machine: MachineClock, typed: str) -> None:
    client, _ = with_app(letters, MEMBER)
    assert client.post(SECOND_STEP, {"code": typed}).status_code == 400
    assert client.post(SECOND_STEP, {"recovery_code": typed}).status_code == 400


def test_the_demonstrations_choice_is_proof_in_the_demonstration_alone(cast: Cast, settings: Settings) -> None:
    settings.DEMO = True
    client = Client()
    client.post(SIGN_IN, {"person": "coordinator@example.org"})
    assert client.get(BOARD).status_code == 200
    settings.DEMO = False
    assert client.get(BOARD)["Location"] == SET_UP


def test_a_change_of_the_second_step_asks_for_a_fresh_proof(
    cast: Cast, letters: Letters, machine: MachineClock
) -> None:
    client, secret = with_app(letters, MEMBER)
    factor = Authenticator.objects.get(user=cast["member"], type="totp")
    machine.on(minutes=6)
    for address in (APP, RECOVERY):
        assert client.get(address)["Location"] == SECOND_STEP
    assert client.post(f"{OWN}{factor.pk}/remove/")["Location"] == SECOND_STEP
    assert client.post(RECOVERY)["Location"] == SECOND_STEP
    assert "Show that it is you" in client.get(SECOND_STEP).content.decode()
    assert client.post(SECOND_STEP, {"code": shown_by_app(secret)})["Location"] == RECOVERY
    assert client.get(RECOVERY).status_code == 200


def test_who_has_none_yet_proves_it_with_another_code(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    client = with_first_step(letters, MEMBER)
    machine.on(minutes=6)
    assert client.get(APP)["Location"] == AGAIN
    client.post(AGAIN)
    assert client.post(AGAIN, {"code": "BBBBBBBB"}).status_code == 400
    assert client.post(AGAIN, {"code": letters.code})["Location"] == APP
    set_up_an_app(client)


def test_another_persons_code_is_no_fresh_proof(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    """A9: a code that this browser asked for in somebody else's name proves nothing about its own person."""
    client = with_first_step(letters, MEMBER)
    machine.on(minutes=6)
    asked_by(client, "deputy@example.org")
    session = client.session
    session["sign_in_again_code"] = session["sign_in_code"]
    session.save()
    assert client.post(AGAIN, {"code": letters.code}).status_code == 400


def test_the_only_second_step_stays_where_it_is_compulsory(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    client, _ = with_app(letters, MEMBER)
    factor = Authenticator.objects.get(user=cast["member"], type="totp")
    client.post(f"{OWN}{factor.pk}/remove/")
    assert "This is your only second step" in client.get(OWN).content.decode()
    assert Authenticator.objects.filter(pk=factor.pk).exists()
    relax(cast, cast.partnership)
    client.post(f"{OWN}{factor.pk}/remove/")
    assert not Authenticator.objects.filter(user=cast["member"]).exists(), "its recovery codes go, too"


def test_anothers_second_step_is_not_found(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    """A2."""
    with_app(letters, "deputy@example.org")
    theirs = Authenticator.objects.get(user=cast["deputy"], type="totp")
    client, _ = with_app(letters, MEMBER)
    assert client.post(f"{OWN}{theirs.pk}/remove/").status_code == 404


def test_what_happened_is_in_the_log(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    client, secret = with_app(letters, MEMBER)
    machine.on(minutes=1)
    client.post(SECOND_STEP, {"code": "000000"})
    client.post(SECOND_STEP, {"code": shown_by_app(secret)})
    client.post("/sign-out/")
    acts = list(SignInEvent.objects.filter(person=cast["member"]).order_by("pk").values_list("what", "how"))
    assert acts == [
        (SignInAct.CODE_ASKED, ""),
        (SignInAct.SIGNED_IN, "code"),
        (SignInAct.FACTOR_ADDED, "app"),
        (SignInAct.RECOVERY_CODES_MADE, ""),
        (SignInAct.SECOND_STEP_WRONG, "app"),
        (SignInAct.SECOND_STEP, "app"),
        (SignInAct.SIGNED_OUT, ""),
    ]


def test_only_a_few_views_are_open_without_it() -> None:
    """A further view that says so has to be named here."""

    def opened(resolver: object) -> set[str]:
        found: set[str] = set()
        for pattern in resolver.url_patterns:  # type: ignore[attr-defined]  # a resolver or a pattern
            if hasattr(pattern, "url_patterns"):
                found |= opened(pattern)
            elif getattr(pattern.callback, OPEN, False):
                found.add(pattern.name)
        return found

    assert opened(get_resolver()) == REACHED | {"health"}


def test_who_is_deactivated_is_out_at_once_everywhere(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    """A6: at the next request, in every browser; their sessions are gone from the table."""
    clients = [with_app(letters, MEMBER)[0]]
    machine.on(minutes=1)
    assert clients[0].get(BOARD).status_code == 200
    deactivate_person(person=User.objects.get(pk=cast["member"].pk), reason="Left", by=cast.author)
    assert clients[0].get(BOARD)["Location"].startswith(SIGN_IN)
    assert not BrowserSession.objects.filter(person=cast["member"]).exists()


def test_a_lost_second_step_is_reset_by_two_people(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    """A9: never by one, never by whom it belongs to; what was set up and every session is gone, the reason is kept."""
    client, _ = with_app(letters, MEMBER)
    said = {
        "by": "manager@example.org",
        "agreed_by": "coordinator@example.org",
        "reason": "Telephone lost, seen in person",
    }
    for refused in ({"agreed_by": "manager@example.org"}, {"by": MEMBER}, {"by": "unknown@example.org"}):
        with pytest.raises(CommandError):
            call_command("reset_second_step", MEMBER, **(said | refused))
    assert client.get(BOARD).status_code == 200
    call_command("reset_second_step", MEMBER, **said, stdout=StringIO())
    assert client.get(BOARD)["Location"].startswith(SIGN_IN)
    machine.on(hours=1)
    assert with_first_step(letters, MEMBER).get(BOARD)["Location"] == SET_UP
    event = SignInEvent.objects.get(what=SignInAct.SECOND_STEP_RESET)
    assert "Telephone lost" in event.detail
