"""`manage.py record_bounce < REPORT`: writes down that a message came back."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnership import clock
from partnership.obligations.bounces import NotABounce, bounce_in, record_bounce
from partnership.obligations.sweeping import AUTHOR
from partnership.operations import system_author


class Command(BaseCommand):
    help = "Reads one delivery report from standard input, as a mail server pipes it, and flags the address."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bounce = bounce_in(sys.stdin.buffer.read())
        except NotABounce as error:
            raise CommandError(str(error)) from error
        number = len(record_bounce(bounce, now=clock.now(), by=system_author(job=AUTHOR)))
        self.stdout.write(f"Messages marked as come back: {number}.")
