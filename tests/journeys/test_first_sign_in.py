"""First sign-ins: a code from a real mail server, then a passkey or an app, and in again with it."""

from __future__ import annotations

import email
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from partnership import clock
from partnership.models import SignInAct, SignInEvent
from partnership.serve.addresses import listen
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor
from tests.platform.machine import ROOT, wait_until
from tests.signing_in.steps import shown_by_app

MEMBER, ANOTHER = "member@example.org", "rep.anglican-diocese@example.org"
BOARD = "/p/isle-of-wight/main-board/"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def mail(tmp_path: Path, site: str) -> Iterator[Path]:
    """A mail server, and the site as it stands in production: no demonstration, its own address."""
    folder = tmp_path / "mail"
    with listen("127.0.0.1", 0) as listener:
        command = [sys.executable, "-m", "partnership.mailsink", str(folder), str(listener.fileno())]
        process = subprocess.Popen(command, cwd=ROOT, pass_fds=[listener.fileno()])
        try:
            port = int(listener.getsockname()[1])
            with override_settings(DEMO=False, SITE_URL=site, EMAIL_PORT=port):
                yield folder
        finally:
            process.terminate()
            process.wait(20)


def code_in(folder: Path) -> str:
    """The code of the newest message that brings one, once it has come; what else came is left where it is."""
    found: list[tuple[Path, str]] = []

    def has_come() -> bool:
        for path in sorted(folder.glob("*.eml"), reverse=True):
            code = re.search(r"^ {4}(\w{4} \w{4})\s*$", text_of(path), re.MULTILINE)
            if code:
                found.append((path, code[1]))
                return True
        return False

    wait_until(has_come)
    path, code = found[0]
    path.unlink()
    return code


