"""What `manage.py serve` starts."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from django.conf import settings

from partnership import broker
from partnership.serve.child import Child, ChildCommand

CELERY = (sys.executable, "-m", "celery", "--app", "partnership.celery", "--quiet")


def preparation() -> ChildCommand:
    """Checks, migrations and demonstration, while the web server loads."""
    return ChildCommand("prepare", (sys.executable, "manage.py", "prepare"), is_heard=True)


def web(listener: socket.socket, *, gate: int) -> ChildCommand:
    """gunicorn, on a socket the supervisor keeps: while it is started again, visitors wait instead of being refused.

    It serves when a read of the descriptor `gate` comes to its end.
    """
    command = (sys.executable, "-m", "gunicorn", "--config", "python:partnership.serve.web_server")
    return ChildCommand(
        "web",
        (*command, "--bind", f"fd://{listener.fileno()}"),
        inherits=(listener.fileno(), gate),
        settings=(("QUORATE_GATE", str(gate)),),
    )


def mail_sink(listener: socket.socket) -> ChildCommand:
    command = (sys.executable, "-m", "partnership.mailsink", str(settings.MAIL_SINK_DIR), str(listener.fileno()))
    return ChildCommand("mail", command, (listener.fileno(),))


def worker() -> ChildCommand:
    options = ("--pool=prefork", f"--concurrency={settings.WORKER_PROCESSES}", "--without-gossip", "--without-mingle")
    return ChildCommand("worker", (*CELERY, "worker", *options, "--loglevel=INFO"))


def beat() -> ChildCommand:
    return ChildCommand("beat", (*CELERY, "beat", "--pidfile=", "--loglevel=INFO"))


def own_broker() -> ChildCommand | None:
    """The embedded broker, unless BROKER_URL names another. Raises BrokerUnavailableError."""
    if settings.ENVIRONMENT.text("BROKER_URL"):
        return None
    return ChildCommand("broker", broker.command(socket=settings.BROKER_SOCKET, data_dir=settings.DATA_DIR))


def child(spec: ChildCommand, *, environment: dict[str, str]) -> Child:
    """A child whose output goes to its own file of a demonstration, and to our own output in production."""
    log_file: Path | None = None
    if settings.DEMO and not spec.is_heard:
        folder = settings.DATA_DIR / "logs"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        log_file = folder / f"{spec.name}.log"
        log_file.write_bytes(b"")
    own_settings = {**os.environ, **environment, **dict(spec.settings)}
    return Child(spec=spec, folder=settings.BASE_DIR, environment=own_settings, log_file=log_file)
