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
RATIO_WANTED, QUERIES_PROMISED = 20, 12
BOARD = "/p/isle-of-wight/main-board/"
PAGES = {
    "register of 24 seats, open": BOARD + "meetings/2026-12-16/register/",
    "home of the board": BOARD,
    "attendance of the year": BOARD + "attendance/",
}
COORDINATOR = "nell.abara@example.org"


def measured() -> bool:
    from django.db import connection  # noqa: PLC0415 - needs the settings

    bare = fetching(without_middleware(), "/bare/")
    reader = signed_in()
    pages = {name: fetching(reader, address) for name, address in PAGES.items()}
    queries = {name: queries_of(fetch) for name, fetch in pages.items()}
    floor, took = quickest(bare, pages)
    print(f"Pages as the coordinator, on {connection.vendor}, beside a bare view of one query ({floor * 1000:.2f} ms)")
    for name in pages:
        ratio = took[name] / floor
        print(
            f"  {name:<28} {ratio:5.1f} times ({took[name] * 1000:4.1f} ms),"
            f" wanted {RATIO_WANTED}: {'met' if ratio <= RATIO_WANTED else 'NOT MET'}; {queries[name]} queries"
        )
    # The ratio is a wish; the number of queries is promised.
    return all(number <= QUERIES_PROMISED for number in queries.values())


def quickest(bare: Callable[[], None], pages: dict[str, Callable[[], None]]) -> tuple[float, dict[str, float]]:
    """Processor seconds of the floor and of each page: the quickest of many rounds, all of them in every round."""
    floor, took = float("inf"), dict.fromkeys(pages, float("inf"))
    for _ in range(ROUNDS):
        floor = min(floor, best_of(1, 30, bare))
        for name, fetch in pages.items():
            took[name] = min(took[name], best_of(1, 2, fetch))
    return floor, took


def without_middleware() -> Client:
    """A client whose requests go straight to the view: it puts its middleware together at its first request."""
    from django.test import Client, override_settings  # noqa: PLC0415 - needs the settings

    client = Client()
    with override_settings(MIDDLEWARE=[]):
        client.get("/bare/")
    return client


def signed_in() -> Client:
    from django.test import Client  # noqa: PLC0415 - needs the settings

    from partnership.models import User  # noqa: PLC0415 - needs the applications

    client = Client()
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
    with demonstration(addresses="bench.bare_view"):
        sys.exit(0 if measured() else 1)
