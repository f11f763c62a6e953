"""The demonstration keeps its choice of a person, beside the sign-in that people have elsewhere."""

from __future__ import annotations

from django.test import Client
from pytest_django import Settings

from tests.cast import Cast
from tests.signing_in.conftest import SIGN_IN


def test_both_ways_are_there(cast: Cast, settings: Settings) -> None:
    settings.DEMO = True
    page = Client().get(SIGN_IN).content.decode()
    assert page.index("Start here") < page.index("Send me a code")
    assert 'value="coordinator@example.org"' in page


def test_elsewhere_nobody_is_named(cast: Cast) -> None:
    page = Client().get(SIGN_IN).content.decode()
    assert "Send me a code" in page
    assert "coordinator@example.org" not in page
    assert "demonstration" not in page
