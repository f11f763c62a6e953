"""Reminders: what the sweep's choice costs as the ledger grows, and how fast one worker sends.

The first part fills a database with 10,000 and then 1,000,000 obligations and times what a tick asks. The second sends
a thousand reminders through a real broker and worker to a mail server, beside smtplib sending the same messages to it.
A database of its own in a temporary folder, or the server of DATABASE_URL.
"""

from __future__ import annotations

import os
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FEW, MANY = 10_000, 1_000_000
FLAT = 1.5
QUERIES = 20
REMINDERS, PEOPLE, MEETINGS = 1_000, 40, 25
OF_FLOOR, AIM = 0.5, 0.7
FIRST_WITHIN = 1.5
HOUR = "2027-04-01T08:31"
NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})"


# --- the ledger as it grows -------------------------------------------------------------------------------------------


def multiply(row: Any, changes: dict[str, str], first: int, last: int) -> None:
    """Copies of a row, numbered; `changes` are the columns that differ, as SQL of `n`."""
    from django.db import connection  # noqa: PLC0415 - needs the settings

    table = row._meta.db_table
    columns = [field.column for field in row._meta.local_concrete_fields if not field.primary_key]
    values = [changes.get(column, f't."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{NUMBERS.format(first=first, last=last)} INSERT INTO {table} ({names}) "  # noqa: S608 - our own names
            f"SELECT {', '.join(values)} FROM {table} t, numbers WHERE t.id = {row.pk}"
        )


def fill(obligation: Any, delivery: Any, first: int, last: int) -> None:
    """Obligations met long ago, each with a message sent."""
    from django.db import connection  # noqa: PLC0415 - needs the settings

    is_file = connection.vendor == "sqlite"
    number = "CAST(n AS text)"
    uuid = "printf('%032x', n)" if is_file else "md5(CAST(n AS text))::uuid"
    long_ago = "'2020-01-01 08:30:00'"
    met = {"occurrence": f"'n' || {number}", "met_on": "DATE('2020-01-01')", "evidence": "'Agenda'", "plan_at": "NULL"}
    multiply(obligation, met, first, last)
    base = type(obligation).objects.order_by("-pk").values_list("pk", flat=True)[0] - last
    lowest = type(delivery.recipient).objects.order_by("pk").values_list("pk", flat=True)[0]
    sent = {"uuid": uuid, "state": "'sent'", "send_at": long_ago, "sent_at": long_ago}
    # Each of an obligation of its own, and of one person after another.
    sent |= {"obligation_id": f"n + {base}", "recipient_id": f"{lowest} + n % 30"}
    if not is_file:
        sent |= {"send_at": f"{long_ago}::timestamptz", "sent_at": f"{long_ago}::timestamptz"}
    multiply(delivery, sent, first, last)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def quickest(act: Callable[[], object], rounds: int = 40) -> float:
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - started)
    return best


def asked_by_a_tick(now: datetime) -> None:
    """The choice of the planner and of the sweep, and the figure that is watched."""
    from partnership import clock  # noqa: PLC0415 - needs the settings
    from partnership.models import Obligation  # noqa: PLC0415 - as above
    from partnership.obligations import claims  # noqa: PLC0415 - as above
    from partnership.obligations.alarm import mail_state  # noqa: PLC0415 - as above

    machine_now = clock.machine_now()
    list(Obligation.objects.to_plan(now)[:200].values_list("pk"))
    claims.due_ids(now=now, machine_now=machine_now)
    mail_state(now=now, machine_now=machine_now)


def queries_of_a_sweep(now: datetime) -> int:
    """How many the sweep makes beside those for each message, which is taken by nobody."""
    from django.db import connection, transaction  # noqa: PLC0415 - needs the settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    from partnership import clock  # noqa: PLC0415 - as above
    from partnership.obligations import claims  # noqa: PLC0415 - as above
    from partnership.obligations.messages import rows_behind  # noqa: PLC0415 - as above
    from partnership.operations import system_author  # noqa: PLC0415 - as above

    author = system_author(job="bench")
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        machine_now = clock.machine_now()
        claims.reclaim(now=now, machine_now=machine_now, by=author)
        ids = claims.due_ids(now=now, machine_now=machine_now)
        rows_behind(claims.claim(ids, now=now, machine_now=machine_now, by=author))
        transaction.set_rollback(True)
    return len(asked)


