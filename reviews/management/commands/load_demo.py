"""manage.py load_demo [--refresh]"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from partnership import clock
from partnership.rules.plain_dates import long_date, plain_time
from reviews.demo.loading import NotLoaded, OtherDataHere, is_loaded, load_demonstration, refresh_demonstration


class Command(BaseCommand):
    help = "Fill an empty database with the demonstration. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--refresh", action="store_true", help="move today's two meetings to the last full hour")

    def handle(self, *args: Any, refresh: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration is for demo settings only. Set DEMO=1, on a database made for it.")
        try:
            if refresh:
                self._refresh()
            else:
                self._load()
        except (NotLoaded, OtherDataHere) as refused:
            raise CommandError(str(refused)) from refused

    def _load(self) -> None:
        if is_loaded():
            self.stdout.write("The demonstration is loaded already; nothing was changed.")
            return
        made = load_demonstration(now=clock.now())
        self.stdout.write(
            f"The demonstration is loaded: {made.partnerships} partnerships, {made.boards} boards, "
            f"{made.people} people, {made.meetings} meetings, {made.rows} rows of attendance."
        )

    def _refresh(self) -> None:
        moved = refresh_demonstration(now=clock.now())
        if not moved:
            self.stdout.write("Today's meetings are where they should be; nothing was changed.")
        for meeting in moved:
            self.stdout.write(f"{meeting.board.name}: now {long_date(meeting.on)}, {plain_time(meeting.starts_at)}.")
