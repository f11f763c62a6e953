"""The jobs of the partnership application."""

from __future__ import annotations

from typing import Any

from partnership import clock, pulse
from partnership.audit import keeping, sealing
from partnership.celery import app
from partnership.models import Heartbeat
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import AUTHOR, sweep
from partnership.operations import system_author


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


@app.task(name="partnership.seal_record")
def seal_record(**kwargs: Any) -> None:
    """Seals what was written since the last time. Doubled or lost, it does no harm."""
    sealing.seal_all(by=system_author(job=keeping.AUTHOR))


@app.task(name="partnership.keep_record")
def keep_record(**kwargs: Any) -> None:
    """Once a day: checks the record and anchors it. Doubled or lost, it does no harm."""
    keeping.keep(at=clock.machine_now(), by=system_author(job=keeping.AUTHOR))
