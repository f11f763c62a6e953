"""The command line of `manage.py serve`."""

from __future__ import annotations

import argparse
import os
import signal
import sys

from django.core.exceptions import ImproperlyConfigured

from partnership.broker import BrokerUnavailableError
from partnership.serve.addresses import AddressUnusableError
from partnership.serve.data_lock import DataFolderInUseError, DataFolderUnusableError
from partnership.serve.machine import serve
from partnership.serve.tether import tie_to_parent

DESCRIPTION = "Prepares the data and runs broker, web, worker, beat and the demonstration's mail sink until Ctrl-C."

# Each carries one line that says why and what to do.
REFUSALS = (
    AddressUnusableError,
    BrokerUnavailableError,
    DataFolderInUseError,
    DataFolderUnusableError,
    ImproperlyConfigured,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--end-with-parent", action="store_true", help="Stop when the process that started this one ends."
    )


def main(arguments: list[str]) -> int:
    """The exit status: 0 stopped as told, 1 not started, with one line that says why and what to do."""
    parser = argparse.ArgumentParser(prog="manage.py serve", description=DESCRIPTION)
    add_arguments(parser)
    return run(end_with_parent=parser.parse_args(arguments).end_with_parent)


def run(*, end_with_parent: bool) -> int:
    if end_with_parent:
        tie_to_parent(os.getppid(), ending=signal.SIGTERM)
    try:
        return 0 if serve(say=_say) else 1
    except REFUSALS as error:
        sys.stderr.write(f"Quorate cannot start: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
