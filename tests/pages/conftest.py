"""What page tests share: a meeting today, and a browser session for anybody of the cast.

The cast is assembled once for all of them; what a test writes is undone when it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, time

import pytest
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from meetings.models import Meeting
from tests.cast import NOW, Cast, assembled

SignedIn = Callable[[str], Client]


@pytest.fixture(scope="package")
def first_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast as every page test finds it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(CLOCK_STOPPED_AT=NOW):
            cast = assembled()
        yield cast
        transaction.set_rollback(True)


@pytest.fixture
def db(first_cast: Cast) -> Iterator[None]:
    """The database, with whatever the test writes undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cast(first_cast: Cast, db: None, stopped_clock: Settings) -> Cast:
    return deepcopy(first_cast)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Today's meeting of the board, its register open since ten to ten."""
    return cast.open_meeting()


@pytest.fixture
def later(cast: Cast) -> Meeting:
    """The board's next meeting, not opened."""
    return cast.meeting(on=date(2027, 6, 16))


@pytest.fixture
def far(cast: Cast) -> Meeting:
    """A meeting of another partnership's board."""
    return cast.meeting(on=date(2027, 4, 22), starts_at=time(10), board=cast.elsewhere)


@pytest.fixture
def signed_in(cast: Cast) -> SignedIn:
    """A client signed in as that person of the cast; "anonymous" is nobody."""

    def client_of(name: str) -> Client:
        client = Client()
        if name != "anonymous":
            client.force_login(cast.person(name))
        return client

    return client_of


@pytest.fixture
def team(signed_in: SignedIn) -> Client:
    """A browser of the island's coordinator."""
    return signed_in("coordinator")
