"""`/health/`: whether every part works, for monitors and for the supervisor. Its cost does not grow with the data."""

from __future__ import annotations

import functools
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import RedisError

from partnership import clock, pulse
from partnership.models import Heartbeat, Mailbox
from partnership.obligations.alarm import mail_state
from partnership.signing_in.middleware import without_second_step

log = logging.getLogger(__name__)

State = Literal["ok", "starting", "bad"]

# Imported when the web server starts, before it divides; a worker started again later does not start anew.
STARTED_AT = clock.machine_now()


@dataclass(frozen=True, slots=True)
class Part:
    """The state of one part, and of a heartbeat its age in whole seconds (None when there has been none)."""

    state: State
    detail: str
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """Every part by name, and the migrations that the database still needs."""

    parts: dict[str, Part]
    pending_migrations: list[str]

    @property
    def state(self) -> State:
        states = {part.state for part in self.parts.values()}
        if "bad" in states:
            return "bad"
        return "starting" if "starting" in states else "ok"


@login_not_required
@without_second_step
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 when all is well or still starting, 503 when a part is bad."""
    found = examine(at=clock.machine_now())
    return JsonResponse(
        {
            "status": found.state,
            "version": settings.VERSION,
            "pending_migrations": found.pending_migrations,
            "parts": {name: _as_json(part) for name, part in found.parts.items()},
        },
        status=503 if found.state == "bad" else 200,
    )


def examine(*, at: datetime) -> Health:
    """Asks every part how it is. `at` is machine time."""
    try:
        pending = pending_migrations()
        seen_at = {} if pending else pulse.last_seen()
    except DatabaseError:
        log.exception("the database does not answer")
        database, pending, seen_at = Part("bad", "does not answer"), [], {}
    else:
        database = Part("bad", "migrations are pending: run manage.py migrate") if pending else Part("ok", "answers")
    parts = {"database": database, "broker": broker_part()}
    for process in Heartbeat.Process:
        parts[process.value] = heartbeat_part(seen_at.get(process.value), at=at)
    parts["mail"] = mail_part(at=at) if database.state == "ok" else Part("bad", "the database is not ready")
    if settings.MAILBOX is not None and database.state == "ok":
        parts["mailbox"] = mailbox_part(settings.MAILBOX.name, at=at)
    return Health(parts=parts, pending_migrations=pending)


def heartbeat_part(seen_at: datetime | None, *, at: datetime) -> Part:
    """How a background process is, by its last heartbeat. `STARTING_FOR` after our own start none is asked for."""
    age = None if seen_at is None else max(0, int((at - seen_at).total_seconds()))
    if seen_at is not None and at - seen_at <= pulse.STALE_AFTER:
        return Part("ok", "at work", age)
    if at - STARTED_AT <= pulse.STARTING_FOR:
        return Part("starting", "no heartbeat yet", age)
    return Part("bad", "no heartbeat" if seen_at is None else "the last heartbeat is too old", age)


def mail_part(*, at: datetime) -> Part:
    """Whether messages go when they are due; its age is that of the oldest one that could have gone and has not."""
    state = mail_state(now=clock.now(), machine_now=at)
    age = 0 if state.waited is None else int(state.waited.total_seconds())
    if state.held_because:
        return Part("bad", f"held: {state.held_because}", age)
    if not state.is_late:
        return Part("ok", "goes", age)
    is_starting = at - STARTED_AT <= pulse.STARTING_FOR
    return Part("starting" if is_starting else "bad", "the oldest message due has not gone", age)


def mailbox_part(name: str, *, at: datetime) -> Part:
    """Whether the mailbox that answers come to is read; its age is that of the last reading that went well."""
    box = Mailbox.objects.filter(name=name).first()
    part = heartbeat_part(None if box is None else box.read_at, at=at)
    if part.state == "ok":
        return Part("ok", "is read", part.age)
    problem = box.problem if box is not None and box.problem else "not read yet"
    return Part(part.state, f"is not read: {problem}", part.age)


def broker_part() -> Part:
    """Whether the broker answers within two seconds."""
    try:
        with Connection(
            settings.CELERY_BROKER_URL,
            connect_timeout=2,
            transport_options={**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": 2},
        ) as broker:
            broker.ensure_connection(max_retries=1, timeout=2, interval_start=0, interval_step=0)
            policy = _eviction_policy(broker)
    except (OperationalError, OSError):
        log.exception("the broker does not answer")
        return Part("bad", "does not answer")
    if policy not in {"", "noeviction"}:
        return Part("bad", f"throws jobs away when it is full ({policy}): set maxmemory-policy noeviction")
    return Part("ok", "answers")


def _eviction_policy(broker: Connection) -> str:
    """What a Redis does when it is full; empty where it does not say."""
    try:
        client: Redis = broker.default_channel.client  # type: ignore[attr-defined]  # the channel is kombu's for Redis
        return str(client.config_get("maxmemory-policy").get("maxmemory-policy", ""))
    except RedisError:
        # Hosted ones may forbid the question.
        log.info("the broker does not say what it does when it is full")
        return ""


def pending_migrations() -> list[str]:
    """The migrations of this version that the database has not had, as `app.name`."""
    had = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in _migrations_of_this_version() if (app, name) not in had]


@functools.cache
def _migrations_of_this_version() -> tuple[tuple[str, str], ...]:
    loader = MigrationLoader(None)
    return tuple(sorted(loader.disk_migrations))


def _as_json(part: Part) -> dict[str, str | int | None]:
    answer: dict[str, str | int | None] = {"status": part.state, "detail": part.detail}
    return answer if part.state == "ok" and part.age is None else {**answer, "age_seconds": part.age}