def ledger_is_flat(now: datetime) -> bool:
    from partnership.models import Delivery, Obligation  # noqa: PLC0415 - needs the settings
    from partnership.obligations.planning import plan  # noqa: PLC0415 - as above

    plan(now=now - timedelta(minutes=5))
    obligation, delivery = Obligation.objects.first(), Delivery.objects.first()
    times, queries, first = {}, {}, 1
    for size in (FEW, MANY):
        fill(obligation, delivery, first, size)
        first = size + 1
        times[size] = quickest(lambda: asked_by_a_tick(now))
        queries[size] = queries_of_a_sweep(now)
        print(
            f"  {size:>9,} obligations: a tick asks for {times[size] * 1000:6.2f} ms, {queries[size]} queries a batch"
        )
    ratio = times[MANY] / times[FEW]
    is_met = ratio <= FLAT and queries[MANY] == queries[FEW] <= QUERIES
    print(f"  {ratio:.2f} times, wanted {FLAT} at most   {'met' if is_met else 'NOT MET'}")
    for each in (Delivery, Obligation):
        remove_copies(each)
    return is_met


def remove_copies(model: Any) -> None:
    from django.db import connection  # noqa: PLC0415 - needs the settings

    condition = "occurrence LIKE 'n%'" if model._meta.model_name == "obligation" else "state = 'sent'"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {condition}")  # noqa: S608 - our own names


# --- a thousand reminders ---------------------------------------------------------------------------------------------


@contextmanager
def mail_server(listener: socket.socket, arrivals: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.sink", str(listener.fileno()), str(arrivals)]
    with subprocess.Popen(command, cwd=ROOT, pass_fds=(listener.fileno(),)) as sink:
        try:
            yield
        finally:
            sink.terminate()


@contextmanager
def worker(folder: Path) -> Iterator[str]:
    """A broker and one worker process on it."""
    from partnership import broker  # noqa: PLC0415 - needs the settings

    path = folder / "run" / "broker.sock"
    url = f"redis+socket://{path}"
    options = ["--concurrency=1", "--without-gossip", "--without-mingle"]
    command = [sys.executable, "-m", "celery", "--app", "partnership.celery", "--quiet", "worker", *options]
    server = subprocess.Popen(broker.command(socket=path, data_dir=folder), stdout=subprocess.DEVNULL)
    working = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "BROKER_URL": url}, stderr=subprocess.DEVNULL)
    try:
        yield url
    finally:
        for process in (working, server):
            process.terminate()
            process.wait(60)


def wait_for(is_so: Callable[[], bool], within: float = 300) -> None:
    until = time.monotonic() + within
    while not is_so():
        if time.monotonic() > until:
            sys.exit("waited in vain")
        time.sleep(0.05)


def arrived(path: Path) -> list[float]:
    return [float(line) for line in path.read_text(encoding="ascii").split()] if path.exists() else []


def seed() -> None:
    from partnership import clock  # noqa: PLC0415 - needs the settings
    from partnership.access import Role  # noqa: PLC0415 - as above
    from partnership.operations import admit_to_team  # noqa: PLC0415 - as above
    from tests.cast import LONG_AGO, assembled  # noqa: PLC0415 - as above

    with clock.as_at(datetime(2027, 3, 20, 10, tzinfo=clock.LONDON)):
        cast = assembled()
        for number in range(PEOPLE - 2):
            person = cast.person(f"bench {number}")
            admit_to_team(person=person, role=Role.COORDINATOR, board=cast.board, starts_on=LONG_AGO, by=cast.author)
        for minute in range(MEETINGS):
            cast.meeting(on=date(2027, 4, 22), starts_at=datetime(2027, 4, 22, 9, minute).time())  # noqa: DTZ001


