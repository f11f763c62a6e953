"""gunicorn's configuration; https://docs.gunicorn.org/en/stable/settings.html names every variable."""

from __future__ import annotations

import os
import socket
from typing import Any

from django.conf import settings

from partnership.environment import is_loopback
from partnership.serve.tether import tie_to_parent

wsgi_app = "partnership.wsgi:application"
bind = os.environ.get("GUNICORN_BIND", f"{settings.BIND}:{settings.PORT}")
workers = settings.WEB_WORKERS
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 10
control_socket_disable = True
# One line per request is the proxy's work; ours are the application's own, in LOGGING's form.
accesslog = None
errorlog = "-"
logconfig_dict = {
    **settings.LOGGING,
    "loggers": {**settings.LOGGING["loggers"], "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}
# A client's address is believed from this machine's own proxy only.
forwarded_allow_ips = "127.0.0.1,::1"


def on_starting(server: Any) -> None:
    """Refuses to show a demonstration, where nobody proves who they are, to other machines."""
    for address in server.cfg.address:
        host = socket.socket(fileno=os.dup(address)).getsockname()[0] if isinstance(address, int) else address[0]
        if settings.DEMO and not is_loopback(host):
            server.log.error("A demonstration is served to this machine only, not on %s. Unset DEMO or BIND.", host)
            raise SystemExit(2)


def when_ready(server: Any) -> None:
    """Waits at the supervisor's gate until the data are ready. Once open, it is open for whoever comes again."""
    gate = os.environ.get("QUORATE_GATE")
    if gate:
        os.read(int(gate), 1)


def post_fork(server: Any, worker: Any) -> None:
    """A killed server takes its workers with it."""
    tie_to_parent(server.pid)
