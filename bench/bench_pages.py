"""The pages people wait for, beside a bare view in the same run: processor time, and how often they ask the database.

Django's test client asks for the register of a meeting under way, the home of its board and the attendance of a year,
signed in as the coordinator, through the whole middleware. The floor is a view of one query that the same kind of
client asks for without any middleware.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.bench_quorum import best_of
from bench.demonstration import demonstration

if TYPE_CHECKING:
    from django.test import Client

ROUNDS = 40  # the pages in turn, so that a busy moment of the machine meets all of them
RATIO_WANTED, RATIO_AIMED_AT, QUERIES_WANTED = 20, 12, 12
BOARD = "/p/isle-of-wight/main-board/"
PAGES = {
    "register of 24 seats, open": BOARD + "meetings/2026-12-16/register/",
    "home of the board": BOARD,
    "attendance of the year": BOARD + "attendance/",
}
COORDINATOR = "nell.abara@example.org"


def measured() -> bool:
    from django.db import connection  # noqa: PLC0415 - needs the settings
    from django.test import override_settings  # noqa: PLC0415

    reader = signed_in()
    with override_settings(ROOT_URLCONF="bench.bare_view", MIDDLEWARE=[]):
        bare = fetching(plain_client(), "/")
        floor = best_of(ROUNDS, 50, bare)
    print(f"Pages as the coordinator, on {connection.vendor}, beside a bare view of one query ({floor * 1000:.2f} ms)")
    is_met = True
    for name, address in PAGES.items():
        fetch = fetching(reader, address)
        queries = queries_of(fetch)
        ratio = best_of(ROUNDS, 2, fetch) / floor
        is_met = is_met and ratio <= RATIO_WANTED and queries <= QUERIES_WANTED
        print(f"  {name:<28} {ratio:5.1f} times, {queries:2} queries")
    return is_met


def plain_client() -> Client:
    from django.test import Client  # noqa: PLC0415 - needs the settings

    return Client()


def signed_in() -> Client:
    from partnership.models import User  # noqa: PLC0415 - needs the applications

    client = plain_client()
    client.force_login(User.objects.get(email=COORDINATOR))
    return client


def fetching(client: Client, address: str) -> Callable[[], None]:
    """Ask for that address once. Raises ValueError unless a page comes."""

    def fetch() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise ValueError(f"{address} answered {response.status_code}.")

    return fetch


def queries_of(fetch: Callable[[], None]) -> int:
    from django.db import connection  # noqa: PLC0415 - needs the settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    fetch()
    with CaptureQueriesContext(connection) as queries:
        fetch()
    return len(queries)


if __name__ == "__main__":
    with demonstration():
        sys.exit(0 if measured() else 1)
