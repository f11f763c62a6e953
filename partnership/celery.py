"""The Celery application and the schedule of its jobs. Tasks say `from partnership.celery import app`."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings

from partnership.serve.tether import tie_to_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

app = Celery("quorate")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Jobs by name, for the roof speaks upwards in strings only. Each may run twice, late, or not at all for a while.
app.conf.beat_schedule = {
    "record_heartbeat": {
        "task": "partnership.record_heartbeat",
        "schedule": float(settings.HEARTBEAT_EVERY),
        # A worker that comes back has no use for the heartbeats of the time it was away.
        "options": {"expires": 60},
    },
    "plan_reminders": {
        "task": "partnership.plan_reminders",
        "schedule": float(settings.DELIVERY_TICK),
        "options": {"expires": 60},
    },
    "send_reminders": {
        "task": "partnership.send_reminders",
        "schedule": float(settings.DELIVERY_TICK),
        "options": {"expires": 60},
    },
    "read_mailbox": {
        "task": "partnership.read_mailbox",
        "schedule": float(settings.DELIVERY_TICK),
        "options": {"expires": 60},
    },
    "seal_record": {
        "task": "partnership.seal_record",
        "schedule": float(settings.SEAL_EVERY),
        "options": {"expires": 60},
    },
    "keep_record": {
        "task": "partnership.keep_record",
        "schedule": float(settings.KEEP_EVERY),
        "options": {"expires": 600},
    },
    "follow_handovers": {
        "task": "membership.follow_handovers",
        "schedule": float(settings.DELIVERY_TICK),
        "options": {"expires": 60},
    },
    "keep_duties": {
        "task": "partnership.keep_duties",
        "schedule": float(settings.KEEP_EVERY),
        "options": {"expires": 600},
    },
    "drop_old_imports": {
        "task": "membership.drop_old_imports",
        "schedule": float(settings.KEEP_EVERY),
        "options": {"expires": 600},
    },
    "drop_old_contact_sheets": {
        "task": "meetings.drop_old_contact_sheets",
        "schedule": float(settings.KEEP_EVERY),
        "options": {"expires": 600},
    },
    "end_calendar_feeds": {
        "task": "meetings.end_calendar_feeds",
        "schedule": float(settings.KEEP_EVERY),
        "options": {"expires": 600},
    },
    "tell_the_week": {
        "task": "reviews.tell_the_week",
        "schedule": float(settings.KEEP_EVERY),
        "options": {"expires": 600},
    },
    "do_personal_data": {
        "task": "partnership.do_personal_data",
        "schedule": float(settings.DELIVERY_TICK),
        "options": {"expires": 60},
    },
    "make_waiting_documents": {
        "task": "meetings.make_waiting_documents",
        "schedule": float(settings.DELIVERY_TICK),
        "options": {"expires": 60},
    },
}


@worker_process_init.connect
def end_with_the_worker(**kwargs: Any) -> None:
    """A killed worker takes its processes with it."""
    tie_to_parent(os.getppid())
