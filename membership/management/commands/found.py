"""`manage.py found PARTNERSHIP --manager EMAIL …`: a new installation's partnership, boards and first manager."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from membership.operations.founding import Board, Founding, FoundingRefused, Manager, found
from partnership.addresses import NotAnAddress, canonical
from partnership.constitutions.problems import BadFile
from partnership.constitutions.text import LIMIT_IN_BYTES
from partnership.models import Division
from partnership.operations import ConstitutionOutOfOrder, NotInForceFromAnyDate
from partnership.presenters.invitations import until_words
from partnership.signing_in.invitations import TooManyInvitations, token_of

REFUSALS = (FoundingRefused, NotInForceFromAnyDate, ConstitutionOutOfOrder, TooManyInvitations)


class Command(BaseCommand):
    """Whoever may run this may read the database anyway. From the first manager on, people invite one another."""

    help = (
        "Found a partnership with boards from constitution files, or take an existing one, and invite its first "
        "manager. Prints the address at which they accept. Running it again founds nothing twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("partnership", help="its word in addresses, such as isle-of-wight")
        parser.add_argument("--name", default="", help="the partnership's full name; asked for when it is new")
        parser.add_argument("--short-name", default="", help="its short name; asked for when it is new")
        parser.add_argument("--team-email", default="", help="where answers to its messages go")
        parser.add_argument("--bank-holidays", choices=Division.values, default=Division.ENGLAND_AND_WALES)
        parser.add_argument(
            "--constitution",
            action="append",
            default=[],
            metavar="FILE",
            help="a constitution file, of which a board is founded; once for each board",
        )
        parser.add_argument(
            "--in-force-from", type=_day, metavar="YYYY-MM-DD", help="for constitution files that state no date"
        )
        parser.add_argument("--manager", required=True, metavar="EMAIL", help="the first manager's work address")
        parser.add_argument(
            "--manager-name", default="", metavar="NAME", help="their name; asked for when they are new"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DEMO:
            raise CommandError("This is the demonstration, which holds made-up people alone. Unset DEMO.")
        texts = tuple(_read(name) for name in options["constitution"])
        try:
            founded = found(_founding(options, texts))
        except BadFile as refused:
            problems = "\n".join(f"  {problem}" for problem in refused.problems)
            raise CommandError(f"A constitution file cannot be used:\n{problems}") from refused
        except REFUSALS as refused:
            raise CommandError(str(refused)) from refused
        for line in founded.done:
            self.stdout.write(line)
        if founded.invitation is None:
            return
        address = reverse("invitation", args=[token_of(founded.invitation.uuid)])
        self.stdout.write(f"{founded.invitation.person} accepts here, once, {until_words(founded.invitation)}:")
        self.stdout.write(f"{settings.SITE_URL}{address}")
        self.stdout.write(
            f"The same is on its way to {founded.invitation.address}, as soon as the worker runs."
            if settings.EMAIL_HOST
            else "No mail server is set: hand the address over yourself, so that nobody else reads it."
        )


def _founding(options: dict[str, Any], texts: tuple[str, ...]) -> Founding:
    for option in ("manager", "team_email"):
        _check_address(options[option], option)
    return Founding(
        slug=options["partnership"],
        name=options["name"].strip(),
        short_name=options["short_name"].strip(),
        team_email=options["team_email"].strip(),
        bank_holidays=Division(options["bank_holidays"]),
        boards=tuple(Board(text, options["in_force_from"]) for text in texts),
        manager=Manager(canonical(options["manager"]), options["manager_name"].strip()),
    )


def _check_address(email: str, option: str) -> None:
    if not email and option == "team_email":
        return
    try:
        validate_email(email.strip())
        canonical(email)
    except (ValidationError, NotAnAddress) as refused:
        name = option.replace("_", "-")
        raise CommandError(f"--{name}: “{email}” is no e-mail address, like name@example.org.") from refused


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as refused:
        raise ArgumentTypeError(f"“{text}” is no date, like 2027-04-01.") from refused


def _read(name: str) -> str:
    path = Path(name)
    try:
        if path.stat().st_size > LIMIT_IN_BYTES:
            raise CommandError(f"{name} is larger than {LIMIT_IN_BYTES // 1024} KB: no constitution is.")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as refused:
        raise CommandError(f"{name} is no text in UTF-8.") from refused
    except OSError as refused:
        raise CommandError(f"{name} cannot be read: {refused.strerror}.") from refused
