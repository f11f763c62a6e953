"""E-mailed codes: one use, three tries, ten minutes, one browser, and the same answer to a stranger's address."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from partnership.authorship import saved
from partnership.models import BrowserSession, SignInAct, SignInCode, SignInEvent, User
from partnership.obligations.transport import Answer, Outcome, SmtpTransport
from partnership.operations import deactivate_person
from partnership.signing_in import courier
from partnership.signing_in.client import Client as Whence
from partnership.signing_in.digests import LETTERS
from partnership.signing_in.events import account_of
from tests.cast import Cast
from tests.signing_in.conftest import ADDRESS, CODE, SIGN_IN, Letters, MachineClock, asked_by, is_signed_in

NOT_THE_CODE = "That is not the code."
OVER = "That code does not work any more."


def said(client: Client, code: str) -> str:
    """What the page answers to a code that it refuses."""
    response = client.post(CODE, {"code": code})
    assert response.status_code == 400
    assert not is_signed_in(client)
    return response.content.decode()


def test_the_code_signs_in_and_leads_to_the_page_that_was_asked_for(real: User, letters: Letters) -> None:
    client = Client()
    asked_by(client, next="/p/isle-of-wight/")
    response = client.post(CODE, {"code": letters.code})
    assert (response.status_code, response["Location"]) == (302, "/p/isle-of-wight/")
    assert client.session["_auth_user_id"] == str(real.pk)


@pytest.mark.parametrize("shape", ["{0}{1}", " {0}-{1}\n", "{0} {1}", "\u201c{0}\u2013{1}\u201d"])
def test_a_code_is_taken_as_people_type_and_paste_it(real: User, letters: Letters, shape: str) -> None:
    client = Client()
    asked_by(client)
    client.post(CODE, {"code": shape.format(letters.code[:4], letters.code[4:].lower())})
    assert is_signed_in(client)


def test_the_field_takes_a_pasted_code(real: User, letters: Letters) -> None:
    client = Client()
    asked_by(client)
    field = re.search(r"<input[^>]*name=\"code\"[^>]*>", client.get(CODE).content.decode())
    assert field
    assert 'autocomplete="one-time-code"' in field[0]
    assert "onpaste" not in field[0]


def test_a_code_works_once(real: User, letters: Letters) -> None:
    """A8: what was used is used, in the same browser, too."""
    client = Client()
    asked_by(client)
    kept = client.session["sign_in_code"]
    client.post(CODE, {"code": letters.code})
    client.post("/sign-out/")
    session = client.session
    session["sign_in_code"] = kept
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    assert OVER in said(client, letters.code)


def test_a_code_has_three_tries(real: User, letters: Letters) -> None:
    """A8: the right code after three wrong ones is refused."""
    client = Client()
    asked_by(client)
    assert "You can try 2 times more" in said(client, "BBBB BBBB")
    assert "You can try once more" in said(client, "CCCC CCCC")
    assert OVER in said(client, "DDDD DDDD")
    assert OVER in said(client, letters.code)


def test_a_code_runs_out_after_ten_minutes(real: User, letters: Letters, machine: MachineClock) -> None:
    client = Client()
    asked_by(client)
    machine.on(minutes=10)
    assert OVER in said(client, letters.code)


def test_a_code_just_before_its_end_is_taken(real: User, letters: Letters, machine: MachineClock) -> None:
    client = Client()
    asked_by(client)
    machine.on(minutes=9, seconds=59)
    client.post(CODE, {"code": letters.code})
    assert is_signed_in(client)


def test_a_code_works_in_the_browser_that_asked_alone(real: User, letters: Letters) -> None:
    """A8: a code read in somebody's mail, or over the telephone, opens nothing elsewhere."""
    asking, other = Client(), Client()
    asked_by(asking)
    code = letters.code
    assert other.post(CODE, {"code": code})["Location"] == SIGN_IN
    asked_by(other)
    assert NOT_THE_CODE in said(other, code)
    asking.post(CODE, {"code": code})
    assert is_signed_in(asking)


