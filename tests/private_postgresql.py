"""A PostgreSQL cluster made for one run, in a folder of its own, reached by a socket of its own, removed afterwards.

Usage: python -m tests.private_postgresql COMMAND ARGUMENT…   runs it with DATABASE_URL set; its status is ours.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

WAIT = 30.0
NO_PROGRAMS = 2

# The data need not outlive the run.
HASTY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")


class NoPostgreSQLError(Exception):
    """The server's programs are not on this machine."""


def programs() -> Path:
    """The folder of the newest server's programs. Raises NoPostgreSQLError."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    in_path = shutil.which("initdb")
    if in_path:
        return Path(in_path).resolve().parent
    raise NoPostgreSQLError("PostgreSQL is missing. Debian and Ubuntu: apt-get install postgresql")


@contextmanager
def private_cluster() -> Iterator[str]:
    """The URL of an empty cluster's database; the server is stopped by its process when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="quorate-pg-"))
    account = _account()
    shutil.chown(folder, account)
    server: subprocess.Popen[bytes] | None = None
    try:
        bin_folder = programs()
        _run(
            account, bin_folder / "initdb", "-D", folder / "data", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-N"
        )
        command = [str(bin_folder / "postgres"), "-D", str(folder / "data"), "-k", str(folder), "-h", ""]
        with (folder / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [*command, *(part for setting in HASTY for part in ("-c", setting))],
                user=account,
                cwd="/",
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        _wait_for(bin_folder / "pg_isready", folder, server)
        yield f"postgresql://{account}@/postgres?host={folder}"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            server.wait(WAIT)
        shutil.rmtree(folder)


def _account() -> str:
    """The server refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _run(account: str, *command: Path | str) -> None:
    subprocess.run([str(part) for part in command], user=account, cwd="/", check=True, stdout=subprocess.DEVNULL)


def _wait_for(pg_isready: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + WAIT
    while subprocess.run([str(pg_isready), "-q", "-h", str(folder)], check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise NoPostgreSQLError((folder / "server.log").read_text(encoding="utf-8"))
        time.sleep(0.05)


def _stop_on_signal(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main() -> int:
    signal.signal(signal.SIGTERM, _stop_on_signal)
    try:
        with private_cluster() as url:
            return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except NoPostgreSQLError as error:
        sys.stderr.write(f"{error}\n")
        return 0 if os.environ.get("ALLOW_SKIPS") == "1" else NO_PROGRAMS


if __name__ == "__main__":
    sys.exit(main())
