"""`manage.py check_seats`: nobody shares a place in a seat with another on the same day.

The database refuses it of itself; this looks at what is there, as in a database restored from elsewhere.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from membership.queries import overlapping_appointments


class Command(BaseCommand):
    help = (
        "Look for two people in one place of a seat, or one person in two, on the same day. Exit code 1 when there are."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        overlaps = overlapping_appointments()
        for sentence in overlaps:
            self.stdout.write(sentence)
        if overlaps:
            raise CommandError(f"{len(overlaps)} overlapping appointments.")
        self.stdout.write("No two appointments overlap.")
