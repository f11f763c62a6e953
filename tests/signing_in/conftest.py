"""A person to sign in, letters that are caught instead of sent, and the machine's clock in the test's hand."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from partnership import clock
from partnership.models import User
from partnership.operations import register_person
from partnership.signing_in import courier
from partnership.signing_in.client import Client as Whence
from partnership.signing_in.codes import Letter
from tests.cast import Cast
from tests.pages.conftest import cast, db, first_cast, later, meeting, signed_in

__all__ = ["cast", "db", "first_cast", "later", "meeting", "signed_in"]

SIGN_IN, CODE = "/sign-in/", "/sign-in/code/"
ADDRESS = "real@example.org"


class Letters(list[Letter | None]):
    """What would have been carried to the mail server; None where the carrier found nothing to do."""

    @property
    def code(self) -> str:
        """The code of the newest letter."""
        letter = self[-1]
        assert letter is not None, "no letter went out"
        return letter.code

    @property
    def sent(self) -> int:
        return len([letter for letter in self if letter is not None])


class MachineClock:
    """The machine's time, moved by hand."""

    def __init__(self) -> None:
        self.at = datetime(2027, 3, 17, 10, 5, tzinfo=clock.LONDON)

    def on(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Letters:
    caught = Letters()

    def catch(letter: Letter | None, whence: Whence) -> None:
        caught.append(letter)

    monkeypatch.setattr(courier, "send_soon", catch)
    return caught


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> MachineClock:
    held = MachineClock()
    monkeypatch.setattr(clock, "machine_now", lambda: held.at)
    return held


@pytest.fixture
def real(cast: Cast, letters: Letters, machine: MachineClock) -> User:
    """Somebody who is no fictional person of the demonstration, and holds nothing yet."""
    return register_person(email=ADDRESS, name="Real Person", by=cast.author)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[EmailMultiAlternatives]:
    """What went to the mail server, by the thread that each is sent in."""
    sent: list[EmailMultiAlternatives] = []

    class AtOnce:
        def __init__(self, *, target: object, args: tuple[EmailMultiAlternatives]) -> None:
            sent.append(args[0])

        def start(self) -> None:
            """Nothing is left to do."""

    monkeypatch.setattr("partnership.signing_in.notices.threading.Thread", AtOnce)
    return sent


def asked_by(client: Client, address: str = ADDRESS, **said: str) -> None:
    """Ask for a code in that browser."""
    response = client.post(SIGN_IN, {"address": address, **said})
    assert (response.status_code, response["Location"]) == (302, CODE)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
