"""One machine from its data folder to its first page, and on until it is told to stop.

This process loads neither Django's applications nor the database: while `manage.py prepare` checks the settings and
brings the data up to date, the web server is loading already, and waits at a gate until the data are ready.
"""

from __future__ import annotations

import logging
import logging.config
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from partnership.serve import addresses, children
from partnership.serve.child import Child, ChildCommand
from partnership.serve.data_lock import data_folder_lock
from partnership.serve.supervisor import Supervisor, signals_held

Say = Callable[[str], None]


def serve(*, say: Say) -> bool:
    """Returns after Ctrl-C or SIGTERM, when every child has ended; False when the data could not be made ready.

    Raises DataFolderInUseError, AddressUnusableError or BrokerUnavailableError before anything starts.
    """
    logging.config.dictConfig(settings.LOGGING)
    if settings.DEMO:
        # A terminal is for the person who watches the demonstration: they are told what goes wrong.
        logging.getLogger("partnership.serve").setLevel(logging.WARNING)
    with (
        data_folder_lock(settings.DATA_DIR),
        addresses.listen(settings.BIND, settings.PORT) as page_listener,
        addresses.listen_near("127.0.0.1", settings.MAIL_SINK_PORT) as mail_listener,
        gate() as (gate_descriptor, open_gate),
        signals_held(),
    ):
        environment = {"DATA_DIR": str(settings.DATA_DIR), "DJANGO_SETTINGS_MODULE": "partnership.settings"}
        if settings.DEMO:
            environment["EMAIL_PORT"] = str(mail_listener.getsockname()[1])
        broker, sink = children.own_broker(), (children.mail_sink(mail_listener),) if settings.DEMO else ()

        def made(*specs: ChildCommand | None) -> tuple[Child, ...]:
            return tuple(children.child(spec, environment=environment) for spec in specs if spec)

        supervisor = Supervisor(
            preparation=made(children.preparation())[0],
            open_gate=open_gate,
            broker=made(broker),
            web=made(children.web(page_listener, gate=gate_descriptor), *sink),
            background=made(children.worker(), children.beat()),
            is_ready=lambda: addresses.is_answered(settings.BIND, settings.PORT),
            announce=lambda: announce(say),
            stale=lambda: addresses.stale_processes(settings.BIND, settings.PORT),
        )
        is_prepared = supervisor.run()
        if is_prepared:
            say("Stopped.")
        return is_prepared


@contextmanager
def gate() -> Iterator[tuple[int, Callable[[], None]]]:
    """A descriptor that blocks whoever reads it until the gate is opened, which it stays; and what opens it."""
    behind, front = os.pipe()
    is_open = False

    def open_gate() -> None:
        nonlocal is_open
        if not is_open:
            is_open = True
            os.close(front)

    try:
        yield behind, open_gate
    finally:
        open_gate()
        os.close(behind)


def announce(say: Say) -> None:
    """Says where the first page is and how to sign in."""
    say(f"\nQuorate is running at {settings.SITE_URL}/")
    if settings.DEMO:
        say("To sign in, open that address and pick a person of the demonstration. No password is asked for.")
        say(f"Mail it sends is kept in {settings.MAIL_SINK_DIR}; logs are in {settings.DATA_DIR / 'logs'}.")
    say("Stop it with Ctrl-C." if sys.stdin.isatty() else "Stop it with SIGTERM.")
