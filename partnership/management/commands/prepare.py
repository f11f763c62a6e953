"""`manage.py prepare`: checks the settings and brings the data to where pages can be served."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from partnership import health
from partnership.models import Partnership


class Command(BaseCommand):
    help = "Checks the settings, then runs migrations, collects static files and loads the demonstration, as needed."
    # They are said in one line each, with their remedy.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_what_is_unsafe()
        if health.pending_migrations():
            self._say("Preparing the database …")
            call_command("migrate", interactive=False, verbosity=0)
        # Whoever says where they are, has collected them: an image does it once, when it is built.
        if settings.PRODUCTION and not settings.ENVIRONMENT.text("STATIC_ROOT"):
            call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO_DATA and "load_demo" in get_commands() and not Partnership.objects.exists():
            self._say("Loading the demonstration …")
            call_command("load_demo")

    def _refuse_what_is_unsafe(self) -> None:
        found = checks.run_checks(databases=["default"])
        for message in found:
            if not message.is_serious() and (message.id or "").startswith("quorate."):
                self._say(f"Note: {message.msg} {message.hint}")
        serious = [
            f"Quorate cannot start: {message.msg} {message.hint or ''}" for message in found if message.is_serious()
        ]
        if serious:
            self.stderr.write("\n".join(serious))
            sys.exit(1)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
