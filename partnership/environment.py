"""Reads settings from the environment, and remembers what was wrong so that a system check can name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from partnership.clock import LONDON

YES = frozenset({"1", "yes", "true", "on"})
NO = frozenset({"", "0", "no", "false", "off"})

# How long a connection may wait for SQLite's one writer, in seconds.
SQLITE_WAIT = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One environment variable that is missing or unusable, and what to do about it."""

    name: str
    found: str
    remedy: str


@dataclass(slots=True)
class Environment:
    """The process's environment, read by kind; a bad value gives the default and is kept in `problems`."""

    values: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "").strip() or default

    def flag(self, name: str) -> bool:
        found = self.text(name).lower()
        if found not in YES | NO:
            self._refuse(name, found, "Use 1 or 0.")
        return found in YES

    def number(self, name: str, default: int, *, at_least: int = 0, at_most: int = 1_000_000) -> int:
        found = self.text(name)
        if not found:
            return default
        if found.isascii() and found.isdigit() and at_least <= int(found) <= at_most:
            return int(found)
        self._refuse(name, found, f"Use a whole number from {at_least} to {at_most}.")
        return default

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def beginning_with(self, prefix: str) -> dict[str, str]:
        """What is given under names that begin so, by the rest of the name."""
        found = {name.removeprefix(prefix): self.text(name) for name in self.values if name.startswith(prefix)}
        return {name: text for name, text in found.items() if text}

    def instant(self, name: str) -> datetime | None:
        """An aware instant, London's local time where the text has no offset; None where there is no text."""
        found = self.text(name)
        if not found:
            return None
        try:
            instant = datetime.fromisoformat(found)
        except ValueError:
            self._refuse(name, found, "Use a date and time such as 2027-04-22T17:30.")
            return None
        return instant.replace(tzinfo=LONDON) if instant.tzinfo is None else instant

    def database(self, name: str, *, default: Path) -> dict[str, Any]:
        """Django's database settings from a URL; SQLite in the file `default` where none is given."""
        url = self.text(name)
        if not url:
            return sqlite_at(default)
        scheme = url.partition(":")[0]
        if scheme == "sqlite":
            return sqlite_at(Path(unquote(urlsplit(url).path)[1:]))
        if scheme in {"postgres", "postgresql"}:
            try:
                return postgresql_at(url)
            except ValueError:
                self._refuse(name, scheme + ":…", "Give the port as a number.")
        else:
            self._refuse(name, scheme + ":…", "Use postgresql://user:password@host/name or sqlite:///file.")
        return sqlite_at(default)

    def require(self, name: str, remedy: str) -> str:
        """The text of a variable that has no safe default; its absence is a problem."""
        found = self.text(name)
        if not found:
            self._refuse(name, "", remedy)
        return found

    def _refuse(self, name: str, found: str, remedy: str) -> None:
        self.problems.append(Problem(name=name, found=found, remedy=remedy))


def sqlite_at(path: Path) -> dict[str, Any]:
    """One file: write-ahead log, and every transaction takes the writer's lock when it begins, so none fails half-way.

    `synchronous` stays FULL: a committed register survives a power cut.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_WAIT,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def postgresql_at(url: str) -> dict[str, Any]:
    """A server, by host and port, or by `?host=/folder` for a socket.

    Raises ValueError for a port that is no number.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **options},
    }


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host name or address."""
    bare = host.strip("[]").lower()
    if bare in {"localhost", ""} or bare.endswith(".localhost"):
        return bare != ""
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False
