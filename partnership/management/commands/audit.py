"""`manage.py audit verify | seal | anchor`: checks, seals and anchors the record."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from partnership import clock
from partnership.audit.keeping import AUTHOR
from partnership.audit.sealing import anchor, seal_all
from partnership.audit.verifying import verify
from partnership.operations import system_author


class Command(BaseCommand):
    help = "Checks that no row of the record was changed, deleted or put in; seals new rows; anchors the chain's head."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("verify", "seal", "anchor"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "verify":
            self._verify()
        elif options["act"] == "seal":
            self.stdout.write(f"{seal_all(by=system_author(job=AUTHOR))} rows sealed.")
        else:
            path = anchor(at=clock.machine_now())
            self.stdout.write(f"Written to {path}." if path else "Nothing to write: today's stands, or none is sealed.")

    def _verify(self) -> None:
        findings, counted = verify(now=clock.machine_now())
        for finding in findings:
            self.stderr.write(str(finding))
        through = f"{counted.rows} rows, {counted.links} links, {counted.anchors} anchors checked"
        if findings:
            self.stderr.write(f"THE RECORD IS NOT AS IT WAS WRITTEN: {len(findings)} found. {through}.")
            sys.exit(1)
        self.stdout.write(f"The record stands as it was written: {through}.")
