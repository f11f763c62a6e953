"""`manage.py bank_holiday`: enters a bank holiday that was proclaimed, or takes one back, and dates duties anew."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.models import User
from partnership.obligations.recounting import proclaim
from partnership.proclaimed_days import UnreadableDays, proclaimed
from partnership.rules.deadlines.calendars import Division
from partnership.rules.plain_dates import long_date
from partnership.working_days import working_days

DIVISIONS = {division.value.lower().replace(" ", "-"): division for division in Division}


class Command(BaseCommand):
    help = "Enters a bank holiday proclaimed since the installed table was made, or takes one back; lists what was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("add", "take-back", "list"))
        parser.add_argument("days", nargs="*", help="days such as 2027-06-21")
        parser.add_argument("--division", choices=sorted(DIVISIONS), default="england-and-wales")
        parser.add_argument("--by", default="", help="the e-mail address of whoever enters it")
        parser.add_argument("--reason", default="", help="by what it was proclaimed; it stands in each duty's history")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["what"] == "list":
                self._list()
            else:
                self._proclaim(options)
        except UnreadableDays as unreadable:
            raise CommandError(str(unreadable)) from unreadable

    def _proclaim(self, options: dict[str, Any]) -> None:
        division, is_holiday = DIVISIONS[options["division"]], options["what"] == "add"
        days = [_day(text, division, is_holiday=is_holiday) for text in options["days"]]
        by = User.objects.people().active().filter(email=options["by"].lower()).first()
        if not days:
            raise CommandError("Name a day, such as 2027-06-21.")
        if not options["reason"]:
            raise CommandError('Say by what it was proclaimed: --reason "…"')
        if by is None:
            raise CommandError(f"{options['by'] or 'Whoever enters it'} is nobody with an account: --by EMAIL")
        moved = proclaim(days=days, division=division, is_holiday=is_holiday, reason=options["reason"], by=by)
        for each in moved:
            self.stdout.write(f"{each.board}: {each.duty} is due by {long_date(each.due_on)} now.")
        self.stdout.write(f"Duties dated anew: {len(moved)}.")

    def _list(self) -> None:
        for day in proclaimed():
            what = "a bank holiday" if day.is_holiday else "no bank holiday"
            self.stdout.write(f"{day.on}  {day.division}: {what}. {day.reason} ({day.by}, {day.at})")


def _day(text: str, division: Division, *, is_holiday: bool) -> date:
    """A day that is none yet, or is one already, as is asked."""
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(f"{text} is no day: write it as 2027-06-21.") from wrong
    if (day in working_days(division).holidays) is is_holiday:
        state = "already a bank holiday" if is_holiday else "no bank holiday"
        raise CommandError(f"{long_date(day)} is {state} of {division}.")
    return day
