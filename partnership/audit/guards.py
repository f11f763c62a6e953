"""The database itself refuses to change or delete rows that are written once.

On a server by rights: the application's role has none to change them; a role of its own has, for erasure and the end of
retention alone. In a file, where there are no roles, by triggers. Models say `append_only`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

log = logging.getLogger(__name__)

EVENTS = ("UPDATE", "DELETE")


class NoSuchRole(Exception):
    """A role that the settings name is not in the database."""


def append_only_models() -> list[type[models.Model]]:
    """Every kind of row that is written once, histories among them."""
    found = [model for model in apps.get_models() if getattr(model, "append_only", False)]
    return sorted(found, key=lambda model: model._meta.db_table)


def put_up(**kwargs: Any) -> None:
    """After a migration: the guards of every table there is by then. Doing it twice is harmless."""
    connection = connections[kwargs.get("using", "default")]
    there = set(connection.introspection.table_names())
    tables = [model._meta.db_table for model in append_only_models() if model._meta.db_table in there]
    if connection.vendor == "sqlite":
        _create_triggers(connection, tables)
    elif settings.APP_ROLE:
        _grant(connection, tables)


def take_down(using: str = "default") -> None:
    """Let go of every table: of a file alone, and only for what empties it whole."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in _triggers(connection):
                cursor.execute(f"DROP TRIGGER {name}")


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Within the block the present transaction may change rows that are written once: for erasure, and nothing else.

    On a server it becomes the eraser's role, which the process must be a member of; in a file the triggers go for the
    length of the transaction, in which nobody else can write.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Guards are lifted within a transaction, which puts them back.")
    if connection.vendor == "sqlite":
        take_down(using)
        yield
        put_up(using=using)
    elif settings.ERASER_ROLE:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('role')")
            (before,) = cursor.fetchone()
            cursor.execute(f"SET LOCAL ROLE {_role(connection, settings.ERASER_ROLE)}")
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(before)}")
    else:
        yield


# --- a file -----------------------------------------------------------------------------------------------------------


def _create_triggers(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    there = set(_triggers(connection))
    with connection.cursor() as cursor:
        for table in tables:
            for event in EVENTS:
                name = f"written_once_{event.lower()}_{table}"
                if name not in there:
                    cursor.execute(
                        f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" '
                        "BEGIN SELECT RAISE(ABORT, 'A row of the record is written once.'); END"
                    )


def _triggers(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'written_once_%'")
        return [name for (name,) in cursor.fetchall()]


# --- a server ---------------------------------------------------------------------------------------------------------


def _grant(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Rights to everything for the application's role and the eraser's, but none to change the record for the first."""
    quote = connection.ops.quote_name
    written_once = ", ".join(quote(table) for table in tables)
    application = _role(connection, settings.APP_ROLE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = quote(cursor.fetchone()[0])
        for role in filter(None, (settings.APP_ROLE, settings.ERASER_ROLE)):
            name = _role(connection, role)
            cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {name}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {name}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}")
            # What the schema is, its owner alone says.
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {name}")
        if tables:  # none after everything was migrated back
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {written_once} FROM {application}")


def _role(connection: BaseDatabaseWrapper, name: str) -> str:
    """The role's name, quoted. Raises NoSuchRole."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,))
        if cursor.fetchone() is None:
            raise NoSuchRole(f"The database has no role {name}. See “Two roles” in docs/operations.md.")
    return connection.ops.quote_name(name)
