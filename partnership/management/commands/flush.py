"""`manage.py flush`, which empties a database: for tests and trials, and never where there is a record to keep."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush

from partnership.audit import guards


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("In production nothing empties the database: the record is written once.")
        guards.take_down(options["database"])
        super().handle(**options)
        guards.put_up(using=options["database"])
