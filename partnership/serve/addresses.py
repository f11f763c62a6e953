"""The addresses the supervisor listens on for its children."""

from __future__ import annotations

import errno
import http.client
import logging
import socket
from typing import Any

from partnership.serve import answering

log = logging.getLogger(__name__)

BACKLOG = 128

# What a health page that cannot be read raises.
UNREADABLE = (OSError, http.client.HTTPException, ValueError, KeyError)


class AddressUnusableError(Exception):
    """An address cannot be listened on; the message says why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, left to be inherited. Raises AddressUnusableError."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return _listening(socket.socket(family, socket.SOCK_STREAM), address)
    except OSError as error:
        raise AddressUnusableError(_sentence(host, port, error)) from error


def listen_near(host: str, port: int) -> socket.socket:
    """As `listen`, on any free port when that one is taken."""
    try:
        return listen(host, port)
    except AddressUnusableError:
        return listen(host, 0)


def is_answered(host: str, port: int) -> bool:
    """Whether a page can be served at this address now."""
    try:
        answering.parts_at(f"{host}:{port}")
    except UNREADABLE:
        return False
    return True


def stale_processes(host: str, port: int) -> set[str]:
    """The background processes that the health page holds to do no work."""
    try:
        parts = answering.parts_at(f"{host}:{port}")
    except UNREADABLE:
        log.exception("the health page does not answer")
        return set()
    return {name for name, part in parts.items() if part["status"] == "bad" and part.get("age_seconds") is not None}


def _listening(listener: socket.socket, address: Any) -> socket.socket:
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
        listener.set_inheritable(True)
    except OSError:
        listener.close()
        raise
    return listener


def _sentence(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use. Stop what uses it, or choose another with PORT={port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} is for the system's own account. Choose another with PORT=8000."
    return f"{host} port {port} cannot be listened on ({error.strerror}). Choose another with BIND=… and PORT=…"
