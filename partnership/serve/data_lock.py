"""One instance per data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DataFolderInUseError(Exception):
    """Another instance holds the data folder."""


class DataFolderUnusableError(Exception):
    """The data folder cannot be made or written to."""


@contextmanager
def data_folder_lock(data_dir: Path) -> Iterator[None]:
    """Holds `data_dir` for this process; the kernel lets go of it when the process ends, however it ends.

    Raises DataFolderInUseError, naming the other process, or DataFolderUnusableError.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Closed on `exec`: a child that outlived its parent would otherwise keep the folder locked.
        descriptor = os.open(data_dir / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        message = f"{data_dir} cannot be used ({error.strerror}). Choose a folder of yours with DATA_DIR=…"
        raise DataFolderUnusableError(message) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 20).decode("ascii").strip()
            raise DataFolderInUseError(
                f"Another Quorate (process {holder or 'unknown'}) is using {data_dir}. "
                "Stop it, or choose another folder with DATA_DIR=…"
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(descriptor)