def test_the_newest_code_of_a_browser_alone_works(real: User, letters: Letters) -> None:
    client = Client()
    asked_by(client)
    first = letters.code
    asked_by(client)
    assert NOT_THE_CODE in said(client, first)
    client.post(CODE, {"code": letters.code})
    assert is_signed_in(client)


def test_the_code_is_in_clear_nowhere(
    real: User,
    letters: Letters,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """Not in the session, not in the tables, not in the log."""
    client = Client()
    asked_by(client)
    code = letters.code
    said(client, "BBBB BBBB")
    tables = [*SignInCode.objects.values(), *SignInEvent.objects.values(), *BrowserSession.objects.values()]
    kept = json.dumps([tables, dict(client.session)], default=str) + caplog.text
    assert code not in kept
    assert ADDRESS not in json.dumps(list(SignInCode.objects.values()), default=str)


def test_a_code_says_nothing_and_cannot_be_guessed(real: User, letters: Letters) -> None:
    client = Client()
    codes = set()
    for _ in range(3):
        asked_by(client)
        codes.add(letters.code)
    assert len(codes) == 3
    assert all(len(code) == 8 and set(code) <= set(LETTERS) for code in codes)
    assert len(LETTERS) == len(set(LETTERS)) == 28


@pytest.mark.parametrize("who", ["unknown@example.org", "gone@example.org", "test-author@system.invalid"])
def test_an_address_that_is_nobodys_is_answered_like_any_other(
    real: User, letters: Letters, cast: Cast, who: str
) -> None:
    """A8: status, words, steps and number of queries are those of an address that is somebody's."""
    deactivate_person(person=cast.person("gone"), reason="Left", by=cast.author)
    pages = []
    for address in (ADDRESS, who):
        client = Client()
        asked_by(client, address)
        drawn = [
            client.get(CODE),
            *(client.post(CODE, {"code": code}) for code in ("B" * 8, "C" * 8, "D" * 8, "F" * 8)),
        ]
        pages.append([(page.status_code, _without(page.content.decode(), address)) for page in drawn])
    assert pages[0] == pages[1]
    assert (len(letters), letters.sent) == (2, 1)
    assert SignInEvent.objects.filter(account=account_of(who), what=SignInAct.CODE_ASKED).count() == 1


def _without(page: str, address: str) -> str:
    return " ".join(strip_tags(page).replace(address, "").split())


def test_an_unknown_address_costs_the_same_queries(real: User, letters: Letters) -> None:
    """A8: the time of the answer does not tell whether an address is known, for the work is the same."""
    counts = []
    for address in (ADDRESS, "unknown@example.org"):
        client = Client()
        with CaptureQueriesContext(connection) as asking:
            asked_by(client, address)
        with CaptureQueriesContext(connection) as entering:
            client.post(CODE, {"code": "BBBB BBBB"})
        counts.append((len(asking), len(entering)))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "typed",
    ["", "not+an+address", "a@b", "x" * 5000, "a%00b@example.org", "%F0%9F%99%82@example.org", "%ED%A0%80@b.org"],
)
def test_what_is_no_address_is_said_so(real: User, letters: Letters, typed: str) -> None:
    body = f"address={typed}".encode()
    response = Client().post(SIGN_IN, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "Enter your work e-mail address" in response.content.decode()
    assert not letters


@pytest.mark.parametrize("typed", ["", " ", "x" * 5_000_000, "a\x00b", "🙂", "'; drop table"])
def test_what_is_no_code_is_refused(real: User, letters: Letters, typed: str) -> None:
    client = Client()
    asked_by(client)
    said(client, typed)


def test_fetching_a_page_signs_nobody_in(real: User, letters: Letters) -> None:
    """A10: a mail scanner that fetches whatever it finds changes nothing; the code is in no address."""
    client = Client()
    asked_by(client)
    client.get(CODE, {"code": letters.code})
    assert not is_signed_in(client)
    letter = letters[-1]
    assert letter is not None
    message = courier.message_with(letter)
    for text in (str(message.body), str(message.alternatives[0][0])):
        assert letter.code[:4] in text
        assert not re.search(rf"https?://\S*{letter.code[:4]}", text)


def test_asking_and_entering_need_the_forms_token(real: User) -> None:
    """A10: both are refused without it."""
    client = Client(enforce_csrf_checks=True)
    assert client.post(SIGN_IN, {"address": ADDRESS}).status_code == 403
    assert client.post(CODE, {"code": "BBBBBBBB"}).status_code == 403


@pytest.mark.parametrize(
    "wanted", ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)", "\\\\evil"]
)
def test_nobody_is_led_to_another_site(real: User, letters: Letters, wanted: str) -> None:
    """A11: whatever stands in `next`."""
    client = Client()
    asked_by(client, next=wanted)
    assert client.post(CODE, {"code": letters.code})["Location"] == "/"


