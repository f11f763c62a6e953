"""`/health/`: good, and bad in each of its parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django.asserts import assertNumQueries

from meetings.operations import cancel
from partnership import clock, health, pulse
from partnership.models import Delivery, Heartbeat
from partnership.obligations.alarm import report_all_is_well
from partnership.obligations.holding import hold, release
from tests.cast import Cast

pytestmark = pytest.mark.django_db

Settings = Any
LONG_AGO = timedelta(hours=1)


@pytest.fixture
def broker_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "broker_part", lambda: health.Part("ok", "answers"))


@pytest.fixture
def started_long_ago(monkeypatch: pytest.MonkeyPatch) -> datetime:
    started = clock.machine_now() - LONG_AGO
    monkeypatch.setattr(health, "STARTED_AT", started)
    return started


def seen(process: Heartbeat.Process, *, ago: timedelta) -> None:
    Heartbeat.objects.update_or_create(name=process, defaults={"at": clock.machine_now() - ago})


def all_seen(*, ago: timedelta = timedelta(seconds=3)) -> None:
    for process in Heartbeat.Process:
        seen(process, ago=ago)


def test_good(client: Client, broker_answers: None, started_long_ago: datetime) -> None:
    all_seen()
    answer = client.get("/health/")
    assert answer.status_code == 200
    body = answer.json()
    assert body["status"] == "ok"
    assert body["version"] == "0.1.0"
    assert body["pending_migrations"] == []
    assert {name: part["status"] for name, part in body["parts"].items()} == {
        "database": "ok",
        "broker": "ok",
        "worker": "ok",
        "beat": "ok",
        "planner": "ok",
        "sweep": "ok",
        "mail": "ok",
    }
    assert 3 <= body["parts"]["worker"]["age_seconds"] <= 20
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("process", list(Heartbeat.Process))
def test_a_heartbeat_too_old_is_bad(
    client: Client, broker_answers: None, started_long_ago: datetime, process: Heartbeat.Process
) -> None:
    all_seen()
    seen(process, ago=pulse.STALE_AFTER + timedelta(seconds=5))
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["parts"][process]["status"] == "bad"
    assert answer.json()["parts"][process]["age_seconds"] >= 305


@pytest.mark.parametrize("process", list(Heartbeat.Process))
def test_no_heartbeat_long_after_the_start_is_bad(
    client: Client, broker_answers: None, started_long_ago: datetime, process: Heartbeat.Process
) -> None:
    all_seen()
    Heartbeat.objects.filter(name=process).delete()
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["parts"][process] == {"status": "bad", "detail": "no heartbeat", "age_seconds": None}


def test_starting_is_not_bad(client: Client, broker_answers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STARTED_AT", clock.machine_now())
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json()["status"] == "starting"


def test_edges_of_starting_and_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    start = datetime(2027, 4, 22, 10, tzinfo=UTC)
    monkeypatch.setattr(health, "STARTED_AT", start)
    second = timedelta(seconds=1)
    assert health.heartbeat_part(None, at=start + 90 * second).state == "starting"
    assert health.heartbeat_part(None, at=start + 91 * second).state == "bad"
    later = start + LONG_AGO
    assert health.heartbeat_part(later - 300 * second, at=later).state == "ok"
    assert health.heartbeat_part(later - 301 * second, at=later).state == "bad"
    assert health.heartbeat_part(later + second, at=later) == health.Part("ok", "at work", 0)


def test_broker_that_does_not_answer_is_bad(client: Client, started_long_ago: datetime, settings: Settings) -> None:
    all_seen()
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/broker.sock"
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["parts"]["broker"] == {"status": "bad", "detail": "does not answer", "age_seconds": None}
    assert answer.json()["parts"]["database"]["status"] == "ok"


def test_database_that_does_not_answer_is_bad(client: Client, broker_answers: None, started_long_ago: datetime) -> None:
    def refuse(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        raise OperationalError("the server has gone")

    with connection.execute_wrapper(refuse):
        answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"]["detail"] == "does not answer"
    assert answer.json()["status"] == "bad"


def test_pending_migration_is_bad_and_named(client: Client, broker_answers: None, started_long_ago: datetime) -> None:
    all_seen()
    MigrationRecorder(connection).record_unapplied("partnership", "0001_initial")
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["pending_migrations"] == ["partnership.0001_initial"]
    assert answer.json()["parts"]["database"]["detail"] == "migrations are pending: run manage.py migrate"


@pytest.mark.parametrize("others", [0, 50])
def test_cost_is_constant(client: Client, broker_answers: None, others: int) -> None:
    all_seen()
    Heartbeat.objects.bulk_create(
        Heartbeat(name=f"process {number}", at=clock.machine_now()) for number in range(others)
    )
    health.pending_migrations()
    with assertNumQueries(6):
        client.get("/health/")


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/health/").status_code == 405


def test_recording_twice_keeps_one_row() -> None:
    pulse.record(Heartbeat.Process.WORKER)
    first = pulse.last_seen()["worker"]
    pulse.record(Heartbeat.Process.WORKER)
    assert Heartbeat.objects.count() == 1
    assert pulse.last_seen()["worker"] >= first


def test_heartbeats_keep_the_machines_time_when_the_clock_is_stopped(settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = datetime(2019, 4, 22, tzinfo=UTC)
    pulse.record(Heartbeat.Process.BEAT)
    assert pulse.last_seen()["beat"].year > 2019


@pytest.mark.parametrize(("minutes", "status"), [(15, 200), (16, 503)])
def test_a_message_that_does_not_go_turns_it_red(
    cast: Cast, client: Client, broker_answers: None, started_long_ago: datetime, minutes: int, status: int
) -> None:
    all_seen()
    cancel(meeting=cast.meeting(on=date(2027, 4, 22)), reason="Snow", by=cast["coordinator"])
    Delivery.objects.update(send_at=clock.now() - timedelta(minutes=minutes))
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["parts"]["mail"]["age_seconds"]) == (status, minutes * 60)
    Delivery.objects.all().delete()
    assert client.get("/health/").status_code == 200


def test_mail_that_is_held_turns_it_red(
    cast: Cast, client: Client, broker_answers: None, started_long_ago: datetime
) -> None:
    all_seen()
    hold(reason="Restored", now=clock.now(), by=cast["manager"])
    assert client.get("/health/").json()["parts"]["mail"]["detail"] == "held: Restored"
    release(reason="Looked through", now=clock.now(), by=cast["manager"])
    assert client.get("/health/").status_code == 200


class Watch(BaseHTTPRequestHandler):
    calls: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.calls.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


def test_the_watch_is_called_while_all_is_well_and_only_then(cast: Cast, settings: Settings) -> None:
    def report() -> bool:
        return report_all_is_well(now=clock.now(), machine_now=clock.machine_now())

    assert not report(), "nobody asked for it"
    with ThreadingHTTPServer(("127.0.0.1", 0), Watch) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.HEARTBEAT_URL = f"http://127.0.0.1:{server.server_port}/ping/quorate"
        assert report()
        hold(reason="Restored", now=clock.now(), by=cast["manager"])
        assert not report()
        release(reason="Looked through", now=clock.now(), by=cast["manager"])
        server.shutdown()
    assert Watch.calls == ["/ping/quorate"]
    assert not report(), "nobody answers, and nothing breaks"
