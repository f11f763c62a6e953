"""A browser for the session, two boards for all of them, a window for each journey.

The boards are committed, for the pages are served by a thread of their own, and gone when the last journey ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import NOW
from tests.journeys.browser import chromium_running
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor

MakeVisitor = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey is marked, and all of them share one worker and its browser."""
    for item in items:
        if item.path.parent.name == "journeys":
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser of all journeys, gone before other tests of the same worker run."""
    with pytest.MonkeyPatch.context() as patched:
        # Playwright keeps an event loop on this thread, where Django would refuse to ask the database.
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with chromium_running() as browser:
            yield browser


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database for all journeys, emptied when it ends."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="package")
def stage(chromium: Browser, db: None) -> Iterator[Stage]:
    with override_settings(CLOCK_STOPPED_AT=NOW):
        yield Stage()


@pytest.fixture(scope="package")
def site(stage: Stage) -> Iterator[str]:
    """The address of the pages, served with the demonstration's sign-in."""
    with override_settings(DEMO=True):
        server = LiveServer("localhost")
        try:
            yield server.url
        finally:
            server.stop()


@pytest.fixture
def visitor(chromium: Browser, stage: Stage, site: str) -> Iterator[MakeVisitor]:
    """Makes windows: `visitor("coordinator")` is signed in, `visitor("")` is nobody yet."""
    made: list[Visitor] = []

    def make(name: str = "coordinator", **how: object) -> Visitor:
        one = Visitor(chromium, site, **how)  # type: ignore[arg-type]  # as Visitor takes them
        if name:
            client = Client()
            client.force_login(stage.cast.person(name))
            one.given_the_session_of(client.cookies["sessionid"].value)
        made.append(one)
        return one

    yield make
    for one in made:
        one.context.close()