def test_a_foreign_host_is_refused_and_never_written_into_a_message(
    real: User, letters: Letters, settings: Settings
) -> None:
    """A11: addresses in messages come from the settings, not from what the browser says."""
    assert Client(headers={"host": "evil.example.com"}).get(SIGN_IN).status_code == 400
    asked_by(Client())
    letter = letters[-1]
    assert letter is not None
    message = courier.message_with(letter)
    assert settings.SITE_URL in message.body


def test_who_left_meanwhile_is_not_let_in(real: User, letters: Letters, cast: Cast) -> None:
    """A6: the code that was sent before opens nothing after."""
    client = Client()
    asked_by(client)
    deactivate_person(person=real, reason="Left", by=cast.author)
    assert OVER in said(client, letters.code)


def test_that_a_code_was_sent_is_recorded_without_the_code(
    real: User, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    asked_by(client)
    letter = letters[-1]
    assert letter is not None
    answer = Answer(Outcome.ACCEPTED, f"250 kept {letter.code}")
    monkeypatch.setattr(SmtpTransport, "deliver", lambda *_: answer)
    courier.deliver(letter, Whence(address="192.0.2.7", network="192.0.2.7", device="Firefox"))
    sent = SignInEvent.objects.get(what=SignInAct.CODE_SENT)
    assert (sent.person, sent.sent_to, sent.detail) == (real, ADDRESS, "250 kept …")


def test_that_a_code_was_not_taken_is_recorded(real: User, letters: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_by(Client())
    letter = letters[-1]
    assert letter is not None
    refused = Answer(Outcome.REFUSED, "550 no such mailbox")
    monkeypatch.setattr(SmtpTransport, "deliver", lambda *_: refused)
    courier.deliver(letter, Whence(address=None, network="", device=""))
    assert SignInEvent.objects.get(what=SignInAct.CODE_NOT_SENT).detail == "550 no such mailbox"


def test_the_demonstration_shows_the_code_and_nothing_else_does(
    real: User, letters: Letters, settings: Settings
) -> None:
    client = Client()
    asked_by(client)
    assert "This is a demonstration" not in client.get(CODE).content.decode()
    settings.DEMO = True
    shown = client.post(SIGN_IN, {"address": ADDRESS}).content.decode()
    assert f"{letters.code[:4]} {letters.code[4:]}" in shown
    assert letters.code[:4] not in client.get(CODE).content.decode()


def test_a_code_sent_to_an_address_is_void_once_the_account_has_another(
    real: User, letters: Letters, cast: Cast
) -> None:
    """A13: whoever still reads the mail of the old address does not get in."""
    client = Client()
    asked_by(client)
    real.email = "new@example.org"
    saved(real, by=cast.author, reason="Moved to another agency")
    assert OVER in said(client, letters.code)


def test_sessions_that_are_over_are_cleared_away(real: User, letters: Letters, machine: MachineClock) -> None:
    asked_by(Client())
    assert BrowserSession.objects.count() == 1
    machine.on(days=8)
    asked_by(Client())
    assert BrowserSession.objects.count() == 1
