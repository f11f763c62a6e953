"""One trial: real broker, worker, beat and mail server, accidents drawn from a seed, and what came of it."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller

from tests.faults.server import Fates, FateServer, Sink
from tests.platform.machine import ROOT, free_port

HOUR = "2027-04-01T08:31"
PATIENCE = 180.0
# Seconds between two accidents to a whole process, and how often each comes.
PAUSE = 1.5
# Seconds without a sign of a worker's work until it is started again.
HUNG = 60.0
# A worker is heard of so often between two of them: one that never gets to work has no accidents worth having.
AT_WORK = 25
GREAT = (
    "broker emptied",
    "broker killed",
    "worker killed",
    "beat killed",
    "ticks doubled",
    "revoked",
    "moved",
    "cancelled",
)


@dataclass
class Tally:
    """What came of a trial. `broken` names every promise that was not kept."""

    seed: int
    accidents: Counter[str]
    sent: int = 0
    duplicated: int = 0
    lost: int = 0
    claimed_after_revocation: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [
            f"seed {self.seed}, {self.accidents.total()} faults",
            f"  sent {self.sent}, lost {self.lost}, claimed after access was revoked {self.claimed_after_revocation}",
            f"  duplicated {self.duplicated}, each perhaps sent and under one Message-ID",
            *(f"  {number:>5}  {name}" for name, number in sorted(self.accidents.items())),
            *(f"  {number:>5}  of messages: {name}" for name, number in sorted(self.outcomes.items())),
            *(f"  BROKEN: {words}" for words in self.broken),
        ]
        return "\n".join(lines)


class Trial:
    """Call `run` once, in a process whose Django is set up on a database of the trial's own."""

    def __init__(self, folder: Path, *, seed: int, faults: int, people: int, meetings: int, **extra: str) -> None:
        self.folder, self.people, self.meetings = folder, people, meetings
        self.fates = Fates(seed, faults)
        self.random = random.Random(seed + 1)
        self.socket = folder / "run" / "broker.sock"
        self.extra, self.further, self.is_replaced = extra, 0, False
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> Tally:
        self._seed_database()
        fates = FateServer(str(self.folder / "fates"), self.fates)
        Thread(target=fates.serve_forever, daemon=True).start()
        sink = Controller(Sink(self.fates), hostname="127.0.0.1", port=int(os.environ["EMAIL_PORT"]))
        sink.start()
        try:
            for name in ("broker", "worker", "beat"):
                self._start(name)
            self._have_accidents()
            return self._tally()
        finally:
            for process in self.processes.values():
                process.kill()
                process.wait()
            sink.stop()
            fates.shutdown()

    # --- the stage ----------------------------------------------------------------------------------------------------

    def _seed_database(self) -> None:
        from partnership import clock  # noqa: PLC0415 - needs the settings
        from partnership.access import Role  # noqa: PLC0415 - as above
        from partnership.operations import admit_to_team  # noqa: PLC0415 - as above
        from tests.cast import LONG_AGO, assembled  # noqa: PLC0415 - as above

        with clock.as_at(datetime(2027, 3, 20, 10, tzinfo=clock.LONDON)):
            self.cast = assembled()
            for number in range(self.people - 2):
                person = self.cast.person(f"colleague {number}")
                admit_to_team(
                    person=person,
                    role=Role.COORDINATOR,
                    board=self.cast.board,
                    starts_on=LONG_AGO,
                    by=self.cast.author,
                )
            for minute in range(self.meetings):
                at = datetime(2027, 4, 22, 9, minute).time()  # noqa: DTZ001 - a local time
                self.cast.meeting(on=date(2027, 4, 22), starts_at=at)

    def _start(self, name: str) -> None:
        from partnership import broker  # noqa: PLC0415 - needs the settings

        celery = (sys.executable, "-m", "celery", "--app", "partnership.celery", "--quiet")
        worker = (
            "worker",
            "--concurrency=1",
            "--without-gossip",
            "--without-mingle",
            "--include",
            "tests.faults.perils",
        )
        commands: dict[str, tuple[str, ...]] = {
            "worker": (*celery, *worker),
            "beat": (*celery, "beat", "--pidfile="),
        }
        if name == "broker":
            self.socket.unlink(missing_ok=True)
        command = commands.get(name) or broker.command(socket=self.socket, data_dir=self.folder)
        environment = {**os.environ, "FATES": str(self.folder / "fates"), **self.extra}
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    # --- accidents ----------------------------------------------------------------------------------------------------

    def _have_accidents(self) -> None:
        """Until nothing is due any more and there were enough."""
        next_great, until = time.monotonic() + PAUSE, time.monotonic() + PATIENCE
        seen, heard = -1, AT_WORK
        while self._is_unsettled() or self._call_another():
            if self.fates.accidents.total() + self.fates.copies.total() != seen:
                seen = self.fates.accidents.total() + self.fates.copies.total()
                until, self.is_replaced = time.monotonic() + PATIENCE, False
            if time.monotonic() > until:
                return
            if until - time.monotonic() < PATIENCE - HUNG and not self.is_replaced:
                # What the supervisor does with a worker whose heartbeat is old: Celery at times never comes back from
                # a broker that was away.
                self.is_replaced, seen = True, seen + 1
                self.fates.accidents["worker hung"] += 1
                self._kill("worker")
            if time.monotonic() > next_great and self.fates.heard >= heard:
                next_great, heard = time.monotonic() + PAUSE, self.fates.heard + AT_WORK
                self._great_accident()
            self._let_time_pass()
            time.sleep(0.1)

    def _call_another(self) -> bool:
        """One more meeting, whose papers are to be reminded of at once, while there were not accidents enough."""
        from partnership import clock  # noqa: PLC0415 - needs the settings

        if self.fates.accidents.total() >= self.fates.wanted:
            return False
        self.further += 1
        with clock.as_at(datetime(2027, 3, 20, 10, tzinfo=clock.LONDON)):
            at = datetime(2027, 4, 22, 10 + self.further // 60, self.further % 60).time()  # noqa: DTZ001 - local
            self.cast.meeting(on=date(2027, 4, 22), starts_at=at)
        return True

    def _is_unsettled(self) -> bool:
        from partnership import clock  # noqa: PLC0415 - needs the settings
        from partnership.models import Delivery, Obligation  # noqa: PLC0415 - as above

        due = Delivery.objects.filter(send_at__lte=clock.now(), state__in=("pending", "retry", "sending"))
        return due.exists() or Obligation.objects.to_plan(clock.now()).exists()

    def _let_time_pass(self) -> None:
        """Pauses are dated back, and so are the leases of workers that were killed."""
        from partnership import clock  # noqa: PLC0415 - needs the settings
        from partnership.models import Delivery  # noqa: PLC0415 - as above

        past = clock.machine_now() - timedelta(seconds=1)
        Delivery.objects.filter(state="retry", wait_until__gt=past).update(wait_until=past)
        dead, self.fates.dead = self.fates.dead, set()
        Delivery.objects.filter(state="sending", worker__in=dead).update(wait_until=past)

    def _great_accident(self) -> None:
        name = self.fates.draws({name: 1 / len(GREAT) for name in GREAT})
        if name.endswith("killed"):
            self._kill(name.partition(" ")[0])
        elif name:
            accidents: dict[str, Callable[[], object]] = {
                "broker emptied": self._empty_broker,
                "ticks doubled": self._double_ticks,
                "revoked": self._revoke,
                "moved": self._move,
                "cancelled": self._cancel,
            }
            accidents[name]()

    def _kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait()
        if name == "worker":
            self.fates.dead.add(self.fates.holder[1])
        self._start(name)

    def _empty_broker(self) -> None:
        import redis  # noqa: PLC0415 - only here

        with redis.Redis(unix_socket_path=str(self.socket)) as broker:
            broker.flushall()

    def _double_ticks(self) -> None:
        from kombu import Connection  # noqa: PLC0415 - only here

        from partnership.celery import app  # noqa: PLC0415 - needs the settings

        with Connection(f"redis+socket://{self.socket}") as connection:
            for task in ("partnership.plan_reminders", "partnership.send_reminders") * 3:
                app.send_task(task, connection=connection)

    def _revoke(self) -> None:
        from partnership.operations import deactivate_person  # noqa: PLC0415 - needs the settings

        person = self.cast[f"colleague {self.random.randrange(self.people - 2)}"]
        if person.pk not in self.fates.revoked and len(self.fates.revoked) < self.people // 2:
            deactivate_person(person=person, reason="Left", by=self.cast.author)
            self.fates.revoked[person.pk] = time.monotonic()

    def _move(self) -> None:
        from meetings.operations import move  # noqa: PLC0415 - needs the settings

        meeting = self._any_meeting()
        if meeting is not None:
            on = meeting.on + timedelta(days=7)
            move(meeting=meeting, on=on, starts_at=meeting.starts_at, reason="Snow", by=self.cast["coordinator"])

    def _cancel(self) -> None:
        from meetings.operations import cancel  # noqa: PLC0415 - needs the settings

        meeting = self._any_meeting()
        if meeting is not None:
            cancel(meeting=meeting, reason="Snow", by=self.cast["coordinator"])

    def _any_meeting(self) -> Any:
        from meetings.models import Meeting  # noqa: PLC0415 - needs the settings

        ahead = list(Meeting.objects.filter(on=date(2027, 4, 22)).exclude(status="cancelled").order_by("pk"))
        return self.random.choice(ahead) if len(ahead) > self.meetings * 4 // 5 else None

    # --- what came of it ----------------------------------------------------------------------------------------------

    def _tally(self) -> Tally:
        from partnership import clock  # noqa: PLC0415 - needs the settings
        from partnership.models import Delivery  # noqa: PLC0415 - as above

        fates = self.fates
        tally = Tally(fates.seed, fates.accidents, sent=len(fates.copies))
        tally.claimed_after_revocation = fates.after_revocation
        tally.duplicated = sum(1 for copies in fates.copies.values() if copies > 1)
        for row in Delivery.objects.filter(send_at__lte=clock.now()):
            came_to = self._came_to(row)
            tally.outcomes[came_to] += 1
            tally.lost += came_to == "lost"
            copies = fates.copies[str(row.message_uuid)]
            if copies > 2 or (copies == 2 and not row.is_uncertain):
                tally.broken.append(f"{copies} copies of {row.message_uuid}, uncertain: {row.is_uncertain}")
        tally.broken += [f"{uuid} under two names" for uuid, names in fates.names.items() if len(names) > 1]
        if tally.lost:
            tally.broken.append(f"{tally.lost} lost")
        if tally.claimed_after_revocation:
            tally.broken.append("claimed after access was revoked")
        return tally

    def _came_to(self, row: Any) -> str:
        """In words; `lost` is what was to go, did not arrive, and nobody is told of."""
        copies = self.fates.copies[str(row.message_uuid)]
        if row.state == "sent":
            return "sent" if copies else "lost"
        if row.state != "failed":
            return "lost" if row.state in {"pending", "retry", "sending"} else row.get_state_display()
        if row.is_uncertain:
            return "left to a person, perhaps sent twice"
        return "refused by the server" if row.answer.startswith("5") else "put off six times"


def prepare(folder: Path, database: Path | None = None) -> None:
    """Sets Django up in the folder, on a new database or a copy of one that has every migration. Once a process."""
    os.environ.update(
        DATA_DIR=str(folder),
        QUORATE_MODE="test",
        QUORATE_NOW=HOUR,
        DJANGO_SETTINGS_MODULE="partnership.settings",
        LOG_LEVEL="ERROR",
        BROKER_URL=f"redis+socket://{folder / 'run' / 'broker.sock'}",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=str(free_port()),
        REMINDERS_A_DAY="50",
        DELIVERY_LEASE="20",
        DELIVERY_TICK="1",
    )
    import django  # noqa: PLC0415 - its settings are read from the environment

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - needs the settings

    if database is None:
        call_command("migrate", verbosity=0)
    else:
        # Not a copy of the file: what was written last may stand in the log beside it.
        with closing(sqlite3.connect(database)) as whole, closing(sqlite3.connect(folder / "quorate.sqlite3")) as own:
            whole.backup(own)
