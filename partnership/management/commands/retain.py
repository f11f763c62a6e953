"""`manage.py retain`: removes what is over its time, by class; with --dry-run it says how much that is."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from partnership import clock
from partnership.audit.keeping import AUTHOR
from partnership.operations import system_author
from partnership.personal_data.registry import RETENTION
from partnership.personal_data.retaining import counted, retain


class Command(BaseCommand):
    help = "Removes records at the end of their time, class by class, as docs/security.md lists them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        numbers = counted(now=now) if options["dry_run"] else retain(now=now, by=system_author(job=AUTHOR))
        for name, kept in RETENTION.items():
            days = "for ever" if kept.days is None else f"{kept.days} days after {kept.since}"
            self.stdout.write(f"{kept.name} ({days}): {numbers.get(name, 0)}")
