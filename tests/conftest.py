"""Fixtures and options every test may use."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# For `make check`: enough to see a slip at once. `make test` tries as many as each test says.
settings.register_profile("quick", max_examples=20)

pytest_plugins = ["tests.cast"]

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="Leave out the tests that give one answer on any database."
    )


@pytest.fixture(scope="session", autouse=True)
def forced_sign_ins_are_proved() -> None:
    # app ready: pytest-django has set Django up by now, not when this file is read.
    from tests.proved import prove_forced_sign_ins  # noqa: PLC0415

    prove_forced_sign_ins()


def pytest_configure(config: pytest.Config) -> None:
    Path(os.environ["QUORATE_TEST_FOLDER"]).mkdir(mode=0o700, exist_ok=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    # The folder is the whole run's; its workers leave it to the process that started them.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(os.environ["QUORATE_TEST_FOLDER"])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        # The run on PostgreSQL is the only one that takes a sweep, and it takes what meets the database.
        if item.get_closest_marker("sweep") is not None and not meets_the_database(item):
            raise pytest.UsageError(
                f"{item.nodeid} is marked as a sweep and meets no database, so nothing would run it."
            )
    if not config.getoption("--only-database"):
        return
    chosen = [item for item in items if meets_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def meets_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(DATABASE_FIXTURES)
