"""`manage.py serve`: everything one machine needs, in one command, until Ctrl-C."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from partnership.serve import command_line


class Command(BaseCommand):
    """For `manage.py help` and `call_command`; `manage.py serve` itself takes a short cut past Django's start."""

    help = command_line.DESCRIPTION
    # `prepare` runs them.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        command_line.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        status = command_line.run(end_with_parent=options["end_with_parent"])
        if status:
            sys.exit(status)
