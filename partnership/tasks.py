"""The jobs of the partnership application."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from partnership import clock, pulse
from partnership.audit import keeping, sealing
from partnership.celery import app
from partnership.mailbox import reading
from partnership.models import Heartbeat
from partnership.obligations import features
from partnership.obligations.alarm import report_all_is_well
from partnership.obligations.planning import plan
from partnership.obligations.recounting import recount
from partnership.obligations.sweeping import AUTHOR, sweep
from partnership.operations import system_author
from partnership.personal_data.retaining import retain
from partnership.personal_data.working import do_waiting


@app.task(name="partnership.record_heartbeat")
def record_heartbeat(**kwargs: Any) -> None:
    """Shows that a worker takes jobs from the broker and does them."""
    pulse.record(Heartbeat.Process.WORKER)


@app.task(name="partnership.plan_reminders")
def plan_reminders(**kwargs: Any) -> None:
    """Enters the messages whose hour comes near. Doubled or lost, it does no harm."""
    plan(now=clock.now())


@app.task(name="partnership.send_reminders")
def send_reminders(**kwargs: Any) -> None:
    """Sends what is due. Doubled or lost, it does no harm."""
    sweep(now=clock.now(), by=system_author(job=AUTHOR))
    report_all_is_well(now=clock.now(), machine_now=clock.machine_now())


@app.task(name="partnership.read_mailbox")
def read_mailbox(**kwargs: Any) -> None:
    """Reads what is new in the mailbox that answers come to. Doubled or lost, it does no harm."""
    if settings.MAILBOX is not None:
        reading.read_mailbox(now=clock.now(), by=system_author(job=reading.AUTHOR))


@app.task(name="partnership.keep_duties")
def keep_duties(**kwargs: Any) -> None:
    """Enters what a new year, a quarter or terms that came into force ask. Doubled or lost, it does no harm."""
    by = system_author(job=AUTHOR)
    features.plan_all(by=by)
    recount(why="the table of bank holidays changed", by=by)


@app.task(name="partnership.seal_record")
def seal_record(**kwargs: Any) -> None:
    """Seals what was written since the last time. Doubled or lost, it does no harm."""
    sealing.seal_all(by=system_author(job=keeping.AUTHOR))


@app.task(name="partnership.keep_record")
def keep_record(**kwargs: Any) -> None:
    """Once a day: checks the record and anchors it; removes what is over its time. Doubled or lost, it does no harm."""
    by = system_author(job=keeping.AUTHOR)
    if keeping.keep(at=clock.machine_now(), by=by):
        retain(now=clock.now(), by=by)


@app.task(name="partnership.do_personal_data")
def do_personal_data(**kwargs: Any) -> None:
    """Makes the copies and does the erasures that somebody asked for. Doubled or lost, it does no harm."""
    do_waiting()
