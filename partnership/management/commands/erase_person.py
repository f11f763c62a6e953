"""`manage.py erase_person EMAIL --reason WHY`: erases a person; without a reason it says what would go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.models import User
from partnership.operations import system_author
from partnership.personal_data.erasing import NotAPerson, StillHere, erase_person, plan


class Command(BaseCommand):
    help = "Erases what is held on a person, except what has a recorded reason to be kept. Without --reason: a dry run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", default="", help="why: the request, by date and number")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.people().at_address(options["email"]).first()
        if person is None:
            raise CommandError("Nobody has that address.")
        try:
            done = (
                erase_person(person=person, reason=options["reason"], by=system_author(job="operator"))
                if options["reason"]
                else plan(person=person)
            )
        except (StillHere, NotAPerson) as refused:
            raise CommandError(str(refused)) from refused
        verb = "erased" if options["reason"] else "would be erased"
        for kind, number in sorted(done.erased.items()):
            self.stdout.write(f"{kind}: {number} fields {verb}")
        for kind, number in sorted(done.deleted.items()):
            self.stdout.write(f"{kind}: {number} rows deleted" if options["reason"] else f"{kind}: {number} rows to go")
        for (kind, why), number in sorted(done.kept.items()):
            self.stdout.write(f"{kind}: {number} stay, {why}")
