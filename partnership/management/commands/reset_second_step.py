"""manage.py reset_second_step EMAIL --by EMAIL --agreed-by EMAIL --reason TEXT"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.models import User
from partnership.signing_in.codes import active_person
from partnership.signing_in.second_step import NotTwoPeople, reset_second_step


class Command(BaseCommand):
    """For somebody who has lost app, passkeys and recovery codes. Whoever asked has to be known in person."""

    help = "Take away a person's second step, so that they set up another. Two other people have to agree."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="whose second step is reset")
        parser.add_argument("--by", required=True, help="the e-mail address of whoever does it")
        parser.add_argument("--agreed-by", required=True, help="the e-mail address of whoever agreed")
        parser.add_argument("--reason", required=True, help="why, and how it was made sure who asked")

    def handle(self, *args: Any, **options: Any) -> None:
        person, by, agreed_by = (_person(options[name]) for name in ("email", "by", "agreed_by"))
        try:
            reset_second_step(person=person, reason=options["reason"], by=by, agreed_by=agreed_by)
        except NotTwoPeople as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"The second step of {person} is reset. They set up another at their next sign-in.")


def _person(email: str) -> User:
    person = active_person(email)
    if person is None:
        raise CommandError(f"Nobody with an open account has the address {email}.")
    return person
