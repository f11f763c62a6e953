"""The pages people wait for, beside a bare view in the same run: processor time, and how often they ask the database.

Django's test client asks for the register of a meeting under way, the home of its board and the attendance of a year,
signed in as the coordinator, through the whole middleware.

There are two floors, both a view of one query that answers in plain text. The promise is measured against the one that
the same coordinator asks for, through the same middleware: the least that any page here can cost (ADR 0024). The other
is asked for without any middleware, which no page of this project can be; it says what the middleware costs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bench.bench_quorum import best_of
from bench.demonstration import demonstration

if TYPE_CHECKING:
    from django.test import Client

ROUNDS = 40  # the pages in turn, so that a busy moment of the machine meets all of them
RATIO_PROMISED, QUERIES_PROMISED = 20, 12
BARE = "/bare/"
BOARD = "/p/isle-of-wight/main-board/"
PAGES = {
    "register of 24 seats, open": BOARD + "meetings/2026-12-16/register/",
    "home of the board": BOARD,
    "attendance of the year": BOARD + "attendance/",
}
COORDINATOR = "nell.abara@example.org"


def measured() -> bool:
    from django.db import connection  # noqa: PLC0415 - needs the settings

    reader = signed_in()
    bare, alone = fetching(reader, BARE), fetching(without_middleware(), BARE)
    pages = {name: fetching(reader, address) for name, address in PAGES.items()}
    floor, lowest, *took = quickest([bare, alone, *pages.values()])
    print(f"Pages as the coordinator, on {connection.vendor}, processor time; beside a bare view of one query:")
    print(f"  asked for as the pages are     {floor * 1000:5.2f} ms ({queries_of(bare)} queries): the floor")
    print(f"  asked for without middleware   {lowest * 1000:5.2f} ms ({queries_of(alone)} query)")
    is_met = True
    for (name, fetch), seconds in zip(pages.items(), took, strict=True):
        ratio, queries = seconds / floor, queries_of(fetch)
        is_kept = ratio <= RATIO_PROMISED and queries <= QUERIES_PROMISED
        print(
            f"  {name:<28} {ratio:5.1f} times the floor ({seconds * 1000:4.1f} ms), {queries} queries;"
            f" promised {RATIO_PROMISED} and {QUERIES_PROMISED}: {'kept' if is_kept else 'NOT KEPT'};"
            f" {seconds / lowest:.0f} times the view without middleware"
        )
        is_met = is_met and is_kept
    return is_met


def quickest(fetches: Sequence[Callable[[], None]]) -> list[float]:
    """Processor seconds of each: the quickest of many rounds, all of them in every round."""
    took = [float("inf")] * len(fetches)
    for _ in range(ROUNDS):
        took = [min(least, best_of(1, 2, fetch)) for least, fetch in zip(took, fetches, strict=True)]
    return took


def without_middleware() -> Client:
    """A client whose requests go straight to the view: it puts its middleware together at its first request."""
    from django.test import Client, override_settings  # noqa: PLC0415 - needs the settings

    client = Client()
    with override_settings(MIDDLEWARE=[]):
        client.get(BARE)
    return client


def signed_in() -> Client:
    from django.test import Client  # noqa: PLC0415 - needs the settings

    from partnership.models import User  # noqa: PLC0415 - needs the applications
    from tests.proved import prove_forced_sign_ins  # noqa: PLC0415 - needs the applications

    prove_forced_sign_ins()
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
