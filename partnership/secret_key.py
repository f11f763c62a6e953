"""Keys made once for a data folder and kept where only its owner can read them: of sessions, and of the audit trail."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

FILE_NAME = "secret-key"
AUDIT_FILE_NAME = "audit-key"


def secret_key_in(data_dir: Path) -> str:
    """The key that signs sessions, kept in `data_dir` and made on the first call.

    Raises ImproperlyConfigured when the folder cannot be used.
    """
    return _key_at(data_dir / FILE_NAME, "Delete it and start again; everyone signs in afresh.")


def audit_key_in(data_dir: Path) -> str:
    """The key under which the record is sealed, likewise. Another one would make every seal look broken."""
    return _key_at(data_dir / AUDIT_FILE_NAME, "Put it back from a backup: without it no seal can be checked.")


def _key_at(path: Path, remedy: str) -> str:
    data_dir = path.parent
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _keep_new_key(path)
        key = path.read_text(encoding="ascii").strip()
    except OSError as error:
        message = f"{data_dir} cannot be used ({error.strerror}). Choose a folder of yours with DATA_DIR=…"
        raise ImproperlyConfigured(message) from error
    if not key:
        raise ImproperlyConfigured(f"{path} is empty. {remedy}")
    return key


def _keep_new_key(path: Path) -> None:
    # Written whole under another name and then linked: two processes starting at once agree on the first one's key.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
