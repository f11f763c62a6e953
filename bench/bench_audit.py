"""The sealed record: rows written, sealed and checked per second, beside a floor that writes the same rows bare.

A database of its own in a temporary folder, or the server of DATABASE_URL. Seconds by the clock, the best of several
rounds, for sealing is mostly writing.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from unittest import mock

ROUNDS = 3
ROWS = 4_000
# A second: what sealing each row in a transaction of its own, under the lock, was once measured at.
SEALS_WANTED = 459


def a_second(rows: int, act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return rows / (time.perf_counter() - started)


def measured() -> bool:
    from django.db import connection, transaction  # noqa: PLC0415 - needs the settings

    from partnership import clock  # noqa: PLC0415 - as above
    from partnership.audit.recording import record  # noqa: PLC0415 - as above
    from partnership.audit.sealing import seal_all  # noqa: PLC0415 - as above
    from partnership.audit.verifying import verify  # noqa: PLC0415 - as above
    from partnership.models import Fingerprint, What  # noqa: PLC0415 - as above
    from partnership.operations import system_author  # noqa: PLC0415 - as above

    author = system_author(job="bench")

    @transaction.atomic
    def write() -> None:
        for number in range(ROWS):
            record(What.DENIED, by=author, kind="meeting", number=number)

    bare, written, sealed, checked = 0.0, 0.0, 0.0, 0.0
    for _ in range(ROUNDS):
        with transaction.atomic(), mock.patch.object(Fingerprint, "save"):
            bare = max(bare, a_second(ROWS, write))
            transaction.set_rollback(True)
        written = max(written, a_second(ROWS, write))
        sealed = max(sealed, a_second(ROWS, lambda: seal_all(by=author)))
        findings, counted = verify(now=clock.machine_now())
        if findings:
            sys.exit(str(findings[0]))
        checked = max(checked, a_second(counted.rows, lambda: verify(now=clock.machine_now())))
    print(f"The sealed record, on {connection.vendor}")
    print(f"  floor, an event without a fingerprint {bare:>8,.0f} a second")
    print(f"  an event with its fingerprint         {written:>8,.0f} a second   ({written / bare:.2f} times the floor)")
    print(f"  sealed into the chain                 {sealed:>8,.0f} a second")
    print(f"  checked, row and link                 {checked:>8,.0f} a second")
    verdict = "met" if sealed >= SEALS_WANTED else "NOT MET"
    print(f"  wanted of sealing                     {SEALS_WANTED:>8,} a second   {verdict}")
    return sealed >= SEALS_WANTED


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="quorate-bench-") as folder:
        os.environ.update(
            DATA_DIR=folder, QUORATE_MODE="test", DJANGO_SETTINGS_MODULE="partnership.settings", LOG_LEVEL="ERROR"
        )
        import django  # noqa: PLC0415 - its settings are read from the environment

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - needs the settings

        call_command("migrate", verbosity=0)
        return 0 if measured() else 1


if __name__ == "__main__":
    sys.exit(main())
