"""What anybody may read: the pages stand without signing in, and every page leads to them."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.pages.conftest import SignedIn


@pytest.mark.parametrize(
    ("address", "says"), [("/accessibility/", "version 2.2, levels A and AA"), ("/privacy/", "all needed to sign in")]
)
def test_anybody_may_read_them(db: None, address: str, says: str) -> None:
    page = Client().get(address)
    assert page.status_code == 200
    assert says in page.content.decode()


def test_every_page_leads_to_them(signed_in: SignedIn) -> None:
    for client, address in ((Client(), "/sign-in/"), (signed_in("member"), "/")):
        page = client.get(address).content.decode()
        assert 'href="/accessibility/"' in page
        assert 'href="/privacy/"' in page
