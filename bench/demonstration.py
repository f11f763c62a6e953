"""The demonstration in a database made for one benchmark: today is a Wednesday in December, ten to eleven in London."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

NOW = "2026-12-16T10:50:00+00:00"


@contextmanager
def demonstration(addresses: str = "partnership.urls") -> Iterator[None]:
    """Django set up on an empty database, the demonstration loaded into it; DATABASE_URL may name another server.

    The database is SQLite's in a folder that goes with the block, unless DATABASE_URL is set. `addresses` is the module
    that lists the addresses served.
    """
    with TemporaryDirectory(prefix="quorate-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "partnership.settings",
            "DATA_DIR": folder,
            "DEMO": "1",
            "QUORATE_NOW": NOW,
            "LOG_LEVEL": "ERROR",
            "ALLOWED_HOSTS": "testserver",
        }
        os.environ.pop("QUORATE_MODE", None)
        import django  # noqa: PLC0415 - settings are read from the environment that was set above
        from django.conf import settings  # noqa: PLC0415

        settings.ROOT_URLCONF = addresses
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - needs the applications
        from django.db import connection  # noqa: PLC0415 - needs the settings

        call_command("migrate", verbosity=0)
        call_command("load_demo", stdout=sys.stderr)
        try:
            yield
        finally:
            connection.close()