def text_of(path: Path) -> str:
    """The plain part of a kept message."""
    body = email.message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def with_device(visitor: Visitor) -> None:
    """Give the browser a device that makes passkeys, and is opened by its owner's finger."""
    protocol = visitor.context.new_cdp_session(visitor.page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_a_first_sign_in(visitor: MakeVisitor, stage: Stage, site: str, mail: Path) -> None:
    """A8, A9, A12: from the address to the passkey, out, and in again; refused wherever the address is another."""
    member = visitor("")
    with_device(member)
    _signs_in_with_a_code(member, mail)
    _sets_up_a_passkey(member)
    _signs_out_and_in_with_it(member)
    _is_refused_at_another_address(member, site)
    assert SignInEvent.objects.filter(what=SignInAct.CODE_SENT, sent_to=MEMBER, detail__startswith="250").exists()


def _signs_in_with_a_code(member: Visitor, mail: Path) -> None:
    member.when_they_open(BOARD)
    member.then_the_heading_is("Sign in to your board")
    member.then_it_can_be_used_by_everybody()
    member.when_they_press("Send me a code")
    member.then_the_page_says("Enter your work e-mail address")
    member.then_it_can_be_used_by_everybody()
    member.page.get_by_label("Work e-mail address").fill(MEMBER)
    member.when_they_press("Send me a code")
    member.then_the_heading_is("Enter your code")
    member.then_it_can_be_used_by_everybody()
    member.page.get_by_label("Code from the e-mail").fill("BBBB BBBB")
    member.when_they_press("Sign in")
    member.then_the_page_says("You can try 2 times more")
    member.then_it_can_be_used_by_everybody()
    member.page.get_by_label("Code from the e-mail").fill(code_in(mail))
    member.when_they_press("Sign in")
    member.then_the_heading_is("Set up a second step")
    member.then_it_can_be_used_by_everybody()
    for elsewhere in (BOARD, "/", "/your-sign-in/recovery-codes/"):
        member.when_they_open(elsewhere)
        member.then_the_heading_is("Set up a second step")


def _sets_up_a_passkey(member: Visitor) -> None:
    member.when_they_follow("Set up an app")
    member.then_the_heading_is("Set up an authenticator app")
    expect(member.page.locator(".q-sign__qr")).to_have_js_property("complete", value=True)
    assert member.page.locator(".q-sign__qr").evaluate("image => image.naturalWidth") > 0, "the picture is drawn"
    member.then_it_can_be_used_by_everybody()
    member.when_they_open("/your-sign-in/passkey/")
    member.then_it_can_be_used_by_everybody()
    member.page.get_by_label("What you call it (optional)").fill("Work laptop")
    member.when_they_press("Set up a passkey")
    member.then_the_heading_is("Your recovery codes")
    expect(member.page.locator(".q-sign__codes li")).to_have_count(10)
    member.then_it_can_be_used_by_everybody()
    member.when_they_open("/your-sign-in/")
    member.then_the_page_says("Passkey: Work laptop")
    member.then_it_can_be_used_by_everybody()
    member.when_they_open(BOARD)
    member.then_the_heading_is(re.compile("Main Board|Isle of Wight"))


def _signs_out_and_in_with_it(member: Visitor) -> None:
    member.when_they_press("Sign out")
    member.then_the_heading_is("Sign in to your board")
    member.page.go_back()
    member.then_the_heading_is("Sign in to your board")
    member.when_they_open(BOARD)
    member.when_they_press("Use a passkey")
    member.page.wait_for_url(f"**{BOARD}")
    expect(member.page.locator(".q-who")).to_have_text("Member")
    member.when_they_open("/sign-in/second-step/")
    member.then_it_can_be_used_by_everybody()
    member.when_they_press("Sign out")


def _is_refused_at_another_address(member: Visitor, site: str) -> None:
    member.when_they_open(site.replace("localhost", "127.0.0.1") + "/sign-in/")
    member.when_they_press("Use a passkey")
    expect(member.page.locator("[data-passkey-note]")).to_have_text(re.compile("Passkeys do not work at this address"))
    member.then_it_can_be_used_by_everybody()
    with override_settings(SITE_URL="http://localhost:1"):
        member.when_they_open(f"{site}/sign-in/")
        member.when_they_press("Use a passkey")
        member.then_the_page_says("This passkey was not accepted")
        member.then_it_can_be_used_by_everybody()
    member.when_they_open(BOARD)
    member.then_the_heading_is("Sign in to your board")


def test_a_first_sign_in_with_an_app(
    visitor: MakeVisitor, stage: Stage, mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A9: the app's code, mistyped and right; in again with the next one, and without the app by a recovery code."""
    someone = visitor("")
    with_first_step(someone, mail)
    someone.then_the_heading_is("Set up a second step")
    secret, recovery_code = _sets_up_an_app(someone, mail)
    _half_a_minute_goes_by(monkeypatch)
    _signs_in_with_the_app(someone, mail, secret)
    _signs_in_without_the_app(someone, mail, recovery_code)
    used = SignInEvent.objects.filter(person=stage.cast["rep anglican-diocese"], what=SignInAct.SECOND_STEP_WRONG)
    assert used.count() == 3


def with_first_step(one: Visitor, folder: Path) -> None:
    one.when_they_open(BOARD)
    one.page.get_by_label("Work e-mail address").fill(ANOTHER)
    one.when_they_press("Send me a code")
    one.page.get_by_label("Code from the e-mail").fill(code_in(folder))
    one.when_they_press("Sign in")


def _sets_up_an_app(one: Visitor, mail: Path) -> tuple[str, str]:
    """The key of the app, and the first of the recovery codes; a message says that it was set up."""
    one.when_they_follow("Set up an app")
    one.when_they_press("Finish")
    one.then_the_page_says("Enter the six digits that your app shows.")
    one.then_it_can_be_used_by_everybody()
    secret = str(one.page.locator("#key").text_content()).replace(" ", "")
    one.page.get_by_label("Code from your app").fill(shown_by_app(secret))
    one.when_they_press("Finish")
    one.then_the_heading_is("Your recovery codes")
    wait_until(
        lambda: any("A second step was set up: Code from an app" in text_of(each) for each in mail.glob("*.eml"))
    )
    recovery_code = str(one.page.locator(".q-sign__codes li").first.text_content())
    one.when_they_follow("I have kept them: go on")
    one.then_the_heading_is("Main Board")
    one.when_they_press("Sign out")
    return secret, recovery_code


def _half_a_minute_goes_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the server and the app alike: no code of an app is taken twice."""
    machine_now = clock.machine_now
    monkeypatch.setattr(clock, "machine_now", lambda: machine_now() + timedelta(seconds=30))


def _signs_in_with_the_app(one: Visitor, folder: Path, secret: str) -> None:
    with_first_step(one, folder)
    one.then_the_heading_is("Second step")
    one.when_they_open(BOARD)
    one.then_the_heading_is("Second step")
    one.then_it_can_be_used_by_everybody()
    one.page.get_by_label("Code from your app").fill("12345")
    one.when_they_press("Continue")
    one.then_the_page_says("That is not the code that your app shows now, or it was used already.")
    one.then_it_can_be_used_by_everybody()
    one.page.get_by_label("Code from your app").fill(shown_by_app(secret))
    one.when_they_press("Continue")
    one.then_the_heading_is("Main Board")
    one.when_they_press("Sign out")


def _signs_in_without_the_app(one: Visitor, folder: Path, recovery_code: str) -> None:
    with_first_step(one, folder)
    for typed in ("0000000000", recovery_code):
        one.page.get_by_text("I do not have my app here").click()
        one.page.get_by_label("Recovery code").fill(typed)
        one.when_they_press("Use the recovery code")
        if typed != recovery_code:
            one.then_the_page_says("That is not one of your recovery codes, or it was used already.")
            one.then_it_can_be_used_by_everybody()
            one.when_they_open("/sign-in/second-step/")
    one.then_the_heading_is("Main Board")
    one.when_they_open("/your-sign-in/")
    one.then_the_page_says("9 of ten are left.")
    one.then_it_can_be_used_by_everybody()
    one.when_they_press("Sign out")
    with_first_step(one, folder)
    one.page.get_by_text("I do not have my app here").click()
    one.page.get_by_label("Recovery code").fill(recovery_code)
    one.when_they_press("Use the recovery code")
    one.then_the_page_says("That is not one of your recovery codes, or it was used already.")
