"""`manage.py run_due`: enters what falls due, sends what is due, and reads the mailbox, once, without a worker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from partnership import clock
from partnership.celery import app
from partnership.mailbox import reading
from partnership.obligations import steadiness
from partnership.obligations.alarm import report_all_is_well
from partnership.obligations.holding import held_because
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import AUTHOR, sweep
from partnership.operations import system_author

UNSTEADY = (
    "The machine's clock was moved, or stands before the last act recorded: no mail goes until it is back, or has "
    "stayed where it is for an hour. Set the clock, then run this again."
)

# Jobs of the worker that enter what is to be sent, by name as in its schedule: apps above this one have some of them.
ENTERING = ("partnership.keep_duties", "membership.follow_handovers", "reviews.tell_the_week")


class Command(BaseCommand):
    help = "Enters and sends what is due now, and reads the mailbox. May run at any time, beside a worker or instead."

    def handle(self, *args: Any, **options: Any) -> None:
        now, left_at = clock.now(), Path(settings.CLOCK_MARK)
        steadiness.MACHINE.take_up(left_at)
        app.loader.import_default_modules()
        for job in ENTERING:
            app.tasks[job]()
        looked_at = plan(now=now)
        tally = sweep(now=now, by=system_author(job=AUTHOR))
        is_kept = steadiness.MACHINE.is_kept()
        steadiness.MACHINE.leave(left_at)
        if not is_kept:
            raise CommandError(UNSTEADY)
        report_all_is_well(now=clock.now(), machine_now=clock.machine_now())
        parts = [f"{number} {outcome}" for outcome, number in sorted(tally.items()) if number]
        read = reading.read_mailbox(now=clock.now(), by=system_author(job=reading.AUTHOR))
        if reason := held_because():
            self.stdout.write(f"Mail is held: {reason}")
        if read:
            self.stdout.write("Mails read: " + ", ".join(f"{number} {what}" for what, number in sorted(read.items())))
        self.stdout.write(f"{looked_at} obligations looked at; messages: {', '.join(parts) or 'none due'}.")