def bare(port: int, messages: list[Any]) -> float:
    """Seconds that smtplib takes for the same messages, built and sent on one connection."""
    started = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for message in messages:
            content = message.message().as_bytes(linesep="\r\n")
            server.sendmail(parseaddr(message.from_email)[1], [parseaddr(message.to[0])[1]], content)
    return time.perf_counter() - started


def the_same_messages(now: datetime) -> list[Any]:
    from partnership.models import Delivery  # noqa: PLC0415 - needs the settings
    from partnership.obligations.messages import message_for, rows_behind  # noqa: PLC0415 - as above

    rows = Delivery.objects.filter(send_at__lte=now, state="pending").select_related(
        "recipient", "board__partnership", "obligation__constitution", "obligation__board__partnership"
    )
    due = list(rows)
    found = rows_behind(due)
    return [message_for([row], found, now=now) for row in due]


def worker_keeps_up(folder: Path, now: datetime, listener: socket.socket) -> bool:
    from kombu import Connection  # noqa: PLC0415 - needs the settings

    from partnership.celery import app  # noqa: PLC0415 - as above
    from partnership.models import Delivery, Heartbeat  # noqa: PLC0415 - as above
    from partnership.obligations.planning import plan  # noqa: PLC0415 - as above

    plan(now=now)
    messages = the_same_messages(now)
    log = folder / "arrivals"
    with mail_server(listener, log), worker(folder) as url, Connection(url) as connection:
        floor = len(messages) / min(bare(listener.getsockname()[1], messages) for _ in range(2))
        Heartbeat.objects.all().delete()
        app.send_task("partnership.record_heartbeat", connection=connection)
        wait_for(Heartbeat.objects.exists)
        log.write_text("", encoding="ascii")
        began_at, began = time.time(), time.perf_counter()
        app.send_task("partnership.send_reminders", connection=connection)
        wait_for(lambda: Delivery.objects.filter(state="sent").count() == len(messages))
        measured = len(messages) / (time.perf_counter() - began)
        first = arrived(log)[0] - began_at
    share = measured / floor
    is_met = share >= OF_FLOOR and first <= FIRST_WITHIN and len(messages) >= REMINDERS
    print(f"  floor, smtplib on one connection      {floor:>8,.0f} a second, {len(messages):,} messages")
    print(f"  one worker, each claimed and recorded {measured:>8,.0f} a second   ({share:.2f} of the floor)")
    print(f"  the first after the tick              {first:>8.2f} s")
    wanted = f"{OF_FLOOR} of the floor (aim {AIM}), the first within {FIRST_WITHIN} s"
    print(f"  wanted                                {wanted}   {'met' if is_met else 'NOT MET'}")
    return is_met


def main() -> int:
    with (
        tempfile.TemporaryDirectory(prefix="quorate-bench-") as name,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        os.environ.update(
            DATA_DIR=name,
            QUORATE_MODE="test",
            QUORATE_NOW=HOUR,
            DJANGO_SETTINGS_MODULE="partnership.settings",
            LOG_LEVEL="ERROR",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(listener.getsockname()[1]),
            REMINDERS_A_DAY="50",
        )
        import django  # noqa: PLC0415 - its settings are read from the environment

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - needs the settings
        from django.db import connection  # noqa: PLC0415 - as above

        from partnership import clock  # noqa: PLC0415 - as above

        call_command("migrate", verbosity=0)
        seed()
        print(f"The sweep's choice as the ledger grows, on {connection.vendor}")
        flat = ledger_is_flat(clock.now())
        print(f"Reminders through one worker, on {connection.vendor}")
        fast = worker_keeps_up(Path(name), clock.now(), listener)
    return 0 if flat and fast else 1


if __name__ == "__main__":
    sys.exit(main())
