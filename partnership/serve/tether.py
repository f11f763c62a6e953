"""Ties a process to its parent: when the parent ends, however it ends, the kernel ends the process too.

The tie follows the thread that started the process, so processes are started from the main thread only. It survives
`exec` but not `fork`: gunicorn's and Celery's own children tie themselves in their start-up hooks.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tie_to_parent(parent: int, *, ending: signal.Signals = signal.SIGKILL) -> None:
    """Has the kernel send `ending` to this process when `parent` ends; exits at once if that has ended already."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, ending, 0, 0, 0) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    if os.getppid() != parent:
        sys.exit("The supervisor has gone.")


def main() -> None:
    """Usage: python -m partnership.serve.tether PARENT_PID COMMAND ARGUMENT…"""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    tie_to_parent(parent)
    # The supervisor waits for its signals with them blocked, and a mask is inherited through `exec`.
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    os.execvp(command[0], command)  # noqa: S606 - the supervisor's own constant command


if __name__ == "__main__":
    main()
