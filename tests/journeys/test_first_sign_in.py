"""A member's first sign-in: a code from a real mail server, a passkey of the browser's own, and in again with it."""

from __future__ import annotations

import email
import re
import subprocess
import sys
from collections.abc import Iterator
from email import policy
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from partnership.models import SignInAct, SignInEvent
from partnership.serve.addresses import listen
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import Stage
from tests.journeys.visitor import PHONE, Visitor
from tests.platform.machine import ROOT, wait_until

MEMBER = "member@example.org"
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
    """The code of the newest message, once it has come."""
    wait_until(lambda: any(folder.glob("*.eml")))
    newest = max(folder.glob("*.eml"))
    body = email.message_from_bytes(newest.read_bytes(), policy=policy.default).get_body(("plain",))
    assert body is not None
    found = re.search(r"^ {4}(\w{4} \w{4})\s*$", body.get_content(), re.MULTILINE)
    assert found, body.get_content()
    newest.unlink()
    return found[1]


def with_device(visitor: Visitor) -> None:
    """Give the browser a device that makes passkeys, and is opened by its owner's finger."""
    protocol = visitor.context.new_cdp_session(visitor.page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def then_it_can_be_used_by_everybody(visitor: Visitor) -> None:
    visitor.then_the_accessibility_baseline_is_met()
    visitor.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visitor.then_nothing_scrolls_sideways()
    visitor.page.set_viewport_size({"width": 1280, "height": 900})


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
    then_it_can_be_used_by_everybody(member)
    member.when_they_press("Send me a code")
    member.then_the_page_says("Enter your work e-mail address")
    then_it_can_be_used_by_everybody(member)
    member.page.get_by_label("Work e-mail address").fill(MEMBER)
    member.when_they_press("Send me a code")
    member.then_the_heading_is("Enter your code")
    then_it_can_be_used_by_everybody(member)
    member.page.get_by_label("Code from the e-mail").fill("BBBB BBBB")
    member.when_they_press("Sign in")
    member.then_the_page_says("You can try 2 times more")
    then_it_can_be_used_by_everybody(member)
    member.page.get_by_label("Code from the e-mail").fill(code_in(mail))
    member.when_they_press("Sign in")
    member.then_the_heading_is("Set up a second step")
    then_it_can_be_used_by_everybody(member)


def _sets_up_a_passkey(member: Visitor) -> None:
    member.when_they_follow("Set up an app")
    member.then_the_heading_is("Set up an authenticator app")
    expect(member.page.locator(".q-sign__qr")).to_have_js_property("complete", value=True)
    assert member.page.locator(".q-sign__qr").evaluate("image => image.naturalWidth") > 0, "the picture is drawn"
    then_it_can_be_used_by_everybody(member)
    member.when_they_open("/your-sign-in/passkey/")
    then_it_can_be_used_by_everybody(member)
    member.page.get_by_label("What you call it (optional)").fill("Work laptop")
    member.when_they_press("Set up a passkey")
    member.then_the_heading_is("Your recovery codes")
    expect(member.page.locator(".q-sign__codes li")).to_have_count(10)
    then_it_can_be_used_by_everybody(member)
    member.when_they_open("/your-sign-in/")
    member.then_the_page_says("Passkey: Work laptop")
    then_it_can_be_used_by_everybody(member)
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
    then_it_can_be_used_by_everybody(member)
    member.when_they_press("Sign out")


def _is_refused_at_another_address(member: Visitor, site: str) -> None:
    member.when_they_open(site.replace("localhost", "127.0.0.1") + "/sign-in/")
    member.when_they_press("Use a passkey")
    expect(member.page.locator("[data-passkey-note]")).to_have_text(re.compile("Passkeys do not work at this address"))
    then_it_can_be_used_by_everybody(member)
    with override_settings(SITE_URL="http://localhost:1"):
        member.when_they_open(f"{site}/sign-in/")
        member.when_they_press("Use a passkey")
        member.then_the_page_says("This passkey was not accepted")
        then_it_can_be_used_by_everybody(member)
    member.when_they_open(BOARD)
    member.then_the_heading_is("Sign in to your board")
