"""`manage.py subject_access EMAIL FILE`: a copy of everything held on a person, across all partnerships."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.audit.recording import record
from partnership.models import User, What
from partnership.operations import system_author
from partnership.personal_data.packaging import contents_of, zipped


class Command(BaseCommand):
    help = "Writes a ZIP of all that is held on a person; what may tell of others is in a file of its own, for review."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.people().at_address(options["email"]).first()
        if person is None:
            raise CommandError("Nobody has that address.")
        contents = contents_of(person=person)
        record(What.SUBJECT_ACCESS, by=system_author(job="operator"), subject=person, detail="By the operator")
        with options["file"].open("xb") as file:
            options["file"].chmod(0o600)
            file.write(zipped(person, contents))
        self.stdout.write(f"{len(contents.released)} kinds of rows; {len(contents.for_review)} kinds wait for review.")
