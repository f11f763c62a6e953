"""Jobs that kill their own process the first time they are done, for a real worker to be given."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from partnership.celery import app


@app.task(name="tests.dies_once")
def dies_once(*, path: str) -> None:
    """As every task of the product is: acknowledged when it has been done."""
    _write_line_and_die_once(Path(path))


@app.task(name="tests.dies_once_acknowledged_early", acks_late=False, reject_on_worker_lost=False)
def dies_once_acknowledged_early(*, path: str) -> None:
    """As tasks are where nobody sets otherwise: acknowledged when it is begun."""
    _write_line_and_die_once(Path(path))


def _write_line_and_die_once(path: Path) -> None:
    is_first = not path.exists()
    with path.open("a", encoding="ascii") as file:
        file.write("begun\n")
    if is_first:
        os.kill(os.getpid(), signal.SIGKILL)
    with path.open("a", encoding="ascii") as file:
        file.write("done\n")
